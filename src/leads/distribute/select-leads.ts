/** Reads the selected leads in the order of their ids, page by page. */
import type { Connection } from '@salesforce/core';
import {
  all,
  bulkQuery,
  compare,
  IDS_A_QUERY,
  isIn,
  queryPages,
  REST_ROWS,
  select,
  type Condition,
  normalStamp,
} from '../../org/read/index.js';
import type { LeadRow, Selection } from './types.js';

const FIELDS = ['Id', 'OwnerId', 'IsConverted', 'SystemModstamp'];

type RestLead = { Id: string; OwnerId: string; IsConverted: boolean; SystemModstamp: string } & Record<
  string,
  string | boolean | null
>;

/** How leads are asked for: with further fields, where they are wanted. */
type Asking = { conn: Connection; more: readonly string[] };

export type LeadPage = { leads: LeadRow[]; missing: string[] };

/**
 * Pages of leads sorted by id. `missing` names asked-for ids that the org does not show.
 * @param onTotal told the number of leads as soon as it is known
 * @param more text fields that the rows carry besides
 */
export async function* readLeads(
  conn: Connection,
  selection: Selection,
  onTotal: (total: number) => void,
  more: readonly string[] = []
): AsyncGenerator<LeadPage> {
  if (selection.kind === 'condition') yield* byCondition({ conn, more }, selection.where, onTotal);
  else yield* byIds({ conn, more }, selection.ids, onTotal);
}

const query = ({ more }: Asking, where: Condition): string =>
  select({ from: 'Lead', fields: [...FIELDS, ...more], where, orderBy: ['Id'] });

async function* byCondition(
  asking: Asking,
  where: Condition,
  onTotal: (total: number) => void
): AsyncGenerator<LeadPage> {
  for await (const { totalSize, records } of queryPages<RestLead>(asking.conn, query(asking, where))) {
    onTotal(totalSize);
    if (totalSize > REST_ROWS) {
      yield* byBulk(asking, where);
      return;
    }
    yield { leads: records.map((record) => fromRest(record, asking.more)), missing: [] };
  }
}

async function* byBulk(asking: Asking, where: Condition): AsyncGenerator<LeadPage> {
  for await (const rows of bulkQuery(asking.conn, query(asking, where)))
    yield { leads: rows.map(fromCsv), missing: [] };
}

/** @param ids sorted, without duplicates */
async function* byIds(
  asking: Asking,
  ids: readonly string[],
  onTotal: (total: number) => void
): AsyncGenerator<LeadPage> {
  onTotal(ids.length);
  if (ids.length > REST_ROWS) {
    yield* byRange(asking, ids);
    return;
  }
  for (let from = 0; from < ids.length; from += IDS_A_QUERY) {
    const chunk = ids.slice(from, from + IDS_A_QUERY);
    const leads: LeadRow[] = [];
    for await (const { records } of queryPages<RestLead>(asking.conn, query(asking, isIn('Id', chunk))))
      leads.push(...records.map((record) => fromRest(record, asking.more)));
    const found = new Set(leads.map(({ id }) => id));
    yield { leads, missing: chunk.filter((id) => !found.has(id)) };
  }
}

/** Many ids: one export of the range that holds them, joined with the list; both are sorted. */
async function* byRange(asking: Asking, ids: readonly string[]): AsyncGenerator<LeadPage> {
  const range = all(compare('Id', '>=', ids[0]!), compare('Id', '<=', ids[ids.length - 1]!));
  let at = 0;
  for await (const { leads } of byBulk(asking, range)) {
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

const fromRest = (record: RestLead, more: readonly string[]): LeadRow => ({
  id: record.Id,
  ownerId: record.OwnerId,
  converted: record.IsConverted,
  stamp: normalStamp(record.SystemModstamp),
  ...(more.length === 0 ? {} : { more: more.map((name) => String(record[name] ?? '')) }),
});

const fromCsv = ([id = '', ownerId = '', converted, stamp = '', ...more]: string[]): LeadRow => ({
  id,
  ownerId,
  converted: converted === 'true',
  stamp,
  ...(more.length === 0 ? {} : { more }),
});
