/** Proof after the run: the org is asked for what it now holds. */
import type { Connection } from '@salesforce/core';
import { countsOf } from '../../org/read/index.js';
import { COLLECTION_ROWS } from '../../org/write/collections.js';
import type { UpdateRowsStep } from '../plan.js';
import type { Verification } from '../receipt.js';
import { readRowSet } from '../rows/row-set.js';
import type { Row, CountingContext } from './context.js';
import { readRows } from './current.js';

/** How many records of the object hold each of the step's new values; undefined where the org does not say. */
export async function countByValue(
  conn: Connection,
  step: UpdateRowsStep
): Promise<Record<string, number> | undefined> {
  const { object, field, values } = step;
  try {
    const found = await countsOf(conn, { from: object, by: field }, values);
    return Object.fromEntries(values.map((value) => [value, found.get(value) ?? 0]));
  } catch {
    return undefined;
  }
}

/** Up to 200 rows are read again one by one; above, the counts by value must have grown by what the run moved. */
export async function verify(context: CountingContext, before: Record<string, number> | null): Promise<Verification> {
  const byRow = context.step.rows.count <= COLLECTION_ROWS;
  try {
    return await (byRow ? verifyRows(context) : verifyCounts(context, before));
  } catch (error) {
    // The writes are done and recorded: a question that fails now must not make the run look unfinished.
    return { method: 'none', agrees: null, differences: [(error as Error).message] };
  }
}

async function verifyRows(context: CountingContext): Promise<Verification> {
  const rows: Row[] = [];
  for await (const batch of readRowSet(context.rowsFile)) {
    rows.push(...batch.filter(({ index }) => context.outcomes.of(index) === 'done'));
  }
  const current = rows.length > 0 ? await readRows(context, rows) : new Map<string, { value: string }>();
  const differences = rows
    .filter(({ id, value }) => current.get(id)?.value !== value)
    .map(({ id }) => `${id} holds another value than the run wrote.`);
  return { method: `read ${rows.length} rows again`, agrees: differences.length === 0, differences };
}

async function verifyCounts(context: CountingContext, before: Record<string, number> | null): Promise<Verification> {
  const { conn, step, tally } = context;
  const method = `counted ${step.object} by ${step.field} before and after`;
  const after = before && (await countByValue(conn, step));
  if (!before || !after) return { method, agrees: null, differences: ['The org did not answer the count.'] };
  const moved = tally.entries();
  const differences = step.values.flatMap((value) => {
    const { received = 0, gave = 0 } = moved[value] ?? {};
    const expected = (before[value] ?? 0) + received - gave;
    const found = after[value] ?? 0;
    return found === expected
      ? []
      : [`${value}: expected ${expected}, found ${found}. Others may have changed records meanwhile.`];
  });
  return { method, agrees: differences.length === 0, differences };
}
