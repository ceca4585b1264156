/** Plans as files that people keep, review and pass between CI jobs. Rows and zips lie beside the plan. */
import { copyFile, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileHash } from './fingerprint.js';
import { planSchema, type DeployStep, type Plan, type PlanStep, type StepWithRows } from './plan.js';
import { writeJson, type RunFolder } from './store/folder.js';

/** A plan older than this is refused. */
export const PLAN_HOURS = 24;

/** Why a plan file cannot be applied; the key names the message. */
export class PlanFileError extends Error {
  public constructor(
    public readonly key: 'unreadable' | 'otherKind' | 'otherOrg' | 'tooOld' | 'rowsChanged',
    public readonly detail: string
  ) {
    super(`${key}: ${detail}`);
    this.name = 'PlanFileError';
  }
}

/** Copies the plan of a run folder, its files beside it. Returns the files written. */
export async function savePlan(folder: RunFolder, plan: Plan, file: string): Promise<string[]> {
  const written = [file];
  const steps = [];
  for (const step of plan.steps) {
    const nameOf = (ending: string): string => `${basename(file, '.json')}.${step.id}.${ending}`;
    for (const ending of Object.keys(filesOf(step))) {
      const copy = join(dirname(file), nameOf(ending));
      await copyFile(folder.stepFile(step.id, ending), copy);
      written.push(copy);
    }
    steps.push(withFiles(step, nameOf));
  }
  await writeJson(file, { ...plan, steps });
  return written;
}

/**
 * Reads a plan and copies it into a run folder.
 * @throws PlanFileError where it is no plan of this kind and org, too old, or its files are not those it was made with
 */
export async function loadPlan(
  file: string,
  expected: { kind: string; orgId: string },
  folder: RunFolder
): Promise<Plan> {
  const plan = await parsePlan(file);
  if (plan.kind !== expected.kind) throw new PlanFileError('otherKind', plan.kind);
  if (plan.org.id !== expected.orgId) throw new PlanFileError('otherOrg', `${plan.org.domain} (${plan.org.id})`);
  const hours = (Date.now() - Date.parse(plan.createdAt)) / 3_600_000;
  if (hours > PLAN_HOURS) throw new PlanFileError('tooOld', `${Math.floor(hours)}`);
  const steps = [];
  for (const step of plan.steps) {
    for (const [ending, { file: name, sha256 }] of Object.entries(filesOf(step))) {
      const source = join(dirname(file), basename(name));
      const hash = await fileHash(source).catch(() => undefined);
      if (hash !== sha256) throw new PlanFileError('rowsChanged', source);
      await copyFile(source, folder.stepFile(step.id, ending));
    }
    steps.push(withFiles(step, (ending) => folder.stepFile(step.id, ending)));
  }
  const own = { ...plan, steps };
  await folder.writePlan(own);
  return own;
}

async function parsePlan(file: string): Promise<Plan> {
  try {
    return planSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new PlanFileError('unreadable', (error as Error).message.split('\n')[0] ?? '');
  }
}

type FileRef = DeployStep['zip'];

/** Steps whose rows lie in a CSV file beside the plan. */
const hasRows = (step: PlanStep): step is StepWithRows =>
  ['update-rows', 'assign-rows', 'records', 'send-login', 'notify'].includes(step.kind);

/** Files that a step needs beside the plan, by the ending of their names. */
export const filesOf = (step: PlanStep): Record<string, FileRef> => {
  if (hasRows(step)) return { 'rows.csv': step.rows };
  if (step.kind !== 'deploy') return {};
  return { zip: step.zip, ...(step.undoZip ? { 'undo.zip': step.undoZip } : {}) };
};

/** The step with its files at other places, by the ending of their names. */
const withFiles = <S extends PlanStep>(step: S, place: (ending: string) => string): S => {
  if (hasRows(step)) return { ...step, rows: { ...step.rows, file: place('rows.csv') } };
  if (step.kind !== 'deploy') return step;
  return {
    ...step,
    zip: { ...step.zip, file: place('zip') },
    ...(step.undoZip ? { undoZip: { ...step.undoZip, file: place('undo.zip') } } : {}),
  };
};
