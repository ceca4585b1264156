/** Work the platform does after its answer. What is under way is kept in the file, so a restart finishes it. */
import type { Row } from '../contracts.js';
import type { Background, SaveTools } from '../save/context.js';
import { settleMembership } from './membership.js';
import { MEMBERSHIP_WORK } from './network-member-group.js';
import { updateRecord, type Author } from './records.js';

/** How long the platform seems to take, in milliseconds. */
const DELAY = 400;

const CREATE = `CREATE TABLE IF NOT EXISTS practice_later (
  number INTEGER PRIMARY KEY, kind TEXT NOT NULL, record TEXT NOT NULL)`;

/** E: adds the users of a profile or permission set to a site, or removes them. */
const finishMembership = (tools: SaveTools, recordId: string): void => {
  const def = tools.catalog.require('NetworkMemberGroup');
  const row: Row | undefined = tools.store.find(def, recordId);
  if (!row) return;
  const author: Author = { tools, userId: String(row.CreatedById), now: tools.clock.stamp() };
  if (row.AssignmentStatus !== 'WaitingForRemove') {
    updateRecord(author, 'NetworkMemberGroup', recordId, { AssignmentStatus: 'Added' });
  }
  settleMembership(author, row);
};

const WORK: Readonly<Record<string, (tools: SaveTools, recordId: string) => void>> = {
  [MEMBERSHIP_WORK]: finishMembership,
};

/** Runs background work by itself a moment later; `settle` runs it now. */
export class BackgroundWork implements Background {
  private timer: NodeJS.Timeout | undefined;

  public constructor(private readonly tools: () => SaveTools) {
    tools().store.db.exec(CREATE);
  }

  /** Notes work; part of the transaction that asks for it. */
  public later(kind: string, recordId: string): void {
    this.tools().store.sql('INSERT INTO practice_later (kind, record) VALUES (?, ?)').run(kind, recordId);
    this.wake();
  }

  /** Sees to it that work which is under way ends, also when nobody asks. */
  public wake(): void {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.settle();
    }, DELAY);
    this.timer.unref();
  }

  public settle(): void {
    const tools = this.tools();
    const { store } = tools;
    for (const row of store.sql('SELECT number, kind, record FROM practice_later ORDER BY number').all()) {
      store.transaction(() => {
        WORK[String(row.kind)]?.(tools, String(row.record));
        store.sql('DELETE FROM practice_later WHERE number = ?').run(row.number!);
      });
    }
  }

  public stop(): void {
    clearTimeout(this.timer);
  }
}
