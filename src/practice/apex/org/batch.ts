/** Database.executeBatch: a job starts, works on its records in scopes, and finishes; each with limits of its own. */
import { ApexList } from '../runtime/collections.js';
import { ApexFailure, ApexUnsupported } from '../runtime/failures.js';
import { ApexObject } from '../runtime/objects.js';
import type { Runtime } from '../runtime/runtime.js';
import { ApexNative, type Value } from '../runtime/values.js';
import { drive, driveNow, type Running } from './drive.js';
import { locatorFind, queryOf } from './natives/locator.js';
import { apexRecords } from './records.js';
import type { Transaction } from './transaction.js';

/** A job that was ordered and has not begun. */
export type BatchJob = { id: string; job: Value; size: number };

/** Records of one scope at most (Apex Developer Guide, Using Batch Apex). */
const LARGEST = 2000;

/** Notes a job. @returns its id */
export function order(transaction: Transaction, job: Value, size: number): string {
  if (size < 1 || size > LARGEST)
    throw new ApexFailure('System.InvalidParameterValueException', `Invalid batch size: ${size}`);
  if (!(job instanceof ApexObject) || !job.$info.supertypes.has('database.stateful'))
    throw new ApexUnsupported('a batch class that is not Database.Stateful: its fields would begin anew in each scope');
  const id = transaction.org.store.nextId('707');
  transaction.jobs.push({ id, job, size });
  return id;
}

const freshLimits = ({ counters }: Runtime): void => {
  for (const name of ['soql', 'queryRows', 'dml', 'dmlRows', 'cpu'] as const) counters.used[name] = 0;
};

/** The parts of a job in their order; what they yield is to be run. */
function* partsOf(transaction: Transaction, { id, job, size }: BatchJob): Generator<Running, void, Value> {
  const { runtime } = transaction;
  const context = new ApexNative('Database.BatchableContext', { jobId: id });
  const records = recordsOf(transaction, yield runtime.callMethod(job, 'start', [context]));
  for (let at = 0; at < records.length; at += size) {
    freshLimits(runtime);
    const scope = new ApexList(runtime.type('SObject'), records.slice(at, at + size));
    yield runtime.callMethod(job, 'execute', [context, scope]);
  }
  freshLimits(runtime);
  yield runtime.callMethod(job, 'finish', [context]);
}

function recordsOf(transaction: Transaction, started: Value): Value[] {
  const find = locatorFind(started);
  if (!find) return started instanceof ApexList ? started.items : [];
  const { org, runtime } = transaction;
  return apexRecords({ catalog: org.catalog, ctx: runtime }, transaction.findAll(queryOf(find), find.sharing).records);
}

/** Runs jobs at once, inside the transaction that ordered them: in tests. */
export function runJobsNow(transaction: Transaction): void {
  for (let job = transaction.jobs.shift(); job; job = transaction.jobs.shift()) {
    const parts = partsOf(transaction, job);
    let step = parts.next(null);
    while (!step.done) step = parts.next(driveNow({ running: step.value, transaction }));
  }
}

/**
 * Runs the jobs of a transaction that is over, and those that they order. Each part commits by itself; one that fails is told
 * to `failed`, and the others go on.
 * @param begin makes the transaction of a part
 */
export async function runJobsLater(
  { jobs }: Transaction,
  begin: () => Transaction,
  failed: (error: unknown) => void
): Promise<void> {
  const part = async (running: Running): Promise<Value> => {
    const transaction = begin();
    try {
      return await drive({ running, transaction });
    } catch (error) {
      failed(error);
      return null;
    } finally {
      jobs.push(...transaction.jobs);
    }
  };
  for (let job = jobs.shift(); job; job = jobs.shift()) {
    const parts = partsOf(begin(), job);
    let step = parts.next(null);
    while (!step.done) step = parts.next(await part(step.value));
  }
}
