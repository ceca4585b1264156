/** Date literals such as `LAST_N_DAYS:30`: the days they stand for, by the org's clock in UTC. */

/** Days from `start` up to and without `end`, as `2026-11-24`. */
export type DayRange = { start: string; end: string };

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

const dayText = (date: Date): string => date.toISOString().slice(0, 10);

/** First day of the unit that is `offset` units away from the one `now` is in. Weeks begin on Sunday (en_US). */
const unitStart = (now: Date, unit: Unit, offset: number): Date => {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  switch (unit) {
    case 'DAY':
      return new Date(Date.UTC(year, month, day + offset));
    case 'WEEK':
      return new Date(Date.UTC(year, month, day - now.getUTCDay() + 7 * offset));
    case 'MONTH':
      return new Date(Date.UTC(year, month + offset, 1));
    case 'QUARTER':
      return new Date(Date.UTC(year, Math.floor(month / 3) * 3 + 3 * offset, 1));
    case 'YEAR':
      return new Date(Date.UTC(year + offset, 0, 1));
  }
};

const range = (now: Date, unit: Unit, from: number, to: number): DayRange => ({
  start: dayText(unitStart(now, unit, from)),
  end: dayText(unitStart(now, unit, to)),
});

const FIXED: Record<string, [Unit, number, number]> = {
  YESTERDAY: ['DAY', -1, 0],
  TODAY: ['DAY', 0, 1],
  TOMORROW: ['DAY', 1, 2],
  LAST_90_DAYS: ['DAY', -90, 1],
  NEXT_90_DAYS: ['DAY', 1, 91],
};

/** Fiscal periods are those of the calendar: the practice org's fiscal year begins in January. */
const NAMED = /^(LAST|THIS|NEXT)_(?:FISCAL_)?(WEEK|MONTH|QUARTER|YEAR)$/;
const COUNTED = /^(LAST|NEXT)_N_(?:FISCAL_)?(DAY|WEEK|MONTH|QUARTER|YEAR)S$/;
const AGO = /^N_(?:FISCAL_)?(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO$/;

const named = (name: string, now: Date): DayRange | undefined => {
  const fixed = FIXED[name];
  if (fixed) return range(now, ...fixed);
  const [, which, unit] = NAMED.exec(name) ?? [];
  if (!which) return undefined;
  const offset = which === 'LAST' ? -1 : which === 'NEXT' ? 1 : 0;
  return range(now, unit as Unit, offset, offset + 1);
};

const counted = (name: string, n: number, now: Date): DayRange | undefined => {
  const ago = AGO.exec(name);
  if (ago) return range(now, ago[1] as Unit, -n, 1 - n);
  const [, which, unit] = COUNTED.exec(name) ?? [];
  if (!which) return undefined;
  // The last n days reach up to now, so today belongs to them; weeks and longer units end before the present one.
  if (which === 'LAST') return range(now, unit as Unit, -n, unit === 'DAY' ? 1 : 0);
  return range(now, unit as Unit, 1, n + 1);
};

/** The days of a date literal, or undefined where SOQL has no such literal. */
export const dayRange = (name: string, n: number | undefined, now: Date): DayRange | undefined =>
  n === undefined ? named(name, now) : counted(name, n, now);

/** Normal form of a datetime literal, as it is stored: UTC with milliseconds. Undefined for an impossible one. */
export const storedDatetime = (text: string): string | undefined => {
  const time = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().replace('Z', '+0000');
};

/** Whether a date literal names a day that exists. */
export const isDay = (text: string): boolean => {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && dayText(date) === text;
};
