/** Applies a `notify` step: the owner of each record that got its owner is mailed, once. */
import { readRecords } from '../../org/read/index.js';
import { sendAlerts } from '../../org/write/alerts.js';
import { codeOf, failureOf, RunStopped, wasNotSent } from '../errors.js';
import type { NotifyStep } from '../plan.js';
import { outcomeOf } from '../records/write.js';
import type { RecordRow } from '../rows/record-set.js';
import { readRowSet } from '../rows/row-set.js';
import type { RowOutcome } from '../store/outcomes.js';
import { persist } from './context.js';
import { NOT_DONE, outcomesOf } from './followed.js';
import { sendMails, uncertain, type MailContext, type MailRequest } from './mails.js';
import type { StepEnd } from './step.js';

type Context = MailContext<NotifyStep>;

const MAY_BE_SENT =
  'The reply was lost, so the mail may have been sent. Ask the owner before you send another one by hand.';

/** Told of records whose owner could not be set. A resumed run that sets him sends the mail, too. */
const NO_OWNER = 'The record did not get its new owner, so nobody was mailed.';

/** Brings the step to its end, or to a state from which it can be resumed. */
export async function sendNotices(request: MailRequest<NotifyStep>): Promise<StepEnd> {
  const given = await ownersGiven(request);
  return sendMails(request, MAY_BE_SENT, (context, block) => sendBlock(context, block, given));
}

/** Owners that the run gave, by record, and records that failed to get theirs. */
type Given = { owners: ReadonlyMap<string, string>; failed: ReadonlySet<string> };

async function ownersGiven({ folder, step }: MailRequest<NotifyStep>): Promise<Given> {
  const { steps } = await folder.readPlan();
  const outcomes = await outcomesOf(folder, steps, step.onlyIfDone);
  const owners = new Map<string, string>();
  const failed = new Set<string>();
  if (!outcomes) return { owners, failed };
  for await (const rows of readRowSet(folder.rows(step.onlyIfDone))) {
    for (const { index, id, value } of rows) {
      if (outcomes.of(index) === 'done') owners.set(id, value);
      if (outcomes.of(index) === 'failed') failed.add(id);
    }
  }
  return { owners, failed };
}

async function sendBlock(
  context: Context,
  block: readonly RecordRow[],
  { owners, failed: withoutOwner }: Given
): Promise<void> {
  const { settler } = context;
  const given = block.filter(({ id }) => owners.has(id));
  const notGiven = block.filter(({ id }) => !owners.has(id));
  const now = await ownersNow(
    context,
    given.map(({ id }) => id)
  );
  // Somebody else owns the record by now: the mail would reach the wrong one.
  const moved = given.filter(({ id }) => now.get(id) !== owners.get(id));
  const aside = [...notGiven, ...moved].map((row) =>
    withoutOwner.has(row.id) ? outcomeOf(row, 'failed', NOT_DONE, NO_OWNER) : outcomeOf(row, 'changed')
  );
  if (aside.length > 0) await settler.settle(context.nextUnit(), aside);
  const ready = given.filter(({ id }) => now.get(id) === owners.get(id));
  if (ready.length > 0) await send(context, ready);
}

async function ownersNow(context: Context, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { conn, step } = context;
  const rows = await persist(context, () =>
    readRecords<{ Id: string; OwnerId: string }>(conn, {
      from: step.object,
      fields: ['Id', 'OwnerId'],
      by: 'Id',
      values: ids,
    })
  );
  return new Map(rows.map(({ Id, OwnerId }) => [Id, OwnerId]));
}

async function send(context: Context, rows: readonly RecordRow[]): Promise<void> {
  const { conn, journal, step, settler } = context;
  await context.guard();
  const unit = context.nextUnit();
  const [from, to] = [rows[0]!.index, rows[rows.length - 1]!.index];
  await journal.append({ t: 'unit', unit, step: step.id, mode: 'notify', from, to, rows: rows.length });
  try {
    const results = await sendAlerts(
      conn,
      step.object,
      step.alert,
      rows.map(({ id }) => id)
    );
    await settler.settle(
      unit,
      results.map(({ success, errors: [error] }, at) =>
        success ? outcomeOf(rows[at]!, 'done') : outcomeOf(rows[at]!, 'failed', error?.statusCode, error?.message)
      )
    );
  } catch (error) {
    await settler.settle(unit, wasNotSent(error) ? [] : rows.map((row) => failed(row, error)));
    throw new RunStopped(failureOf(error), error);
  }
}

function failed(row: RecordRow, error: unknown): RowOutcome {
  if (failureOf(error) === 'unknown') return uncertain(row, MAY_BE_SENT);
  return outcomeOf(row, 'failed', codeOf(error), (error as Error).message);
}
