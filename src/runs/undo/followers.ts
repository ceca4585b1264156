/** Records that tell of the rows of an earlier step: they are taken back only where those rows are. */
import type { RecordsStep } from '../plan.js';
import { readRowSet } from '../rows/row-set.js';
import type { StepUndoRequest } from './types.js';

/**
 * Where the undo sets a row back, by the line of that row in the run. The undo of the step that is followed was planned before,
 * so its rows are there. @returns undefined where the step follows none
 */
export async function linesBack(
  { folder, original }: StepUndoRequest,
  { onlyIfDone }: Pick<RecordsStep, 'onlyIfDone'>
): Promise<Map<number, number> | undefined> {
  if (onlyIfDone === undefined) return undefined;
  const back = new Map<string, number>();
  for await (const batch of readRowSet(folder.rows(onlyIfDone))) {
    for (const { id, index } of batch) back.set(id, index);
  }
  const lines = new Map<number, number>();
  for await (const batch of readRowSet(original.rows(onlyIfDone))) {
    for (const { id, index } of batch) {
      const line = back.get(id);
      if (line !== undefined) lines.set(index, line);
    }
  }
  return lines;
}
