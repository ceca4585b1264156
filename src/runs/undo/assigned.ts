/** The way back of an assignment rule: records that still have the owner it gave them get the one they had before. */
import { all, compare, since } from '../../org/read/index.js';
import { asOwnersStep } from '../apply/assign-rows.js';
import { readAssigned } from '../apply/assigned-file.js';
import type { AssignRowsStep } from '../plan.js';
import { joined } from '../rows/joined.js';
import type { PlannedRow } from '../rows/row-set.js';
import { undoUpdateRows, writtenRows } from './rows.js';
import type { StepUndoRequest, WayBack } from './types.js';

/** Plans the way back. Records whose owner stayed need none. */
export async function undoAssigned(request: StepUndoRequest, step: AssignRowsStep): Promise<WayBack> {
  const owners = new Set<string>();
  for await (const { value } of movedRows(request, step)) owners.add(value);
  if (owners.size === 0) return { left: 0 };
  const back = { ...asOwnersStep(step), values: [...owners] };
  return undoUpdateRows(request, back, movedRows(request, step));
}

/** Records that changed hands by the rule, with the owner it gave them as the value. */
async function* movedRows(request: StepUndoRequest, step: AssignRowsStep): AsyncGenerator<PlannedRow> {
  const { original } = request;
  const after = readAssigned(original, step.id);
  let next = await after.next();
  if (next.done) yield* movedByTheLook(request, step);
  for await (const row of writtenRows(original, step)) {
    if (next.done) return;
    while (!next.done && next.value.id < row.id) next = await after.next();
    if (next.done || next.value.id !== row.id || next.value.after === row.was) continue;
    yield { ...row, value: next.value.after };
  }
}

/** A run that was stopped before it read the owners again: what a record has now counts, if the rule may have given it. */
async function* movedByTheLook({ conn, original }: StepUndoRequest, step: AssignRowsStep): AsyncGenerator<PlannedRow> {
  const targets = new Set(step.targets);
  const holding = all(since('SystemModstamp', step.since), compare('Id', '!=', null));
  const request = { object: step.object, field: 'OwnerId', count: step.rows.count, holding };
  for await (const { row, current } of joined(conn, request, writtenRows(original, step))) {
    if (current && current.value !== row.was && targets.has(current.value)) yield { ...row, value: current.value };
  }
}
