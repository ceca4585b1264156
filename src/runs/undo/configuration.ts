/** The way back of deploys and member changes, each only where the org still holds what the run made. */
import { copyFile, readFile } from 'node:fs/promises';
import { memberDifferences } from '../apply/members.js';
import { deploymentOf } from '../deploy/package.js';
import { isDeployed } from '../deploy/read-back.js';
import type { DeployStep, MembersStep } from '../plan.js';
import { stepSize } from '../plan-size.js';
import type { UndoRequest, WayBack } from './types.js';

/** Takes a deploy back by its mirror, where the org still holds what was deployed. `isDone`: the run saw it through. */
export async function undeploy(
  { conn, original, folder }: UndoRequest,
  step: DeployStep,
  isDone: boolean
): Promise<WayBack> {
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

/** Members that still are as the run left them are swapped back. */
export async function swapBack({ conn }: UndoRequest, step: MembersStep): Promise<WayBack> {
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
