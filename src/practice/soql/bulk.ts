/** Queries as Bulk API 2.0 runs them: plain values only, streamed from a snapshot. */
import type { FlatQuery, Store, Value } from '../contracts.js';
import { PlatformError } from '../errors.js';
import type { Compiled } from './compile.js';
import { flattener } from './format.js';
import type { SqlRow } from './shape.js';

const refused = (message: string): PlatformError => new PlatformError('API_ERROR', message);

/** @throws PlatformError for what Bulk API 2.0 does not take: subqueries, aggregates, TYPEOF, compound fields, OFFSET */
export const checkBulk = (compiled: Compiled, offset: number | undefined): void => {
  if (compiled.countOnly || compiled.aggregate || compiled.grouped) {
    throw refused('Aggregate Relationships not supported in Bulk V2 Query with CSV content type');
  }
  if (offset !== undefined) throw refused('OFFSET is not supported in Bulk V2 Query');
  for (const { children, type } of compiled.columns) {
    if (children) throw refused('Aggregate Relationships not supported in Bulk V2 Query with CSV content type');
    if (type === 'address' || type === 'location') throw refused('Selecting compound data not supported in Bulk Query');
    if (type === 'anyType') throw refused('TYPEOF is not supported in Bulk V2 Query');
  }
};

/** Turns rows of SQL into values in the order of the columns. */
const flatRow = ({ columns, places }: Compiled): ((row: SqlRow) => Value[]) => {
  const picks = columns.map((column, n) => ({
    place: places[n]!,
    flat: flattener(column.type),
    nested: column.path.length > 1,
  }));
  return (row) =>
    picks.map(({ place, flat, nested }) => {
      const value = row[place];
      // A missing parent has no checkbox at all, neither checked nor unchecked.
      return nested && value === null ? null : flat(value);
    });
};

/** Runs a query on a snapshot of its own; `close` ends it early, the last row ends it by itself. */
export const flatQuery = (store: Store, compiled: Compiled): FlatQuery => {
  const snapshot = store.snapshot();
  const close = (): void => {
    if (snapshot.isOpen) snapshot.close();
  };
  const statement = snapshot.prepare(compiled.sql);
  statement.setReturnArrays(true);
  const toFlat = flatRow(compiled);
  const rows = function* (): Generator<Value[]> {
    try {
      const params = compiled.params.map((param) => (typeof param === 'symbol' ? null : param));
      for (const row of statement.iterate(...params)) yield toFlat(row as unknown as SqlRow);
    } finally {
      close();
    }
  };
  return { columns: compiled.columns, entity: compiled.entity.name, rows: rows(), close };
};
