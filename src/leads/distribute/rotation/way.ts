/** Leads are spread as a rotation of the org says. */
import type { Connection } from '@salesforce/core';
import { fingerprint } from '../../../runs/index.js';
import { engineParts, RotationEngine } from '../../rotation/engine.js';
import { Matching } from '../../rotation/matching.js';
import type { StoredRotation } from '../../rotation/records/index.js';
import { rotationLock } from '../../rotations/import/index.js';
import { openLeadsOf } from '../../open-leads.js';
import type { Owner } from '../types.js';
import type { Way } from '../way.js';
import { readBarred } from './barred.js';
import type { Ground } from './ground.js';
import { Kept, STICKY_FIELDS } from './kept.js';
import { RotationRules } from './rules.js';
import { readSeats, type RotationSeat, type SeatNotes } from './seats.js';
import type { Narrowed } from './selection.js';

/** A rotation that cannot give leads; the key names the message. */
export class RotationRefusal extends Error {
  public constructor(
    public readonly key: 'inactive' | 'problems' | 'noMembers',
    public readonly rotation: string,
    public readonly problems: readonly string[] = []
  ) {
    super(`${key}: ${rotation}`);
    this.name = 'RotationRefusal';
  }
}

/** A rotation that may give leads, with its members as they are now. */
export type ReadyRotation = { stored: StoredRotation; seats: RotationSeat[]; notes: SeatNotes };

/**
 * Looks at the members of a rotation.
 * @throws RotationRefusal where it is not active, or holds what cannot be understood: that would not be the rotation meant
 */
export async function readyRotation(conn: Connection, stored: StoredRotation): Promise<ReadyRotation> {
  const { rotation, members, problems } = stored;
  if (!rotation.active) throw new RotationRefusal('inactive', rotation.key);
  const ofMembers = new Set(members.flatMap(({ problem }) => problem ?? []));
  const others = problems.filter((problem) => !ofMembers.has(problem));
  if (others.length > 0) throw new RotationRefusal('problems', rotation.key, others);
  if (members.length === 0) throw new RotationRefusal('noMembers', rotation.key);
  return { stored, ...(await readSeats(conn, stored)) };
}

/** Ids of the members that the org has. */
export const idsOf = (seats: readonly RotationSeat[]): string[] => seats.flatMap(({ id }) => (id === '' ? [] : [id]));

/** Hash of what a plan relies on: the definition, who its members are and whether they can take leads; no counts. */
export const rotationFingerprint = ({ stored, seats }: ReadyRotation): string =>
  fingerprint({
    rotation: stored.cells,
    members: stored.members.map(({ id, targetId, cells }, at) => [
      id,
      targetId ?? '',
      seats[at]!.blocked ?? '',
      ...cells,
    ]),
    fallback: stored.fallbackId ?? '',
  });

/**
 * Reads what decides about single leads.
 * @param now instant (ms) for hours, pauses and the period of caps
 * @throws PackageMissing, ConditionError, or the org's error for criteria that it does not understand
 */
export async function rotationWay(
  conn: Connection,
  ready: ReadyRotation,
  { within, held, filter }: Narrowed,
  { countsFor }: Ground,
  now: number
): Promise<Way> {
  const { stored, seats } = ready;
  const { rotation } = stored;
  const open = await openLeadsOf(conn, idsOf(seats));
  const engine = readyEngine(ready, open, now);
  const placeOf = new Map(seats.flatMap(({ id, key }) => (id === '' ? [] : [[id, engine.indexOf(key)] as const])));
  // A partner who took a lead out of the queue that is the member counts for it.
  const places = new Map([...[...countsFor].map(([user, queue]) => [user, placeOf.get(queue)!] as const), ...placeOf]);
  const matching = new Matching(engine.members);
  await matching.read(conn, within);
  for await (const page of readBarred(conn, rotation.neverBackTo, places)) {
    for (const { lead, owner, why } of page) matching.bar(lead, places.get(owner)!, why);
  }
  const kept = new Kept(rotation.sticky);
  await kept.read(conn, places);
  return {
    seats,
    balance: rotation.balance,
    open,
    engine: () => engine,
    fields: rotation.sticky.length > 0 ? STICKY_FIELDS : [],
    rules: new RotationRules({ matching, kept, held, filter }),
    fallback: fallbackOf(stored),
    lock: rotationLock(rotation.key),
    fingerprint: rotationFingerprint(ready),
  };
}

function readyEngine({ stored, seats }: ReadyRotation, open: ReadonlyMap<string, number>, now: number): RotationEngine {
  const { members, clock } = engineParts(stored.rotation);
  const byKey = new Map(seats.map((seat) => [seat.key, seat]));
  const engine = new RotationEngine(
    members.map((member) => {
      const { name, blocked } = byKey.get(member.key)!;
      return { ...member, label: name, ...(blocked === undefined ? {} : { blocked }) };
    }),
    {
      clock,
      states: new Map(seats.map(({ key, state }) => [key, state])),
      openLeads:
        stored.rotation.balance === 'open-leads'
          ? new Map(seats.map(({ key, id }) => [key, open.get(id) ?? 0]))
          : undefined,
    }
  );
  engine.at(now);
  return engine;
}

function fallbackOf({ rotation, fallbackId }: StoredRotation): Owner | undefined {
  if (fallbackId === undefined) return undefined;
  return { id: fallbackId, name: rotation.fallback ?? fallbackId, kind: 'Queue' };
}
