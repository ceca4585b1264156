/** Plans the way back of a run, whatever it wrote. */
import type { Plan } from '../plan.js';
import { readReceipt, type Receipt } from '../receipt.js';
import { writeJson, type RunFolder } from '../store/folder.js';
import { undoConfiguration } from './configuration.js';
import { undoRows } from './rows.js';
import type { UndoRequest } from './types.js';

export { UNDO_KIND, type UndoDetails, type UndoRequest } from './types.js';

/** Plans the undo of a run. What no longer is as the run left it stays as it is. */
export async function buildUndo(request: UndoRequest): Promise<Plan> {
  const source = await request.original.readPlan();
  const [step] = source.steps;
  return step?.kind === 'update-rows' ? undoRows(request, step) : undoConfiguration(request, source);
}

/** Notes in the receipt of a run that another one took it back, as far as the org let it. */
export async function markUndone(original: RunFolder, undo: Receipt): Promise<void> {
  const receipt = await readReceipt(original);
  if (receipt && undo.state !== 'stopped') await writeJson(original.receipt, { ...receipt, undoneBy: undo.run });
}
