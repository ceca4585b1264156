/**
 * Functions and operators of formulas. The library reads formulas; they are computed here, because it would read the
 * text anew for each record and refuses empty fields, which the platform takes for zero or nothing.
 */
import type { Value } from '../contracts.js';
import { dateFunctions } from './date-functions.js';
import { BOOLEAN, fixed, NUMBER, strict, TEXT, type FormulaFunction, type Kind, type Part } from './parts.js';
import { textFunctions } from './text-functions.js';

const MOMENT: Kind[] = ['date', 'datetime'];
const ANY: Kind[] = ['text', 'number', 'boolean', 'date', 'datetime', 'null'];
const COMPARED: Kind[] = ['text', 'number', 'boolean', 'date', 'datetime', 'null'];
const ORDERED: Kind[] = ['number', 'date', 'datetime', 'null'];

/** A computation with numbers; nothing comes of nothing, and none of what is no number. */
const numeric = (compute: (a: number, b: number) => number): FormulaFunction['run'] =>
  strict((a, b) => {
    if (a === null || b === null || b === undefined) return null;
    const result = compute(Number(a), Number(b));
    return Number.isFinite(result) ? result : null;
  });

const single = (compute: (a: number) => number): FormulaFunction =>
  fixed(
    [NUMBER],
    'number',
    strict((a) => (a === null || !Number.isFinite(compute(Number(a))) ? null : compute(Number(a))))
  );

const two = (compute: (a: number, b: number) => number): FormulaFunction =>
  fixed([NUMBER, NUMBER], 'number', numeric(compute));

const DAY = 86_400_000;

/** A day or moment so many days later. */
const later = (moment: Value, days: number): string => {
  const time = new Date(new Date(String(moment)).getTime() + days * DAY).toISOString();
  return String(moment).length === 10 ? time.slice(0, 10) : time.replace('Z', '+0000');
};

const isMoment = (part: Part): boolean => MOMENT.includes(part.kind);

const kindOfSum = ([a, b]: Part[]): Kind => {
  const moment = [a!, b!].find(isMoment);
  if (moment) return moment.kind;
  return a!.kind === 'text' || b!.kind === 'text' ? 'text' : 'number';
};

const add: FormulaFunction = fixed(
  [
    [...TEXT, ...NUMBER, ...MOMENT],
    [...TEXT, ...NUMBER, ...MOMENT],
  ],
  kindOfSum,
  (args) => {
    const kind = kindOfSum(args);
    if (kind === 'text') return strict((a, b) => `${a ?? ''}${b ?? ''}`)(args);
    if (kind === 'number') return numeric((a, b) => a + b)(args);
    const [moment, days] = isMoment(args[0]!) ? args : [args[1]!, args[0]!];
    return (row) => {
      const [from, by] = [moment!.run(row), days!.run(row)];
      return from === null || by === null ? null : later(from, Number(by));
    };
  }
);

const subtract: FormulaFunction = fixed(
  [
    [...NUMBER, ...MOMENT],
    [...NUMBER, ...MOMENT],
  ],
  ([a, b]) => (isMoment(a!) && !isMoment(b!) ? a!.kind : 'number'),
  (args) => {
    const [a, b] = args;
    if (!isMoment(a!)) return numeric((x, y) => x - y)(args);
    return strict((x, y) => {
      if (x === null || y === null) return null;
      if (!isMoment(b!)) return later(x, -Number(y));
      return (new Date(String(x)).getTime() - new Date(String(y)).getTime()) / DAY;
    })(args);
  }
);

/** Empty text is no text at all. */
const comparable = (value: Value): Value => (value === '' ? null : value);

const same = (a: Value, b: Value): boolean => comparable(a) === comparable(b);
const compared = (test: (a: Value, b: Value) => boolean): FormulaFunction =>
  fixed([COMPARED, COMPARED], 'boolean', strict(test));

