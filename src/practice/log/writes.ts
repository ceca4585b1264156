/** Reads what the saver wrote down while `org.logWrites` was on: one line a saved row, in the row's own transaction. */
import type { PracticeOrg } from '../contracts.js';

export type WriteEntry = {
  number: number;
  /** Number in the request log; null for the chunks of a Bulk job. */
  request: number | null;
  object: string;
  record: string;
  operation: string;
  at: string;
};

/** Entries with a number of at least `from`. */
export const readWrites = ({ store }: PracticeOrg, from: number, limit: number): WriteEntry[] =>
  store
    .sql('SELECT * FROM practice_write_log WHERE number >= ? ORDER BY number LIMIT ?')
    .all(from, limit) as unknown as WriteEntry[];

export const clearWrites = ({ store }: PracticeOrg): void => store.db.exec('DELETE FROM practice_write_log');
