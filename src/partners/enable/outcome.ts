/** What became of each account of a run. */
import type { Receipt, RunFolder } from '../../runs/index.js';
import type { RejectedRow } from '../rejected.js';
import { reasonsOf } from '../step-reasons.js';
import { rejectedWish, type Decided } from './decide.js';
import { ACCOUNTS_STEP, OWNERS_STEP, PARTNERS_STEP, rowsOf } from './plan.js';

/** Accounts that the org refused or that were left alone, once each. */
export async function refusedOf(
  folder: RunFolder,
  receipt: Receipt,
  decided: readonly Decided[]
): Promise<RejectedRow[]> {
  const { created, updated, moved } = rowsOf(decided);
  const refused = new Map<Decided, string>();
  const order: Array<[string, Decided[]]> = [
    [OWNERS_STEP, moved],
    [PARTNERS_STEP, updated],
    [ACCOUNTS_STEP, created],
  ];
  for (const [step, rows] of order) {
    const changed = step === ACCOUNTS_STEP ? MADE : CHANGED;
    for (const [index, reason] of await reasonsOf(folder, receipt, step, changed)) {
      const row = rows[index];
      if (row) refused.set(row, reason);
    }
  }
  return [...refused].map(([{ wish, name }, reason]) => ({ ...rejectedWish(wish, reason), record: name }));
}

const MADE = 'Somebody made this account after the plan was made. It was left alone; run the command again.';

const CHANGED = 'Somebody changed the account after the plan was made. It was left alone; run the command again.';
