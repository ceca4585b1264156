/** What steps that send mails have in common: none twice, and what nobody can know is told and not tried again. */
import { stopOf } from '../errors.js';
import type { NotifyStep, SendLoginStep } from '../plan.js';
import { readRecordSet, type RecordRow } from '../rows/record-set.js';
import { openUnits, settledBytes } from '../store/journal.js';
import { Outcomes, readOutcomes, type RowOutcome } from '../store/outcomes.js';
import { Settler } from './context.js';
import { rowsResult } from './rows-result.js';
import type { StepEnd, StepRequest } from './step.js';

export type MailRequest<S extends SendLoginStep | NotifyStep> = StepRequest<S>;

export type MailContext<S extends SendLoginStep | NotifyStep> = MailRequest<S> & {
  outcomes: Outcomes;
  settler: Settler;
  /** Lines whose mail may have been sent by an earlier process. */
  lost: ReadonlySet<number>;
};

/** Code of a row whose mail may have been sent: the reply was lost, and nothing in the org tells. */
const UNKNOWN = 'REPLY_LOST';

const FIELDS = { fields: [] };

/** Rows that are looked at together before they are mailed: one call. */
const BLOCK = 200;

/**
 * Brings a step of mails to its end, or to a state from which it can be resumed.
 * @param advice what to do about a mail of which nobody knows whether it was sent
 * @param sendBlock sends the mails of up to 200 rows that are still to be sent
 */
export async function sendMails<S extends SendLoginStep | NotifyStep>(
  request: MailRequest<S>,
  advice: string,
  sendBlock: (context: MailContext<S>, rows: readonly RecordRow[]) => Promise<void>
): Promise<StepEnd> {
  const { folder, step, lines } = request;
  const bytes = settledBytes(lines);
  const outcomes = await Outcomes.open(folder.outcomes(step.id), step.rows.count, bytes);
  const settler = new Settler({ ...request, outcomes });
  try {
    for (const { unit, from, to } of openUnits(lines)) {
      const open = await pendingLines(request, outcomes, from, to);
      await settler.settle(
        unit,
        open.map((row) => uncertain(row, advice))
      );
    }
    const context = { ...request, outcomes, settler, lost: await uncertainRows(request, outcomes) };
    const ending = await sendAll(context, advice, sendBlock);
    return { ...ending, result: await rowsResult(folder, step, outcomes) };
  } finally {
    await outcomes.close();
  }
}

async function sendAll<S extends SendLoginStep | NotifyStep>(
  context: MailContext<S>,
  advice: string,
  sendBlock: (context: MailContext<S>, rows: readonly RecordRow[]) => Promise<void>
): Promise<Omit<StepEnd, 'result'>> {
  const { outcomes, step, settler, lost } = context;
  outcomes.reopenFailed();
  context.emit({ type: 'start', rows: step.rows.count, pending: outcomes.count('pending'), mode: 'collection' });
  try {
    for await (const block of pendingBlocks(context)) {
      const unsure = block.filter(({ index }) => lost.has(index));
      if (unsure.length > 0)
        await settler.settle(
          context.nextUnit(),
          unsure.map((row) => uncertain(row, advice))
        );
      const rest = block.filter(({ index }) => !lost.has(index));
      if (rest.length > 0) await sendBlock(context, rest);
    }
  } catch (error) {
    return { state: 'stopped', stopped: stopOf(error) };
  }
  return { state: outcomes.count('failed') > 0 ? 'partly-done' : 'done' };
}

async function* pendingBlocks({
  folder,
  step,
  outcomes,
}: MailContext<SendLoginStep | NotifyStep>): AsyncGenerator<RecordRow[]> {
  let block: RecordRow[] = [];
  for await (const batch of readRecordSet(folder.rows(step.id), FIELDS)) {
    for (const row of batch) {
      if (outcomes.of(row.index) !== 'pending') continue;
      if (block.push(row) < BLOCK) continue;
      yield block;
      block = [];
    }
  }
  if (block.length > 0) yield block;
}

/** Rows of a unit that were not settled. */
async function pendingLines(
  { folder, step }: MailRequest<SendLoginStep | NotifyStep>,
  outcomes: Outcomes,
  from: number,
  to: number
): Promise<RecordRow[]> {
  const rows: RecordRow[] = [];
  for await (const batch of readRecordSet(folder.rows(step.id), FIELDS)) {
    rows.push(...batch.filter(({ index }) => index >= from && index <= to && outcomes.of(index) === 'pending'));
  }
  return rows;
}

/** A row whose mail may have been sent. */
export const uncertain = ({ index }: Pick<RecordRow, 'index'>, advice: string): RowOutcome => ({
  index,
  id: '',
  outcome: 'failed',
  code: UNKNOWN,
  message: advice,
});

/** Rows of earlier processes whose mail may have been sent. */
async function uncertainRows(
  { folder, step }: MailRequest<SendLoginStep | NotifyStep>,
  outcomes: Outcomes
): Promise<Set<number>> {
  const rows = new Set<number>();
  for await (const { index, code } of readOutcomes(folder.outcomes(step.id), outcomes.bytes)) {
    if (code === UNKNOWN) rows.add(index);
  }
  return rows;
}
