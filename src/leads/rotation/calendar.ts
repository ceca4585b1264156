/** When members take leads: working hours by the clock of a time zone, with its changes, and days off. */
import { DateTime, IANAZone } from 'luxon';
import type { Hours } from './model.js';

/** A state that holds from the instant asked for until `until` (milliseconds, or Infinity). */
export type Span = { closed?: 'hours' | 'holiday'; until: number };

/** Days beyond which no working hours begin: each weekday was there once. */
const DAYS_AHEAD = 8;

const MINUTES_A_DAY = 24 * 60;

/** Days on which nobody gets anything. */
export class Holidays {
  private readonly days: ReadonlyArray<{ from: number; to: number }>;

  /** @param dates ISO dates. @throws RangeError for a time zone or a date that is none */
  public constructor(dates: readonly string[], timeZone: string) {
    checkZone(timeZone);
    this.days = [...dates].sort().map((date) => {
      const day = DateTime.fromISO(date, { zone: timeZone });
      if (!day.isValid) throw new RangeError(`"${date}" is not a date.`);
      return { from: day.toMillis(), to: day.plus({ days: 1 }).startOf('day').toMillis() };
    });
  }

  public at(instant: number): Span {
    const next = this.days.find(({ to }) => to > instant);
    if (!next) return { until: Infinity };
    return next.from <= instant ? { closed: 'holiday', until: next.to } : { until: next.from };
  }
}

/** Working hours of one or more members. */
export class Calendar {
  private last = { from: Infinity, span: { until: -Infinity } as Span };

  /**
   * @param hours none for always
   * @throws RangeError for a time zone that is none
   */
  public constructor(
    private readonly hours: readonly Hours[],
    private readonly timeZone: string,
    private readonly holidays: Holidays
  ) {
    checkZone(timeZone);
  }

  /** Whether it is open at an instant, and until when that holds at least. */
  public at(instant: number): Span {
    const { from, span } = this.last;
    if (from <= instant && instant < span.until) return span;
    this.last = { from: instant, span: this.look(instant) };
    return this.last.span;
  }

  /** Time that it is open between two instants, in milliseconds. */
  public openTime(from: number, to: number): number {
    let open = 0;
    for (let at = from; at < to;) {
      const { closed, until } = this.at(at);
      const end = Math.min(until, to);
      if (!closed) open += end - at;
      at = end;
    }
    return open;
  }

  private look(instant: number): Span {
    const off = this.holidays.at(instant);
    if (off.closed) return off;
    const { closed, until } = this.hoursAt(instant);
    const span = { until: Math.min(until, off.until) };
    return closed ? { closed, ...span } : span;
  }

  private hoursAt(instant: number): Span {
    if (this.hours.length === 0) return { until: Infinity };
    const today = DateTime.fromMillis(instant, { zone: this.timeZone }).startOf('day');
    for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
      const next = this.spansOf(today.plus({ days: ahead })).find(({ to }) => to > instant);
      if (next) return next.from <= instant ? { until: next.to } : { closed: 'hours', until: next.from };
    }
    return { closed: 'hours', until: Infinity };
  }

  /** Spans of a day by the clock, in their order. Where the clock jumps over a time, the span begins behind the gap. */
  private spansOf(day: DateTime): Array<{ from: number; to: number }> {
    return this.hours
      .filter(({ days }) => days.includes(day.weekday))
      .map(({ from, to }) => ({ from: instantOf(day, from), to: instantOf(day, to) }))
      .sort((a, b) => a.from - b.from);
  }
}

function instantOf(day: DateTime, minutes: number): number {
  if (minutes >= MINUTES_A_DAY) return day.plus({ days: 1 }).startOf('day').toMillis();
  return day.set({ hour: Math.floor(minutes / 60), minute: minutes % 60 }).toMillis();
}

/** @throws RangeError */
export function checkZone(timeZone: string): void {
  if (!IANAZone.isValidZone(timeZone)) throw new RangeError(`"${timeZone}" is not a time zone.`);
}
