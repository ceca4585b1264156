/** Plans the way back of a run, whatever it wrote: the last step first. */
import { callsOfUpdate } from '../apply/cost.js';
import { isSettled } from '../apply/step.js';
import { fingerprint } from '../fingerprint.js';
import { PLAN_FORMAT, type Plan, type PlanStep } from '../plan.js';
import { stepSize, tellsOfRows } from '../plan-size.js';
import { callsOfRecords } from '../records/cost.js';
import { readReceipt, type Receipt } from '../receipt.js';
import { CsvWriter } from '../rows/csv.js';
import { writeJson, type RunFolder } from '../store/folder.js';
import { linesOf, readJournal, type JournalLine } from '../store/journal.js';
import { swapBack, undeploy } from './configuration.js';
import { undoCounts } from './counts.js';
import { undoAssigned } from './assigned.js';
import { undoRecords } from './records.js';
import { undoUpdateRows } from './rows.js';
import { removeAgain, staysPublished } from './sites.js';
import { UNDO_KIND, type StepUndoRequest, type UndoDetails, type UndoRequest, type WayBack } from './types.js';

export { UNDO_KIND, type UndoDetails, type UndoRequest } from './types.js';

/** Plans the undo of a run. What no longer is as the run left it stays as it is, and is listed in the skipped file. */
export async function buildUndo(request: UndoRequest): Promise<Plan> {
  const source = await request.original.readPlan();
  const ways = await waysBack(request, source);
  const plan = { ...undoPlan(request, ways), ...(source.lock ? { lock: source.lock } : {}) };
  await request.folder.writePlan(plan);
  return plan;
}

async function waysBack(request: UndoRequest, source: Plan): Promise<WayBack[]> {
  const { folder, original, onProgress } = request;
  const { lines } = await readJournal(original.journal);
  await using skipped = await CsvWriter.create(folder.skipped, ['Id', 'Value', 'Reason']);
  // Counts are taken off from what is really taken back, so they come last again.
  const reversed = begunSteps(lines, source).reverse();
  const begun = reversed.sort((a, b) => placeBack(a) - placeBack(b));
  const updated = begun.flatMap((step) => (step.kind === 'records' && step.operation === 'update' ? step.object : []));
  const alsoWritten = new Set(updated);
  const ways: WayBack[] = [];
  for (const step of begun) {
    if (begun.length > 1) onProgress(ways.length, begun.length);
    ways.push(await wayBack({ ...request, skipped, alsoWritten }, step, isSettled(linesOf(lines, step.id))));
  }
  await skipped.close();
  return ways;
}

/** Records that tell of a row go only where that row comes back, so they come after it; counts come last. */
function placeBack(step: PlanStep): number {
  if (step.kind === 'rotation-counts') return 2;
  return tellsOfRows(step) ? 1 : 0;
}

/** Steps of which at least a write was announced. */
function begunSteps(lines: readonly JournalLine[], { steps }: Plan): PlanStep[] {
  const begun = new Set(lines.flatMap((line) => (line.t === 'unit' ? [line.step] : [])));
  return steps.filter(({ id }) => begun.has(id));
}

async function wayBack(request: StepUndoRequest, step: PlanStep, isDone: boolean): Promise<WayBack> {
  switch (step.kind) {
    case 'update-rows':
      return undoUpdateRows(request, step);
    case 'assign-rows':
      return undoAssigned(request, step);
    case 'records':
      return undoRecords(request, step);
    case 'deploy':
      return undeploy(request, step, isDone);
    case 'members':
      return swapBack(request, step);
    case 'site-members':
      return removeAgain(request, step, isDone);
    case 'publish-site':
      return staysPublished(step, isDone);
    case 'rotation-counts':
      return undoCounts(request, step);
    case 'notify':
      return { left: 0, warning: `${step.rows.count} mails cannot be called back.` };
    default:
      return { left: stepSize(step) };
  }
}

function undoPlan({ org, original }: UndoRequest, ways: readonly WayBack[]): Plan {
  const steps = ways.flatMap(({ step }) => (step ? [step] : []));
  const restored = steps.reduce((sum, step) => sum + stepSize(step), 0);
  const left = ways.reduce((sum, way) => sum + way.left, 0);
  const values = Object.assign({}, ...ways.map((way) => way.values ?? {})) as Record<string, number>;
  const details: UndoDetails = { undoes: original.id, written: restored + left, restored, left, values };
  return {
    format: PLAN_FORMAT,
    kind: UNDO_KIND,
    title: `Undo ${original.id}: bring back what ${restored} records, components and members were`,
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: fingerprint({ undoes: original.id }),
    steps,
    warnings: ways.flatMap(({ warning }) => (warning ? [warning] : [])),
    cost: {
      apiCalls: steps.reduce((sum, step) => sum + callsOf(step), 0),
      formula: 'as the run it undoes',
      emails: 0,
      licences: 0,
    },
    details,
  };
}

/** Least number of calls of a step: a deploy, members and counts take about four. */
function callsOf(step: PlanStep): number {
  if (step.kind === 'update-rows') return callsOfUpdate(step).calls;
  return step.kind === 'records' ? callsOfRecords(step).calls : 4;
}

/** Notes in the receipt of a run that another one took it back, as far as the org let it. */
export async function markUndone(original: RunFolder, undo: Receipt): Promise<void> {
  const receipt = await readReceipt(original);
  if (receipt && undo.state !== 'stopped') await writeJson(original.receipt, { ...receipt, undoneBy: undo.run });
}
