/** API calls that plans about owners take at least (see docs/limits.md). */
import { callsOfRecords, callsOfUpdate, totalCalls, type PlanStep } from '../runs/index.js';

type Calls = { calls: number; formula: string };

/** Mails, or counts of members, of one call. */
const ROWS_A_CALL = 200;

/** What the steps of a plan about owners cost together. */
export const callsOfPlan = (steps: readonly PlanStep[]): { apiCalls: number; formula: string } =>
  totalCalls(steps.map(callsOfStep));

function callsOfStep(step: PlanStep): Calls {
  switch (step.kind) {
    case 'update-rows':
      return callsOfUpdate(step);
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
