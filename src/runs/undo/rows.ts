/** The way back of one field of many rows: rows that still hold what the run wrote get the value they had before. */
import type { Connection } from '@salesforce/core';
import { all, bulkQuery, compare, isIn, queryPages, select, normalStamp } from '../../org/read/index.js';
import { fileHash } from '../fingerprint.js';
import type { UpdateRowsStep } from '../plan.js';
import { CHANGED_SINCE, NOT_FOUND, type StepUndoRequest, type WayBack } from './types.js';
import { createRowSet, readRowSet, type PlannedRow } from '../rows/row-set.js';
import type { RunFolder } from '../store/folder.js';
import { Outcomes } from '../store/outcomes.js';
import { linesOf, openUnits, readJournal } from '../store/journal.js';

/**
 * Plans the way back of a step that changed one field of many rows. Rows that no longer hold what the run wrote are left
 * alone; they are listed in the skipped file.
 */
export async function undoUpdateRows(request: StepUndoRequest, step: UpdateRowsStep): Promise<WayBack> {
  const { folder } = request;
  const { since, restored, left, values } = await collect(request, step);
  const warning = left > 0 ? `${left} rows are left alone.` : undefined;
  if (restored === 0) return { left, warning };
  const rows = { file: folder.rows(step.id), count: restored, sha256: await fileHash(folder.rows(step.id)) };
  const back: UpdateRowsStep = {
    ...step,
    title: `Restore ${step.object}.${step.field}`,
    rows,
    since,
    values: Object.keys(values).slice(0, MOST_VALUES),
  };
  return { step: back, left, warning, values };
}

/** Different values up to which a step is verified by counts. */
const MOST_VALUES = 200;

type Collected = { since: string; restored: number; left: number; values: Record<string, number> };

async function collect(request: StepUndoRequest, step: UpdateRowsStep): Promise<Collected> {
  const { conn, original, folder, skipped, onProgress } = request;
  await using rows = await createRowSet(folder.rows(step.id), step.field);
  const result: Collected = { since: '', restored: 0, left: 0, values: {} };
  const written = writtenRows(original, step);
  const total = step.rows.count;
  for await (const { row, current } of joined(conn, step, written)) {
    if (current?.value === row.value) {
      rows.add([row.id, row.was, row.value, current.stamp, `held before ${original.id}`]);
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
async function* writtenRows(original: RunFolder, step: UpdateRowsStep): AsyncGenerator<PlannedRow> {
  const lines = linesOf((await readJournal(original.journal)).lines, step.id);
  const open = openUnits(lines);
  const bytes = lines.findLast((line) => line.t === 'settled')?.outcomeBytes;
  if (bytes === undefined && open.length === 0) return;
  const outcomes = await Outcomes.read(original.outcomes(step.id), step.rows.count, bytes);
  const mayBeWritten = (index: number): boolean =>
    outcomes.of(index) === 'done' ||
    (outcomes.of(index) === 'pending' && open.some(({ from, to }) => from <= index && index <= to));
  for await (const batch of readRowSet(original.rows(step.id))) {
    for (const row of batch) if (mayBeWritten(row.index)) yield row;
  }
}

type Current = { id: string; value: string; stamp: string };

const IDS_A_QUERY = 400;
const REST_ROWS = 10_000;

/** Joins the rows with what they hold now. Both are sorted by id, so memory stays flat. */
async function* joined(
  conn: Connection,
  step: UpdateRowsStep,
  written: AsyncGenerator<PlannedRow>
): AsyncGenerator<{ row: PlannedRow; current?: Current }> {
  if (step.rows.count <= REST_ROWS) {
    yield* joinedByIds(conn, step, written);
    return;
  }
  const now = currentByBulk(conn, step);
  let next = await now.next();
  for await (const row of written) {
    while (!next.done && next.value.id < row.id) next = await now.next();
    yield { row, current: !next.done && next.value.id === row.id ? next.value : undefined };
  }
}

async function* joinedByIds(
  conn: Connection,
  step: UpdateRowsStep,
  written: AsyncGenerator<PlannedRow>
): AsyncGenerator<{ row: PlannedRow; current?: Current }> {
  let chunk: PlannedRow[] = [];
  for await (const row of written) {
    chunk.push(row);
    if (chunk.length < IDS_A_QUERY) continue;
    yield* await joinChunk(conn, step, chunk);
    chunk = [];
  }
  if (chunk.length > 0) yield* await joinChunk(conn, step, chunk);
}

async function joinChunk(
  conn: Connection,
  step: UpdateRowsStep,
  rows: PlannedRow[]
): Promise<Array<{ row: PlannedRow; current?: Current }>> {
  const where = isIn(
    'Id',
    rows.map(({ id }) => id)
  );
  const soql = select({ from: step.object, fields: ['Id', step.field, 'SystemModstamp'], where });
  const current = new Map<string, Current>();
  for await (const { records } of queryPages<Record<string, string>>(conn, soql)) {
    for (const record of records) {
      const id = record.Id ?? '';
      current.set(id, { id, value: record[step.field] ?? '', stamp: normalStamp(record.SystemModstamp ?? '') });
    }
  }
  return rows.map((row) => ({ row, current: current.get(row.id) }));
}

/** All records that hold one of the values the run wrote, by id. */
async function* currentByBulk(conn: Connection, step: UpdateRowsStep): AsyncGenerator<Current> {
  const where = all(isIn(step.field, step.values), compare('Id', '!=', null));
  const soql = select({ from: step.object, fields: ['Id', step.field, 'SystemModstamp'], where, orderBy: ['Id'] });
  for await (const page of bulkQuery(conn, soql)) {
    for (const [id = '', value = '', stamp = ''] of page) yield { id, value, stamp };
  }
}
