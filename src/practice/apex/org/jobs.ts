/** What transactions order for later, batches and methods with @future: in parts, each of which is a transaction. */
import { ApexFailure } from '../runtime/failures.js';
import type { Runtime } from '../runtime/runtime.js';
import type { Value } from '../runtime/values.js';
import { driveAnew, driveNow, type Running } from './drive.js';
import { failureOf } from './failures.js';
import { isNoted, JobRecord } from './job-records.js';
import type { Transaction } from './transaction.js';

/** One part: what runs it in a transaction, and what is done where that went well. */
export type Part = {
  /** Whether it works on a scope of a batch, of which tests run a single one. */
  isScope: boolean;
  run(transaction: Transaction): { running: Running; done: () => void };
};

/** What a part gave; undefined where it failed. */
export type Given = { value: Value; transaction: Transaction } | undefined;

/** The parts of a job in their order; each is answered with what it gave. */
export type Parts = Generator<Part, void, Given>;

/** A job that was ordered and has not begun. */
export type Job = { id: string; userId: string; parts: (record: JobRecord) => Parts };

const freshLimits = ({ counters }: Runtime): void => {
  for (const name of ['soql', 'queryRows', 'dml', 'dmlRows', 'cpu', 'futures'] as const) counters.used[name] = 0;
};

/**
 * Runs jobs at once, inside the transaction that ordered them, with its statics: in tests. What they order themselves stays
 * queued, and what was taken back does not run.
 * @throws whatever a part throws
 */
export function runJobsNow(transaction: Transaction): void {
  const { org } = transaction;
  const ordered = transaction.jobs.splice(0).filter(({ id }) => isNoted(org, id));
  for (const job of ordered) transaction.asJob(job.userId, () => runNow(transaction, job));
  transaction.jobs.length = 0;
}

function runNow(transaction: Transaction, { id, userId, parts }: Job): void {
  const record = new JobRecord(transaction.org, userId, id);
  const running = parts(record);
  let given: Given;
  try {
    for (let step = running.next(); !step.done; step = running.next(given))
      given = { value: partNow(transaction, step.value, record), transaction };
  } catch (error) {
    // The job notes that its part failed; the test is told why.
    running.next(undefined);
    throw error;
  }
}

/** What tests are told that order more (Apex Developer Guide, Using Batch Apex). */
const ONE_SCOPE =
  'No more than one executeBatch can be called from within a test method. Please make sure the iterable returned from ' +
  'your start method matches the batch size, resulting in one executeBatch invocation.';

function partNow(transaction: Transaction, part: Part, record: JobRecord): Value {
  const { runtime } = transaction;
  const { sharing, depth } = runtime;
  const mark = transaction.setSavepoint();
  freshLimits(runtime);
  runtime.sharing = undefined;
  try {
    if (part.isScope && transaction.scopes++ > 0) throw new ApexFailure('System.UnexpectedException', ONE_SCOPE);
    const { running, done } = part.run(transaction);
    const value = driveNow({ running, transaction });
    done();
    return value;
  } catch (error) {
    transaction.rollBackTo(mark);
    record.failed(failureOf(error).message);
    throw error;
  } finally {
    runtime.sharing = sharing;
    runtime.depth = depth;
  }
}

/**
 * Runs the jobs of a transaction that is over, and those that they order; none of one that was taken back. A part that fails is
 * told in the record of the job, and the others go on.
 * @param begin makes the transaction of a part
 */
export async function runJobsLater({ jobs, org }: Transaction, begin: (userId: string) => Transaction): Promise<void> {
  for (let job = jobs.shift(); job; job = jobs.shift()) {
    if (!org.store.db.isOpen || !isNoted(org, job.id)) continue;
    const { userId } = job;
    const record = new JobRecord(org, userId, job.id);
    const parts = job.parts(record);
    let step = parts.next();
    while (!step.done) {
      const given = await partLater(step.value, () => begin(userId), record);
      jobs.push(...(given?.transaction.jobs ?? []));
      step = parts.next(given);
    }
  }
}

async function partLater(part: Part, begin: () => Transaction, record: JobRecord): Promise<Given> {
  let done = (): void => undefined;
  let transaction!: Transaction;
  try {
    const value = await driveAnew(() => {
      const made = part.run((transaction = begin()));
      ({ done } = made);
      return { running: made.running, transaction };
    });
    done();
    return { value, transaction };
  } catch (error) {
    const { message } = failureOf(error);
    record.failed(message);
    return undefined;
  }
}
