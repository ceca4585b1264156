/** What functions of formulas are made of. */
import type { Row, Value } from '../contracts.js';

export type Kind = 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'picklist' | 'multipicklist' | 'null';

/** A part of a formula that can be computed for a record. */
export type Part = { kind: Kind; run: (row: Row) => Value };

export type FormulaFunction = {
  /** Kinds that each argument may have; the last counts for all that follow. */
  takes: Kind[][];
  least: number;
  most: number;
  gives: Kind | ((args: Part[]) => Kind);
  run: (args: Part[]) => (row: Row) => Value;
};

/** A function of values, all of which are computed first. */
export const strict =
  (compute: (...values: Value[]) => Value) =>
  (args: Part[]): ((row: Row) => Value) => {
    const [a, b] = args;
    if (args.length === 1) return (row) => compute(a!.run(row));
    if (args.length === 2) return (row) => compute(a!.run(row), b!.run(row));
    return (row) => compute(...args.map((arg) => arg.run(row)));
  };

/** Declares a function with a fixed number of arguments. */
export const fixed = (
  takes: Kind[][],
  gives: FormulaFunction['gives'],
  run: FormulaFunction['run']
): FormulaFunction => ({
  takes,
  least: takes.length,
  most: takes.length,
  gives,
  run,
});

export const NUMBER: Kind[] = ['number', 'null'];
export const TEXT: Kind[] = ['text', 'null'];
export const BOOLEAN: Kind[] = ['boolean'];
