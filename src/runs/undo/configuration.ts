/** Plans the way back of deploys and member changes: the last step first, each only where the org still holds it. */
import { copyFile, readFile } from 'node:fs/promises';
import { memberDifferences } from '../apply/members.js';
import { isSettled } from '../apply/step.js';
import { deploymentOf } from '../deploy/package.js';
import { isDeployed } from '../deploy/read-back.js';
import { fingerprint } from '../fingerprint.js';
import { PLAN_FORMAT, stepSize, type DeployStep, type MembersStep, type Plan, type PlanStep } from '../plan.js';
import { linesOf, readJournal, type JournalLine } from '../store/journal.js';
import { UNDO_KIND, type UndoDetails, type UndoRequest } from './types.js';

/** A step that takes one back, or why it cannot be. */
type WayBack = { step?: PlanStep; left: number; warning?: string };

/** Plans the undo of a run that changed configuration. What somebody changed since is left alone, and named. */
export async function undoConfiguration(request: UndoRequest, source: Plan): Promise<Plan> {
  const { org, original, folder, onProgress } = request;
  const { lines } = await readJournal(original.journal);
  const begun = begunSteps(lines, source).reverse();
  const ways: WayBack[] = [];
  for (const step of begun) {
    onProgress(ways.length, begun.length);
    ways.push(await wayBack(request, step, isSettled(linesOf(lines, step.id))));
  }
  const steps = ways.flatMap(({ step }) => (step ? [step] : []));
  const restored = steps.reduce((sum, step) => sum + stepSize(step), 0);
  const left = ways.reduce((sum, way) => sum + way.left, 0);
  const details: UndoDetails = { undoes: original.id, written: restored + left, restored, left, values: {} };
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: UNDO_KIND,
    title: `Undo ${original.id}: bring ${restored} components and members back`,
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: fingerprint({ undoes: original.id }),
    steps,
    warnings: ways.flatMap(({ warning }) => (warning ? [warning] : [])),
    cost: { apiCalls: steps.length * 4, formula: '4 a step and one for each look at a deploy', emails: 0, licences: 0 },
    details,
  };
  await folder.writePlan(plan);
  return plan;
}

/** Steps of which at least a write was announced. */
function begunSteps(lines: readonly JournalLine[], { steps }: Plan): PlanStep[] {
  const begun = new Set(lines.flatMap((line) => (line.t === 'unit' ? [line.step] : [])));
  return steps.filter(({ id }) => begun.has(id));
}

async function wayBack(request: UndoRequest, step: PlanStep, isDone: boolean): Promise<WayBack> {
  if (step.kind === 'deploy') return undeploy(request, step, isDone);
  if (step.kind === 'members') return swapBack(request, step);
  return { left: stepSize(step) };
}

async function undeploy({ conn, original, folder }: UndoRequest, step: DeployStep, isDone: boolean): Promise<WayBack> {
  const left = isDone ? stepSize(step) : 0;
  if (!step.undoZip) return { left, warning: `"${step.title}" cannot be taken back.` };
  const [zip, undoZip] = [original.stepFile(step.id, 'zip'), original.stepFile(step.id, 'undo.zip')];
  if (!(await isDeployed(conn, deploymentOf(await readFile(zip))))) {
    // A deploy that the org refused, or that never arrived, has changed nothing.
    if (!isDone) return { left };
    return { left, warning: `"${step.title}" is left alone: the org no longer holds what the run deployed.` };
  }
  await copyFile(undoZip, folder.stepFile(step.id, 'zip'));
  await copyFile(zip, folder.stepFile(step.id, 'undo.zip'));
  const opposite = { create: 'delete', delete: 'create', change: 'change' } as const;
  return {
    left: 0,
    step: {
      ...step,
      title: `Take back: ${step.title}`,
      zip: { ...step.undoZip, file: folder.stepFile(step.id, 'zip') },
      undoZip: { ...step.zip, file: folder.stepFile(step.id, 'undo.zip') },
      components: step.components.map((component) => ({ ...component, action: opposite[component.action] })),
    },
  };
}

async function swapBack({ conn }: UndoRequest, step: MembersStep): Promise<WayBack> {
  const changed = new Set(await memberDifferences(conn, step));
  const still = step.changes.filter(({ text }) => !changed.has(text));
  const left = step.changes.length - still.length;
  const changes = still.map(({ add, remove, text, ...rest }) => ({
    ...rest,
    ...(remove === undefined ? {} : { add: remove }),
    ...(add === undefined ? {} : { remove: add }),
    text: `Take back: ${text}`,
  }));
  return {
    left,
    ...(left > 0 ? { warning: `${left} members no longer are as the run left them. They are left alone.` } : {}),
    ...(changes.length > 0 ? { step: { ...step, title: `Take back: ${step.title}`, changes } } : {}),
  };
}
