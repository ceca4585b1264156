/** Plans as files that people keep, review and pass between CI jobs. The rows lie beside the plan. */
import { copyFile, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileHash } from './fingerprint.js';
import { planSchema, type Plan } from './plan.js';
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

/** Copies the plan of a run folder, its rows beside it. Returns the files written. */
export async function savePlan(folder: RunFolder, plan: Plan, file: string): Promise<string[]> {
  const written = [file];
  const steps = [];
  for (const step of plan.steps) {
    const rows = `${basename(file, '.json')}.${step.id}.rows.csv`;
    await copyFile(folder.rows(step.id), join(dirname(file), rows));
    written.push(join(dirname(file), rows));
    steps.push({ ...step, rows: { ...step.rows, file: rows } });
  }
  await writeJson(file, { ...plan, steps });
  return written;
}

/**
 * Reads a plan and copies it into a run folder.
 * @throws PlanFileError where it is no plan of this kind and org, too old, or its rows are not those it was made with
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
    const source = join(dirname(file), basename(step.rows.file));
    const hash = await fileHash(source).catch(() => undefined);
    if (hash !== step.rows.sha256) throw new PlanFileError('rowsChanged', source);
    await copyFile(source, folder.rows(step.id));
    steps.push({ ...step, rows: { ...step.rows, file: folder.rows(step.id) } });
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
