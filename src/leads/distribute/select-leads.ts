/** Reads the selected leads in the order of their ids, page by page. */
import type { Connection } from '@salesforce/core';
import {
  all,
  bulkQuery,
  compare,
  isIn,
  queryPages,
  select,
  type Condition,
  normalStamp,
} from '../../org/read/index.js';
import type { LeadRow, Selection } from './types.js';

/** Rows up to which the REST query is used; above, a Bulk query is faster and costs fewer calls. */
const REST_ROWS = 10_000;

/** Ids that fit into the address of one query (platform-facts H: 16,384 bytes). */
const IDS_A_QUERY = 400;

const FIELDS = ['Id', 'OwnerId', 'IsConverted', 'SystemModstamp'];

type RestLead = { Id: string; OwnerId: string; IsConverted: boolean; SystemModstamp: string };

export type LeadPage = { leads: LeadRow[]; missing: string[] };

/**
 * Pages of leads sorted by id. `missing` names asked-for ids that the org does not show.
 * @param onTotal told the number of leads as soon as it is known
 */
export async function* readLeads(
  conn: Connection,
  selection: Selection,
  onTotal: (total: number) => void
): AsyncGenerator<LeadPage> {
  if (selection.kind === 'condition') yield* byCondition(conn, selection.where, onTotal);
  else yield* byIds(conn, selection.ids, onTotal);
}

const query = (where: Condition): string => select({ from: 'Lead', fields: FIELDS, where, orderBy: ['Id'] });

async function* byCondition(
  conn: Connection,
  where: Condition,
  onTotal: (total: number) => void
): AsyncGenerator<LeadPage> {
  for await (const { totalSize, records } of queryPages<RestLead>(conn, query(where))) {
    onTotal(totalSize);
    if (totalSize > REST_ROWS) {
      yield* byBulk(conn, query(where));
      return;
    }
    yield { leads: records.map(fromRest), missing: [] };
  }
}

async function* byBulk(conn: Connection, soql: string): AsyncGenerator<LeadPage> {
  for await (const rows of bulkQuery(conn, soql)) yield { leads: rows.map(fromCsv), missing: [] };
}

/** @param ids sorted, without duplicates */
async function* byIds(
  conn: Connection,
  ids: readonly string[],
  onTotal: (total: number) => void
): AsyncGenerator<LeadPage> {
  onTotal(ids.length);
  if (ids.length > REST_ROWS) {
    yield* byRange(conn, ids);
    return;
  }
  for (let from = 0; from < ids.length; from += IDS_A_QUERY) {
    const chunk = ids.slice(from, from + IDS_A_QUERY);
    const leads: LeadRow[] = [];
    for await (const { records } of queryPages<RestLead>(conn, query(isIn('Id', chunk))))
      leads.push(...records.map(fromRest));
    const found = new Set(leads.map(({ id }) => id));
    yield { leads, missing: chunk.filter((id) => !found.has(id)) };
  }
}

/** Many ids: one export of the range that holds them, joined with the list; both are sorted. */
async function* byRange(conn: Connection, ids: readonly string[]): AsyncGenerator<LeadPage> {
  const range = all(compare('Id', '>=', ids[0]!), compare('Id', '<=', ids[ids.length - 1]!));
  let at = 0;
  for await (const { leads } of byBulk(conn, query(range))) {
    const page: LeadPage = { leads: [], missing: [] };
    for (const lead of leads) {
      while (at < ids.length && ids[at]! < lead.id) page.missing.push(ids[at++]!);
      if (ids[at] !== lead.id) continue;
      page.leads.push(lead);
      at += 1;
    }
    yield page;
  }
  if (at < ids.length) yield { leads: [], missing: ids.slice(at) };
}

const fromRest = ({ Id, OwnerId, IsConverted, SystemModstamp }: RestLead): LeadRow => ({
  id: Id,
  ownerId: OwnerId,
  converted: IsConverted,
  stamp: normalStamp(SystemModstamp),
});

const fromCsv = ([id = '', ownerId = '', converted, stamp = '']: string[]): LeadRow => ({
  id,
  ownerId,
  converted: converted === 'true',
  stamp,
});
