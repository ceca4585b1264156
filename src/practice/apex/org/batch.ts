/**
 * Database.executeBatch: a job starts, works on its records in scopes, and finishes (Apex Developer Guide, Using Batch Apex). Each
 * part is a transaction with statics and limits of its own. The instance is as it was when the job was ordered, or, of a class
 * that is Database.Stateful, as the last part that went well left it.
 */
import { ApexList } from '../runtime/collections.js';
import { ApexFailure } from '../runtime/failures.js';
import { ApexObject } from '../runtime/objects.js';
import type { Runtime } from '../runtime/runtime.js';
import { ApexNative, type Value } from '../runtime/values.js';
import { carried } from './carry.js';
import { driveAnew, driveNow, type Driving } from './drive.js';
import { failureOf } from './failures.js';
import { isNoted, JobRecord, noteJob } from './job-records.js';
import { locatorFind, queryOf } from './natives/locator.js';
import { apexRecords } from './records.js';
import type { Transaction } from './transaction.js';

/** A job that was ordered and has not begun. */
export type BatchJob = { id: string; job: ApexObject; size: number; userId: string };

/** A method of the instance with its arguments. */
type Part = { method: 'start' | 'execute' | 'finish'; args: (runtime: Runtime) => Value[] };

/** What a part gave; undefined where it failed. */
type Given = { value: Value; transaction: Transaction } | undefined;

/** Records of one scope at most (Apex Developer Guide, Using Batch Apex). */
const LARGEST = 2000;

/** Notes a job. @returns its id */
export function order(transaction: Transaction, job: Value, size: number): string {
  if (size < 1 || size > LARGEST)
    throw new ApexFailure('System.InvalidParameterValueException', `Invalid batch size: ${size}`);
  if (!(job instanceof ApexObject) || !job.$info.supertypes.has('database.batchable'))
    throw new ApexFailure('System.UnexpectedException', 'executeBatch takes an instance that is Database.Batchable');
  const userId = transaction.person.Id;
  const id = noteJob(transaction.org, userId, job.typeName);
  // What becomes of the instance afterwards is no affair of the job.
  transaction.jobs.push({ id, job: carried(job, transaction.runtime), size, userId });
  return id;
}

const isStateful = ({ $info }: ApexObject): boolean => $info.supertypes.has('database.stateful');

/** The parts of a job in their order; each is answered with what it gave. */
function* partsOf({ id, size }: BatchJob, record?: JobRecord): Generator<Part, void, Given> {
  const context = (): Value => new ApexNative('Database.BatchableContext', { jobId: id });
  const started = yield { method: 'start', args: () => [context()] };
  if (!started) return record?.end('Failed');
  const records = recordsOf(started);
  record?.begin(Math.ceil(records.length / size));
  for (let at = 0; at < records.length; at += size) {
    const scope = records.slice(at, at + size);
    const args = (runtime: Runtime): Value[] => [
      context(),
      new ApexList(
        runtime.type('SObject'),
        scope.map((one) => carried(one, runtime))
      ),
    ];
    yield { method: 'execute', args };
    record?.scope();
  }
  yield { method: 'finish', args: () => [context()] };
  record?.end('Completed');
}

/** What `start` has found: the records of a query, which no limit counts, or the elements of a list. */
function recordsOf({ value, transaction }: NonNullable<Given>): Value[] {
  const find = locatorFind(value);
  if (!find) return value instanceof ApexList ? value.items : [];
  const { org, runtime } = transaction;
  return apexRecords({ catalog: org.catalog, ctx: runtime }, transaction.findAll(queryOf(find), find.sharing).records);
}

/** A job as it goes on from part to part. */
class Work {
  public constructor(private state: ApexObject) {}

  /** A part in a transaction. @returns what drives it, and what keeps the instance where it went well */
  public part(transaction: Transaction, { method, args }: Part): { driving: Driving<Value>; done: () => void } {
    const { runtime } = transaction;
    const instance = carried(this.state, runtime);
    const running = runtime.callMethod(instance, method, args(runtime));
    const done = (): void => {
      if (isStateful(instance)) this.state = instance;
    };
    return { driving: { running, transaction }, done };
  }
}

const freshLimits = ({ counters }: Runtime): void => {
  for (const name of ['soql', 'queryRows', 'dml', 'dmlRows', 'cpu'] as const) counters.used[name] = 0;
};

/** Runs jobs at once, inside the transaction that ordered them, with its statics: in tests. */
export function runJobsNow(transaction: Transaction): void {
  for (let job = transaction.jobs.shift(); job; job = transaction.jobs.shift()) {
    const work = new Work(job.job);
    const parts = partsOf(job);
    let step = parts.next();
    while (!step.done) {
      freshLimits(transaction.runtime);
      const { driving, done } = work.part(transaction, step.value);
      const value = driveNow(driving);
      done();
      step = parts.next({ value, transaction });
    }
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
    const record = new JobRecord(org, job.userId, job.id);
    const { userId } = job;
    const work = new Work(job.job);
    const parts = partsOf(job, record);
    let step = parts.next();
    while (!step.done) {
      const given = await partLater(work, step.value, () => begin(userId), record);
      jobs.push(...(given?.transaction.jobs ?? []));
      step = parts.next(given);
    }
  }
}

async function partLater(work: Work, part: Part, begin: () => Transaction, record: JobRecord): Promise<Given> {
  let done = (): void => undefined;
  let transaction!: Transaction;
  try {
    const value = await driveAnew(() => {
      const made = work.part((transaction = begin()), part);
      ({ done } = made);
      return made.driving;
    });
    done();
    return { value, transaction };
  } catch (error) {
    const { message } = failureOf(error);
    record.failed(message);
    return undefined;
  }
}
