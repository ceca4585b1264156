/** Patterns of dates: the letters of Java's SimpleDateFormat, in English. */
import { ApexUnsupported } from '../../runtime/failures.js';
import { dayOfYear, wallOf, type Wall } from './moment.js';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

type Moment = { ms: number; zone: string; wall: Wall; date: Date };

/** What a run of one letter stands for. */
type Field = (moment: Moment, width: number) => string;

const digits = (read: (date: Date, moment: Moment) => number): Field => {
  return (moment, width) => String(read(moment.date, moment)).padStart(width, '0');
};

const word = (words: readonly string[], at: number, width: number): string =>
  width >= 4 ? words[at]! : words[at]!.slice(0, 3);

const year: Field = ({ date }, width) => {
  const text = String(date.getUTCFullYear());
  return width === 2 ? text.slice(-2).padStart(2, '0') : text.padStart(width, '0');
};

/** Weeks begin on Sunday, and the one with the first of January is the first. */
const week = (wall: Wall, from: number): number => {
  const first = new Date(from).getUTCDay();
  return Math.floor(((wall - from) / 86_400_000 + first) / 7) + 1;
};

const weekOfYear = (date: Date): number => {
  const number = week(date.getTime(), Date.UTC(date.getUTCFullYear(), 0, 1));
  const endOfWeek = date.getTime() + (6 - date.getUTCDay()) * 86_400_000;
  return new Date(endOfWeek).getUTCFullYear() > date.getUTCFullYear() ? 1 : number;
};

/** The name of a zone; the short ones that English has no letters for are not the ones of Java. */
const zoneName: Field = ({ ms, zone }, width) => {
  if (/^(?:GMT|UTC|Etc\/(?:GMT|UTC))$/.test(zone)) return width >= 4 ? longName(ms, zone) : zone.replace('Etc/', '');
  if (width >= 4) return longName(ms, zone);
  const name = zonePart(ms, zone, 'short');
  if (/\d/.test(name)) throw new ApexUnsupported(`The short name of the time zone ${zone} is not supported`);
  return name;
};

const longName = (ms: number, zone: string): string =>
  zone.endsWith('GMT') ? 'Greenwich Mean Time' : zonePart(ms, zone, 'long');

const zonePart = (ms: number, zone: string, style: 'short' | 'long'): string =>
  new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: style })
    .formatToParts(ms)
    .find(({ type }) => type === 'timeZoneName')!.value;

const offsetText = ({ ms, wall }: Moment, colon: boolean): string => {
  const minutes = Math.abs(wall - ms) / 60_000;
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${wall < ms ? '-' : '+'}${two(Math.floor(minutes / 60))}${colon ? ':' : ''}${two(minutes % 60)}`;
};

const isoOffset: Field = (moment, width) => {
  if (moment.wall === moment.ms) return 'Z';
  if (width === 1) return offsetText(moment, false).slice(0, 3);
  return offsetText(moment, width === 3);
};

const FIELDS: Readonly<Record<string, Field>> = {
  G: ({ date }) => (date.getUTCFullYear() > 0 ? 'AD' : 'BC'),
  y: year,
  M: ({ date }, width) =>
    width >= 3 ? word(MONTHS, date.getUTCMonth(), width) : String(date.getUTCMonth() + 1).padStart(width, '0'),
  d: digits((date) => date.getUTCDate()),
  D: digits((date) => dayOfYear(date.getTime())),
  E: ({ date }, width) => word(DAYS, date.getUTCDay(), width),
  u: digits((date) => date.getUTCDay() || 7),
  w: digits(weekOfYear),
  W: digits((date) => week(date.getTime(), Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1))),
  F: digits((date) => Math.floor((date.getUTCDate() - 1) / 7) + 1),
  a: ({ date }) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  H: digits((date) => date.getUTCHours()),
  k: digits((date) => date.getUTCHours() || 24),
  K: digits((date) => date.getUTCHours() % 12),
  h: digits((date) => date.getUTCHours() % 12 || 12),
  m: digits((date) => date.getUTCMinutes()),
  s: digits((date) => date.getUTCSeconds()),
  S: digits((date) => date.getUTCMilliseconds()),
  z: zoneName,
  Z: (moment) => offsetText(moment, false),
  X: isoOffset,
};

/** A run of letters, a text in quotes, or what stands for itself. */
const PIECE = /'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'/g;

/**
 * A moment as a pattern shows it in a zone; `problem` is called for what is no pattern.
 * @throws ApexUnsupported for letters this org does not know.
 */
export const formatMoment = (
  ms: number,
  zone: string,
  pattern: string,
  problem: (message: string) => never
): string => {
  const wall = wallOf(ms, zone);
  const moment = { ms, zone, wall, date: new Date(wall) };
  return pattern.replace(PIECE, (piece, letter?: string) => {
    if (piece === "''") return "'";
    if (piece === "'") return problem('Unterminated quote');
    if (piece.startsWith("'")) return piece.slice(1, -1).replaceAll("''", "'");
    if (letter === undefined) return piece;
    if (letter === 'Y' || letter === 'L')
      throw new ApexUnsupported(`The letter ${letter} is not supported in patterns of dates`);
    const field = Object.hasOwn(FIELDS, letter) ? FIELDS[letter] : undefined;
    return field ? field(moment, piece.length) : problem(`Illegal pattern character '${letter}'`);
  });
};
