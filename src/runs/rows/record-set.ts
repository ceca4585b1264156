/** The rows of a `records` step: what each record is to hold and held before, in a CSV file beside the plan. */
import { protect, unprotect } from '../../org/read/index.js';
import { fileHash } from '../fingerprint.js';
import type { NotifyStep, RecordsStep, SendLoginStep } from '../plan.js';
import type { RunFolder } from '../store/folder.js';
import { CsvWriter, readCsv } from './csv.js';

/** Value of a field; null clears it. Booleans are `true` and `false`. */
export type CellValue = string | null;

/** One record of a step. */
export type RecordRow = {
  /** Line in the record set, from 0. */
  index: number;
  /** Empty for a record that is to be made; `#3` for one that line 3 of the step in `idFrom` makes. */
  id: string;
  /** New values, in the order of the step's fields. */
  values: CellValue[];
  /** Values before, in the same order; empty where the record does not exist yet. */
  was: CellValue[];
  /** SystemModstamp of the snapshot; empty where only the values decide whether the record has changed. */
  stamp: string;
  /** The record in words. */
  label: string;
  /** Line of the step that this row follows; absent where it follows none. */
  after?: number;
};

/** Refers to the record that a line of an earlier step makes. */
export const madeBy = (line: number): string => `#${line}`;

/**
 * In place of an earlier step, in `from` of a field: the run itself, whose id `THIS_RUN_ID` stands for. A saved plan is applied
 * by another run than the one that made it.
 */
export const THIS_RUN = 'this-run';
export const THIS_RUN_ID = madeBy(0);

/** Line of an earlier step that a cell refers to, or undefined for a plain value. */
export const lineOf = (cell: string | null): number | undefined => {
  const digits = /^#(\d+)$/.exec(cell ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
};

/** A row before it has its line. */
export type NewRecordRow = Omit<RecordRow, 'index'>;

/** Rows at hand, or as they come. */
type Rows = Iterable<NewRecordRow> | AsyncIterable<NewRecordRow>;

/** Writes the rows of a step into the run folder. @returns the step with its rows */
export async function createRecordsStep(
  folder: RunFolder,
  step: Omit<RecordsStep, 'kind' | 'rows'>,
  rows: Rows
): Promise<RecordsStep> {
  return { ...step, kind: 'records', rows: await writeRecordSet(folder, step, rows) };
}

/** Writes the rows of a step that sends mails to users into the run folder. @returns the step with its rows */
export async function createSendLoginStep(
  folder: RunFolder,
  step: Omit<SendLoginStep, 'kind' | 'rows'>,
  users: ReadonlyArray<{ id: string; label: string }>
): Promise<SendLoginStep> {
  const rows = users.map(({ id, label }) => ({ id, values: [], was: [], stamp: '', label }));
  return { ...step, kind: 'send-login', rows: await writeRecordSet(folder, { id: step.id, fields: [] }, rows) };
}

async function writeRecordSet(
  folder: RunFolder,
  { id, fields, onlyIfDone }: Pick<RecordsStep, 'id' | 'fields' | 'onlyIfDone'>,
  rows: Rows
): Promise<RecordsStep['rows']> {
  const file = folder.rows(id);
  const names = fields.map(({ name }) => name);
  const follows = onlyIfDone === undefined ? [] : ['After line'];
  const header = ['Id', ...names, ...names.map((name) => `${name} before`), 'SystemModstamp', 'Record', ...follows];
  await using writer = await CsvWriter.create(file, header);
  let count = 0;
  for await (const row of rows) {
    count += 1;
    const before = names.map((_, at) => row.was[at] ?? '');
    // People open these files in spreadsheets, which must not run what stands in them.
    const after = follows.map(() => String((row.after ?? 0) + 1));
    const values = row.values.map((value) => value ?? '');
    writer.add([row.id, ...values, ...before, row.stamp, row.label, ...after].map(protect));
    await writer.flush();
  }
  await writer.close();
  return { file, count, sha256: await fileHash(file) };
}

/** Writes the rows of a step that mails the owners of records into the run folder. @returns the step with its rows */
export async function createNotifyStep(
  folder: RunFolder,
  step: Omit<NotifyStep, 'kind' | 'rows'>,
  records: ReadonlyArray<{ id: string; label: string }>
): Promise<NotifyStep> {
  const rows = records.map(({ id, label }) => ({ id, values: [], was: [], stamp: '', label }));
  return { ...step, kind: 'notify', rows: await writeRecordSet(folder, { id: step.id, fields: [] }, rows) };
}

/** Rows of a step in order, in batches. */
export async function* readRecordSet(file: string, step: Pick<RecordsStep, 'fields'>): AsyncGenerator<RecordRow[]> {
  const width = step.fields.length;
  let index = 0;
  const cells = (texts: readonly string[]): CellValue[] => texts.map((text) => (text === '' ? null : text));
  for await (const batch of readCsv(file)) {
    yield batch
      .map((cell) => cell.map(unprotect))
      .map((row) => ({
        index: index++,
        id: row[0] ?? '',
        values: cells(row.slice(1, 1 + width)),
        was: cells(row.slice(1 + width, 1 + 2 * width)),
        stamp: row[1 + 2 * width] ?? '',
        label: row[2 + 2 * width] ?? '',
        ...(row[3 + 2 * width] ? { after: Number(row[3 + 2 * width]) - 1 } : {}),
      }));
  }
}
