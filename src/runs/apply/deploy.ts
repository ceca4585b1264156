/** Applies a `deploy` step: all components or none. */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDeploys, pollUntil } from '../../org/read/index.js';
import { readDeploy, startDeploy, type DeployProblem, type DeployStatus } from '../../org/write/deploy.js';
import { deploymentOf } from '../deploy/package.js';
import { isDeployed } from '../deploy/read-back.js';
import { RunStopped } from '../errors.js';
import type { DeployStep } from '../plan.js';
import type { StepResult, Verification } from '../receipt.js';
import { jobOf, openUnits } from '../store/journal.js';
import { persist, until } from './context.js';
import { isSettled, wholeResult, type StepEnd, type StepRequest } from './step.js';

type Request = StepRequest<DeployStep>;

/**
 * Recalculation of sharing locks the rules of an object; the deploy is tried again when it may be over (platform-facts,
 * addenda; the org's words for it are unverified, so they are matched widely).
 */
const LOCKED = /UNABLE_TO_LOCK_ROW|\block(ed)?\b|recalculat|in progress/i;

/** Brings the step to its end. A deploy that the org refuses stops the run; the org is as it was. */
export async function applyDeploy(request: Request): Promise<StepEnd> {
  const { step, lines, folder, conn } = request;
  const zip = await readFile(folder.stepFile(step.id, 'zip'));
  if (!isSettled(lines)) {
    const refused = await deployUntilFree(request, zip);
    if (refused) return { state: 'stopped', ...refused };
  }
  request.emit({ type: 'verify' });
  return { state: 'done', result: wholeResult(step, 'done'), verification: await proof(request, zip, conn) };
}

type Refused = { result: StepResult; stopped: RunStopped };

/** Deploys, again and again while the org is locked. @returns why the org refused, or nothing @throws RunStopped */
async function deployUntilFree(request: Request, zip: Uint8Array): Promise<Refused | undefined> {
  const { step, journal, tuning, emit, deadline } = request;
  for (let count = 1; ; count++) {
    const { unit, id } = await handOver(request, zip, count === 1);
    const status = id === undefined ? undefined : await persist(request, () => finished(request, id));
    // A refusal closes the unit: what is tried again, now or by a resumed run, is a deploy of its own.
    if (status && !status.success) await journal.append({ t: 'refused', unit, step: step.id });
    if (status && !status.success && isLocked(status) && Date.now() < deadline) {
      const delay = tuning.backoff * 2 ** Math.min(count - 1, 5);
      emit({ type: 'again', reason: 'rows', rows: step.components.length, delay });
      await sleep(delay);
      continue;
    }
    if (status && !status.success) return refusal(step, status);
    await journal.append({ t: 'settled', unit, step: step.id, outcomeBytes: 0 });
    return undefined;
  }
}

/**
 * Announces the deploy in the journal and sends it. One that an earlier process announced is found again: by its id, or,
 * where the reply was lost, by what the org holds.
 * @returns the unit, and the id of the deploy; no id where the org holds everything already
 */
async function handOver(request: Request, zip: Uint8Array, first: boolean): Promise<{ unit: number; id?: string }> {
  const { step, journal, lines } = request;
  const open = first ? openUnits(lines).findLast(({ mode }) => mode === 'deploy') : undefined;
  if (open) {
    const id = jobOf(lines, open.unit) ?? (await sendUnlessDone(request, open.unit, zip, true));
    return { unit: open.unit, id };
  }
  const unit = request.nextUnit();
  const rows = step.components.length;
  await journal.append({ t: 'unit', unit, step: step.id, mode: 'deploy', from: 0, to: rows - 1, rows });
  return { unit, id: await sendUnlessDone(request, unit, zip, false) };
}

/** Sends the zip. After a lost reply the org is asked first, so that nothing is deployed twice. */
async function sendUnlessDone(
  request: Request,
  unit: number,
  zip: Uint8Array,
  mayBeSent: boolean
): Promise<string | undefined> {
  const { conn, journal } = request;
  let lost = mayBeSent;
  const id = await persist(request, async () => {
    if (lost && (await isDoneMeanwhile(request, zip))) return undefined;
    lost = true;
    return startDeploy(conn, zip);
  });
  if (id !== undefined) await journal.append({ t: 'opened', unit, job: id });
  return id;
}

/** Waits for whatever the org is deploying, then looks whether it holds what this step brings. */
async function isDoneMeanwhile(request: Request, zip: Uint8Array): Promise<boolean> {
  for (const id of await openDeploys(request.conn)) await finished(request, id);
  return isDeployed(request.conn, deploymentOf(zip));
}

async function finished({ conn, emit, step, deadline }: Request, id: string): Promise<DeployStatus> {
  let state = '';
  const look = async (): Promise<DeployStatus | undefined> => {
    const status = await readDeploy(conn, id);
    if (status.done) return status;
    state = status.status;
    emit({ type: 'progress', done: status.deployed, changed: 0, failed: 0, rows: step.components.length });
    return undefined;
  };
  return pollUntil(look, { waiting: until(deadline, () => `Deploy ${id} is still ${state}.`) });
}

const isLocked = ({ problems, errorMessage }: DeployStatus): boolean =>
  problems.length > 0 ? problems.every(({ problem }) => LOCKED.test(problem)) : LOCKED.test(errorMessage ?? '');

const nameOf = ({ type, fullName, file }: DeployProblem): string => [type, fullName || file].filter(Boolean).join(' ');

function refusal(step: DeployStep, { problems, errorMessage, status, id }: DeployStatus): Refused {
  const errors = problems.map((problem) => ({ code: nameOf(problem), message: problem.problem, rows: 1 }));
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const text = first ? `${first.code}: ${first.message}${more}` : (errorMessage ?? `deploy ${id} ended as ${status}`);
  return { result: wholeResult(step, 'failed', errors), stopped: new RunStopped('refused', new Error(text)) };
}

/** The components are retrieved again and compared. */
async function proof({ step }: Request, zip: Uint8Array, conn: Request['conn']): Promise<Verification> {
  const method = `read ${step.components.length} components again`;
  try {
    const agrees = await isDeployed(conn, deploymentOf(zip));
    return { method, agrees, differences: agrees ? [] : [`${step.title}: the org holds something else by now.`] };
  } catch (error) {
    // The deploy is done and recorded: a question that fails now must not make the run look unfinished.
    return { method, agrees: null, differences: [(error as Error).message] };
  }
}
