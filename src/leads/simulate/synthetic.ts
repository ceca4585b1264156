/** Leads that are made up: as many a day as wanted, more in working hours, fewer at night and on weekends. */
import { DateTime } from 'luxon';
import type { Arrival, Arrivals } from './arrivals.js';

export type SyntheticRequest = {
  leads: number;
  /** On average, all days of a week counted. */
  perDay: number;
  /** ISO date of the first day. */
  start: string;
  /** By whose clock people work. */
  timeZone: string;
  seed: number;
};

const HOUR = 3_600_000;

/** How busy each hour of a working day is. */
const HOURS = [1, 1, 1, 1, 1, 2, 4, 8, 14, 18, 18, 16, 13, 14, 16, 15, 12, 8, 5, 4, 3, 3, 2, 1];

/** How busy each day is, from Monday, beside a working day. */
const DAYS = [1, 1, 1, 1, 0.9, 0.2, 0.15];

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** What HOURS and DAYS come to on an average day. */
const A_DAY = (sum(HOURS) * sum(DAYS)) / DAYS.length;

/** Whether a date can be the first day. */
export const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text).isValid;

/** Today's date in a time zone. */
export const today = (timeZone: string): string => DateTime.now().setZone(timeZone).toISODate() ?? '';

/** The same request gives the same leads. */
export function syntheticArrivals(request: SyntheticRequest): Arrivals {
  const { perDay, start, timeZone, seed } = request;
  const text = `made up, ${perDay} a day from ${start} (${timeZone}), seed ${seed}`;
  return { kind: 'synthetic', text, leads: { [Symbol.iterator]: () => generate(request) } };
}

function* generate({ leads, perDay, start, timeZone, seed }: SyntheticRequest): Generator<Arrival> {
  const random = randomOf(seed);
  let made = 0;
  for (let hour = DateTime.fromISO(start, { zone: timeZone }); made < leads; hour = hour.plus({ hours: 1 })) {
    const mean = (perDay * HOURS[hour.hour]! * DAYS[hour.weekday - 1]!) / A_DAY;
    const count = Math.min(poisson(mean, random), leads - made);
    const times = Array.from({ length: count }, () => hour.toMillis() + Math.floor(random() * HOUR));
    for (const at of times.sort((a, b) => a - b)) yield { at, lead: String(++made), company: '', email: '' };
  }
}

/** Events in a span in which so many are expected (Knuth); a large mean is divided, so that no product vanishes. */
function poisson(mean: number, random: () => number): number {
  if (mean > 30) return poisson(mean / 2, random) + poisson(mean / 2, random);
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
}

/** Numbers from 0 to below 1, the same sequence for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
