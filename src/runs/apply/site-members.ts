/**
 * Applies a `site-members` step: asks for what is missing and waits until the org has done it (platform-facts E). A member
 * group is known by site and profile or permission set, so each look at the org tells what is left, also after a lost
 * reply or a crash.
 */
import { groupState, pollUntil, readSiteGroups } from '../../org/read/index.js';
import { RunStopped } from '../errors.js';
import type { SiteMemberChange, SiteMembersStep } from '../plan.js';
import type { StepResult, Verification } from '../receipt.js';
import { openUnits } from '../store/journal.js';
import { persist, until } from './context.js';
import { SiteWork, type Refusals } from './site-work.js';
import { isSettled, wholeResult, type StepEnd, type StepRequest } from './step.js';

type Request = StepRequest<SiteMembersStep>;

/** Brings the step to its end. Those that the org refuses stop the run when the others are done. @throws RunStopped */
export async function applySiteMembers(request: Request): Promise<StepEnd> {
  const { step, journal, lines, emit } = request;
  await requireExactly(request);
  if (!isSettled(lines)) {
    const unit = openUnits(lines).at(-1)?.unit ?? (await announce(request));
    const refusals = await bringAbout(request);
    if (refusals.size > 0) {
      await journal.append({ t: 'refused', unit, step: step.id });
      return refusal(step, refusals);
    }
    await journal.append({ t: 'settled', unit, step: step.id, outcomeBytes: 0 });
  }
  emit({ type: 'verify' });
  return { state: 'done', result: wholeResult(step, 'done'), verification: await proof(request) };
}

async function announce(request: Request): Promise<number> {
  const unit = request.nextUnit();
  const rows = request.step.changes.length;
  const line = { unit, step: request.step.id, mode: 'site-members' as const, from: 0, to: rows - 1, rows };
  await request.journal.append({ t: 'unit', ...line });
  return unit;
}

/** Looks and acts until every change is there or refused. */
async function bringAbout(request: Request): Promise<Refusals> {
  const { step, emit, deadline } = request;
  const work = new SiteWork(request.conn, request.step);
  const look = async (): Promise<Refusals | undefined> => {
    await persist(request, () => work.go());
    emit({ type: 'progress', ...work.counts(), changed: 0, rows: step.changes.length });
    return work.open.length === 0 ? work.refusals : undefined;
  };
  return pollUntil(look, { waiting: until(deadline, () => work.tellOpen()) });
}

function refusal(step: SiteMembersStep, refusals: Refusals): StepEnd {
  const errors = [...refusals.values()].map((error) => ({ ...error, rows: 1 }));
  const counts = { done: step.changes.length - refusals.size, failed: refusals.size, pending: 0 };
  const result: StepResult = { ...wholeResult(step, 'failed', errors), ...counts };
  const text = errors.map(({ code, message }) => `${code}: ${message}`).join(' ');
  return { state: 'stopped', result, stopped: new RunStopped('refused', new Error(text)) };
}

/** @throws RunStopped where a deploy of the site's file would take back what others did */
async function requireExactly(request: Request): Promise<void> {
  const { conn, step } = request;
  if (!step.exactly) return;
  const rows = await persist(request, () => readSiteGroups(conn, step.site));
  const present = new Set(rows.filter((row) => groupState(row) !== 'removing').map(({ ParentId }) => ParentId));
  const own = new Set(step.changes.map(({ parent }) => parent));
  const more = [...present].filter((parent) => !step.exactly!.includes(parent));
  const gone = step.exactly.filter((parent) => !present.has(parent) && !own.has(parent));
  if (more.length + gone.length === 0) return;
  const list = [...more.map((id) => `${id} was added`), ...gone.map((id) => `${id} was removed`)].join(', ');
  const text = `Somebody changed the members of ${step.siteName} after the plan was made: ${list}. Make the plan again.`;
  throw new RunStopped('refused', new Error(text));
}

async function proof({ conn, step }: Request): Promise<Verification> {
  const method = `read the member groups of ${step.siteName} again`;
  try {
    const differences = await siteMemberDifferences(conn, step);
    return { method, agrees: differences.length === 0, differences };
  } catch (error) {
    // The members are there and recorded: a question that fails now must not make the run look unfinished.
    return { method, agrees: null, differences: [(error as Error).message] };
  }
}

/** Changes of the step that the org does not hold now, in words. */
export async function siteMemberDifferences(conn: Request['conn'], step: SiteMembersStep): Promise<string[]> {
  const states = new Map((await readSiteGroups(conn, step.site)).map((row) => [row.ParentId, groupState(row)]));
  const isThere = ({ parent, change }: SiteMemberChange): boolean =>
    change === 'remove' ? !states.has(parent) : states.get(parent) === 'added';
  return step.changes.filter((change) => !isThere(change)).map(({ text }) => text);
}
