/**
 * Applies an `assign-rows` step: the rows are written as those of an `update-rows` step, with an assignment rule. Who has
 * them then only the org knows, so their owners are read again at the end.
 */
import { all, compare, since } from '../../org/read/index.js';
import { stopOf } from '../errors.js';
import type { AssignRowsStep, UpdateRowsStep } from '../plan.js';
import type { Verification } from '../receipt.js';
import { joined } from '../rows/joined.js';
import { readRowSet } from '../rows/row-set.js';
import { Outcomes } from '../store/outcomes.js';
import { readAssigned, writeAssigned, type Assigned } from './assigned-file.js';
import { persist, type Row, type StepContext } from './context.js';
import { rowsResult } from './rows-result.js';
import type { StepEnd, StepRequest } from './step.js';
import { Tally, type Moved } from './tally.js';
import { updateRows } from './update-rows.js';
import { settledBytes } from '../store/journal.js';

type Request = StepRequest<AssignRowsStep>;

/** The step as the writers of rows see it: it is about owners. */
export const asOwnersStep = ({ targets, rule: _rule, ...step }: AssignRowsStep): UpdateRowsStep => ({
  ...step,
  kind: 'update-rows',
  field: 'OwnerId',
  values: targets,
});

/** Brings the step to its end, or to a state from which it can be resumed. */
export async function assignRows(request: Request): Promise<StepEnd> {
  const context = await open(request);
  try {
    const ending = await write(context, request);
    const result = await rowsResult(request.folder, request.step, context.outcomes);
    const { moved, ...end } = ending;
    return { ...end, result: { ...result, moved } };
  } finally {
    await context.outcomes.close();
  }
}

async function open(request: Request): Promise<StepContext> {
  const { folder, step, lines } = request;
  const bytes = settledBytes(lines);
  const outcomes = await Outcomes.open(folder.outcomes(step.id), step.rows.count, bytes);
  return {
    ...request,
    step: asOwnersStep(step),
    rowsFile: folder.rows(step.id),
    outcomes,
    assign: { rule: step.rule.id, field: step.field },
    lastErrors: new Map(),
  };
}

type Ending = Omit<StepEnd, 'result'> & { moved: Record<string, Moved> };

async function write(context: StepContext, { lines, step, folder }: Request): Promise<Ending> {
  try {
    await context.journal.append({ t: 'begin', at: new Date().toISOString(), step: step.id, before: null });
    await updateRows(context, lines);
    context.emit({ type: 'verify' });
    await persist(context, () => writeAssigned(folder, step.id, ownersNow(context)));
    const { moved, verification } = await lookedAt(step, readAssigned(folder, step.id));
    return { state: context.outcomes.count('failed') > 0 ? 'partly-done' : 'done', verification, moved };
  } catch (error) {
    return { state: 'stopped', stopped: stopOf(error), moved: {} };
  }
}

async function* doneRows({ rowsFile, outcomes }: StepContext): AsyncGenerator<Row> {
  for await (const batch of readRowSet(rowsFile)) {
    for (const row of batch) if (outcomes.of(row.index) === 'done') yield row;
  }
}

/** Owners of the rows that were written. Every one of them was touched since the snapshot. */
async function* ownersNow(context: StepContext): AsyncGenerator<Assigned> {
  const { conn, step } = context;
  const holding = all(since('SystemModstamp', step.since), compare('Id', '!=', null));
  const request = { object: step.object, field: step.field, count: step.rows.count, holding };
  for await (const { row, current } of joined(conn, request, doneRows(context))) {
    yield { id: row.id, before: row.was, after: current?.value ?? '', stamp: current?.stamp ?? '' };
  }
}

/** Who got and gave how many, and whether everybody who got some is somebody the rule gives to. */
async function lookedAt(
  { targets }: AssignRowsStep,
  rows: AsyncGenerator<Assigned>
): Promise<{ moved: Record<string, Moved>; verification: Verification }> {
  const tally = new Tally();
  const known = new Set(targets);
  const strange: string[] = [];
  let count = 0;
  for await (const { id, before, after } of rows) {
    count += 1;
    if (before === after) continue;
    tally.add({ value: after, was: before });
    if (known.size > 0 && !known.has(after))
      strange.push(
        after === '' ? `${id} is not there any more.` : `${id} went to ${after}, whom the rule does not name.`
      );
  }
  const verification = { method: `read ${count} owners again`, agrees: strange.length === 0, differences: strange };
  return { moved: tally.entries(), verification };
}
