/** What a repair plan says about itself: who and what is repaired, by id, so that a saved plan can be held to the org. */
import { z } from 'zod';
import type { Judged } from '../check.js';
import type { Joining, Offer } from './offer.js';
import { seatsFor, seatsSchema, type Licences } from './seats.js';

const count = z.number().int().nonnegative();
const personSchema = z.object({ id: z.string(), username: z.string() });

export const repairDetailsSchema = z.object({
  joinings: z.array(
    z.object({
      site: z.string(),
      siteId: z.string(),
      profile: z.string(),
      profileId: z.string(),
      users: count,
      mails: count.nullable(),
    })
  ),
  reactivate: count,
  logins: count,
  people: z.object({ reactivate: z.array(personSchema), logins: z.array(personSchema) }),
  /** Seats that the users need who are made active again. */
  seats: z.array(seatsSchema),
});

export type RepairDetails = z.infer<typeof repairDetailsSchema>;

/** A profile to add, with the welcome mails that this causes to all users who have it; null where nobody knows. */
export type CountedJoining = Joining & { mails: number | null; welcomes: boolean };

/** What is to be repaired: the offer, less what was not wanted; with the licences of those who are not active. */
export type Chosen = Omit<Offer, 'add-to-site'> & {
  'add-to-site': readonly CountedJoining[];
  licences: Licences;
};

export function detailsOf(chosen: Chosen, judged: readonly Judged[]): RepairDetails {
  const names = new Map(judged.map(({ facts: { user } }) => [user.id, user.username]));
  const people = (ids: readonly string[]): Array<{ id: string; username: string }> =>
    ids.map((id) => ({ id, username: names.get(id) ?? id }));
  return {
    joinings: chosen['add-to-site'].map(({ site, siteId, profile, profileId, users, mails }) => ({
      site,
      siteId,
      profile,
      profileId,
      users: users.length,
      mails,
    })),
    reactivate: chosen.reactivate.length,
    logins: chosen['send-login'].length,
    people: { reactivate: people(chosen.reactivate), logins: people(chosen['send-login']) },
    seats: seatsFor(chosen.licences, judged, chosen.reactivate),
  };
}

/** What of an offer a saved plan repairs, as things are now; undefined where some of it is no longer offered. */
export function stillOffered({ joinings, people }: RepairDetails, offer: Chosen): Chosen | undefined {
  const among = (ids: readonly string[], wanted: ReadonlyArray<{ id: string }>): string[] =>
    ids.filter((id) => wanted.some((one) => one.id === id));
  const chosen: Chosen = {
    ...offer,
    'add-to-site': offer['add-to-site'].filter(({ siteId, profileId }) =>
      joinings.some((joining) => joining.siteId === siteId && joining.profileId === profileId)
    ),
    reactivate: among(offer.reactivate, people.reactivate),
    'send-login': among(offer['send-login'], people.logins),
  };
  const isWhole =
    chosen['add-to-site'].length === joinings.length &&
    chosen.reactivate.length === people.reactivate.length &&
    chosen['send-login'].length === people.logins.length;
  return isWhole ? chosen : undefined;
}
