import type { Connection } from '@salesforce/core';
import { all, compare, countOf, groupsOfValues, isIn, queryAllTogether, select } from '../../org/read/index.js';

/** Open leads that owners have now, by their ids; who has none is not named. */
export async function openLeads(conn: Connection, owners: readonly string[]): Promise<Record<string, number>> {
  const queries = groupsOfValues(owners).map((group) => {
    const where = all(compare('IsConverted', '=', false), isIn('OwnerId', group));
    return select({ from: 'Lead', fields: ['OwnerId', countOf('Id', 'total')], where, groupBy: ['OwnerId'] });
  });
  const counts = (await queryAllTogether<{ OwnerId: string; total: number }>(conn, queries)).flat();
  return Object.fromEntries(counts.map(({ OwnerId, total }) => [OwnerId, total]));
}
