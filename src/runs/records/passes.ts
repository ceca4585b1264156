/** Brings the rows of a `records` step into the org: what a crash left open, then passes with ever smaller chunks. */
import { COLLECTION_ROWS } from '../../org/write/collections.js';
import { pause, persist, type Settler } from '../apply/context.js';
import { NOT_DONE } from '../apply/followed.js';
import { readRecordSet, type RecordRow } from '../rows/record-set.js';
import { openUnits, type JournalLine, type UnitLine } from '../store/journal.js';
import type { RowOutcome } from '../store/outcomes.js';
import { pendingRows, resolved, type RecordsContext } from './context.js';
import { keyOfRow, recordsById, recordsByKey, sameValues } from './current.js';
import { outcomeOf, readBack, writeChunk } from './write.js';

/** Rows that are looked at together before they are written: five queries of one call. */
const BLOCK = 5 * COLLECTION_ROWS;

/** Chunks of the first pass and of those after it: rows that lock each other come through in small ones (platform-facts H). */
const SHRINK = [1, 4, 20, COLLECTION_ROWS];

/** Error of a row whose record depends on one that an earlier step could not make. */
const DEPENDS = 'The record it belongs to was not made by this run.';

/** Error of a row that follows one which the run could not write. */
const FOLLOWS = 'The row that it follows was not written.';

/** Runs the step to its end, or to a `RunStopped`. */
export async function writeRecords(
  context: RecordsContext,
  settler: Settler,
  lines: readonly JournalLine[]
): Promise<void> {
  await settleOpenUnits(context, settler, lines);
  context.outcomes.reopenFailed();
  await dropDependents(context, settler);
  await dropFollowers(context, settler);
  if (context.step.operation === 'insert' && !context.step.keyIsUnique) await setExistingAside(context, settler);
  for (let pass = 1; pass <= context.tuning.passes; pass++) {
    const pending = context.outcomes.count('pending');
    if (pending === 0) return;
    if (pass > 1) await pause(context, 'rows', pending, pass - 1);
    else context.emit({ type: 'start', rows: context.step.rows.count, pending, mode: 'collection' });
    await onePass(context, settler, chunkOf(context, pass));
  }
  await giveUp(context, settler);
}

const chunkOf = ({ tuning }: RecordsContext, pass: number): number =>
  Math.max(1, Math.floor(tuning.collectionRows / SHRINK[Math.min(pass, SHRINK.length) - 1]!));

async function onePass(context: RecordsContext, settler: Settler, size: number): Promise<void> {
  for await (const block of pendingRows(context, BLOCK)) {
    const ready = block.flatMap((row) => resolved(context, row) ?? []);
    const fresh = context.step.operation === 'insert' ? ready : await setChangedAside(context, settler, ready);
    for (let at = 0; at < fresh.length; at += size) {
      await writeChunk(context, settler, fresh.slice(at, at + size));
    }
  }
}

/** Rows whose record belongs to one that was not made fail, with that reason. */
async function dropDependents(context: RecordsContext, settler: Settler): Promise<void> {
  for await (const block of pendingRows(context, BLOCK)) {
    const lost = block.filter((row) => resolved(context, row) === undefined);
    await settle(
      context,
      settler,
      lost.map((row) => outcomeOf(row, 'failed', 'NOT_MADE', DEPENDS, ''))
    );
  }
}

/** Rows that follow a line of an earlier step which was not done are left alone, and tried again where that line failed. */
async function dropFollowers(context: RecordsContext, settler: Settler): Promise<void> {
  if (context.step.onlyIfDone === undefined) return;
  for await (const block of pendingRows(context, BLOCK)) {
    const left = block.filter((row) => !context.mayWrite(row));
    await settle(
      context,
      settler,
      left.map((row) =>
        context.mayFollow(row) ? outcomeOf(row, 'failed', NOT_DONE, FOLLOWS) : outcomeOf(row, 'changed')
      )
    );
  }
}

/** Records that somebody made since the plan are not made again. They are not ours: nothing else of the plan touches them. */
async function setExistingAside(context: RecordsContext, settler: Settler): Promise<void> {
  for await (const block of pendingRows(context, BLOCK)) {
    const ready = block.flatMap((row) => resolved(context, row) ?? []);
    const found = await persist(context, () => recordsByKey(context, ready));
    const there = ready.flatMap((row) => {
      const id = found.get(keyOfRow(context.step, row));
      return id === undefined ? [] : [outcomeOf(row, 'changed', undefined, undefined, id)];
    });
    await settle(context, settler, there);
  }
}

/** Records that no longer are as the plan saw them are left alone. */
async function setChangedAside(
  context: RecordsContext,
  settler: Settler,
  rows: readonly RecordRow[]
): Promise<RecordRow[]> {
  // A step before may have touched the record of a row that follows it: its stamp tells nothing, its values do.
  const byValue = context.step.operation === 'update' && context.step.onlyIfDone !== undefined;
  const known = rows.filter(({ stamp }) => stamp !== '' || byValue);
  if (known.length === 0) return [...rows];
  const ids = known.map(({ id }) => id);
  const current = await persist(context, () => recordsById(context, ids));
  const changed = new Set(
    known.filter((row) => {
      const now = current.get(row.id);
      if (row.stamp === '') return !now || !(sameValues(now.values, row.was) || sameValues(now.values, row.values));
      return now?.stamp !== row.stamp || !sameValues(now.values, row.was);
    })
  );
  await settle(
    context,
    settler,
    [...changed].map((row) => outcomeOf(row, 'changed'))
  );
  return rows.filter((row) => !changed.has(row));
}

async function settle(context: RecordsContext, settler: Settler, outcomes: readonly RowOutcome[]): Promise<void> {
  if (outcomes.length > 0) await settler.settle(context.nextUnit(), outcomes);
}

/** Units that were announced but not settled: what the org has of them decides, nothing is repeated blindly. */
async function settleOpenUnits(
  context: RecordsContext,
  settler: Settler,
  lines: readonly JournalLine[]
): Promise<void> {
  for (const line of openUnits(lines)) {
    const rows = await rowsOf(context, line);
    const { known } = await persist(context, () => readBack(context, rows));
    await settler.settle(line.unit, known);
  }
}

async function rowsOf(context: RecordsContext, { from, to }: UnitLine): Promise<RecordRow[]> {
  const { folder, step, outcomes } = context;
  const rows: RecordRow[] = [];
  for await (const batch of readRecordSet(folder.rows(step.id), step)) {
    if (batch[0]!.index > to) break;
    const open = batch.filter(({ index }) => index >= from && index <= to && outcomes.of(index) === 'pending');
    rows.push(...open.flatMap((row) => resolved(context, row) ?? []));
  }
  return rows;
}

/** Rows that are still pending after the last pass have failed, for now. */
async function giveUp(context: RecordsContext, settler: Settler): Promise<void> {
  for await (const block of pendingRows(context, BLOCK)) {
    await settle(
      context,
      settler,
      block.map((row) => {
        const error = context.lastErrors.get(row.index);
        return outcomeOf(row, 'failed', error?.statusCode ?? 'NOT_WRITTEN', error?.message);
      })
    );
  }
}
