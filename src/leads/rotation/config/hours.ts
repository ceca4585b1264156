/** Working hours as people write them, such as `Mon-Fri 09:00-12:00, 13:00-17:00, Sat 10:00-12:00`. */
import type { Hours } from '../model.js';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const LONG = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const ALL: readonly number[] = [1, 2, 3, 4, 5, 6, 7];
const MINUTES_A_DAY = 24 * 60;

/** Word for hours without an end. */
const ALWAYS = 'always';

/** Hours that cannot be understood. `problem` is a sentence part. */
export class HoursError extends Error {
  public constructor(public readonly problem: string) {
    super(problem);
    this.name = 'HoursError';
  }
}

/** Working hours; none for `always`. A part without days is of those before it, one without times of those behind it. */
export function parseHours(text: string): Hours[] {
  if (text.trim().toLowerCase() === ALWAYS) return [];
  const hours: Hours[] = [];
  let days: number[] = [];
  let isOpen = false;
  for (const part of text.split(',').map((piece) => piece.trim())) {
    const { named, times } = partOf(part);
    if (named) days = isOpen ? [...days, ...named] : named;
    isOpen = times === undefined;
    if (times) hours.push({ days: sorted(days.length > 0 ? days : ALL), ...times });
  }
  if (isOpen) throw new HoursError(`"${text}" ends without a time; write it as ${EXAMPLE}`);
  checkOverlaps(hours);
  return hours;
}

const EXAMPLE = '"Mon-Fri 09:00-17:00, Sat 10:00-12:00"';
const PART = /^(?<days>[A-Za-z]+(?:\s*-\s*[A-Za-z]+)?)?\s*(?<from>\d{1,2}:\d{2})?(?:\s*-\s*(?<to>\d{1,2}:\d{2}))?$/;

type Times = { from: number; to: number };

function partOf(part: string): { named?: number[]; times?: Times } {
  const { days, from, to } = PART.exec(part)?.groups ?? {};
  if ((days === undefined && from === undefined) || (from === undefined) !== (to === undefined)) {
    throw new HoursError(`"${part}" is no span of hours; write it as ${EXAMPLE}, or "always"`);
  }
  return {
    ...(days === undefined ? {} : { named: daysOf(days) }),
    ...(from === undefined || to === undefined ? {} : { times: timesOf(part, from, to) }),
  };
}

function daysOf(text: string): number[] {
  const [first = 0, last = first] = text.split('-').map((word) => dayOf(word.trim()));
  const count = ((last - first + 7) % 7) + 1;
  return Array.from({ length: count }, (_, at) => ((first - 1 + at) % 7) + 1);
}

function dayOf(word: string): number {
  const small = word.toLowerCase();
  const at = DAYS.findIndex((day, index) => small === day.toLowerCase() || small === LONG[index]!.toLowerCase());
  if (at < 0) throw new HoursError(`"${word}" is not a day; there are ${DAYS.join(', ')}`);
  return at + 1;
}

function timesOf(part: string, from: string, to: string): Times {
  const times = { from: minutesOf(from), to: minutesOf(to) };
  if (times.from >= times.to) {
    throw new HoursError(
      `"${part}" ends before it begins; for a night write it as two, such as "Mon 22:00-24:00, Tue 00:00-06:00"`
    );
  }
  return times;
}

function minutesOf(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  const minutes = hour * 60 + minute;
  if (minute > 59 || minutes > MINUTES_A_DAY) throw new HoursError(`"${text}" is not a time of the day`);
  return minutes;
}

function checkOverlaps(hours: readonly Hours[]): void {
  for (const day of ALL) {
    const spans = hours.filter(({ days }) => days.includes(day)).sort((a, b) => a.from - b.from);
    const at = spans.findIndex(({ to }, index) => to > (spans[index + 1]?.from ?? MINUTES_A_DAY));
    if (at >= 0) throw new HoursError(`the hours of ${DAYS[day - 1]!} overlap`);
  }
}

const sorted = (days: readonly number[]): number[] => [...new Set(days)].sort((a, b) => a - b);

/** The text of hours: the same for the same hours. */
export function formatHours(hours: readonly Hours[]): string {
  if (hours.length === 0) return ALWAYS;
  const spans = hours.map(({ days, from, to }) => ({ days: formatDays(days), times: `${clock(from)}-${clock(to)}` }));
  return spans.map(({ days, times }, at) => (days === spans[at - 1]?.days ? times : `${days} ${times}`)).join(', ');
}

function formatDays(days: readonly number[]): string {
  const runs: number[][] = [];
  for (const day of days) {
    if (runs.at(-1)?.at(-1) === day - 1) runs.at(-1)!.push(day);
    else runs.push([day]);
  }
  const name = (day: number): string => DAYS[day - 1]!;
  return runs.map((run) => (run.length > 1 ? `${name(run[0]!)}-${name(run.at(-1)!)}` : name(run[0]!))).join(', ');
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
