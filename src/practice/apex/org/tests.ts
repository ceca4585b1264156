/** Runs the test methods of a class: each in a transaction of its own that is rolled back (Apex Developer Guide, Testing). */
import type { ApexProgram } from '../program.js';
import type { ClassInfo, MethodInfo } from '../runtime/objects.js';
import { ApexCompileError } from '../parse/errors.js';
import { atOnce, driveNow } from './drive.js';
import { failureOf } from './failures.js';
import { runJobsNow } from './jobs.js';
import type { TestOutcome } from './outcomes.js';
import { hideData } from './test-data.js';
import type { TestClass } from './test-runs.js';
import type { Transaction } from './transaction.js';

const has = ({ annotations, modifiers }: MethodInfo, name: string): boolean =>
  annotations.some((one) => one.name === name) || modifiers.some((one) => one.toLowerCase() === name);

/** Names of the test methods of a class, in their order. */
export const testsIn = ({ methods }: ClassInfo): string[] =>
  methods.filter((one) => one.isStatic && (has(one, 'istest') || has(one, 'testmethod'))).map(({ name }) => name);

const setupsIn = ({ methods }: ClassInfo): string[] =>
  methods.filter((one) => has(one, 'testsetup')).map(({ name }) => name);

/** Ends the transaction of a test, whatever it did. */
class TestOver extends Error {}

export type Beginning = { program: ApexProgram; begin: () => Transaction };

/** What became of each method. A program that does not compile is a failure of the class. */
export function runTests({ id, name, methods }: TestClass, prepare: () => Beginning): TestOutcome[] {
  const about = { classId: id, className: name };
  let beginning: Beginning;
  try {
    beginning = prepare();
  } catch (error) {
    if (!(error instanceof ApexCompileError)) throw error;
    return [{ ...about, method: '<compile>', time: 0, failure: failureOf(error) }];
  }
  const info = beginning.program.classes.get(name.toLowerCase());
  if (!info) return [];
  const wanted = methods?.map((one) => one.toLowerCase());
  const chosen = testsIn(info).filter((one) => wanted === undefined || wanted.includes(one.toLowerCase()));
  return together(beginning, info, () =>
    chosen.map((method) => ({ ...about, method, ...runMethod(beginning, info, method) }))
  );
}

const seesAllData = ({ annotations }: ClassInfo): boolean =>
  annotations.some(({ name, values }) => name === 'istest' && values.seealldata === true);

/** Methods of a class one after the other, in an org whose data they do not see. All of it is rolled back. */
function together<T>({ begin }: Beginning, info: ClassInfo, work: () => T): T {
  const { org } = begin();
  let result: T | undefined;
  try {
    org.store.transaction(() => {
      if (!seesAllData(info)) hideData(org);
      result = work();
      throw new TestOver();
    });
  } catch (error) {
    if (!(error instanceof TestOver)) throw error;
  }
  return result!;
}

function runMethod(beginning: Beginning, info: ClassInfo, method: string): Pick<TestOutcome, 'time' | 'failure'> {
  const started = performance.now();
  const taken = (): number => Math.round(performance.now() - started);
  try {
    rolledBack(beginning, info, method);
    return { time: taken() };
  } catch (error) {
    return { time: taken(), failure: failureOf(error) };
  }
}

function rolledBack({ begin }: Beginning, info: ClassInfo, method: string): void {
  const first = begin();
  const { store, tools } = first.org;
  try {
    store.transaction(() => {
      // What is set up has limits and statics of its own.
      for (const setup of setupsIn(info)) {
        const begun = begin();
        callNow(begun, info, setup);
        tools.locks.release(begun);
      }
      callNow(first, info, method);
      throw new TestOver();
    });
  } catch (error) {
    if (!(error instanceof TestOver)) throw error;
  } finally {
    tools.locks.release(first);
  }
}

function callNow(transaction: Transaction, { name }: ClassInfo, method: string): void {
  transaction.open();
  const running = transaction.runtime.callStatic(name, method, []);
  atOnce(transaction, () => {
    driveNow({ running, transaction });
    runJobsNow(transaction);
  });
}
