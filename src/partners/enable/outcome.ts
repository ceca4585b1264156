/** What became of each account of a run. */
import { readOutcomes, type Receipt, type RunFolder } from '../../runs/index.js';
import { reasonOf } from '../advice.js';
import type { RejectedRow } from '../rejected.js';
import { rejectedWish, type Decided } from './decide.js';
import { ACCOUNTS_STEP, PARTNERS_STEP, rowsOf } from './plan.js';

/** Accounts that the org refused or that were left alone, once each. */
export async function refusedOf(
  folder: RunFolder,
  receipt: Receipt,
  decided: readonly Decided[]
): Promise<RejectedRow[]> {
  const { created, updated } = rowsOf(decided);
  const refused = new Map<Decided, string>();
  const order: Array<[string, Decided[]]> = [
    [PARTNERS_STEP, updated],
    [ACCOUNTS_STEP, created],
  ];
  for (const [step, rows] of order) {
    if (!receipt.steps.some((result) => result.step === step)) continue;
    for (const [index, reason] of await reasonsOf(folder, step)) {
      const row = rows[index];
      if (row) refused.set(row, reason);
    }
  }
  return [...refused].map(([{ wish, name }, reason]) => ({ ...rejectedWish(wish, reason), record: name }));
}

/** Why rows of a step were not written, by line; the last word on each counts. */
async function reasonsOf(folder: RunFolder, step: string): Promise<Map<number, string>> {
  const reasons = new Map<number, string>();
  for await (const { index, outcome, code, message } of readOutcomes(folder.outcomes(step))) {
    if (outcome === 'failed') reasons.set(index, reasonOf(code, message));
    else if (outcome === 'changed' && step === PARTNERS_STEP) reasons.set(index, CHANGED);
    else reasons.delete(index);
  }
  return reasons;
}

const CHANGED = 'Somebody changed the account after the plan was made. It was left alone; run the command again.';
