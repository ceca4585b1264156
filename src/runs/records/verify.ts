/** Proof after a `records` step: its records are read again by id. */
import type { Verification } from '../receipt.js';
import type { RecordsStep } from '../plan.js';
import { readRecordSet, type CellValue, type RecordRow } from '../rows/record-set.js';
import { readOutcomes } from '../store/outcomes.js';
import { createAfterImage } from './after-image.js';
import { resolved, type RecordsContext } from './context.js';
import { recordsById, sameValues, type CurrentRecord } from './current.js';

/** Differences that a receipt tells; all of them are counted. */
const MOST = 20;

/** Records that are read again together: what five queries of one call can name. */
const READ_AT_ONCE = 2000;

/** Whether each record that was written is as the step wants it. */
export async function verifyRecords(context: RecordsContext): Promise<Verification> {
  const written = await writtenIds(context);
  const method = `read ${written.size} ${context.step.object} records again`;
  try {
    const differences = await differencesOf(context, written);
    return { method, agrees: differences.length === 0, differences: differences.slice(0, MOST) };
  } catch (error) {
    // The writes are done and recorded: a question that fails now must not make the run look unfinished.
    return { method, agrees: null, differences: [(error as Error).message] };
  }
}

/** Ids of the records that the step has written, by line. */
async function writtenIds({ folder, step, outcomes }: RecordsContext): Promise<Map<number, string>> {
  const ids = new Map<number, string>();
  for await (const { index, id, outcome } of readOutcomes(folder.outcomes(step.id), outcomes.bytes)) {
    if (outcome === 'done') ids.set(index, id);
  }
  return ids;
}

async function differencesOf(context: RecordsContext, written: ReadonlyMap<number, string>): Promise<string[]> {
  const differences: string[] = [];
  await using left = await createAfterImage(context.folder, context.step.id);
  for await (const rows of blocks(context, written)) {
    const ids = rows.map(({ id }) => id);
    const names = provenFields(context.step);
    const current = await recordsById(context, ids, names);
    for (const row of rows) differences.push(...differenceOf(context, row, names, current.get(row.id)));
    for (const { id, stamp } of current.values()) left.add([id, stamp]);
    await left.flush();
  }
  await left.close();
  return differences;
}

/**
 * Fields by which a step is proved. Of new records these are their key, switches and references: other texts may come out as
 * the org writes them, such as addresses in small letters.
 */
function provenFields({ operation, fields, key }: RecordsStep): string[] {
  if (operation === 'delete') return [];
  const proven = fields.filter(
    ({ name, type }) => operation === 'update' || type === 'boolean' || key.includes(name) || name.endsWith('Id')
  );
  return proven.map(({ name }) => name);
}

function differenceOf(
  context: RecordsContext,
  row: RecordRow,
  names: readonly string[],
  now: CurrentRecord | undefined
): string[] {
  const { operation, fields } = context.step;
  const { id, label } = row;
  if (operation === 'delete') return now ? [`${label} (${id}) is still there.`] : [];
  if (!now) return [`${label} (${id}) is not there.`];
  const wanted = resolved(context, row)?.values ?? [];
  const values = names.map((name) => wanted[fields.findIndex((field) => field.name === name)] ?? null);
  const holds = operation === 'update' ? sameValues(now.values, values) : sameKeys(now.values, values);
  return holds ? [] : [`${label} (${id}) holds other values.`];
}

/** The org keeps keys without their case. */
const sameKeys = (now: readonly CellValue[], wanted: readonly CellValue[]): boolean =>
  now.every((value, at) => (value ?? '').toLowerCase() === (wanted[at] ?? '').toLowerCase());

/** Rows that were written, with the ids of their records, in blocks. */
async function* blocks(
  { folder, step }: RecordsContext,
  written: ReadonlyMap<number, string>
): AsyncGenerator<RecordRow[]> {
  let block: RecordRow[] = [];
  for await (const batch of readRecordSet(folder.rows(step.id), step)) {
    for (const row of batch) {
      const id = written.get(row.index);
      if (id === undefined) continue;
      if (block.push({ ...row, id }) < READ_AT_ONCE) continue;
      yield block;
      block = [];
    }
  }
  if (block.length > 0) yield block;
}
