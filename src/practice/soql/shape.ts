/** How rows of SQL become records of an answer. Rows are arrays; every entry knows its place in them. */
import type { FieldType } from '../catalog/types.js';
import type { QueryPage, ResultRecord } from '../contracts.js';
import type { Compiled } from './compile.js';

export type SqlRow = readonly unknown[];

/** Runs SQL on the connection that the query uses, main or snapshot. */
export type Run = { all(sql: string, params: Array<string | number | null>): SqlRow[]; url: string };

export type Decode = (value: unknown) => unknown;

export type Entry =
  | { kind: 'value'; name: string; index: number; decode: Decode }
  | { kind: 'address'; name: string; parts: Array<[name: string, index: number]> }
  | { kind: 'record'; name: string; shape: Shape }
  | { kind: 'children'; name: string; query: Compiled }
  | { kind: 'typeof'; name: string; shapes: Shape[] };

/** One object of the answer. `id` is the place of its record id; a parent without one is null. */
export type Shape = { type: string; id?: number; urlType?: { index: number }; entries: Entry[] };

const identity: Decode = (value) => value;
const toBoolean: Decode = (value) => value === 1;

/** How a column of a type is read. */
export const decoder = (type: FieldType): Decode => (type === 'boolean' ? toBoolean : identity);

const attributes = (shape: Shape, row: SqlRow, run: Run): ResultRecord['attributes'] => {
  if (shape.id === undefined) return { type: shape.type };
  const type = shape.urlType ? String(row[shape.urlType.index]) : shape.type;
  return { type: shape.type, url: `${run.url}/${type}/${String(row[shape.id])}` };
};

const address = (parts: Array<[string, number]>, row: SqlRow): Record<string, unknown> | null => {
  if (parts.every(([, index]) => row[index] === null)) return null;
  return Object.fromEntries(parts.map(([name, index]) => [name, row[index]]));
};

const children = (query: Compiled, id: unknown, run: Run): QueryPage | null => {
  const params = query.params.map((param) => (typeof param === 'symbol' ? String(id) : param));
  const rows = run.all(query.sql, params);
  if (rows.length === 0) return null;
  return { totalSize: rows.length, done: true, records: rows.map((row) => toRecord(query.shape, row, run)) };
};

const read = (entry: Entry, shape: Shape, row: SqlRow, run: Run): unknown => {
  switch (entry.kind) {
    case 'value':
      return entry.decode(row[entry.index]);
    case 'address':
      return address(entry.parts, row);
    case 'record':
      return parent(entry.shape, row, run);
    case 'typeof':
      return parent(entry.shapes.find((one) => row[one.id!] !== null) ?? entry.shapes[0]!, row, run);
    case 'children':
      return children(entry.query, row[shape.id!], run);
  }
};

const parent = (shape: Shape, row: SqlRow, run: Run): ResultRecord | null =>
  row[shape.id!] === null ? null : toRecord(shape, row, run);

/** The record of one row. */
export const toRecord = (shape: Shape, row: SqlRow, run: Run): ResultRecord => {
  const record: ResultRecord = { attributes: attributes(shape, row, run) };
  for (const entry of shape.entries) record[entry.name] = read(entry, shape, row, run);
  return record;
};
