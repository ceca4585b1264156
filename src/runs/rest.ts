import { NOT_DONE } from './apply/followed.js';
import type { PlanStep } from './plan.js';
import { countedRows, onlyTells } from './plan-size.js';
import type { Receipt, StepResult } from './receipt.js';

/** What a run did and left, each row once: steps that only tell of rows are counted where they failed by themselves. */
export function restOf(
  { steps }: Receipt,
  planned: readonly PlanStep[]
): Record<'done' | 'rows' | 'changed' | 'failed' | 'failedOf', number> {
  const of = new Map(steps.map((result) => [result.step, result]));
  const count = (pick: 'rows' | 'done'): number => countedRows(planned, ({ id }) => of.get(id)?.[pick] ?? 0);
  const telling = new Set(planned.filter(onlyTells).map(({ id }) => id));
  const changed = steps.filter(({ step }) => !telling.has(step));
  const failed = steps.filter((step) => ownFailures(step) > 0);
  return {
    done: count('done'),
    rows: count('rows'),
    changed: changed.reduce((sum, step) => sum + step.changed, 0),
    failed: failed.reduce((sum, step) => sum + ownFailures(step), 0),
    failedOf: failed.reduce((sum, { rows }) => sum + rows, 0),
  };
}

/** Rows of a step that failed by themselves, not for the row that they follow. */
const ownFailures = ({ failed, errors }: StepResult): number =>
  failed - errors.reduce((sum, { code, rows }) => (code === NOT_DONE ? sum + rows : sum), 0);
