import type { SaveOperation, SaveResult, Store } from '../contracts.js';

/** One record that was saved, or refused, while the write log was on. */
export type WriteEntry = {
  n: number;
  request: number | null;
  operation: string;
  type: string;
  record: string | null;
  success: boolean;
  code: string | null;
};

const TABLE = `CREATE TABLE IF NOT EXISTS practice_write_log (
  n INTEGER PRIMARY KEY AUTOINCREMENT, request INTEGER, operation TEXT, type TEXT, record TEXT, success INTEGER, code TEXT)`;
const INSERT =
  'INSERT INTO practice_write_log (request, operation, type, record, success, code) VALUES (?, ?, ?, ?, ?, ?)';

/**
 * What was written to records, kept in the transaction of the write itself: a write that was rolled back or killed
 * before its commit is not listed, one that was committed is. Off by default.
 */
export class WriteLog {
  public on = false;

  public constructor(private readonly store: Store) {
    store.db.exec(TABLE);
  }

  /** To be called inside the transaction of the save. */
  public add(
    request: number | undefined,
    operation: SaveOperation,
    type: string,
    ids: (string | null)[],
    results: SaveResult[]
  ): void {
    if (!this.on) return;
    const insert = this.store.sql(INSERT);
    results.forEach((result, i) => {
      const code = result.errors[0]?.statusCode ?? null;
      insert.run(request ?? null, operation, type, result.id ?? ids[i] ?? null, result.success ? 1 : 0, code);
    });
  }

  /** Entries with a number of at least `from`. */
  public read(from = 1, limit = 10_000): WriteEntry[] {
    const rows = this.store
      .sql('SELECT * FROM practice_write_log WHERE n >= ? ORDER BY n LIMIT ?')
      .all(from, limit) as unknown as (Omit<WriteEntry, 'success'> & { success: number })[];
    return rows.map((row) => ({ ...row, success: row.success === 1 }));
  }

  public clear(): void {
    this.store.db.exec('DELETE FROM practice_write_log');
  }
}
