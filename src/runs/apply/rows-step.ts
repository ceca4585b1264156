/** Applies an `update-rows` step and says what became of its rows. */
import { codeOf, RunStopped } from '../errors.js';
import type { UpdateRowsStep } from '../plan.js';
import type { StepResult, Verification } from '../receipt.js';
import type { RunFolder } from '../store/folder.js';
import { Outcomes, readOutcomes } from '../store/outcomes.js';
import type { StepContext } from './context.js';
import type { StepEnd, StepRequest } from './step.js';
import { Tally } from './tally.js';
import { updateRows } from './update-rows.js';
import { countByValue, verify } from './verify.js';

/** Up to so many rows are verified one by one; above, counts before and after are compared. */
const EXACT_ROWS = 200;

type Request = StepRequest<UpdateRowsStep>;

/** Brings the step to its end, or to a state from which it can be resumed. */
export async function applyRows(request: Request): Promise<StepEnd> {
  const context = await openRows(request);
  try {
    const ending = await write(context, request);
    return { ...ending, result: await resultOf(context, request.folder) };
  } finally {
    await context.outcomes.close();
  }
}

async function openRows(request: Request): Promise<StepContext> {
  const { folder, step, lines } = request;
  const rowsFile = folder.rows(step.id);
  const bytes = lines.findLast((line) => line.t === 'settled')?.outcomeBytes;
  const outcomes = await Outcomes.open(folder.outcomes(step.id), step.rows.count, bytes);
  return { ...request, rowsFile, outcomes, tally: await Tally.of(rowsFile, outcomes), lastErrors: new Map() };
}

async function write(context: StepContext, { lines }: Request): Promise<Omit<StepEnd, 'result'>> {
  const known = lines.find((line) => line.t === 'begin');
  const exact = context.step.rows.count <= EXACT_ROWS;
  try {
    const before = known?.before ?? (exact ? null : ((await countByValue(context.conn, context.step)) ?? null));
    await context.journal.append({ t: 'begin', at: new Date().toISOString(), step: context.step.id, before });
    await updateRows(context, lines);
    context.emit({ type: 'verify' });
    const verification: Verification = await verify(context, before);
    return { state: context.outcomes.count('failed') > 0 ? 'partly-done' : 'done', verification };
  } catch (error) {
    if (error instanceof RunStopped) return { state: 'stopped', stopped: error };
    if (codeOf(error) === undefined) throw error;
    return { state: 'stopped', stopped: new RunStopped('refused', error) };
  }
}

async function resultOf({ step, outcomes, tally }: StepContext, folder: RunFolder): Promise<StepResult> {
  return {
    step: step.id,
    kind: step.kind,
    object: step.object,
    field: step.field,
    rows: step.rows.count,
    done: outcomes.count('done'),
    changed: outcomes.count('changed'),
    failed: outcomes.count('failed'),
    pending: outcomes.count('pending'),
    moved: tally.entries(),
    errors: outcomes.count('failed') > 0 ? await errorsOf(folder.outcomes(step.id), outcomes) : [],
  };
}

/** Failures of the rows that are failed now, by code and message. */
async function errorsOf(file: string, outcomes: Outcomes): Promise<StepResult['errors']> {
  const last = new Map<number, { code: string; message: string }>();
  for await (const { index, outcome, code = '', message = '' } of readOutcomes(file)) {
    if (outcome === 'failed' && outcomes.of(index) === 'failed') last.set(index, { code, message });
  }
  const groups = new Map<string, { code: string; message: string; rows: number }>();
  for (const { code, message } of last.values()) {
    const group = groups.get(`${code}:${message}`) ?? { code, message, rows: 0 };
    groups.set(`${code}:${message}`, { ...group, rows: group.rows + 1 });
  }
  return [...groups.values()].sort((a, b) => b.rows - a.rows).slice(0, 20);
}
