import type { Connection } from '@salesforce/core';
import { compare, countsOf } from '../org/read/index.js';

/** Open leads that owners have now, by the id of the queue or user; who has none is not named. */
export const openLeadsOf = (conn: Connection, owners: readonly string[]): Promise<Map<string, number>> =>
  countsOf(conn, { from: 'Lead', by: 'OwnerId', where: compare('IsConverted', '=', false) }, owners);
