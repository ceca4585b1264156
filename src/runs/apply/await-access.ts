/** Applies an `await-access` step: looks until the samples can no longer be read. */
import { pollUntil, readableRecords } from '../../org/read/index.js';
import { codeOf, RunStopped } from '../errors.js';
import type { AwaitAccessStep } from '../plan.js';
import { persist, until } from './context.js';
import { wholeResult, type StepEnd, type StepRequest } from './step.js';

type Request = StepRequest<AwaitAccessStep>;
type Sample = AwaitAccessStep['samples'][number];

/** Waits until the access of every sample has ended. Where the org does not say, that is not known. @throws RunStopped */
export async function awaitAccess(request: Request): Promise<StepEnd> {
  const { step, emit } = request;
  const method = `asked UserRecordAccess about ${step.samples.length} records`;
  const end: Omit<StepEnd, 'verification'> = { state: 'done', result: wholeResult(step, 'done') };
  if (step.samples.length === 0) return end;
  emit({ type: 'verify' });
  try {
    await untilClosed(request);
    return { ...end, verification: { method, agrees: true, differences: [] } };
  } catch (error) {
    if (error instanceof RunStopped || codeOf(error) === undefined) throw error;
    return { ...end, verification: { method, agrees: null, differences: [(error as Error).message] } };
  }
}

async function untilClosed(request: Request): Promise<void> {
  const { step, emit, deadline } = request;
  let open: Sample[] = step.samples;
  const look = async (): Promise<object | undefined> => {
    open = await persist(request, () => stillOpen(request, open));
    if (open.length === 0) return {};
    emit({ type: 'waiting', open: open.length, of: step.samples.length });
    return undefined;
  };
  await pollUntil(look, { waiting: until(deadline, () => tellOpen(open, step.samples.length)) });
}

const tellOpen = ([first, ...more]: readonly Sample[], all: number): string =>
  `${more.length + 1} of ${all} sample records can still be read, such as ${first?.record} by ${first?.user} (${first?.about}).`;

async function stillOpen({ conn }: Request, samples: readonly Sample[]): Promise<Sample[]> {
  const open: Sample[] = [];
  for (const user of new Set(samples.map((sample) => sample.user))) {
    const own = samples.filter((sample) => sample.user === user);
    const readable = await readableRecords(
      conn,
      user,
      own.map(({ record }) => record)
    );
    open.push(...own.filter(({ record }) => readable.has(record)));
  }
  return open;
}
