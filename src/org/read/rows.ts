/** Rows of a query, however many there are and however long it is. */
import type { Connection } from '@salesforce/core';
import { bulkQuery } from './bulk-query.js';
import { queryPages } from './query.js';
import { ADDRESS_CHARS, REST_ROWS } from './sizes.js';
import { select, type Select } from './soql/select.js';

/** Values as text in the order of the fields, `true` and `false` among them; what is empty in the org is empty text. */
export async function* rowsOf(conn: Connection, query: Select): AsyncGenerator<string[][]> {
  const soql = select(query);
  if (encodeURIComponent(soql).length > ADDRESS_CHARS) {
    yield* bulkQuery(conn, soql);
    return;
  }
  for await (const { totalSize, records } of queryPages<Record<string, unknown>>(conn, soql)) {
    if (totalSize > REST_ROWS) {
      yield* bulkQuery(conn, soql);
      return;
    }
    yield records.map((record) => query.fields.map((field) => textOf(record[field])));
  }
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
