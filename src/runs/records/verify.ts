/** Proof after a `records` step: its records are read again by id. */
import type { Verification } from '../receipt.js';
import { readRecordSet } from '../rows/record-set.js';
import { readOutcomes } from '../store/outcomes.js';
import { resolved, type RecordsContext } from './context.js';
import { recordsById, sameValues } from './current.js';

/** Differences that a receipt tells; all of them are counted. */
const MOST = 20;

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
  const { folder, step } = context;
  const current = await recordsById(context, [...written.values()]);
  const differences: string[] = [];
  for await (const batch of readRecordSet(folder.rows(step.id), step)) {
    for (const row of batch) {
      const id = written.get(row.index);
      if (id === undefined) continue;
      const now = current.get(id);
      const values = resolved(context, row)?.values ?? [];
      if (step.operation === 'delete' ? now : !now)
        differences.push(`${row.label} (${id}) is ${now ? 'still there' : 'not there'}.`);
      else if (step.operation === 'update' && !sameValues(now!.values, values))
        differences.push(`${row.label} (${id}) holds other values.`);
    }
  }
  return differences;
}
