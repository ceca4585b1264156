/** Functions of formulas that read or make days. What depends on the time of asking is not stored, so it is refused. */
import type { Value } from '../contracts.js';
import { fixed, NUMBER, strict, TEXT, type FormulaFunction } from './parts.js';

const part = (from: number, to: number): FormulaFunction =>
  fixed(
    [['date', 'null']],
    'number',
    strict((value) => (value === null ? null : Number(String(value).slice(from, to))))
  );

const two = (value: Value): string => String(value).padStart(2, '0');

/** A day that exists, or nothing. */
const day = (text: string): string | null => {
  const time = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(time.getTime()) || !time.toISOString().startsWith(text) ? null : text;
};

/** Date functions by name. */
export const dateFunctions: Readonly<Record<string, FormulaFunction>> = {
  year: part(0, 4),
  month: part(5, 7),
  day: part(8, 10),
  weekday: fixed(
    [['date', 'null']],
    'number',
    strict((value) => (value === null ? null : new Date(`${String(value)}T00:00:00Z`).getUTCDay() + 1))
  ),
  date: fixed(
    [NUMBER, NUMBER, NUMBER],
    'date',
    strict((year, month, number) => day(`${String(year).padStart(4, '0')}-${two(month)}-${two(number)}`))
  ),
  datevalue: fixed(
    [[...TEXT, 'datetime', 'date']],
    'date',
    strict((value) => (value === null ? null : day(String(value).slice(0, 10))))
  ),
};
