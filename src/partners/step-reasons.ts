/** Why rows of a step were not written, in words. */
import { readOutcomes, type Receipt, type RunFolder } from '../runs/index.js';
import { reasonOf } from './advice.js';

/**
 * Reasons by line of the step's rows; of a row that was tried again the last word counts.
 * @param changed said of rows that were left alone because somebody changed them; without it such rows count as written
 */
export async function reasonsOf(
  folder: RunFolder,
  receipt: Receipt,
  step: string,
  changed?: string
): Promise<Map<number, string>> {
  const reasons = new Map<number, string>();
  if (!receipt.steps.some((result) => result.step === step && result.done + result.failed + result.changed > 0)) {
    return reasons;
  }
  for await (const { index, outcome, code, message } of readOutcomes(folder.outcomes(step))) {
    if (outcome === 'failed') reasons.set(index, reasonOf(code, message));
    else if (outcome === 'changed' && changed !== undefined) reasons.set(index, changed);
    else reasons.delete(index);
  }
  return reasons;
}
