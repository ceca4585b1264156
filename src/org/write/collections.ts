import type { Connection } from '@salesforce/core';

/** Most records one call may carry (platform-facts H). */
export const COLLECTION_ROWS = 200;

export type RowError = { statusCode: string; message: string };
export type RowResult = { id?: string; success: boolean; errors: RowError[] };

/** One change of one record: its id and the fields to set. `null` clears a field. */
export type RowChange = { id: string; fields: Record<string, string | null> };

/**
 * Updates up to 200 records in one call; each stands for itself. Assignment rules stay off (platform-facts, fact 3), unless
 * one is named by its id.
 * @returns results in the order of the changes
 */
export async function updateCollection(
  conn: Connection,
  object: string,
  changes: readonly RowChange[],
  rule = 'FALSE'
): Promise<RowResult[]> {
  const records = changes.map(({ id, fields }) => ({ attributes: { type: object }, id, ...fields }));
  return conn.request<RowResult[]>({
    method: 'PATCH',
    url: `${conn.baseUrl()}/composite/sobjects`,
    body: JSON.stringify({ allOrNone: false, records }),
    headers: { 'content-type': 'application/json', 'sforce-auto-assign': rule },
  });
}

/** A record as a collection carries it: fields by name, with the id of one that exists. */
export type CollectionRecord = { id?: string; fields: Record<string, string | number | boolean | null> };

/**
 * Inserts, updates or deletes up to 200 records in one call; each stands for itself. Assignment rules stay off.
 * @returns results in the order of the records
 */
export async function saveCollection(
  conn: Connection,
  operation: 'insert' | 'update' | 'delete',
  object: string,
  records: readonly CollectionRecord[]
): Promise<RowResult[]> {
  const url = `${conn.baseUrl()}/composite/sobjects`;
  if (operation === 'delete') {
    const ids = records.map(({ id = '' }) => encodeURIComponent(id)).join(',');
    return conn.request<RowResult[]>({ method: 'DELETE', url: `${url}?ids=${ids}&allOrNone=false` });
  }
  const rows = records.map(({ id, fields }) => ({ attributes: { type: object }, ...(id ? { id } : {}), ...fields }));
  return conn.request<RowResult[]>({
    method: operation === 'insert' ? 'POST' : 'PATCH',
    url,
    body: JSON.stringify({ allOrNone: false, records: rows }),
    headers: { 'content-type': 'application/json', 'sforce-auto-assign': 'FALSE' },
  });
}
