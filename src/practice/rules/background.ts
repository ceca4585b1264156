/** Work the platform does after its answer. What is under way is kept in the file, so a restart finishes it. */
import type { Background, SaveTools } from '../save/context.js';
import { RECALCULATION } from '../sharing/recalculation.js';
import { advanceJob, SITE_WORK } from '../sites/jobs.js';
import { advanceMembership, MEMBERSHIP_WORK } from './membership-work.js';

/** How long the platform seems to take where the work does not say so itself, in milliseconds. */
const DELAY = 400;

/** `due` is a time of the machine, not of the org's clock, which tests let stand still. */
const CREATE = `CREATE TABLE IF NOT EXISTS practice_later (
  number INTEGER PRIMARY KEY, kind TEXT NOT NULL, record TEXT NOT NULL, due INTEGER NOT NULL DEFAULT 0)`;

const WORK: Readonly<Record<string, (tools: SaveTools, recordId: string) => void>> = {
  [MEMBERSHIP_WORK]: advanceMembership,
  [SITE_WORK]: advanceJob,
  [RECALCULATION]: (tools, object) => tools.sharing.finish(object),
};

/** Runs background work by itself a moment later; `settle` runs it now. */
export class BackgroundWork implements Background {
  private timer: NodeJS.Timeout | undefined;
  /** When the timer fires. */
  private at = 0;
  private stopped = false;

  public constructor(private readonly tools: () => SaveTools) {
    const { store } = tools();
    store.db.exec(CREATE);
    const columns = store.db.prepare("SELECT name FROM pragma_table_info('practice_later')").all();
    // Files of earlier versions lack the column.
    if (!columns.some(({ name }) => name === 'due')) {
      store.db.exec('ALTER TABLE practice_later ADD COLUMN due INTEGER NOT NULL DEFAULT 0');
    }
  }

  /** Notes work; part of the transaction that asks for it. */
  public later(kind: string, recordId: string, delay = DELAY): void {
    this.tools()
      .store.sql('INSERT INTO practice_later (kind, record, due) VALUES (?, ?, ?)')
      .run(kind, recordId, Date.now() + delay);
    this.wake(delay);
  }

  public waiting(kind: string): string[] {
    const rows = this.tools().store.sql('SELECT DISTINCT record FROM practice_later WHERE kind = ?').all(kind);
    return rows.map(({ record }) => String(record));
  }

  public cancel(kind: string, recordId: string): void {
    this.tools().store.sql('DELETE FROM practice_later WHERE kind = ? AND record = ?').run(kind, recordId);
  }

  /** Sees to it that work which is under way ends, also when nobody asks. */
  public wake(delay = DELAY): void {
    const at = Date.now() + delay;
    if (this.stopped || (this.timer && this.at <= at)) return;
    clearTimeout(this.timer);
    this.at = at;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.run(Date.now());
      this.wakeForNext();
    }, delay);
    this.timer.unref();
  }

  /** Work may lead to more work. */
  public settle(): void {
    while (this.run(Number.MAX_SAFE_INTEGER) > 0);
  }

  public stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private wakeForNext(): void {
    const { due } = this.tools().store.sql('SELECT min(due) AS due FROM practice_later').get()!;
    if (due !== null) this.wake(Math.max(Number(due) - Date.now(), 1));
  }

  /** Does the work that is due by then. @returns how much there was */
  private run(due: number): number {
    const tools = this.tools();
    const { store } = tools;
    const rows = store.sql('SELECT number, kind, record FROM practice_later WHERE due <= ? ORDER BY number').all(due);
    for (const row of rows) {
      store.transaction(() => {
        WORK[String(row.kind)]?.(tools, String(row.record));
        store.sql('DELETE FROM practice_later WHERE number = ?').run(row.number!);
      });
    }
    return rows.length;
  }
}
