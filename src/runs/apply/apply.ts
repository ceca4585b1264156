/** Applies the plan of a run folder, from the start or from where it was left. */
import type { Connection } from '@salesforce/core';
import { codeOf, RunStopped } from '../errors.js';
import { fingerprint } from '../fingerprint.js';
import type { RunListener } from '../events.js';
import type { Plan, PlanStep } from '../plan.js';
import type { Receipt, StepResult, Verification } from '../receipt.js';
import { writeJson, type RunFolder } from '../store/folder.js';
import { Journal, type JournalLine } from '../store/journal.js';
import { lockRun } from '../store/lock.js';
import { Outcomes, readOutcomes } from '../store/outcomes.js';
import { readTuning, type Tuning } from '../tuning.js';
import type { StepContext } from './context.js';
import { Tally } from './tally.js';
import { updateRows } from './update-rows.js';
import { countByValue, verify } from './verify.js';

export type ApplyRequest = {
  conn: Connection;
  folder: RunFolder;
  emit: RunListener;
  /** How long to wait for the org's jobs, in milliseconds. */
  wait: number;
  tuning?: Tuning;
};

type Ending = { state: Receipt['state']; stopped?: RunStopped; verification?: Verification };

/**
 * Brings a run to its end, or to a state from which it can be resumed; writes the receipt either way.
 * @throws RunLocked while another process works on it
 */
export async function applyRun(request: ApplyRequest): Promise<Receipt> {
  const { folder } = request;
  const unlock = await lockRun(folder.path);
  try {
    const plan = await folder.readPlan();
    const { journal, lines } = await Journal.open(folder.journal);
    try {
      return await applySteps(request, plan, journal, lines);
    } finally {
      await journal.close();
    }
  } finally {
    await unlock();
  }
}

async function applySteps(request: ApplyRequest, plan: Plan, journal: Journal, lines: JournalLine[]): Promise<Receipt> {
  const startedAt = lines.find((line) => line.t === 'begin')?.at ?? new Date().toISOString();
  const steps: StepResult[] = [];
  let ending: Ending = { state: 'done' };
  for (const step of plan.steps) {
    const context = await openStep(request, step, journal, lines);
    try {
      ending = await applyStep(context, lines);
      steps.push(await resultOf(context, request.folder));
    } finally {
      await context.outcomes.close();
    }
    if (ending.state !== 'done') break;
  }
  const receipt = receiptOf(request.folder, plan, startedAt, steps, ending);
  await journal.append({ t: 'end', at: receipt.endedAt, state: receipt.state, reason: receipt.reason });
  await writeJson(request.folder.receipt, receipt);
  request.emit({ type: 'end', state: receipt.state });
  return receipt;
}

async function applyStep(context: StepContext, lines: JournalLine[]): Promise<Ending> {
  const known = lines.find((line) => line.t === 'begin');
  const exact = context.step.rows.count <= 200;
  try {
    const before = known?.before ?? (exact ? null : ((await countByValue(context.conn, context.step)) ?? null));
    await context.journal.append({ t: 'begin', at: new Date().toISOString(), before });
    await updateRows(context, lines);
    context.emit({ type: 'verify' });
    const verification = await verify(context, before);
    return { state: context.outcomes.count('failed') > 0 ? 'partly-done' : 'done', verification };
  } catch (error) {
    if (error instanceof RunStopped) return { state: 'stopped', stopped: error };
    if (codeOf(error) === undefined) throw error;
    return { state: 'stopped', stopped: new RunStopped('refused', error) };
  }
}

async function openStep(
  request: ApplyRequest,
  step: PlanStep,
  journal: Journal,
  lines: JournalLine[]
): Promise<StepContext> {
  const { conn, folder, emit, wait, tuning = readTuning() } = request;
  const rowsFile = folder.rows(step.id);
  const bytes = lines.findLast((line) => line.t === 'settled')?.outcomeBytes;
  const outcomes = await Outcomes.open(folder.outcomes(step.id), step.rows.count, bytes);
  let unit = lines.reduce((most, line) => ('unit' in line ? Math.max(most, line.unit) : most), 0);
  return {
    conn,
    step,
    rowsFile,
    journal,
    outcomes,
    tally: await Tally.of(rowsFile, outcomes),
    tuning,
    emit,
    lastErrors: new Map(),
    nextUnit: () => ++unit,
    deadline: Date.now() + wait,
  };
}

async function resultOf({ step, outcomes, tally }: StepContext, folder: RunFolder): Promise<StepResult> {
  return {
    step: step.id,
    object: step.object,
    field: step.field,
    rows: step.rows.count,
    done: outcomes.count('done'),
    changed: outcomes.count('changed'),
    failed: outcomes.count('failed'),
    pending: outcomes.count('pending'),
    moved: tally.entries(),
    errors: outcomes.count('failed') > 0 ? await errorsOf(folder.outcomes(step.id), outcomes) : [],
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
  return [...groups.values()].sort((a, b) => b.rows - a.rows).slice(0, 20);
}

function receiptOf(folder: RunFolder, plan: Plan, startedAt: string, steps: StepResult[], ending: Ending): Receipt {
  return {
    run: folder.id,
    kind: plan.kind,
    plan: fingerprint(plan),
    org: plan.org,
    startedAt,
    endedAt: new Date().toISOString(),
    state: ending.state,
    reason: ending.stopped?.message,
    failure: ending.stopped?.failure,
    steps,
    verification: ending.verification,
    window:
      'Rows changed by others between the last look and the write of their chunk or job cannot be told apart. ' +
      'That is the time of one request for chunks, and of one job for Bulk.',
  };
}
