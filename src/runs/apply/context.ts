import type { Connection } from '@salesforce/core';
import { setTimeout as sleep } from 'node:timers/promises';
import { failureOf, RunStopped } from '../errors.js';
import type { RunListener } from '../events.js';
import type { UpdateRowsStep } from '../plan.js';
import type { PlannedRow } from '../rows/row-set.js';
import type { Journal } from '../store/journal.js';
import type { RowError } from '../../org/write/collections.js';
import type { Outcomes, RowOutcome } from '../store/outcomes.js';
import type { Tuning } from '../tuning.js';
import type { Settled } from './settled.js';
import type { Tally } from './tally.js';

/** A row on its way: the reason stays in the file. */
export type Row = Omit<PlannedRow, 'reason'>;

/** All that the writing of one step works with. */
export type StepContext = {
  conn: Connection;
  step: UpdateRowsStep;
  rowsFile: string;
  journal: Journal;
  outcomes: Outcomes;
  /** Counts what rows receive and give as they are written; absent where only the org knows what they receive. */
  tally?: Tally;
  /** Runs an assignment rule with the write, which sets another field than the one that the rows are about. */
  assign?: { rule: string; field: string };
  tuning: Tuning;
  emit: RunListener;
  /** Errors of rows that another pass may write, by line of the row set. */
  lastErrors: Map<number, RowError>;
  /** Called before each unit. @throws RunStopped where the run's lock was lost */
  guard(): Promise<void>;
  /** Numbers of units, rising over the whole run, resumed or not. */
  nextUnit(): number;
  /** Time after which waiting for remote jobs is given up, in milliseconds since the epoch. */
  deadline: number;
};

/** One that counts what it writes. */
export type CountingContext = StepContext & { tally: Tally };

/** What settling works with: the same for all steps that have rows. */
export type SettlerContext = Pick<StepContext, 'journal' | 'outcomes' | 'emit'> & {
  step: { id: string; rows: { count: number } };
  tally?: Tally;
};

/** What became of a row; with the row where its values are counted. */
type SettledRow = RowOutcome & { row?: Settled['row'] };

/**
 * Records what became of rows and closes their unit in the journal. Outcomes are on disk before the line that makes
 * them count. One unit at a time: jobs that finish together wait for each other.
 */
export class Settler {
  private tail: Promise<unknown> = Promise.resolve();

  public constructor(private readonly context: SettlerContext) {}

  public async settle(unit: number, rows: readonly SettledRow[]): Promise<void> {
    const work = this.tail.then(() => this.write(unit, rows));
    this.tail = work.catch(() => undefined);
    await work;
  }

  private async write(unit: number, rows: readonly SettledRow[]): Promise<void> {
    const { outcomes, journal, tally, step } = this.context;
    await outcomes.record(rows);
    await journal.append({ t: 'settled', unit, step: step.id, outcomeBytes: outcomes.bytes });
    for (const { outcome, row } of rows) if (outcome === 'done' && row) tally?.add(row);
    this.report();
  }

  private report(): void {
    const { outcomes, emit, step } = this.context;
    emit({
      type: 'progress',
      done: outcomes.count('done'),
      changed: outcomes.count('changed'),
      failed: outcomes.count('failed'),
      rows: step.rows.count,
    });
  }
}

/** For `pollUntil`: gives up when the next look would come after the deadline. @throws RunStopped */
export const until =
  (deadline: number, words: () => string) =>
  (delay: number): void => {
    if (Date.now() + delay > deadline) throw new RunStopped('timeout', new Error(words()));
  };

/** What trying again needs to know. */
export type Persisting = Pick<StepContext, 'tuning' | 'emit'>;

/**
 * Calls `attempt` until it returns, with growing pauses, while the reply is lost or the org is unavailable.
 * @throws RunStopped when the session is over, the request limit is reached or the attempts are used up;
 * the error itself when the org refuses
 */
export async function persist<T>(context: Persisting, attempt: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      await afterFailure(context, error, count);
    }
  }
}

/** Decides on one failed request: waits if it may be tried again, throws otherwise. */
export async function afterFailure(context: Persisting, error: unknown, count: number): Promise<void> {
  if (error instanceof RunStopped) throw error;
  const failure = failureOf(error);
  if (failure === 'refused') throw error;
  if (failure !== 'unknown' || count > context.tuning.passes) throw new RunStopped(failure, error);
  await pause(context, 'unknown', 0, count);
}

/** Waits longer with each count. */
export async function pause(
  context: Persisting,
  reason: 'rows' | 'unknown',
  rows: number,
  count: number
): Promise<void> {
  const delay = context.tuning.backoff * 2 ** (count - 1);
  context.emit({ type: 'again', reason, rows, delay });
  await sleep(delay);
}
