/** Functions of formulas that read or make text. */
import type { Value } from '../contracts.js';
import { BOOLEAN, fixed, NUMBER, strict, TEXT, type FormulaFunction } from './parts.js';

const text = (value: Value | undefined): string => (value === null || value === undefined ? '' : String(value));

const made = (compute: (...values: Value[]) => string): FormulaFunction['run'] => strict(compute);

const NUMERIC = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)\s*$/;

const padded = (left: boolean): FormulaFunction => ({
  takes: [TEXT, NUMBER, TEXT],
  least: 2,
  most: 3,
  gives: 'text',
  run: made((value, length, pad) => {
    const size = Number(length);
    const cut = text(value).slice(0, size);
    return left ? cut.padStart(size, text(pad)) : cut.padEnd(size, text(pad));
  }),
});

const cut = (compute: (value: string, count: number) => string): FormulaFunction =>
  fixed(
    [TEXT, NUMBER],
    'text',
    made((value, count) => compute(text(value), Math.max(Number(count), 0)))
  );

const change = (compute: (value: string) => string): FormulaFunction =>
  fixed(
    [TEXT],
    'text',
    made((value) => compute(text(value)))
  );

const test = (compute: (value: string, other: string) => boolean): FormulaFunction =>
  fixed(
    [[...TEXT, 'picklist'], TEXT],
    'boolean',
    strict((value, other) => compute(text(value), text(other)))
  );

/** Number as text: without grouping, as the platform writes it. */
const shown = (value: Value): string => (typeof value === 'string' ? value : value === null ? '' : String(value));

/** Text functions by name. */
export const textFunctions: Readonly<Record<string, FormulaFunction>> = {
  begins: test((value, start) => value.startsWith(start)),
  contains: test((value, part) => value.includes(part)),
  find: {
    takes: [TEXT, TEXT, NUMBER],
    least: 2,
    most: 3,
    gives: 'number',
    run: strict((part, value, from) => text(value).indexOf(text(part), Number(from ?? 1) - 1) + 1),
  },
  includes: fixed(
    [['multipicklist'], TEXT],
    'boolean',
    strict((value, one) => text(value).split(';').includes(text(one)))
  ),
  isnumber: fixed(
    [TEXT],
    'boolean',
    strict((value) => NUMERIC.test(text(value)))
  ),
  ispickval: fixed(
    [['picklist'], TEXT],
    'boolean',
    strict((value, one) => text(value) === text(one))
  ),
  left: cut((value, count) => value.slice(0, count)),
  right: cut((value, count) => (count === 0 ? '' : value.slice(-count))),
  mid: fixed(
    [TEXT, NUMBER, NUMBER],
    'text',
    made((value, start, count) =>
      text(value)
        .slice(Math.max(Number(start) - 1, 0))
        .slice(0, Number(count))
    )
  ),
  len: fixed(
    [TEXT],
    'number',
    strict((value) => text(value).length)
  ),
  lower: change((value) => value.toLowerCase()),
  upper: change((value) => value.toUpperCase()),
  trim: change((value) => value.trim()),
  lpad: padded(true),
  rpad: padded(false),
  substitute: fixed(
    [TEXT, TEXT, TEXT],
    'text',
    made((value, old, other) => (text(old) === '' ? text(value) : text(value).replaceAll(text(old), text(other))))
  ),
  text: fixed([['number', 'picklist', 'date', 'datetime', 'null']], 'text', made(shown)),
  value: fixed(
    [TEXT],
    'number',
    strict((value) => (NUMERIC.test(text(value)) ? Number(value) : null))
  ),
  br: { takes: [BOOLEAN], least: 0, most: 0, gives: 'text', run: () => () => '\n' },
};
