/** Moments and the clocks on the wall of time zones. */
import { IANAZone } from 'luxon';
import type { Ctx } from '../../runtime/context.js';
import type { ApexDatetime } from '../../runtime/dates.js';
import { ApexDate } from '../../runtime/dates.js';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** A date and time as a wall shows it: milliseconds since 1970 as if the zone were UTC. */
export type Wall = number;

/** Offsets change on the quarter of an hour at most; asking for one costs more than everything else here. */
const QUARTER = 15 * MINUTE;
const KEPT = 10_000;
const offsets = new Map<string, Map<number, number>>();

const offset = (zone: string, ms: number): number => {
  let known = offsets.get(zone);
  if (known === undefined) offsets.set(zone, (known = new Map<number, number>()));
  const quarter = Math.floor(ms / QUARTER);
  let found = known.get(quarter);
  if (found === undefined) {
    if (known.size >= KEPT) known.clear();
    known.set(quarter, (found = IANAZone.create(zone).offset(quarter * QUARTER) * MINUTE));
  }
  return found;
};

const zones = new Map<string, boolean>();

/** Whether a zone is known: `Europe/Berlin`, `GMT`. */
export const isZone = (zone: string): boolean => {
  const known = zones.get(zone) ?? IANAZone.isValidZone(zone);
  if (zones.size >= KEPT) zones.clear();
  zones.set(zone, known);
  return known;
};

/** What the wall shows at a moment. */
export const wallOf = (ms: number, zone: string): Wall => ms + offset(zone, ms);

/**
 * The moment a wall shows. Of an hour that comes twice it is the second one, which is standard time; an hour that is left
 * out is counted on from before (java.util.GregorianCalendar).
 */
export const momentOf = (wall: Wall, zone: string): number => {
  const before = wall - offset(zone, wall - DAY);
  const after = wall - offset(zone, wall + DAY);
  const found = [before, after].filter((ms) => wallOf(ms, zone) === wall);
  return found.length === 0 ? before : Math.max(...found);
};

/** `2026-11-29 10:00:00` in a zone, as texts of moments are. */
export const plainMoment = (value: ApexDatetime, zone: string): string =>
  new Date(wallOf(value.ms, zone)).toISOString().slice(0, 19).replace('T', ' ');

/** Today in the zone of the user. */
export const today = (ctx: Ctx): ApexDate => ApexDate.ofMoment(wallOf(ctx.now(), ctx.timeZone));

/** The number of days of a month; months count from 1. */
export const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** A wall some months on; the day stays in its month. */
export const plusMonths = (wall: Wall, months: number): Wall => {
  const date = new Date(wall);
  const index = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const [year, month] = [Math.floor(index / 12), ((index % 12) + 12) % 12];
  const day = Math.min(date.getUTCDate(), daysInMonth(year, month + 1));
  return Date.UTC(year, month, day) + (((wall % DAY) + DAY) % DAY);
};

/** The number of a day in its year, from 1. */
export const dayOfYear = (wall: Wall): number => {
  const start = Date.UTC(new Date(wall).getUTCFullYear(), 0, 1);
  return Math.floor((wall - start) / DAY) + 1;
};

/** A day that exists, from texts of its numbers; nothing for the 30th of February. */
export const existing = (year: string, month: string, day: string): ApexDate | undefined => {
  const date = ApexDate.of(Number(year), Number(month), Number(day));
  const real = new Date(date.ms).getUTCMonth() + 1 === Number(month) && new Date(date.ms).getUTCDate() === Number(day);
  return real ? date : undefined;
};
