/** Applies an `update-rows` step and says what became of its rows. */
import { stopOf } from '../errors.js';
import type { UpdateRowsStep } from '../plan.js';
import type { Verification } from '../receipt.js';
import { Outcomes, readOutcomes } from '../store/outcomes.js';
import { MAIL_UNKNOWN } from './collection.js';
import type { CountingContext } from './context.js';
import { rowsResult } from './rows-result.js';
import type { StepEnd, StepRequest } from './step.js';
import { Tally } from './tally.js';
import { updateRows } from './update-rows.js';
import { countByValue, verify } from './verify.js';
import { settledBytes } from '../store/journal.js';

/** Up to so many rows are verified one by one; above, counts before and after are compared. */
const EXACT_ROWS = 200;

type Request = StepRequest<UpdateRowsStep>;

/** Brings the step to its end, or to a state from which it can be resumed. */
export async function applyRows(request: Request): Promise<StepEnd> {
  const context = await openRows(request);
  try {
    const ending = await write(context, request);
    const result = await rowsResult(request.folder, request.step, context.outcomes);
    return { ...ending, result: { ...result, moved: context.tally.entries() } };
  } finally {
    await context.outcomes.close();
  }
}

/** Rows that were written with a mail of which nobody knows whether it was sent; by this process or an earlier one. */
async function unknownMails({ folder, step }: Request): Promise<number> {
  if (!step.mail) return 0;
  const rows = new Set<number>();
  for await (const { index, code } of readOutcomes(folder.outcomes(step.id))) {
    if (code === MAIL_UNKNOWN) rows.add(index);
  }
  return rows.size;
}

/** No proof is whole while mails are not known. */
function withUnknownMails(proof: Verification, count: number): Verification {
  if (count === 0) return proof;
  const text =
    `The reply was lost for ${count} records that have their owners now: whether these were mailed nobody can tell. ` +
    'None was mailed again; outcomes.csv has them as MAIL_UNKNOWN.';
  return { ...proof, agrees: proof.agrees === false ? false : null, differences: [...proof.differences, text] };
}

async function openRows(request: Request): Promise<CountingContext> {
  const { folder, step, lines } = request;
  const rowsFile = folder.rows(step.id);
  const bytes = settledBytes(lines);
  const outcomes = await Outcomes.open(folder.outcomes(step.id), step.rows.count, bytes);
  return { ...request, rowsFile, outcomes, tally: await Tally.of(rowsFile, outcomes), lastErrors: new Map() };
}

async function write(context: CountingContext, request: Request): Promise<Omit<StepEnd, 'result'>> {
  const { lines } = request;
  const known = lines.find((line) => line.t === 'begin');
  const exact = context.step.rows.count <= EXACT_ROWS;
  try {
    const before = known?.before ?? (exact ? null : ((await countByValue(context.conn, context.step)) ?? null));
    await context.journal.append({ t: 'begin', at: new Date().toISOString(), step: context.step.id, before });
    await updateRows(context, lines);
    context.emit({ type: 'verify' });
    const proof: Verification = await verify(context, before);
    const verification = withUnknownMails(proof, await unknownMails(request));
    return { state: context.outcomes.count('failed') > 0 ? 'partly-done' : 'done', verification };
  } catch (error) {
    return { state: 'stopped', stopped: stopOf(error) };
  }
}
