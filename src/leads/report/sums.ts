/** What owners got and lost, in all and in each day or week. Pure. */
import { DAY } from '../holding/index.js';
import type { OwnerEvent } from './event.js';

export type Unit = 'day' | 'week';

/** Days up to which each has a count of its own. */
const MOST_DAYS = 90;

/** Times of equal length, one after another. */
export type Bins = { unit: Unit; from: number; length: number; count: number };

/** Days, in UTC, from that of `since` to that of `now`; weeks where they are many. */
export function binsOf(since: number, now: number, days: number): Bins {
  const unit = days > MOST_DAYS ? 'week' : 'day';
  const length = unit === 'week' ? 7 * DAY : DAY;
  const from = Math.floor(since / DAY) * DAY;
  return { unit, from, length, count: Math.floor((now - from) / length) + 1 };
}

/** Number of the bin of an instant. Clocks differ: what is before the first or behind the last one is in these. */
export const binAt = ({ from, length, count }: Bins, at: number): number =>
  Math.min(count - 1, Math.max(0, Math.floor((at - from) / length)));

export type OwnerSums = {
  got: number;
  lost: number;
  accepted: number;
  declined: number;
  pulledBack: number;
  claimed: number;
  /** Leads got in each bin. */
  series: number[];
};

/** Of an owner of whom nothing is told. */
export const noSums = ({ count }: Bins): OwnerSums => ({
  got: 0,
  lost: 0,
  accepted: 0,
  declined: 0,
  pulledBack: 0,
  claimed: 0,
  series: new Array<number>(count).fill(0),
});

export class Sums {
  /** By owner. */
  public readonly owners = new Map<string, OwnerSums>();
  /** Changes by who told of them, and in all. */
  public readonly told = { assignment: 0, run: 0, history: 0 };

  public constructor(public readonly bins: Bins) {}

  public get events(): number {
    return this.told.assignment + this.told.run + this.told.history;
  }

  /** A record that only tells that the owner has accepted changes no owner. */
  public add({ at, from, to, source, outcome }: OwnerEvent): void {
    this.told[source] += 1;
    if (from !== to) this.move(from, to, at);
    if (outcome === 'Accepted') this.of(to).accepted += 1;
    if (outcome === 'Claimed') this.of(to).claimed += 1;
    if (outcome === 'Declined') this.of(from).declined += 1;
    if (outcome === 'PulledBack') this.of(from).pulledBack += 1;
  }

  private move(from: string, to: string, at: number): void {
    const owner = this.of(to);
    owner.got += 1;
    owner.series[binAt(this.bins, at)]! += 1;
    if (from !== '') this.of(from).lost += 1;
  }

  private of(id: string): OwnerSums {
    const found = this.owners.get(id);
    if (found) return found;
    const sums = noSums(this.bins);
    this.owners.set(id, sums);
    return sums;
  }
}
