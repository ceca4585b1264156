/** Runs a program of Apex to its end, and lets others in while nothing is written yet. */
import { setImmediate as turn } from 'node:timers/promises';
import type { ApexRequest } from '../host.js';
import type { Value } from '../runtime/values.js';
import { unavailable, type Transaction } from './transaction.js';
import { MustWait } from './waiting.js';

/** What a compiled program gives: a value, or what asks for the host on its way to one. */
export type Running<T = Value> = Generator<unknown, T, Value>;

export type Driving<T> = { running: Running<T>; transaction: Transaction };
type Step<T> = IteratorResult<unknown, T>;

/** Answers one request and goes on to the next. Errors of the answer are thrown into the program, which may catch them. */
function answered<T>({ running, transaction }: Driving<T>, request: ApexRequest): Step<T> {
  let value: Value;
  try {
    value = transaction.answer(request, transaction.runtime);
  } catch (error) {
    return running.throw(error);
  }
  return running.next(value);
}

/** Runs to the end at once: inside a transaction of the store, for triggers and tests. */
export function driveNow<T>(driving: Driving<T>): T {
  return toTheEnd(driving, driving.running.next(null));
}

function toTheEnd<T>(driving: Driving<T>, first: Step<T>): T {
  let step = first;
  while (!step.done) step = answered(driving, step.value as ApexRequest);
  return step.value;
}

/**
 * Runs a transaction that others may come in between, commits it, or rolls it back where it throws.
 * @throws whatever the program does not catch
 */
export async function drive<T>(driving: Driving<T>): Promise<T> {
  const { running, transaction } = driving;
  const { locks } = transaction.org.tools;
  try {
    let step = running.next(null);
    while (!step.done) {
      const request = step.value as ApexRequest;
      await turn();
      if (transaction.writes(request)) return await finish(driving, request);
      step = await looked(driving, request);
    }
    return step.value;
  } finally {
    locks.release(transaction);
  }
}

/**
 * The same for a transaction that can be begun anew: one that has written and then needs rows of another is rolled back, waits
 * for them without holding any itself, so that no two wait for each other, and is done from its start. When it has waited as
 * long as others wait for rows, locked ones are refused to it.
 * @param begin makes the transaction and what it runs
 */
export async function driveAnew<T>(begin: () => Driving<T>): Promise<T> {
  let deadline: number | undefined;
  for (;;) {
    const driving = begin();
    const { transaction } = driving;
    const { locks } = transaction.org.tools;
    transaction.mayBeginAnew = (deadline ??= Date.now() + locks.patience) > Date.now();
    try {
      return await drive(driving);
    } catch (error) {
      if (!(error instanceof MustWait)) throw error;
      await locks.free(error.ids);
    }
  }
}

/** A query, which waits for the rows that it locks. */
async function looked<T>(driving: Driving<T>, request: ApexRequest): Promise<Step<T>> {
  const { running, transaction } = driving;
  try {
    await hold(transaction, request);
  } catch (error) {
    return running.throw(error);
  }
  return answered(driving, request);
}

/** Locks what a query will find. Who had to wait may find other rows than before: then those are waited for too. */
async function hold(transaction: Transaction, request: ApexRequest): Promise<void> {
  const { locks } = transaction.org.tools;
  for (let looks = 0; looks <= MOST_LOOKS; looks++) {
    const ids = transaction.lockedBy(request);
    if (!ids || ids.every((id) => locks.isHeld(id, transaction))) return;
    if (!(await locks.hold(ids, transaction))) break;
  }
  throw unavailable();
}

/** Times that a query looks for rows to lock before it gives up: others change them faster than it can lock them. */
const MOST_LOOKS = 5;

/** From the first write to the end: nobody else comes in. */
async function finish<T>(driving: Driving<T>, first: ApexRequest): Promise<T> {
  const { transaction } = driving;
  const { locks } = transaction.org.tools;
  // A row that stays locked is refused by the saver.
  if (!(await locks.free(transaction.writtenBy(first), transaction))) transaction.mayBeginAnew = false;
  return atOnce(transaction, () =>
    transaction.org.store.transaction(() => {
      transaction.open();
      return toTheEnd(driving, answered(driving, first));
    })
  );
}

/** Does work as the holder of the transaction's locks. */
export function atOnce<T>(holder: Transaction, work: () => T): T {
  const { locks } = holder.org.tools;
  const before = locks.current;
  locks.current = holder;
  try {
    return work();
  } finally {
    locks.current = before;
  }
}
