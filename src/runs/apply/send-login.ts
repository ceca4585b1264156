/** Applies a `send-login` step: one mail a user, none twice, and none to somebody who has no use for it by now. */
import { readRecords } from '../../org/read/index.js';
import { resetPassword } from '../../org/write/logins.js';
import { codeOf, failureOf, RunStopped, wasNotSent } from '../errors.js';
import type { SendLoginStep } from '../plan.js';
import { madeBefore, resolved, type RecordsContext } from '../records/context.js';
import { outcomeOf } from '../records/write.js';
import type { RecordRow } from '../rows/record-set.js';
import type { RowOutcome } from '../store/outcomes.js';
import { persist } from './context.js';
import { sendMails, uncertain, type MailContext, type MailRequest } from './mails.js';
import type { StepEnd } from './step.js';

type Context = MailContext<SendLoginStep>;

const MAY_BE_SENT =
  'The reply was lost, so the mail may have been sent. Ask whether it came; if not, send a login again.';

const FIELDS = { fields: [] };

/** Brings the step to its end, or to a state from which it can be resumed. */
export async function sendLogins(request: MailRequest<SendLoginStep>): Promise<StepEnd> {
  const made = await madeBefore(request.folder, { ...FIELDS, idFrom: request.step.idFrom });
  return sendMails(request, MAY_BE_SENT, (context, block) => sendBlock(context, block, made));
}

async function sendBlock(context: Context, block: readonly RecordRow[], made: RecordsContext['made']): Promise<void> {
  const { settler, step } = context;
  const rowOf = (planned: RecordRow): RecordRow | undefined =>
    resolved({ step: { ...FIELDS, idFrom: step.idFrom }, made }, planned);
  const away = await noLongerWaiting(
    context,
    block.flatMap((planned) => rowOf(planned)?.id ?? [])
  );
  for (const planned of block) {
    const row = rowOf(planned);
    if (row && away.has(row.id)) await settler.settle(context.nextUnit(), [outcomeOf(row, 'changed')]);
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
  if (failureOf(error) === 'unknown') return uncertain(row, MAY_BE_SENT);
  return outcomeOf(row, 'failed', codeOf(error), (error as Error).message);
}
