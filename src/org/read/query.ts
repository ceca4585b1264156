import type { Connection } from '@salesforce/core';

/** All rows of a small query, page by page. Meant for configuration, not for leads. */
export async function queryAll<T extends object>(conn: Connection, soql: string): Promise<T[]> {
  const rows: T[] = [];
  for await (const page of queryPages<T>(conn, soql)) rows.push(...page.records);
  return rows;
}

export type Page<T> = { totalSize: number; records: T[] };

/** The pages of a query, 2,000 rows each. `totalSize` is known from the first page on. */
export async function* queryPages<T extends object>(conn: Connection, soql: string): AsyncGenerator<Page<T>> {
  let page = await conn.query<T & Record<string, unknown>>(soql);
  yield page;
  while (!page.done && page.nextRecordsUrl) {
    page = await conn.queryMore<T & Record<string, unknown>>(page.nextRecordsUrl);
    yield page;
  }
}
