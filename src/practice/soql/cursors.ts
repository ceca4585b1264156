/** Open queries of the users: what is left of a long result, on a snapshot that sees the moment of the query. */
import type { ResultRecord } from '../contracts.js';
import type { DatabaseSync } from 'node:sqlite';
import { PlatformError } from '../errors.js';
import { to18 } from '../store/ids.js';
import type { SqlRow } from './shape.js';

/** Open cursors a user may hold; opening one more closes the oldest (platform-facts H). */
const OPEN_PER_USER = 10;

/** How long a cursor that was read to its end can still repeat a page whose reply was lost. */
const LINGER_MS = 60_000;

/** A result that is handed out page by page. */
export class Cursor {
  private rows: IterableIterator<SqlRow> | undefined;
  private position = 0;
  private timer: NodeJS.Timeout | undefined;

  public constructor(
    public readonly id: string,
    public readonly userId: string,
    public readonly totalSize: number,
    public readonly pageSize: number,
    public readonly connection: DatabaseSync,
    private readonly start: () => IterableIterator<SqlRow>,
    /** How the caller makes records of rows. */
    public readonly records: (rows: SqlRow[]) => ResultRecord[]
  ) {}

  /** The rows from `offset` on, one page. A page can be read again. */
  public page(offset: number): SqlRow[] {
    clearTimeout(this.timer);
    if (!this.rows || this.position !== offset) this.seek(offset);
    const rows: SqlRow[] = [];
    for (let row = this.pull(); row; row = this.pull()) {
      rows.push(row);
      if (rows.length === this.pageSize) break;
    }
    return rows;
  }

  /** Where the page after `offset` begins, or undefined at the end. */
  public after(offset: number): number | undefined {
    return offset + this.pageSize < this.totalSize ? offset + this.pageSize : undefined;
  }

  /** Closes by itself after a while, unless a page is asked for again. */
  public linger(close: () => void): void {
    this.timer = setTimeout(close, LINGER_MS);
    this.timer.unref();
  }

  public close(): void {
    clearTimeout(this.timer);
    if (this.connection.isOpen) this.connection.close();
  }

  private pull(): SqlRow | undefined {
    const next = this.rows!.next();
    if (next.done) return undefined;
    this.position++;
    return next.value;
  }

  private seek(offset: number): void {
    this.rows = this.start();
    this.position = 0;
    while (this.position < offset && this.pull());
  }
}

/** All open cursors of the org. */
export class Cursors {
  private readonly open = new Map<string, Cursor>();

  public add(cursor: Cursor): void {
    const own = [...this.open.values()].filter(({ userId }) => userId === cursor.userId);
    for (const old of own.slice(0, Math.max(0, own.length - OPEN_PER_USER + 1))) this.close(old);
    this.open.set(cursor.id, cursor);
  }

  /** @throws PlatformError INVALID_QUERY_LOCATOR */
  public find(locator: string, userId: string): { cursor: Cursor; offset: number } {
    const [, id = '', offset = ''] = /^(\w{15}|\w{18})-(\d+)$/.exec(locator) ?? [];
    const cursor = this.open.get(to18(id));
    if (cursor?.userId !== userId || !cursor.connection.isOpen || Number(offset) > cursor.totalSize) {
      throw new PlatformError('INVALID_QUERY_LOCATOR', 'invalid query locator');
    }
    return { cursor, offset: Number(offset) };
  }

  public close(cursor: Cursor): void {
    this.open.delete(cursor.id);
    cursor.close();
  }
}
