/** Applies the plan of a run folder, from the start or from where it was left. */
import type { Connection } from '@salesforce/core';
import { stopOf } from '../errors.js';
import type { RunListener } from '../events.js';
import { fingerprint } from '../fingerprint.js';
import type { Plan, PlanStep } from '../plan.js';
import type { Receipt, Verification } from '../receipt.js';
import { writeJson, type RunFolder } from '../store/folder.js';
import { Journal, linesOf, type JournalLine } from '../store/journal.js';
import { lockRun } from '../store/lock.js';
import { UNDO_KIND } from '../undo/types.js';
import { readLeaseTimes, readTuning, type Tuning } from '../tuning.js';
import { HeldLease, lockStopped } from '../lease/lease.js';
import { awaitAccess } from './await-access.js';
import { assignRows } from './assign-rows.js';
import { applyDeploy } from './deploy.js';
import { applyMembers } from './members.js';
import { applyRecords } from '../records/apply.js';
import { sendNotices } from './notify.js';
import { applyPublish } from './publish-site.js';
import { applyCounts, requireCounts } from './rotation-counts.js';
import { applyRows } from './rows-step.js';
import { sendLogins } from './send-login.js';
import { applySiteMembers } from './site-members.js';
import { wholeResult, type StepEnd, type StepRequest } from './step.js';

export type ApplyRequest = {
  conn: Connection;
  folder: RunFolder;
  emit: RunListener;
  /** How long to wait for the org's jobs, in milliseconds. */
  wait: number;
  tuning?: Tuning;
};

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
  const { folder, emit } = request;
  const startedAt = lines.find((line) => line.t === 'begin')?.at ?? new Date().toISOString();
  const ends = await underLock(request, plan, lines, (guard) => applyAll(request, plan, journal, lines, guard));
  const receipt = receiptOf(folder, plan, startedAt, ends);
  await journal.append({ t: 'end', at: receipt.endedAt, state: receipt.state, reason: receipt.reason });
  await writeJson(folder.receipt, receipt);
  emit({ type: 'end', state: receipt.state });
  return receipt;
}

/**
 * Does the work under the plan's lock, where it has one. A run that cannot get it stops before its first write; so does a
 * new one whose counts another run has changed since the plan.
 */
async function underLock(
  { conn, folder, emit, tuning = readTuning() }: ApplyRequest,
  { lock, kind, org, steps, details }: Plan,
  lines: readonly JournalLine[],
  work: (guard: () => Promise<void>) => Promise<StepEnd[]>
): Promise<StepEnd[]> {
  if (!lock) return work(() => Promise.resolve());
  let lease: HeldLease | undefined;
  let state: StepEnd['state'] = 'stopped';
  try {
    const own = { conn, run: folder.id, kind, lock, holder: org.username, persisting: { tuning, emit } };
    const instead = kind === UNDO_KIND ? String(details.undoes) : undefined;
    lease = await HeldLease.take({ ...own, instead, times: readLeaseTimes() });
    const isFresh = !lines.some((line) => line.t === 'unit');
    for (const step of steps) {
      if (isFresh && step.kind === 'rotation-counts') await requireCounts(conn, step);
    }
  } catch (error) {
    await lease?.release(state);
    const stopped = lockStopped(error);
    return steps.map((step, at) => ({ ...notBegun(step), ...(at === 0 ? { stopped } : {}) }));
  }
  const held = lease;
  try {
    const ends = await work(() => held.guard());
    state = ends.find((end) => end.state !== 'done')?.state ?? 'done';
    return ends;
  } finally {
    await held.release(state);
  }
}

async function applyAll(
  request: ApplyRequest,
  plan: Plan,
  journal: Journal,
  lines: JournalLine[],
  guard: () => Promise<void>
): Promise<StepEnd[]> {
  const { conn, folder, emit, wait, tuning = readTuning() } = request;
  let unit = lines.reduce((most, line) => ('unit' in line ? Math.max(most, line.unit) : most), 0);
  const deadline = Date.now() + wait;
  const common = { conn, folder, emit, tuning, journal, deadline, guard, nextUnit: () => ++unit };
  const ends: StepEnd[] = [];
  for (const step of plan.steps) {
    // A step of rows that is done in part lets the others begin: good rows are not held up by bad ones.
    const isOpen = ends.every(({ state }) => state !== 'stopped');
    ends.push(isOpen ? await applyStep({ ...common, step, lines: linesOf(lines, step.id) }) : notBegun(step));
  }
  return ends;
}

/** A step behind one that was stopped. */
const notBegun = (step: PlanStep): StepEnd => ({ state: 'stopped', result: wholeResult(step, 'pending') });

async function applyStep(request: StepRequest): Promise<StepEnd> {
  const { step, journal } = request;
  if (step.kind === 'update-rows') return applyRows({ ...request, step });
  if (step.kind === 'assign-rows') return assignRows({ ...request, step });
  await journal.append({ t: 'begin', at: new Date().toISOString(), step: step.id, before: null });
  if (step.kind === 'records') return applyRecords({ ...request, step });
  if (step.kind === 'send-login') return sendLogins({ ...request, step });
  if (step.kind === 'notify') return sendNotices({ ...request, step });
  try {
    switch (step.kind) {
      case 'deploy':
        return await applyDeploy({ ...request, step });
      case 'members':
        return await applyMembers({ ...request, step });
      case 'await-access':
        return await awaitAccess({ ...request, step });
      case 'site-members':
        return await applySiteMembers({ ...request, step });
      case 'publish-site':
        return await applyPublish({ ...request, step });
      case 'rotation-counts':
        return await applyCounts({ ...request, step });
    }
  } catch (error) {
    return { state: 'stopped', stopped: stopOf(error), result: wholeResult(step, 'pending') };
  }
}

function receiptOf(folder: RunFolder, plan: Plan, startedAt: string, ends: readonly StepEnd[]): Receipt {
  const last = ends.find(({ state }) => state === 'stopped') ?? ends.find(({ state }) => state !== 'done');
  return {
    run: folder.id,
    kind: plan.kind,
    plan: fingerprint(plan),
    org: plan.org,
    startedAt,
    endedAt: new Date().toISOString(),
    state: last?.state ?? 'done',
    reason: last?.stopped?.message,
    failure: last?.stopped?.failure,
    steps: ends.map(({ result }) => result),
    verification: together(ends.flatMap(({ verification }) => (verification ? [verification] : []))),
    window:
      'Rows changed by others between the last look and the write of their chunk or job cannot be told apart. ' +
      'That is the time of one request for chunks, and of one job for Bulk.',
  };
}

/** What the proofs of all steps say together: agreed only where every one of them is. */
function together(proofs: readonly Verification[]): Verification | undefined {
  if (proofs.length === 0) return undefined;
  const differs = proofs.some(({ agrees }) => agrees === false);
  const isUnknown = proofs.some(({ agrees }) => agrees === null);
  return {
    method: [...new Set(proofs.map(({ method }) => method))].join('; '),
    agrees: differs ? false : isUnknown ? null : true,
    differences: proofs.flatMap(({ differences }) => differences),
  };
}
