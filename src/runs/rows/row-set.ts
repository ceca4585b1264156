import { fileHash } from '../fingerprint.js';
import type { UpdateRowsStep } from '../plan.js';
import type { RunFolder } from '../store/folder.js';
import { CsvWriter, readCsv } from './csv.js';

/**
 * One row that a plan changes. The same line is the before-image: what the row held and when it was last changed, as
 * the snapshot saw it.
 */
export type PlannedRow = {
  /** Line in the row set, from 0. */
  index: number;
  id: string;
  /** New value of the field. */
  value: string;
  /** Value before. */
  was: string;
  /** SystemModstamp of the snapshot; empty where only the value decides whether the row has changed. */
  stamp: string;
  /** Why it gets this value, for people. */
  reason: string;
};

/** Header of the row set of a step that sets `field`. */
export const rowSetHeader = (field: string): string[] => ['Id', field, `${field} before`, 'SystemModstamp', 'Reason'];

export const createRowSet = (file: string, field: string): Promise<CsvWriter> =>
  CsvWriter.create(file, rowSetHeader(field));

/** The step of a row set that was written into the run folder under the step's id, and closed. */
export async function createUpdateStep(
  folder: RunFolder,
  about: Omit<UpdateRowsStep, 'kind' | 'rows'>,
  count: number
): Promise<UpdateRowsStep> {
  const file = folder.rows(about.id);
  return { ...about, kind: 'update-rows', rows: { file, count, sha256: await fileHash(file) } };
}

/** Rows of a row set in order, in batches. */
export async function* readRowSet(file: string): AsyncGenerator<PlannedRow[]> {
  let index = 0;
  for await (const batch of readCsv(file)) {
    yield batch.map(([id = '', value = '', was = '', stamp = '', reason = '']) => ({
      index: index++,
      id,
      value,
      was,
      stamp,
      reason,
    }));
  }
}
