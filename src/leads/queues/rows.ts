/** Small helpers to ask for rows of configuration. */
import type { Connection } from '@salesforce/core';
import { queryTogether } from '../../org/read/index.js';

/** Rows of queries in one call. @throws the org's error where one of them is refused */
export async function rowsTogether<T extends object>(conn: Connection, queries: readonly string[]): Promise<T[][]> {
  const answers = await queryTogether<T>(conn, queries);
  return answers.map(({ records, error }) => {
    if (error) throw error;
    return records;
  });
}

/** Rows by one of their fields. */
export const by = <T>(rows: readonly T[], key: (row: T) => string): Map<string, T> =>
  new Map(rows.map((row) => [key(row), row]));
