/** Methods with @future: a call is an order, and runs in a transaction of its own when that of its caller is committed. */
import { ApexFailure } from '../runtime/failures.js';
import type { FutureCall } from '../runtime/requests.js';
import type { Value } from '../runtime/values.js';
import { carried } from './carry.js';
import { noteJob, type JobRecord } from './job-records.js';
import type { Parts } from './jobs.js';
import type { Answers, Transaction } from './transaction.js';

/** Notes a call with its arguments as they are now. @throws ApexFailure System.AsyncException in a job, a limit at 51 calls */
function order(transaction: Transaction, { className, method, args }: FutureCall): null {
  const { org, person, runtime } = transaction;
  if (transaction.isJob)
    throw new ApexFailure('System.AsyncException', `${IN_A_JOB}: ${headOf(transaction, className, method)}`);
  runtime.counters.count('futures');
  const given = args.map((value) => carried(value, runtime));
  const id = noteJob(org, person.Id, className, { JobType: 'Future', MethodName: method });
  transaction.jobs.push({
    id,
    userId: person.Id,
    parts: (record) => partsOf({ className, method, args: given }, record),
  });
  return null;
}

const IN_A_JOB = 'Future method cannot be called from a future or batch method';

/** `Outer.method(List<Id>, String)`. */
function headOf({ runtime }: Transaction, className: string, method: string): string {
  const found = runtime.classInfo(className)?.methods.find(({ name }) => name.toLowerCase() === method.toLowerCase());
  return `${className}.${method}(${(found?.parameters ?? []).map(({ type }) => type).join(', ')})`;
}

function* partsOf({ className, method, args }: FutureCall, record: JobRecord): Parts {
  const given = yield {
    isScope: false,
    run: ({ runtime }) => ({
      running: runtime.callStatic(
        className,
        method,
        args.map((value: Value) => carried(value, runtime))
      ),
      done: () => undefined,
    }),
  };
  record.end(given ? 'Completed' : 'Failed');
}

export const FUTURE_ANSWERS: Answers = {
  future: (transaction, payload) => order(transaction, payload as FutureCall),
};

/** A call is written down. */
export const FUTURE_WRITES = ['future'];
