/** Writes rows of a `records` step in chunks, and finds out what a lost reply has done. */
import { saveCollection, type CollectionRecord, type RowResult } from '../../org/write/collections.js';
import { codeOf, failureOf, isRetriable } from '../errors.js';
import { afterFailure, pause, persist, type Settler } from '../apply/context.js';
import type { CellValue, RecordRow } from '../rows/record-set.js';
import type { RowOutcome } from '../store/outcomes.js';
import type { RecordsContext } from './context.js';
import { keyOfRow, recordsById, recordsByKey, sameValues } from './current.js';

export const outcomeOf = (
  row: RecordRow,
  outcome: RowOutcome['outcome'],
  code?: string,
  message?: string,
  id = row.id
): RowOutcome => ({ index: row.index, id, outcome, code, message });

/** Writes a chunk. Rows that could not be locked stay pending for another pass. @throws RunStopped */
export async function writeChunk(context: RecordsContext, settler: Settler, rows: readonly RecordRow[]): Promise<void> {
  await context.guard();
  const unit = context.nextUnit();
  const [from, to] = [rows[0]!.index, rows[rows.length - 1]!.index];
  const { journal, step } = context;
  await journal.append({ t: 'unit', unit, step: step.id, mode: 'collection', from, to, rows: rows.length });
  await settler.settle(unit, await send(context, rows));
}

/** Sends rows until the org has answered; after a lost reply only those that were not written are sent again. */
async function send(context: RecordsContext, rows: readonly RecordRow[]): Promise<RowOutcome[]> {
  const outcomes: RowOutcome[] = [];
  let open = rows;
  let isUnsure = false;
  for (let count = 1; open.length > 0; count++) {
    try {
      const settled = await attempt(context, open);
      outcomes.push(...(isUnsure ? await oursAfterAll(context, open, settled) : settled));
      break;
    } catch (error) {
      if (failureOf(error) === 'refused') {
        return [...outcomes, ...open.map((row) => outcomeOf(row, 'failed', codeOf(error), (error as Error).message))];
      }
      await afterFailure(context, error, count);
      const read = await readBackSlowly(context, open, count);
      outcomes.push(...read.known);
      open = read.open;
      isUnsure = true;
    }
  }
  return outcomes;
}

/** Looks at an insert that lost its reply before it is sent again: the org may still be working on it. */
const LOOKS = 3;

/**
 * What a write with a lost reply has done. A second record of an insert would be one too many, so where the org itself does
 * not refuse it, it is looked several times, with growing pauses, before the rest counts as not written.
 */
async function readBackSlowly(context: RecordsContext, rows: readonly RecordRow[], count: number): Promise<ReadBack> {
  const { operation, keyIsUnique } = context.step;
  const result: ReadBack = { known: [], open: [...rows] };
  for (let look = 1; look <= LOOKS && result.open.length > 0; look++) {
    if (look > 1) await pause(context, 'unknown', result.open.length, count + look - 1);
    const read = await persist(context, () => readBack(context, result.open));
    result.known.push(...read.known);
    result.open = read.open;
    if (operation !== 'insert' || keyIsUnique) break;
  }
  return result;
}

/** Codes by which the org says that a record is there already. */
const THERE = new Set(['DUPLICATE_USERNAME', 'PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT', 'DUPLICATE_VALUE']);

/** Rows refused because they are there: after a lost reply it may be this run that made them. */
async function oursAfterAll(
  context: RecordsContext,
  rows: readonly RecordRow[],
  settled: readonly RowOutcome[]
): Promise<RowOutcome[]> {
  const refused = new Set(settled.flatMap(({ index, code }) => (THERE.has(code ?? '') ? [index] : [])));
  if (refused.size === 0) return [...settled];
  const doubted = rows.filter(({ index }) => refused.has(index));
  const { known } = await persist(context, () => readBack(context, doubted));
  const ours = new Map(known.map((outcome) => [outcome.index, outcome]));
  return settled.map((outcome) => ours.get(outcome.index) ?? outcome);
}

async function attempt(context: RecordsContext, rows: readonly RecordRow[]): Promise<RowOutcome[]> {
  const { conn, step } = context;
  const records = rows.map((row) => recordOf(context, row));
  const results = await saveCollection(conn, step.operation, step.object, records);
  return results.flatMap((result, at) => settledResult(context, rows[at]!, result));
}

function settledResult(context: RecordsContext, row: RecordRow, { success, id, errors }: RowResult): RowOutcome[] {
  if (success) return [outcomeOf(row, 'done', undefined, undefined, id ?? row.id)];
  const [error] = errors;
  // Somebody else deleted it: that is what was wanted.
  if (context.step.operation === 'delete' && error?.statusCode === 'ENTITY_IS_DELETED') return [outcomeOf(row, 'done')];
  if (!error || !isRetriable(error.statusCode)) return [outcomeOf(row, 'failed', error?.statusCode, error?.message)];
  context.lastErrors.set(row.index, error);
  return [];
}

function recordOf({ step }: RecordsContext, row: RecordRow): CollectionRecord {
  const typed = (value: CellValue, type: 'text' | 'boolean'): string | boolean | null =>
    type === 'boolean' && value !== null ? value === 'true' : value;
  const entries = step.fields.map(({ name, type }, at) => [name, typed(row.values[at] ?? null, type)] as const);
  if (step.operation !== 'insert') return { id: row.id, fields: Object.fromEntries(entries) };
  // What an insert leaves out gets the org's default; an explicit null would not.
  return { fields: Object.fromEntries(entries.filter(([, value]) => value !== null)) };
}

type ReadBack = { known: RowOutcome[]; open: RecordRow[] };

/** What a write with a lost reply, or a crash, has done. */
export async function readBack(context: RecordsContext, rows: readonly RecordRow[]): Promise<ReadBack> {
  if (context.step.operation === 'insert') return readBackInsert(context, rows);
  const current = await recordsById(
    context,
    rows.map(({ id }) => id)
  );
  const result: ReadBack = { known: [], open: [] };
  for (const row of rows) {
    const now = current.get(row.id);
    if (context.step.operation === 'delete') {
      if (now) result.open.push(row);
      else result.known.push(outcomeOf(row, 'done'));
    } else if (now && sameValues(now.values, row.values)) result.known.push(outcomeOf(row, 'done'));
    else if (now && (row.stamp === '' || sameValues(now.values, row.was))) result.open.push(row);
    else result.known.push(outcomeOf(row, 'changed'));
  }
  return result;
}

async function readBackInsert(context: RecordsContext, rows: readonly RecordRow[]): Promise<ReadBack> {
  const found = await recordsByKey(context, rows);
  const result: ReadBack = { known: [], open: [] };
  for (const row of rows) {
    const id = found.get(keyOfRow(context.step, row));
    if (id === undefined) result.open.push(row);
    else result.known.push(outcomeOf(row, 'done', undefined, undefined, id));
  }
  return result;
}
