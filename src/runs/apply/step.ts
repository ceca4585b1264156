/** What the appliers of all kinds of steps get and give. */
import type { Connection } from '@salesforce/core';
import type { RunStopped } from '../errors.js';
import type { RunListener } from '../events.js';
import type { PlanStep } from '../plan.js';
import { stepSize } from '../plan-size.js';
import type { StepResult, Verification } from '../receipt.js';
import type { RunFolder } from '../store/folder.js';
import type { Journal, JournalLine } from '../store/journal.js';
import type { Tuning } from '../tuning.js';

export type StepRequest<S extends PlanStep = PlanStep> = {
  conn: Connection;
  folder: RunFolder;
  step: S;
  journal: Journal;
  /** Lines of this step that earlier processes wrote. */
  lines: readonly JournalLine[];
  tuning: Tuning;
  emit: RunListener;
  /** Time after which waiting for the org is given up, in milliseconds since the epoch. */
  deadline: number;
  /** Called before each unit. @throws RunStopped where the run's lock was lost */
  guard(): Promise<void>;
  /** Numbers of units, rising over the whole run, resumed or not. */
  nextUnit(): number;
};

export type StepEnd = {
  state: 'done' | 'partly-done' | 'stopped';
  result: StepResult;
  stopped?: RunStopped;
  verification?: Verification;
};

/** Result of a step that is done as a whole or not at all. */
export function wholeResult(
  step: PlanStep,
  outcome: 'done' | 'failed' | 'pending',
  errors: StepResult['errors'] = []
): StepResult {
  const size = stepSize(step);
  const counts = { done: 0, failed: 0, pending: 0, [outcome]: size };
  return {
    step: step.id,
    kind: step.kind,
    object: '',
    field: '',
    rows: size,
    changed: 0,
    ...counts,
    moved: {},
    errors,
  };
}

/** Whether an earlier process saw the step through. */
export const isSettled = (lines: readonly JournalLine[]): boolean => lines.some((line) => line.t === 'settled');
