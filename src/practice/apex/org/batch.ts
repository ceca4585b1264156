/** Database.executeBatch: a job starts, works on its records in scopes, and finishes; each with limits of its own. */
import { ApexList } from '../runtime/collections.js';
import { ApexFailure, ApexUnsupported } from '../runtime/failures.js';
import { ApexObject } from '../runtime/objects.js';
import type { Runtime } from '../runtime/runtime.js';
import { ApexNative, type Value } from '../runtime/values.js';
import { drive, driveNow, type Running } from './drive.js';
import { locatorQuery } from './natives/locator.js';
import { apiQuery } from './query-text.js';
import { apexRecords } from './records.js';
import type { Transaction } from './transaction.js';

/** A job that was ordered and has not begun. */
export type BatchJob = { id: string; job: Value; size: number };

/** Records of one scope at most (Apex Developer Guide, Using Batch Apex). */
const LARGEST = 2000;

const KEY = 'batch jobs';

/** Jobs that a transaction has ordered; they begin when it has ended, in tests at `Test.stopTest`. */
const jobsOf = ({ kept }: Transaction): BatchJob[] => {
  let jobs = kept.get(KEY) as BatchJob[] | undefined;
  if (!jobs) kept.set(KEY, (jobs = []));
  return jobs;
};

/** Notes a job. @returns its id */
export function order(transaction: Transaction, job: Value, size: number): string {
  if (size < 1 || size > LARGEST)
    throw new ApexFailure('System.InvalidParameterValueException', `Invalid batch size: ${size}`);
  if (!(job instanceof ApexObject) || !job.$info.supertypes.has('database.stateful'))
    throw new ApexUnsupported('a batch class that is not Database.Stateful: its fields would begin anew in each scope');
  const id = transaction.org.store.nextId('707');
  jobsOf(transaction).push({ id, job, size });
  return id;
}

const freshLimits = ({ counters }: Runtime): void => {
  for (const name of ['soql', 'queryRows', 'dml', 'dmlRows', 'cpu'] as const) counters.used[name] = 0;
};

/** The parts of a job in their order; what they yield is to be run. */
function* partsOf(
  runtime: Runtime,
  transaction: Transaction,
  { id, job, size }: BatchJob
): Generator<Running, void, Value> {
  const context = new ApexNative('Database.BatchableContext', { jobId: id });
  const records = recordsOf(runtime, transaction, yield runtime.callMethod(job, 'start', [context]));
  for (let at = 0; at < records.length; at += size) {
    freshLimits(runtime);
    const scope = new ApexList(runtime.type('SObject'), records.slice(at, at + size));
    yield runtime.callMethod(job, 'execute', [context, scope]);
  }
  freshLimits(runtime);
  yield runtime.callMethod(job, 'finish', [context]);
}

function recordsOf(runtime: Runtime, transaction: Transaction, started: Value): Value[] {
  const query = locatorQuery(started);
  if (!query) return started instanceof ApexList ? started.items : [];
  const asked = apiQuery(query.soql, []);
  const page = transaction.findAll({ ...asked, access: query.access ?? asked.access }, query.sharing);
  return apexRecords({ catalog: transaction.org.catalog, ctx: runtime }, page.records);
}

/** Runs jobs at once, inside the transaction that ordered them: in tests. */
export function runJobsNow(transaction: Transaction, runtime: Runtime): void {
  for (let job = jobsOf(transaction).shift(); job; job = jobsOf(transaction).shift()) {
    const parts = partsOf(runtime, transaction, job);
    let step = parts.next(null);
    while (!step.done) step = parts.next(driveNow({ running: step.value, transaction, ctx: runtime }));
  }
}

/**
 * Runs the jobs of a transaction that is over, and those that they order. Each part commits by itself; one that fails is told
 * to `failed`, and the others go on.
 */
export async function runJobsLater(
  ordered: Transaction,
  runtime: Runtime,
  begin: () => Transaction,
  failed: (error: unknown) => void
): Promise<void> {
  const part = async (running: Running): Promise<Value> => {
    const transaction = begin();
    try {
      return await drive({ running, transaction, ctx: runtime });
    } catch (error) {
      failed(error);
      return null;
    } finally {
      jobsOf(ordered).push(...jobsOf(transaction).splice(0));
    }
  };
  for (let job = jobsOf(ordered).shift(); job; job = jobsOf(ordered).shift()) {
    const parts = partsOf(runtime, begin(), job);
    let step = parts.next(null);
    while (!step.done) step = parts.next(await part(step.value));
  }
}
