/**
 * Applies a `publish-site` step. Publishing is harmless when it is done again: it puts the same content out and mails
 * nobody but the publisher. All the same a job whose reply was lost is looked for first (platform-facts E).
 */
import { pollUntil, publishJobs, readPublishJob, type PublishJob } from '../../org/read/index.js';
import { publishSite } from '../../org/write/sites.js';
import { RunStopped } from '../errors.js';
import type { PublishSiteStep } from '../plan.js';
import { jobOf, openUnits } from '../store/journal.js';
import { persist, until } from './context.js';
import { isSettled, wholeResult, type StepEnd, type StepRequest } from './step.js';

type Request = StepRequest<PublishSiteStep>;

/** Ends of a job that published nothing. */
const FAILED = new Set(['Error', 'Canceled']);

/** Brings the step to its end. A job that ends in an error stops the run. @throws RunStopped */
export async function applyPublish(request: Request): Promise<StepEnd> {
  const { step, journal, lines } = request;
  const result = wholeResult(step, 'done');
  const method = `followed the job that publishes ${step.siteName}`;
  const end: StepEnd = { state: 'done', result, verification: { method, agrees: true, differences: [] } };
  if (isSettled(lines)) return end;
  const { unit, job } = await publish(request);
  if (job.status === 'Complete') {
    await journal.append({ t: 'settled', unit, step: step.id, outcomeBytes: 0 });
    return end;
  }
  await journal.append({ t: 'refused', unit, step: step.id });
  return refusal(step, job);
}

function refusal(step: PublishSiteStep, { id, status, error }: PublishJob): StepEnd {
  const message = error || `The job ${id} that publishes ${step.siteName} ended as ${status}.`;
  const errors = [{ code: status, message, rows: 1 }];
  const stopped = new RunStopped('refused', new Error(`${step.siteName} was not published. ${status}: ${message}`));
  return { state: 'stopped', result: wholeResult(step, 'failed', errors), stopped };
}

/** Publishes, or goes on with what an earlier process began. @returns the unit, and the job at its end */
async function publish(request: Request): Promise<{ unit: number; job: PublishJob }> {
  const { step, journal, lines } = request;
  const open = openUnits(lines).at(-1);
  const known = open && jobOf(lines, open.unit);
  const unit = open?.unit ?? request.nextUnit();
  if (!open) await journal.append({ t: 'unit', unit, step: step.id, mode: 'publish-site', from: 0, to: 0, rows: 1 });
  // Rows of jobs are gone after a day: then nobody can say how it ended, and it is published again.
  const before = known === undefined ? undefined : await persist(request, () => readPublishJob(request.conn, known));
  const id = before?.id ?? (await start(request, unit, open !== undefined));
  return { unit, job: await finished(request, id) };
}

/** Asks for it. After a lost reply a job that the plan does not know is taken for ours, unless it has failed. */
async function start(request: Request, unit: number, mayBeSent: boolean): Promise<string> {
  const { conn, step, journal } = request;
  let lost = mayBeSent;
  const id = await persist(request, async () => {
    const job = lost ? await unknownJob(request) : undefined;
    lost = true;
    return job?.id ?? publishSite(conn, step.site);
  });
  await journal.append({ t: 'opened', unit, job: id });
  return id;
}

async function unknownJob({ conn, step }: Request): Promise<PublishJob | undefined> {
  const jobs = await publishJobs(conn, step.siteName);
  return jobs.findLast(({ id, status }) => !step.knownJobs.includes(id) && !FAILED.has(status));
}

async function finished(request: Request, id: string): Promise<PublishJob> {
  const { conn, step, emit, deadline } = request;
  let followed = id;
  let state = 'not to be seen';
  const look = async (): Promise<PublishJob | undefined> => {
    const job = await persist(request, () => readPublishJob(conn, followed));
    if (job?.status === 'Complete' || FAILED.has(job?.status ?? '')) return job;
    state = job?.status ?? state;
    // A job that was merged into another one ends with that.
    if (job?.status === 'Merged' && job.leader !== null) followed = job.leader;
    emit({ type: 'progress', done: 0, changed: 0, failed: 0, rows: 1 });
    return undefined;
  };
  const words = (): string => `The job ${followed} that publishes ${step.siteName} is still ${state}.`;
  return pollUntil(look, { waiting: until(deadline, words) });
}
