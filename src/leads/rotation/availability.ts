/** Which members take leads at a moment, whatever the lead: hours, holidays and pauses. Time only goes forward. */
import { DateTime } from 'luxon';
import { Calendar, checkZone, Holidays } from './calendar.js';
import type { Period, RotationMember } from './model.js';

/** Hours and periods of a whole rotation. */
export type RotationClock = {
  timeZone: string;
  hours: RotationMember['hours'];
  holidays: readonly string[];
  /** For which caps count; absent where they count for the whole run. */
  period?: Period;
};

export type Absence = 'hours' | 'holiday' | 'paused';

type Times = Pick<RotationMember, 'hours' | 'timeZone' | 'pausedUntil'>;

/** The calendar of each member; members with the same hours have one together. */
export function calendarsOf(members: readonly Times[], { timeZone, hours, holidays }: RotationClock): Calendar[] {
  const off = new Holidays(holidays, timeZone);
  const known = new Map<string, Calendar>();
  return members.map((member) => {
    const own = { hours: member.hours ?? hours ?? [], timeZone: member.timeZone ?? timeZone };
    const key = JSON.stringify(own);
    const calendar = known.get(key) ?? new Calendar(own.hours, own.timeZone, off);
    known.set(key, calendar);
    return calendar;
  });
}

/** Asked again and again, it looks at the calendars only when something can have changed. */
export class Availability {
  private readonly calendars: readonly Calendar[];
  private readonly pausedUntil: readonly number[];
  private absences: ReadonlyArray<Absence | undefined>;
  private now = -Infinity;
  private until = -Infinity;

  /** @throws RangeError for a time zone, a date or an instant that is none */
  public constructor(members: readonly Times[], clock: RotationClock) {
    this.calendars = calendarsOf(members, clock);
    this.pausedUntil = members.map(({ pausedUntil }) => instantOf(pausedUntil));
    this.absences = members.map(() => undefined);
  }

  /** Why the member is away; undefined where it is there. */
  public absence(member: number): Absence | undefined {
    return this.absences[member];
  }

  /**
   * Moves on to an instant (milliseconds).
   * @returns whether anybody came or went
   * @throws RangeError where the instant lies before the last one
   */
  public at(instant: number): boolean {
    if (!(instant >= this.now)) throw new RangeError('Time only goes forward in a rotation.');
    this.now = instant;
    if (instant < this.until) return false;
    const before = this.absences;
    this.look(instant);
    return this.absences.some((absence, member) => absence !== before[member]);
  }

  private look(instant: number): void {
    const seen = new Map([...new Set(this.calendars)].map((calendar) => [calendar, calendar.at(instant)]));
    const pauses = this.pausedUntil.filter((end) => end > instant);
    this.until = Math.min(...pauses, ...[...seen.values()].map(({ until }) => until));
    this.absences = this.calendars.map((calendar, member) =>
      this.pausedUntil[member]! > instant ? 'paused' : seen.get(calendar)!.closed
    );
  }
}

/** Period that an instant lies in: its first day, and the instant at which it ends. Weeks begin on Monday. */
export function periodAt(instant: number, period: Period, timeZone: string): { start: string; end: number } {
  checkZone(timeZone);
  const start = DateTime.fromMillis(instant, { zone: timeZone }).startOf(period);
  return {
    start: start.toISODate() ?? '',
    end: start
      .plus({ [period]: 1 })
      .startOf(period)
      .toMillis(),
  };
}

function instantOf(iso: string | undefined): number {
  if (iso === undefined) return -Infinity;
  const instant = Date.parse(iso);
  if (Number.isNaN(instant)) throw new RangeError(`"${iso}" is not an instant.`);
  return instant;
}
