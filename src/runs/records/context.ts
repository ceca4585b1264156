/** What the writing of one `records` step works with. */
import type { RowError } from '../../org/write/collections.js';
import type { RunFolder } from '../store/folder.js';
import { linesOf, readJournal, settledBytes } from '../store/journal.js';
import { Outcomes, readOutcomes, type Outcome } from '../store/outcomes.js';
import type { RecordsStep } from '../plan.js';
import { lineOf, readRecordSet, THIS_RUN, type RecordRow } from '../rows/record-set.js';
import { outcomesOf } from '../apply/followed.js';
import type { StepRequest } from '../apply/step.js';

export type RecordsRequest = StepRequest<RecordsStep>;

export type RecordsContext = RecordsRequest & {
  outcomes: Outcomes;
  /** Records that earlier steps made, by step and line. */
  made: ReadonlyMap<string, ReadonlyMap<number, string>>;
  /** Whether the line of the step that a row follows was done. */
  mayWrite: (row: RecordRow) => boolean;
  /** Whether that line failed, so that a resumed run may do it yet. */
  mayFollow: (row: RecordRow) => boolean;
  /** Errors of rows that another pass may write, by line. */
  lastErrors: Map<number, RowError>;
};

/** Opens the outcomes of the step, and reads which records the steps before it have made. */
export async function openRecords(request: RecordsRequest): Promise<RecordsContext> {
  const { folder, step, lines } = request;
  const bytes = settledBytes(lines);
  const made = await madeBefore(folder, step);
  const outcomes = await Outcomes.open(folder.outcomes(step.id), step.rows.count, bytes);
  return { ...request, outcomes, made, ...(await followed(request)), lastErrors: new Map() };
}

/** Rows that follow no other step may be written. */
async function followed({ folder, step }: RecordsRequest): Promise<Pick<RecordsContext, 'mayWrite' | 'mayFollow'>> {
  if (step.onlyIfDone === undefined) return { mayWrite: () => true, mayFollow: () => false };
  const { steps } = await folder.readPlan();
  const outcomes = await outcomesOf(folder, steps, step.onlyIfDone);
  const is =
    (outcome: Outcome) =>
    ({ after }: RecordRow): boolean =>
      after !== undefined && outcomes?.of(after) === outcome;
  return { mayWrite: is('done'), mayFollow: is('failed') };
}

/** What of a step refers to earlier steps. */
type References = Pick<RecordsStep, 'fields' | 'idFrom'>;

/** Ids of the records to which the rows of a step refer, by step and line. */
export async function madeBefore(folder: RunFolder, step: References): Promise<RecordsContext['made']> {
  const sources = new Set(step.fields.flatMap(({ from }) => from ?? []));
  if (step.idFrom) sources.add(step.idFrom);
  const made = new Map<string, ReadonlyMap<number, string>>();
  for (const source of sources)
    made.set(source, source === THIS_RUN ? new Map([[0, folder.id]]) : await madeRecords(folder, source));
  return made;
}

/** Ids of the records that a step has made, by line. What somebody else made meanwhile is not handed on to other steps. */
async function madeRecords(folder: RunFolder, step: string): Promise<Map<number, string>> {
  const { lines } = await readJournal(folder.journal);
  const bytes = settledBytes(linesOf(lines, step));
  const made = new Map<number, string>();
  if (bytes === undefined) return made;
  for await (const { index, id, outcome } of readOutcomes(folder.outcomes(step), bytes)) {
    if (outcome === 'done' && id !== '') made.set(index, id);
    else made.delete(index);
  }
  return made;
}

/** Rows that are still to be written, in blocks of `most`. */
export async function* pendingRows(context: RecordsContext, most: number): AsyncGenerator<RecordRow[]> {
  const { folder, step, outcomes } = context;
  let block: RecordRow[] = [];
  for await (const batch of readRecordSet(folder.rows(step.id), step)) {
    for (const row of batch) {
      if (outcomes.of(row.index) !== 'pending') continue;
      block.push(row);
      if (block.length < most) continue;
      yield block;
      block = [];
    }
  }
  if (block.length > 0) yield block;
}

/** The row with the ids of records that earlier steps made, or undefined where one of them was not made. */
export function resolved(
  { step, made }: Pick<RecordsContext, 'made'> & { step: References },
  row: RecordRow
): RecordRow | undefined {
  const at = (source: string | undefined, cell: string | null): string | null | undefined => {
    const line = source === undefined ? undefined : lineOf(cell);
    return source === undefined || line === undefined ? cell : made.get(source)?.get(line);
  };
  const id = at(step.idFrom, row.id);
  const values = step.fields.map(({ from }, index) => at(from, row.values[index] ?? null));
  if (id === undefined || id === null || values.includes(undefined)) return undefined;
  return { ...row, id, values: values as RecordRow['values'] };
}
