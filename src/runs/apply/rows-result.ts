/** Result of a step that has rows, with its failures grouped. */
import type { StepWithRows } from '../plan.js';
import type { StepResult } from '../receipt.js';
import type { RunFolder } from '../store/folder.js';
import { readOutcomes, type Outcomes } from '../store/outcomes.js';

/** Groups of failures that a receipt tells; every row is in the outcomes file. */
const MOST_ERRORS = 20;

/** Counts of a step from its outcomes. */
export async function rowsResult(folder: RunFolder, step: StepWithRows, outcomes: Outcomes): Promise<StepResult> {
  const file = folder.outcomes(step.id);
  return {
    step: step.id,
    kind: step.kind,
    object: step.kind === 'send-login' ? 'User' : step.object,
    field: step.kind === 'update-rows' ? step.field : '',
    rows: step.rows.count,
    done: outcomes.count('done'),
    changed: outcomes.count('changed'),
    failed: outcomes.count('failed'),
    pending: outcomes.count('pending'),
    moved: {},
    errors: outcomes.count('failed') > 0 ? await errorsOf(file, outcomes) : [],
  };
}

/** Failures of the rows that are failed now, by code and message. */
async function errorsOf(file: string, outcomes: Outcomes): Promise<StepResult['errors']> {
  const last = new Map<number, { code: string; message: string }>();
  for await (const { index, outcome, code = '', message = '' } of readOutcomes(file)) {
    if (outcome === 'failed' && outcomes.of(index) === 'failed') last.set(index, { code, message });
  }
  const groups = new Map<string, { code: string; message: string; rows: number }>();
  for (const { code, message } of last.values()) {
    const group = groups.get(`${code}:${message}`) ?? { code, message, rows: 0 };
    groups.set(`${code}:${message}`, { ...group, rows: group.rows + 1 });
  }
  return [...groups.values()].sort((a, b) => b.rows - a.rows).slice(0, MOST_ERRORS);
}
