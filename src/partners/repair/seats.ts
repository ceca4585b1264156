/** Seats of licences that users take who are made active again. */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import { Batch } from '../batch.js';
import type { Judged } from '../check.js';

const count = z.number().int().nonnegative();

/** `left` is null where it cannot be seen. */
export const seatsSchema = z.object({ licence: z.string(), needed: count, left: z.number().int().nullable() });

export type Seats = z.infer<typeof seatsSchema>;

type ProfileRow = {
  Id: string;
  UserLicense: { Name: string; TotalLicenses: number | null; UsedLicenses: number | null } | null;
};

/** Licences by id of the profile that comes with them. */
export type Licences = ReadonlyMap<string, { licence: string; left: number | null }>;

/** Reads the licences of users, in one call where there is somebody. What cannot be seen is left out. */
export async function readLicences(
  conn: Connection,
  judged: readonly Judged[],
  ids: readonly string[]
): Promise<Licences> {
  const profiles = [...new Set(usersOf(judged, ids).map(({ profileId }) => profileId))];
  if (profiles.length === 0) return new Map();
  const fields = ['Id', ...['Name', 'TotalLicenses', 'UsedLicenses'].map((name) => `UserLicense.${name}`)];
  const batch = new Batch();
  const answer = batch.addFor<ProfileRow>('licences', { from: 'Profile', fields }, 'Id', profiles);
  await batch.ask(conn);
  const rows = answer();
  if (!rows.known) return new Map();
  return new Map(
    rows.value.flatMap(({ Id, UserLicense: of }) => {
      if (!of) return [];
      const { Name: licence, TotalLicenses: total, UsedLicenses: used } = of;
      return [[Id, { licence, left: total === null || used === null ? null : total - used }] as const];
    })
  );
}

/** Seats that users need, by licence. */
export function seatsFor(licences: Licences, judged: readonly Judged[], ids: readonly string[]): Seats[] {
  const seats = new Map<string, Seats>();
  for (const { profile, profileId } of usersOf(judged, ids)) {
    const { licence, left } = licences.get(profileId) ?? { licence: profile, left: null };
    const so = seats.get(licence) ?? { licence, needed: 0, left };
    seats.set(licence, { ...so, needed: so.needed + 1 });
  }
  return [...seats.values()];
}

function usersOf(judged: readonly Judged[], ids: readonly string[]): Array<Judged['facts']['user']> {
  const wanted = new Set(ids);
  return judged.flatMap(({ facts: { user } }) => (wanted.has(user.id) ? [user] : []));
}
