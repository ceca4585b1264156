/** Applies a `send-login` step: one mail a user, none twice, and none to somebody who has no use for it by now. */
import { readRecords } from '../../org/read/index.js';
import { resetPassword } from '../../org/write/logins.js';
import { codeOf, failureOf, RunStopped, wasNotSent } from '../errors.js';
import type { SendLoginStep } from '../plan.js';
import { madeBefore, resolved, type RecordsContext } from '../records/context.js';
import { outcomeOf } from '../records/write.js';
import { readRecordSet, type RecordRow } from '../rows/record-set.js';
import { openUnits } from '../store/journal.js';
import { Outcomes, readOutcomes, type RowOutcome } from '../store/outcomes.js';
import { persist, Settler } from './context.js';
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
    for await (const block of pendingBlocks(context)) await sendBlock(context, block, lost);
  } catch (error) {
    if (error instanceof RunStopped) return { state: 'stopped', stopped: error };
    if (codeOf(error) === undefined) throw error;
    return { state: 'stopped', stopped: new RunStopped('refused', error) };
  }
  return { state: outcomes.count('failed') > 0 ? 'partly-done' : 'done' };
}

/** Users who are looked at together before they are mailed: one call. */
const BLOCK = 200;

async function* pendingBlocks({ folder, step, outcomes }: Context): AsyncGenerator<RecordRow[]> {
  let block: RecordRow[] = [];
  for await (const batch of readRecordSet(folder.rows(step.id), FIELDS)) {
    for (const row of batch) {
      if (outcomes.of(row.index) !== 'pending') continue;
      if (block.push(row) < BLOCK) continue;
      yield block;
      block = [];
    }
  }
  if (block.length > 0) yield block;
}

async function sendBlock(context: Context, block: readonly RecordRow[], lost: ReadonlySet<number>): Promise<void> {
  const { settler, step, made } = context;
  const rowOf = (planned: RecordRow): RecordRow | undefined =>
    resolved({ step: { ...FIELDS, idFrom: step.idFrom }, made }, planned);
  const away = await noLongerWaiting(
    context,
    block.flatMap((planned) => rowOf(planned)?.id ?? [])
  );
  for (const planned of block) {
    const row = rowOf(planned);
    if (lost.has(planned.index)) await settler.settle(context.nextUnit(), [uncertain(planned.index)]);
    else if (row && away.has(row.id)) await settler.settle(context.nextUnit(), [outcomeOf(row, 'changed')]);
    else await sendOne(context, planned, row);
  }
}

type UserNow = { Id: string; IsActive: boolean; LastLoginDate: string | null };

/** Users who are not active any more, or who have logged in since the plan: a reset would end the password they have. */
async function noLongerWaiting(context: Context, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const fields = ['Id', 'IsActive', 'LastLoginDate'];
  const users = await persist(context, () =>
    readRecords<UserNow>(context.conn, { from: 'User', fields, by: 'Id', values: ids })
  );
  return new Set(users.flatMap(({ Id, IsActive, LastLoginDate }) => (!IsActive || LastLoginDate !== null ? Id : [])));
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

async function sendOne(context: Context, planned: RecordRow, row: RecordRow | undefined): Promise<void> {
  const { conn, journal, step, settler } = context;
  const unit = context.nextUnit();
  if (!row) return settler.settle(unit, [outcomeOf(planned, 'failed', 'NOT_MADE', 'The user was not made.', '')]);
  await journal.append({ t: 'unit', unit, step: step.id, mode: 'login', from: row.index, to: row.index, rows: 1 });
  try {
    await resetPassword(conn, row.id);
    await settler.settle(unit, [outcomeOf(row, 'done')]);
  } catch (error) {
    // The row stays pending where its mail was certainly not sent.
    await settler.settle(unit, wasNotSent(error) ? [] : [failed(row, error)]);
    const failure = failureOf(error);
    // Whoever comes next would fare the same: he is left for when the run is resumed.
    if (failure !== 'refused') throw new RunStopped(failure, error);
  }
}

function failed(row: RecordRow, error: unknown): RowOutcome {
  if (failureOf(error) === 'unknown') return uncertain(row.index);
  return outcomeOf(row, 'failed', codeOf(error), (error as Error).message);
}