const ordered = (test: (a: number | string, b: number | string) => boolean): FormulaFunction =>
  fixed(
    [ORDERED, ORDERED],
    'boolean',
    strict((a, b) => a !== null && b !== null && test(a as number | string, b as number | string))
  );

const isTrue = (value: Value): boolean => value === true || value === 1;

const AND: FormulaFunction = {
  takes: [BOOLEAN],
  least: 1,
  most: Infinity,
  gives: 'boolean',
  run: (args) => (row) => args.every((arg) => isTrue(arg.run(row))),
};
const OR: FormulaFunction = { ...AND, run: (args) => (row) => args.some((arg) => isTrue(arg.run(row))) };

/** Kind of what several branches give; nothing fits everything. */
const common = (parts: Part[]): Kind => parts.find(({ kind }) => kind !== 'null')?.kind ?? 'null';

const choose: FormulaFunction = fixed(
  [BOOLEAN, ANY, ANY],
  ([, yes, no]) => common([yes!, no!]),
  ([test, yes, no]) =>
    (row) =>
      isTrue(test!.run(row)) ? yes!.run(row) : no!.run(row)
);

const CASE: FormulaFunction = {
  takes: [[...ANY, 'picklist'], ANY],
  least: 4,
  most: Infinity,
  gives: (args) => common(args.filter((_arg, at) => at === args.length - 1 || (at > 0 && at % 2 === 0))),
  run: ([subject, ...rest]) => {
    const otherwise = rest.at(-1)!;
    return (row) => {
      const value = subject!.run(row);
      for (let at = 0; at + 1 < rest.length; at += 2)
        if (same(value, rest[at]!.run(row))) return rest[at + 1]!.run(row);
      return otherwise.run(row);
    };
  },
};

const isBlank = fixed(
  [[...ANY, 'picklist', 'multipicklist']],
  'boolean',
  strict((value) => comparable(value) === null)
);
const blankValue = fixed(
  [ANY, ANY],
  (args) => common(args),
  strict((value, other) => comparable(value) ?? other!)
);

const many = (compute: (...numbers: number[]) => number): FormulaFunction => ({
  takes: [NUMBER],
  least: 1,
  most: Infinity,
  gives: 'number',
  run: (args) => (row) => {
    const values = args.map((arg) => arg.run(row));
    return values.includes(null) ? null : compute(...values.map(Number));
  },
});

/** The platform rounds half away from zero. */
export const rounded = (value: number, digits: number): number => {
  const factor = 10 ** digits;
  const nudged = Math.abs(value) * factor * (1 + Number.EPSILON);
  return (Math.sign(value) * Math.round(nudged)) / factor || 0;
};

/** Functions by the names that the library gives them: operators have names too. */
export const FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  add,
  subtract,
  multiply: two((a, b) => a * b),
  divide: two((a, b) => a / b),
  exponentiate: two((a, b) => a ** b),
  equal: compared(same),
  unequal: compared((a, b) => !same(a, b)),
  lessThan: ordered((a, b) => a < b),
  lessThanOrEqual: ordered((a, b) => a <= b),
  greaterThan: ordered((a, b) => a > b),
  greaterThanOrEqual: ordered((a, b) => a >= b),
  and: AND,
  or: OR,
  not: fixed(
    [BOOLEAN],
    'boolean',
    strict((value) => !isTrue(value))
  ),
  if: choose,
  case: CASE,
  isblank: isBlank,
  isnull: isBlank,
  blankvalue: blankValue,
  nullvalue: blankValue,
  mod: two((a, b) => a % b),
  abs: single(Math.abs),
  // Away from zero and towards it: the platform has MCEILING and MFLOOR for up and down.
  ceiling: single((value) => Math.sign(value) * Math.ceil(Math.abs(value))),
  floor: single((value) => Math.sign(value) * Math.floor(Math.abs(value))),
  mceiling: single(Math.ceil),
  mfloor: single(Math.floor),
  sqrt: single(Math.sqrt),
  round: two(rounded),
  min: many(Math.min),
  max: many(Math.max),
  ...textFunctions,
  ...dateFunctions,
};
