/** Slots of a rotation: each lead's number falls into one, and each belongs to a queue. */
import { RotationEngine } from '../rotation/engine.js';
import { reduceWeights } from '../distribute/target-spec.js';
import type { Rotation } from '../rotation/model.js';

/** Entries of all rules of an object (platform-facts G; a secondary figure). */
export const MOST_SLOTS = 3000;

/**
 * Queues by slot. A queue of weight 3 has three of them, spread as evenly as turns are: leads that come in a row do not go
 * to one queue.
 */
export function slotsOf({ members }: Pick<Rotation, 'members'>): string[] {
  const reduced = reduceWeights(members.map((member) => ({ ...member, key: member.name })));
  const total = reduced.reduce((sum, { weight }) => sum + weight, 0);
  if (total > MOST_SLOTS) return [];
  const turns = new RotationEngine(reduced.map(({ key, weight }) => ({ key, label: key, weight })));
  const nameOf = new Map(reduced.map(({ key, name }) => [key, name]));
  return Array.from({ length: total }, () => nameOf.get(turns.members[turns.next().member!]!.key)!);
}
