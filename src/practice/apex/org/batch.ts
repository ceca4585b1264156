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
import { noteJob, type JobRecord } from './job-records.js';
import type { Given, Part, Parts } from './jobs.js';
import { locatorFind, queryOf } from './natives/locator.js';
import { apexRecords } from './records.js';
import type { Transaction } from './transaction.js';

/** Records of one scope at most (Apex Developer Guide, Using Batch Apex). */
const LARGEST = 2000;

/** Notes a job. @returns its id */
export function order(transaction: Transaction, job: Value, size: number): string {
  if (size < 1 || size > LARGEST)
    throw new ApexFailure('System.InvalidParameterValueException', `Invalid batch size: ${size}`);
  if (!(job instanceof ApexObject) || !job.$info.supertypes.has('database.batchable'))
    throw new ApexFailure('System.UnexpectedException', 'executeBatch takes an instance that is Database.Batchable');
  const userId = transaction.person.Id;
  const id = noteJob(transaction.org, userId, job.typeName, { JobType: 'BatchApex' });
  // What becomes of the instance afterwards is no affair of the job.
  const instance = carried(job, transaction.runtime);
  transaction.jobs.push({ id, userId, parts: (record) => partsOf({ id, size, work: new Work(instance) }, record) });
  return id;
}

const isStateful = ({ $info }: ApexObject): boolean => $info.supertypes.has('database.stateful');

type Batch = { id: string; size: number; work: Work };

function* partsOf({ id, size, work }: Batch, record: JobRecord): Parts {
  const context = (): Value => new ApexNative('Database.BatchableContext', { jobId: id });
  const started = yield work.part('start', () => [context()]);
  if (!started) return record.end('Failed');
  const records = recordsOf(started);
  record.begin(Math.ceil(records.length / size));
  for (let at = 0; at < records.length; at += size) {
    const scope = records.slice(at, at + size);
    yield work.part('execute', (runtime) => [
      context(),
      new ApexList(
        runtime.type('SObject'),
        scope.map((one) => carried(one, runtime))
      ),
    ]);
    record.scope();
  }
  yield work.part('finish', () => [context()]);
  record.end('Completed');
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

  /** A call of a method of the instance, which is kept where that went well. */
  public part(method: 'start' | 'execute' | 'finish', args: (runtime: Runtime) => Value[]): Part {
    const run: Part['run'] = ({ runtime }) => {
      const instance = carried(this.state, runtime);
      const done = (): void => {
        if (isStateful(instance)) this.state = instance;
      };
      return { running: runtime.callMethod(instance, method, args(runtime)), done };
    };
    return { isScope: method === 'execute', run };
  }
}
