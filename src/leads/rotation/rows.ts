/** Rows of leads for rotations, however many there are. */
import type { Connection } from '@salesforce/core';
import { bulkQuery, queryPages, select, type Select } from '../../org/read/index.js';

/** Rows up to which the REST query is used; above, a Bulk query is faster and costs fewer calls. */
const REST_ROWS = 10_000;

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
