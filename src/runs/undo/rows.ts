/** The way back of one field of many rows: rows that still hold what the run wrote get the value they had before. */
import { all, compare, isIn } from '../../org/read/index.js';
import { fileHash } from '../fingerprint.js';
import type { UpdateRowsStep } from '../plan.js';
import { CHANGED_SINCE, NOT_FOUND, type StepUndoRequest, type WayBack } from './types.js';
import { joined } from '../rows/joined.js';
import { createRowSet, readRowSet, type PlannedRow } from '../rows/row-set.js';
import type { RunFolder } from '../store/folder.js';
import { Outcomes } from '../store/outcomes.js';
import { linesOf, openUnits, readJournal, settledBytes } from '../store/journal.js';

/**
 * Plans the way back of a step that changed one field of many rows. Rows that no longer hold what the run wrote are left
 * alone; they are listed in the skipped file.
 * @param written rows with what the run gave them, sorted by id; those of the step where absent
 */
export async function undoUpdateRows(
  request: StepUndoRequest,
  step: UpdateRowsStep,
  written = writtenRows(request.original, step)
): Promise<WayBack> {
  const { folder } = request;
  const { since, restored, left, values } = await collect(request, step, written);
  const warning = left > 0 ? `${left} rows are left alone.` : undefined;
  if (restored === 0) return { left, warning };
  const rows = { file: folder.rows(step.id), count: restored, sha256: await fileHash(folder.rows(step.id)) };
  const back: UpdateRowsStep = {
    ...step,
    title: `Restore ${step.object}.${step.field}`,
    rows,
    since,
    values: Object.keys(values).slice(0, MOST_VALUES),
    // Who gets a record back was never asked whether he wants a mail.
    mail: undefined,
  };
  return { step: back, left, warning, values };
}

/** Different values up to which a step is verified by counts. */
const MOST_VALUES = 200;

type Collected = { since: string; restored: number; left: number; values: Record<string, number> };

async function collect(
  request: StepUndoRequest,
  step: UpdateRowsStep,
  written: AsyncGenerator<PlannedRow>
): Promise<Collected> {
  const { conn, original, folder, skipped, onProgress, alsoWritten } = request;
  const byStamp = alsoWritten?.has(step.object) !== true;
  await using rows = await createRowSet(folder.rows(step.id), step.field);
  const result: Collected = { since: '', restored: 0, left: 0, values: {} };
  const total = step.rows.count;
  const holding = all(isIn(step.field, step.values), compare('Id', '!=', null));
  for await (const { row, current } of joined(conn, { ...step, count: total, holding }, written)) {
    if (current?.value === row.value) {
      rows.add([row.id, row.was, row.value, byStamp ? current.stamp : '', `held before ${original.id}`]);
      if (current.stamp > result.since) result.since = current.stamp;
      result.restored += 1;
      result.values[row.was] = (result.values[row.was] ?? 0) + 1;
    } else {
      skipped.add([row.id, current?.value ?? '', current ? CHANGED_SINCE : NOT_FOUND]);
      result.left += 1;
    }
    if ((result.restored + result.left) % 2000 !== 0) continue;
    await rows.flush();
    await skipped.flush();
    onProgress(result.restored + result.left, total);
  }
  await rows.close();
  onProgress(total, total);
  return result;
}

/**
 * Rows that the org confirmed, and rows of units that were announced but not settled: whether those were written shows
 * in what they hold now.
 */
export async function* writtenRows(
  original: RunFolder,
  step: Pick<UpdateRowsStep, 'id' | 'rows'>
): AsyncGenerator<PlannedRow> {
  const lines = linesOf((await readJournal(original.journal)).lines, step.id);
  const open = openUnits(lines);
  const bytes = settledBytes(lines);
  if (bytes === undefined && open.length === 0) return;
  const outcomes = await Outcomes.read(original.outcomes(step.id), step.rows.count, bytes);
  const mayBeWritten = (index: number): boolean =>
    outcomes.of(index) === 'done' ||
    (outcomes.of(index) === 'pending' && open.some(({ from, to }) => from <= index && index <= to));
  for await (const batch of readRowSet(original.rows(step.id))) {
    for (const row of batch) if (mayBeWritten(row.index)) yield row;
  }
}
