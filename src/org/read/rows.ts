/** Rows of a query, however many there are. */
import type { Connection } from '@salesforce/core';
import { bulkQuery } from './bulk-query.js';
import { queryPages } from './query.js';
import { REST_ROWS } from './sizes.js';
import { select, type Select } from './soql/select.js';

/** Values as text in the order of the fields; what is empty in the org is empty text. */
export async function* rowsOf(conn: Connection, query: Select): AsyncGenerator<string[][]> {
  const soql = select(query);
  for await (const { totalSize, records } of queryPages<Record<string, unknown>>(conn, soql)) {
    if (totalSize > REST_ROWS) {
      yield* bulkQuery(conn, soql);
      return;
    }
    yield records.map((record) => query.fields.map((field) => textOf(record[field])));
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
