/** Rows of the file that the org refused, or that were left alone because somebody changed the lead. */
import type { RejectedRow } from '../../partners/rejected.js';
import { readOutcomes, readRowSet, type RunFolder } from '../../runs/index.js';
import { OWNER_STEP } from '../owners-step.js';
import { rejectedRow } from './owner-file.js';
import type { ReassignSnapshot } from './request.js';

const CHANGED = 'Somebody changed the lead after the plan was made. It was left alone; run the command again.';

/** Empty where the leads came from no file. */
export async function refusedRows(folder: RunFolder, { rows }: Pick<ReassignSnapshot, 'rows'>): Promise<RejectedRow[]> {
  if (rows.size === 0) return [];
  const reasons = new Map<number, string>();
  for await (const { index, outcome, code, message } of readOutcomes(folder.outcomes(OWNER_STEP))) {
    if (outcome === 'failed') reasons.set(index, `${code ?? ''} ${message ?? ''}`.trim());
    else if (outcome === 'changed') reasons.set(index, CHANGED);
    else reasons.delete(index);
  }
  const refused: RejectedRow[] = [];
  for await (const batch of readRowSet(folder.rows(OWNER_STEP))) {
    for (const { index, id } of batch) {
      const [reason, row] = [reasons.get(index), rows.get(id)];
      if (reason !== undefined && row) refused.push(rejectedRow(row, reason));
    }
  }
  return refused;
}
