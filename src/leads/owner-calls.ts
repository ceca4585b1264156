/** API calls that a change of owners takes at least (see docs/limits.md). */
import { callsOfRecords, totalCalls, type PlanStep, type UpdateRowsStep } from '../runs/index.js';

type Calls = { calls: number; formula: string };

/** Rows of one call, and of one Bulk job. */
const ROWS_A_CALL = 200;
const ROWS_A_JOB = 50_000;

/** What an `update-rows` step costs. */
export function callsOfOwners({ rows: { count }, mail }: Pick<UpdateRowsStep, 'rows' | 'mail'>): Calls {
  const blocks = Math.ceil(count / ROWS_A_CALL);
  if (mail)
    return { calls: 2 * blocks + 2, formula: `Lead: ${blocks} SOAP calls, each with a look before, + 2 to prove` };
  if (count <= ROWS_A_CALL) return { calls: 3, formula: 'Lead: 1 drift query + 1 collection call + 1 verification' };
  const jobs = Math.ceil(count / ROWS_A_JOB);
  return { calls: 2 + jobs * 6, formula: `Lead: 2 counts + ${jobs} Bulk job${jobs > 1 ? 's' : ''} × 6` };
}

/** What the steps of a plan about owners cost together. */
export const callsOfPlan = (steps: readonly PlanStep[]): { apiCalls: number; formula: string } =>
  totalCalls(steps.map(callsOfStep));

function callsOfStep(step: PlanStep): Calls {
  switch (step.kind) {
    case 'update-rows':
      return callsOfOwners(step);
    case 'records':
      return callsOfRecords(step);
    case 'deploy':
      return { calls: 4, formula: 'alert: 1 deploy + 1 look + 2 to prove' };
    case 'notify': {
      const blocks = Math.ceil(step.rows.count / ROWS_A_CALL);
      return { calls: 2 * blocks, formula: `mails: ${blocks} calls, each with a look at the owners` };
    }
    case 'rotation-counts': {
      const calls = 3 + Math.ceil(step.members.length / ROWS_A_CALL);
      return { calls, formula: `${calls} for the counts of the rotation` };
    }
    default:
      return { calls: 0, formula: '' };
  }
}
