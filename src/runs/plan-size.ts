/** How much a plan changes, each row counted once, and whether there is a way back. */
import type { Plan, PlanStep } from './plan.js';

/** Records, components or members that a step changes. */
export const stepSize = (step: PlanStep): number => {
  switch (step.kind) {
    case 'update-rows':
    case 'assign-rows':
    case 'records':
    case 'send-login':
    case 'notify':
      return step.rows.count;
    case 'rotation-counts':
      return step.members.length;
    case 'deploy':
      return step.components.length;
    case 'members':
    case 'site-members':
      return step.changes.length;
    case 'publish-site':
      return 1;
    case 'await-access':
      return 0;
  }
};

/** What all steps change together. */
export const plannedRows = ({ steps }: Plan): number => countedRows(steps, stepSize);

/** Rows of steps, those left out that are counted with an earlier one. @param sizeOf rows of one step */
export const countedRows = (steps: readonly PlanStep[], sizeOf: (step: PlanStep) => number): number =>
  steps.reduce((sum, step) => sum + sizeOf(step) - madeInPlan(step, steps, sizeOf), 0);

/** Records of a step that are counted with an earlier one: it makes them, or they only tell of it. */
function madeInPlan(step: PlanStep, steps: readonly PlanStep[], sizeOf: (step: PlanStep) => number): number {
  if (onlyTells(step)) return sizeOf(step);
  const source = step.kind === 'records' || step.kind === 'send-login' ? step.idFrom : undefined;
  return steps.reduce((sum, other) => (other.id === source ? sum + sizeOf(other) : sum), 0);
}

/** Whether a step makes records, or deletes them again, that tell what became of the rows of an earlier step. */
export const tellsOfRows = (step: PlanStep): boolean =>
  step.kind === 'records' && step.operation !== 'update' && step.onlyIfDone !== undefined;

/** Whether a step changes nothing by itself, but records, counts or mails what an earlier step did. */
export const onlyTells = (step: PlanStep): boolean =>
  tellsOfRows(step) || step.kind === 'rotation-counts' || step.kind === 'notify';

/** Whether some step of a plan has no way back. Mails have none either, but a consent of their own. */
export const isIrreversible = (plan: Plan): boolean =>
  plan.steps.some(({ kind, undo }) => undo === 'none' && kind !== 'notify' && kind !== 'send-login');
