/** What records hold now: to see what changed since the plan, what a lost reply has done, and what a run has left. */
import { readRecords, normalStamp } from '../../org/read/index.js';
import type { RecordsStep } from '../plan.js';
import type { CellValue, RecordRow } from '../rows/record-set.js';
import type { RecordsRequest } from './context.js';

type Raw = { Id: string; SystemModstamp: string } & Record<string, string | number | boolean | null>;

/** A record as the org holds it, values in the order of the step's fields. */
export type CurrentRecord = { id: string; values: CellValue[]; stamp: string };

const cellOf = (value: Raw[string] | undefined): CellValue =>
  value === undefined || value === null ? null : String(value);

type Org = Pick<RecordsRequest, 'conn' | 'step'>;

/** Records of the rows by id. @param names fields that are wanted of them; those of the step where absent */
export async function recordsById(
  { conn, step }: Org,
  ids: readonly string[],
  names = step.fields.map(({ name }) => name)
): Promise<Map<string, CurrentRecord>> {
  const fields = ['Id', ...names, 'SystemModstamp'];
  const rows = await readRecords<Raw>(conn, { from: step.object, fields, by: 'Id', values: ids });
  return new Map(
    rows.map((row) => [
      row.Id,
      { id: row.Id, values: names.map((name) => cellOf(row[name])), stamp: normalStamp(row.SystemModstamp) },
    ])
  );
}

/** Texts are the same to the platform's unique fields whatever their case. */
const keyOf = (values: readonly CellValue[]): string =>
  JSON.stringify(values.map((value) => (value ?? '').toLowerCase()));

/** Values of the key of an insert. */
export const keyOfRow = (step: RecordsStep, row: RecordRow): string =>
  keyOf(step.key.map((name) => row.values[step.fields.findIndex((field) => field.name === name)] ?? null));

/** Ids of records that hold the key of a row, by key; the oldest where several do. */
export async function recordsByKey({ conn, step }: Org, rows: readonly RecordRow[]): Promise<Map<string, string>> {
  const [first = ''] = step.key;
  const at = step.fields.findIndex(({ name }) => name === first);
  const values = rows.flatMap((row) => row.values[at] ?? []);
  if (values.length === 0) return new Map();
  const found = await readRecords<Raw>(conn, { from: step.object, fields: ['Id', ...step.key], by: first, values });
  found.sort((a, b) => (a.Id < b.Id ? 1 : -1));
  return new Map(found.map((row) => [keyOf(step.key.map((name) => cellOf(row[name]))), row.Id]));
}

export const sameValues = (a: readonly CellValue[], b: readonly CellValue[]): boolean =>
  a.length === b.length && a.every((value, at) => value === b[at]);
