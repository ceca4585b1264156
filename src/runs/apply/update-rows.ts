/** Applies one `update-rows` step: units, passes, and what a crash has left open. */
import { readIngest, abortIngest } from '../../org/write/ingest.js';
import { readRowSet } from '../rows/row-set.js';
import { jobOf, openUnits, type JournalLine, type UnitLine } from '../store/journal.js';
import { finishJob, startJob } from './bulk.js';
import { mailUnknown, readBack, writeCollection } from './collection.js';
import { pause, persist, Settler, type Row, type StepContext } from './context.js';
import { changedRows } from './current.js';
import { settled } from './settled.js';

/** Error of rows that a job left over without a word, such as those of a failed job. */
const NOT_WRITTEN = {
  statusCode: 'NOT_WRITTEN',
  message: 'The org did not work on the row, also when it was sent again.',
};

/** Different values kept for sharing at a time. */
const MOST_SHARED = 5000;

/** Runs the step to its end, or to a `RunStopped`. */
export async function updateRows(context: StepContext, lines: readonly JournalLine[]): Promise<void> {
  const settler = new Settler(context);
  await settleOpenUnits(context, settler, lines);
  context.outcomes.reopenFailed();
  for (let pass = 1; pass <= context.tuning.passes; pass++) {
    const pending = context.outcomes.count('pending');
    if (pending === 0) return;
    if (pass > 1) await pause(context, 'rows', pending, pass - 1);
    // Bulk jobs cannot ask for mails (platform-facts, fact 4).
    const isSmall = pending <= context.tuning.collectionRows || context.step.mail !== undefined;
    const mode = isSmall ? 'collection' : 'bulk';
    if (pass === 1) context.emit({ type: 'start', rows: context.step.rows.count, pending, mode });
    await (mode === 'collection' ? collectionPass(context, settler) : bulkPass(context, settler));
  }
  await giveUp(context, settler);
}

async function collectionPass(context: StepContext, settler: Settler): Promise<void> {
  for await (const rows of pendingUnits(context, context.tuning.collectionRows)) {
    const fresh = await setChangedAside(context, settler, rows);
    if (fresh.length > 0) await writeCollection(context, settler, fresh);
  }
}

/** Several jobs on their way at once: while the org works on one, the next is uploaded and results are read. */
async function bulkPass(context: StepContext, settler: Settler): Promise<void> {
  const running = new Set<Promise<unknown>>();
  let broken: Error | undefined;
  try {
    for await (const rows of pendingUnits(context, context.tuning.jobRows)) {
      if (broken !== undefined) break;
      const fresh = await setChangedAside(context, settler, rows);
      if (fresh.length === 0) continue;
      const unit = context.nextUnit();
      const job = await startJob(context, unit, fresh);
      const end: Promise<unknown> = finishJob(context, settler, unit, job, fresh)
        .catch((error: Error) => (broken ??= error))
        .finally(() => running.delete(end));
      running.add(end);
      if (running.size >= context.tuning.jobsAtOnce) await Promise.race(running);
    }
  } finally {
    // Also when the next job cannot begin: what is on its way is settled first, while the journal is open.
    await Promise.all(running);
  }
  if (broken !== undefined) throw broken;
}

/** Leaves rows alone that changed after the snapshot, and says so in the outcomes. */
async function setChangedAside(context: StepContext, settler: Settler, rows: readonly Row[]): Promise<Row[]> {
  const changed = await persist(context, () => changedRows(context, rows));
  if (changed.size > 0) {
    await settler.settle(
      context.nextUnit(),
      [...changed].map((row) => settled(row, 'changed'))
    );
  }
  return rows.filter((row) => !changed.has(row));
}

/** Pending rows in the order of the row set, in units of `most` rows and at most the bytes a job may carry. */
async function* pendingUnits(context: StepContext, most: number): AsyncGenerator<Row[]> {
  const shared = new Map<string, string>();
  let unit: Row[] = [];
  let bytes = 0;
  for await (const batch of readRowSet(context.rowsFile)) {
    for (const { index, id, value, was, stamp } of batch) {
      if (context.outcomes.of(index) !== 'pending') continue;
      const size = id.length + value.length + 2;
      if (unit.length >= most || bytes + size > context.tuning.jobBytes) {
        yield unit;
        unit = [];
        bytes = 0;
      }
      unit.push({ index, id, value: once(shared, value), was: once(shared, was), stamp: once(shared, stamp) });
      bytes += size;
    }
  }
  if (unit.length > 0) yield unit;
}

/** The same text as one string: a million rows have few owners. */
function once(shared: Map<string, string>, text: string): string {
  const known = shared.get(text);
  if (known !== undefined) return known;
  if (shared.size > MOST_SHARED) shared.clear();
  // A parsed value is a slice that would keep its whole block of text alive; the copy stands for itself.
  const copy = Buffer.from(text).toString();
  shared.set(copy, copy);
  return copy;
}

/** Units that were announced but not settled: what the org has of them decides, nothing is repeated blindly. */
async function settleOpenUnits(context: StepContext, settler: Settler, lines: readonly JournalLine[]): Promise<void> {
  for (const line of openUnits(lines)) {
    const rows = await rowsOf(context, line);
    if (line.mode === 'collection') {
      const { known } = await persist(context, () => readBack(context, rows));
      await settler.settle(line.unit, mailUnknown(context, known));
    } else {
      await settleJob(context, settler, line.unit, rows, lines);
    }
  }
}

/** A job that was never handed over is given up; one that was is waited for. */
async function settleJob(
  context: StepContext,
  settler: Settler,
  unit: number,
  rows: readonly Row[],
  lines: readonly JournalLine[]
): Promise<void> {
  const job = jobOf(lines, unit);
  if (job === undefined) return settler.settle(unit, []);
  const { state } = await persist(context, () => readIngest(context.conn, job));
  if (state !== 'Open') {
    await finishJob(context, settler, unit, job, rows);
    return;
  }
  await persist(context, () => abortIngest(context.conn, job));
  await settler.settle(unit, []);
}

async function rowsOf(context: StepContext, { from, to }: UnitLine): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of readRowSet(context.rowsFile)) {
    if (batch[0]!.index > to) break;
    rows.push(...batch.filter(({ index }) => index >= from && index <= to && context.outcomes.of(index) === 'pending'));
  }
  return rows;
}

/** Rows that are still pending after the last pass have failed, for now. */
async function giveUp(context: StepContext, settler: Settler): Promise<void> {
  for await (const rows of pendingUnits(context, context.tuning.jobRows)) {
    await settler.settle(
      context.nextUnit(),
      rows.map((row) => {
        const error = context.lastErrors.get(row.index) ?? NOT_WRITTEN;
        return settled(row, 'failed', error.statusCode, error.message);
      })
    );
  }
}
