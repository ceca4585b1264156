/** Applies a `send-login` step: one mail a user, and none twice. */
import { resetPassword } from '../../org/write/logins.js';
import { codeOf, failureOf, RunStopped } from '../errors.js';
import type { SendLoginStep } from '../plan.js';
import { madeBefore, resolved, type RecordsContext } from '../records/context.js';
import { outcomeOf } from '../records/write.js';
import { readRecordSet, type RecordRow } from '../rows/record-set.js';
import { openUnits } from '../store/journal.js';
import { Outcomes, readOutcomes, type RowOutcome } from '../store/outcomes.js';
import { Settler } from './context.js';
import { rowsResult } from './rows-result.js';
import type { StepEnd, StepRequest } from './step.js';

type Request = StepRequest<SendLoginStep>;
type Context = Request & { outcomes: Outcomes; settler: Settler; made: RecordsContext['made'] };

/** Code of a row whose mail may have been sent: the reply was lost, and nothing in the org tells. */
const UNKNOWN = 'REPLY_LOST';

const MAY_BE_SENT =
  'The reply was lost, so the mail may have been sent. Ask whether it came; if not, send a login again.';

const FIELDS = { fields: [] };

/** Brings the step to its end, or to a state from which it can be resumed. */
export async function sendLogins(request: Request): Promise<StepEnd> {
  const { folder, step, lines } = request;
  const bytes = lines.findLast((line) => line.t === 'settled')?.outcomeBytes;
  const outcomes = await Outcomes.open(folder.outcomes(step.id), step.rows.count, bytes);
  const made = await madeBefore(folder, { ...FIELDS, idFrom: step.idFrom });
  const context: Context = { ...request, outcomes, made, settler: new Settler({ ...request, outcomes }) };
  try {
    const ending = await sendAll(context);
    return { ...ending, result: await rowsResult(folder, step, outcomes) };
  } finally {
    await outcomes.close();
  }
}

async function sendAll(context: Context): Promise<Omit<StepEnd, 'result'>> {
  const { lines, outcomes, settler, step } = context;
  for (const { unit, from } of openUnits(lines)) await settler.settle(unit, [uncertain(from)]);
  const lost = await uncertainRows(context);
  outcomes.reopenFailed();
  context.emit({ type: 'start', rows: step.rows.count, pending: outcomes.count('pending'), mode: 'collection' });
  try {
    for await (const row of pending(context)) {
      if (lost.has(row.index)) await settler.settle(context.nextUnit(), [uncertain(row.index)]);
      else await sendOne(context, row);
    }
  } catch (error) {
    if (error instanceof RunStopped) return { state: 'stopped', stopped: error };
    throw error;
  }
  return { state: outcomes.count('failed') > 0 ? 'partly-done' : 'done' };
}

async function* pending({ folder, step, outcomes }: Context): AsyncGenerator<RecordRow> {
  for await (const batch of readRecordSet(folder.rows(step.id), FIELDS)) {
    for (const row of batch) if (outcomes.of(row.index) === 'pending') yield row;
  }
}

const uncertain = (index: number): RowOutcome => ({
  index,
  id: '',
  outcome: 'failed',
  code: UNKNOWN,
  message: MAY_BE_SENT,
});

/** Rows of earlier processes whose mail may have been sent: they are not tried again. */
async function uncertainRows({ folder, step, outcomes }: Context): Promise<Set<number>> {
  const rows = new Set<number>();
  for await (const { index, code } of readOutcomes(folder.outcomes(step.id), outcomes.bytes)) {
    if (code === UNKNOWN) rows.add(index);
  }
  return rows;
}

async function sendOne(context: Context, planned: RecordRow): Promise<void> {
  const { conn, journal, step, settler } = context;
  const row = resolved({ step: { ...FIELDS, idFrom: step.idFrom }, made: context.made }, planned);
  const unit = context.nextUnit();
  if (!row) return settler.settle(unit, [outcomeOf(planned, 'failed', 'NOT_MADE', 'The user was not made.', '')]);
  await journal.append({ t: 'unit', unit, step: step.id, mode: 'login', from: row.index, to: row.index, rows: 1 });
  try {
    await resetPassword(conn, row.id);
    await settler.settle(unit, [outcomeOf(row, 'done')]);
  } catch (error) {
    await settler.settle(unit, [failed(row, error)]);
    const failure = failureOf(error);
    // Nothing was sent, and nothing will be for the others.
    if (failure === 'expired' || failure === 'limit') throw new RunStopped(failure, error);
  }
}

function failed(row: RecordRow, error: unknown): RowOutcome {
  if (failureOf(error) === 'unknown') return uncertain(row.index);
  return outcomeOf(row, 'failed', codeOf(error), (error as Error).message);
}
