/** Daily limits of the org (platform-facts H), counted by the day of the org's clock and kept in the file. */
import { PlatformError } from '../errors.js';
import type { Clock, Limits, Store } from '../contracts.js';
import { dailyAlertMails, dailyCalls, MAXIMA } from './maxima.js';

const CREATE = `
CREATE TABLE IF NOT EXISTS practice_limit_use (name TEXT PRIMARY KEY, day TEXT NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS practice_limit_max (name TEXT PRIMARY KEY, max INTEGER NOT NULL) WITHOUT ROWID`;

/** Requests counted in memory before they are written down: a write for each would cost more than the request. */
const FLUSH_EVERY = 50;

class StoredLimits implements Limits {
  private readonly maxima: Map<string, number>;
  private used = new Map<string, number>();
  private day: string;
  private unwritten = 0;

  public constructor(
    private readonly store: Store,
    private readonly clock: Clock
  ) {
    store.db.exec(CREATE);
    this.maxima = new Map([
      ...Object.entries(MAXIMA),
      ['DailyApiRequests', dailyCalls(store)],
      ['DailyWorkflowEmails', dailyAlertMails(store)],
    ]);
    for (const row of store.sql('SELECT name, max FROM practice_limit_max').all()) {
      this.maxima.set(String(row.name), Number(row.max));
    }
    this.day = this.today();
    for (const row of store.sql('SELECT name, used FROM practice_limit_use WHERE day = ?').all(this.day)) {
      this.used.set(String(row.name), Number(row.used));
    }
  }

  public countRequest(): void {
    if (this.remaining('DailyApiRequests') <= 0) {
      throw new PlatformError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 403);
    }
    this.add('DailyApiRequests', 1);
    if (++this.unwritten >= FLUSH_EVERY) this.flush();
  }

  public use(name: string, amount: number): void {
    this.require(name);
    this.add(name, amount);
    this.flush();
  }

  public remaining(name: string): number {
    const max = this.require(name);
    this.turnDay();
    return Math.max(0, max - (this.used.get(name) ?? 0));
  }

  public all(): Record<string, { Max: number; Remaining: number }> {
    const entries = [...this.maxima].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([name, Max]) => [name, { Max, Remaining: this.remaining(name) }]));
  }

  public usage(): string {
    const max = this.require('DailyApiRequests');
    return `api-usage=${max - this.remaining('DailyApiRequests')}/${max}`;
  }

  public setMax(name: string, max: number): void {
    this.maxima.set(name, max);
    this.store
      .sql('INSERT INTO practice_limit_max (name, max) VALUES (?, ?) ON CONFLICT DO UPDATE SET max = excluded.max')
      .run(name, max);
  }

  /** Writes down what was counted in memory. */
  public flush(): void {
    this.unwritten = 0;
    const write = this.store.sql(
      'INSERT INTO practice_limit_use (name, day, used) VALUES (?, ?, ?) ' +
        'ON CONFLICT DO UPDATE SET day = excluded.day, used = excluded.used'
    );
    for (const [name, used] of this.used) write.run(name, this.day, used);
  }

  private add(name: string, amount: number): void {
    this.turnDay();
    this.used.set(name, (this.used.get(name) ?? 0) + amount);
  }

  private require(name: string): number {
    const max = this.maxima.get(name);
    if (max === undefined) throw new PlatformError('INVALID_ARGUMENT', `Unknown limit ${name}.`);
    return max;
  }

  private turnDay(): void {
    const today = this.today();
    if (today === this.day) return;
    this.day = today;
    this.used = new Map();
  }

  private today(): string {
    return this.clock.stamp().slice(0, 10);
  }
}

/** Limits of an org with `flush`, which the org calls when it closes. */
export type PersistentLimits = Limits & { flush(): void };

/** Opens the limits of an org. The daily calls follow from the licences in the file, so open it after seeding. */
export const openLimits = (store: Store, clock: Clock): PersistentLimits => new StoredLimits(store, clock);
