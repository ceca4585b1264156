/** What the org has to say about a replay: the leads, and which members of each rotation could take them. */
import type { Connection } from '@salesforce/core';
import { Matching } from '../rotation/matching.js';
import type { Rotation } from '../rotation/model.js';
import type { Arrival, Arrivals } from './arrivals.js';
import { historyOf, readHistory, type HistoryRequest } from './history.js';
import { engineOf } from './simulation.js';

export type Replay = {
  arrivals: Arrivals & { leads: readonly Arrival[] };
  /** One for each rotation. */
  matchings: Matching[];
};

/**
 * Reads leads and criteria.
 * @param rotations the first one says whose leads are replayed, where the request does not
 * @param onRead told how many leads were read so far
 * @throws ConditionError, or the org's error for a condition that it does not understand
 */
export async function readReplay(
  conn: Connection,
  rotations: readonly [Rotation, ...Rotation[]],
  request: Omit<HistoryRequest, 'rotation'>,
  onRead: (leads: number) => void
): Promise<Replay> {
  const history = await historyOf({ rotation: rotations[0], ...request }, new Date());
  const arrivals = await readHistory(conn, history, onRead);
  const matchings: Matching[] = [];
  for (const rotation of rotations) {
    const matching = new Matching(engineOf(rotation, 0).members);
    if (arrivals.leads.length > 0) await matching.read(conn, history.where);
    matchings.push(matching);
  }
  return { arrivals, matchings };
}
