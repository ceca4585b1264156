/** What became of the lines of an earlier step, for steps that do nothing where those were not done. */
import type { PlanStep } from '../plan.js';
import type { RunFolder } from '../store/folder.js';
import { linesOf, readJournal } from '../store/journal.js';
import { Outcomes } from '../store/outcomes.js';

/** Outcomes of a step of the same run as its journal has them; undefined where it settled nothing. */
export async function outcomesOf(
  folder: RunFolder,
  steps: readonly PlanStep[],
  id: string
): Promise<Outcomes | undefined> {
  const { lines } = await readJournal(folder.journal);
  const bytes = linesOf(lines, id).findLast((line) => line.t === 'settled')?.outcomeBytes;
  const step = steps.find((one) => one.id === id);
  if (bytes === undefined || step?.kind !== 'update-rows') return undefined;
  return Outcomes.read(folder.outcomes(id), step.rows.count, bytes);
}
