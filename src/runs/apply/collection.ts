/** Writing up to 200 rows by sObject collections. */
import { CHANGED, reassignByApex } from '../../org/write/apex-reassign.js';
import { updateCollection, type RowResult } from '../../org/write/collections.js';
import { updateWithMail } from '../../org/write/soap-update.js';
import { codeOf, failureOf } from '../errors.js';
import { afterFailure, type Row, type Settler, type StepContext } from './context.js';
import { readRows } from './current.js';
import { failedOrLater, settled, type Settled } from './settled.js';

/** Writes a chunk. Rows that could not be locked stay pending for another pass. @throws RunStopped */
export async function writeCollection(context: StepContext, settler: Settler, rows: readonly Row[]): Promise<void> {
  await context.guard();
  const unit = context.nextUnit();
  const { journal, step } = context;
  const from = rows[0]!.index;
  const to = rows[rows.length - 1]!.index;
  await journal.append({ t: 'unit', unit, step: step.id, mode: 'collection', from, to, rows: rows.length });
  await settler.settle(unit, await send(context, rows));
}

/** Sends rows until the org has answered; after a lost reply only those that were not written are sent again. */
async function send(context: StepContext, rows: readonly Row[]): Promise<Settled[]> {
  const outcomes: Settled[] = [];
  let open = rows;
  for (let count = 1; open.length > 0; count++) {
    try {
      outcomes.push(...(await attempt(context, open)));
      break;
    } catch (error) {
      if (failureOf(error) === 'refused') return [...outcomes, ...open.map((row) => refused(row, error))];
      await afterFailure(context, error, count);
      const read = await readBack(context, open);
      outcomes.push(...mailUnknown(context, read.known));
      open = read.open;
    }
  }
  return outcomes;
}

async function attempt(context: StepContext, rows: readonly Row[]): Promise<Settled[]> {
  const results = await write(context, rows);
  const changed: Row[] = [];
  const outcomes = results.flatMap(({ success, errors }, at) => {
    const row = rows[at]!;
    if (success) return [settled(row, 'done')];
    if (errors[0]?.statusCode !== CHANGED) return failedOrLater(context, row, errors[0]);
    changed.push(row);
    return [];
  });
  return [...outcomes, ...(await changedOwners(context, changed))];
}

/** Rows with another owner than planned: our own where a call whose reply was lost has reached the org after all. */
async function changedOwners(context: StepContext, rows: readonly Row[]): Promise<Settled[]> {
  if (rows.length === 0) return [];
  const { known, open } = await readBack(context, rows);
  return [...mailUnknown(context, known), ...open.map((row) => settled(row, 'changed'))];
}

function write({ conn, step, assign }: StepContext, rows: readonly Row[]): Promise<RowResult[]> {
  if (step.mail === 'apex')
    return reassignByApex(
      conn,
      rows.map(({ id, value, was }) => ({ id, owner: value, was }))
    );
  const changes = rows.map(({ id, value }) => ({ id, fields: { [assign?.field ?? step.field]: value } }));
  if (step.mail === 'soap') return updateWithMail(conn, step.object, changes);
  return updateCollection(conn, step.object, changes, assign?.rule);
}

/** Code of a row that was written where nobody can tell whether its new owner was mailed. */
export const MAIL_UNKNOWN = 'MAIL_UNKNOWN';

/** Rows that were written by a call with a lost reply: the owner shows in the record, the mail shows nowhere. */
export const mailUnknown = ({ step }: StepContext, rows: readonly Settled[]): Settled[] =>
  rows.map((one) =>
    step.mail && one.outcome === 'done'
      ? { ...one, code: MAIL_UNKNOWN, message: 'The reply was lost; whether the owner was mailed nobody can tell.' }
      : one
  );

const refused = (row: Row, error: unknown): Settled => settled(row, 'failed', codeOf(error), (error as Error).message);

/**
 * Reads back what a write with a lost reply, or a crash, has done: a row that holds the new value is done, one that
 * still holds the old value is open, anything else was changed by somebody.
 */
export async function readBack(context: StepContext, rows: readonly Row[]): Promise<{ known: Settled[]; open: Row[] }> {
  const current = await readRows(context, rows);
  const known: Settled[] = [];
  const open: Row[] = [];
  for (const row of rows) {
    const now = current.get(row.id);
    const value = now?.value;
    if (context.assign) {
      // What a rule does with a record is its own matter; that the record was written shows in its stamp.
      if (now?.stamp === row.stamp) open.push(row);
      else known.push(settled(row, now ? 'done' : 'changed'));
    } else if (value === row.value) known.push(settled(row, 'done'));
    else if (value === row.was) open.push(row);
    else known.push(settled(row, 'changed'));
  }
  return { known, open };
}
