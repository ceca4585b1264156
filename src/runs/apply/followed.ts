/** What became of the lines of an earlier step, for steps that do nothing where those were not done. */
import type { PlanStep } from '../plan.js';
import type { RunFolder } from '../store/folder.js';
import { linesOf, readJournal, settledBytes } from '../store/journal.js';
import { Outcomes } from '../store/outcomes.js';
import { Tally, type Moved } from './tally.js';

/** Code of a row that follows one which failed: it is tried again with it. */
export const NOT_DONE = 'NOT_DONE';

/** Outcomes of a step of the same run as its journal has them; undefined where it settled nothing. */
export async function outcomesOf(
  folder: RunFolder,
  steps: readonly PlanStep[],
  id: string
): Promise<Outcomes | undefined> {
  const { lines } = await readJournal(folder.journal);
  const bytes = settledBytes(linesOf(lines, id));
  const step = steps.find((one) => one.id === id);
  if (bytes === undefined || step?.kind !== 'update-rows') return undefined;
  return Outcomes.read(folder.outcomes(id), step.rows.count, bytes);
}

/** Rows that each value received and gave in a step of the run, as its journal has them. */
export async function movedBy(folder: RunFolder, step: string): Promise<Record<string, Moved>> {
  const { steps } = await folder.readPlan();
  const outcomes = await outcomesOf(folder, steps, step);
  return outcomes ? (await Tally.of(folder.rows(step), outcomes)).entries() : {};
}
