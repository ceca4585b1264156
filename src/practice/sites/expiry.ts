/** Rows of BackgroundOperation are seen until they expire, by the org's clock (platform-facts E). */
import type { Clock } from '../contracts.js';
import { fragment, joined, type RecordFilter } from '../soql/context.js';

/** The filter of queries, with those rows left out that have expired. */
export const withExpiry =
  (filter: RecordFilter, clock: Clock): RecordFilter =>
  (def, session, alias) => {
    const seen = filter(def, session, alias);
    if (def.name !== 'BackgroundOperation') return seen;
    const alive = fragment(`${alias}."ExpiresAt" > ?`, clock.stamp());
    return seen ? joined([seen, alive], ' AND ') : alive;
  };
