/** How long members wait for a lead, by the clock and in their working hours. */
import { calendarsOf, type RotationClock } from '../rotation/availability.js';
import type { Calendar } from '../rotation/calendar.js';
import type { EngineMember } from '../rotation/engine.js';

/** Longest waits in milliseconds. */
export type Wait = { longest: number; open: number };

/** Time that a calendar was open since the beginning; asked for later and later instants. */
class OpenClock {
  private total = 0;

  public constructor(
    private readonly calendar: Calendar,
    private at: number
  ) {}

  public until(instant: number): number {
    this.total += this.calendar.openTime(this.at, instant);
    this.at = Math.max(this.at, instant);
    return this.total;
  }
}

/**
 * Waits of all members. The time before the first lead and that behind the last one are waits too: who never gets a lead
 * waits all the time. A pause at the beginning is none.
 */
export class Waits {
  private readonly clocks: readonly OpenClock[];
  private readonly last: Array<{ at: number; open: number }>;
  private readonly waits: Wait[];

  public constructor(members: readonly EngineMember[], clock: RotationClock, start: number) {
    const calendars = calendarsOf(members, clock);
    const shared = new Map(calendars.map((calendar) => [calendar, new OpenClock(calendar, start)]));
    this.clocks = calendars.map((calendar) => shared.get(calendar)!);
    this.last = members.map(({ pausedUntil }, member) => {
      const at = Math.max(start, pausedUntil === undefined ? start : Date.parse(pausedUntil));
      return { at, open: calendars[member]!.openTime(start, at) };
    });
    this.waits = members.map(() => ({ longest: 0, open: 0 }));
  }

  /** A member gets a lead. */
  public given(member: number, at: number): void {
    const last = this.last[member]!;
    const wait = this.waits[member]!;
    const open = this.clocks[member]!.until(at);
    wait.longest = Math.max(wait.longest, at - last.at);
    wait.open = Math.max(wait.open, open - last.open);
    this.last[member] = { at, open };
  }

  /** The simulation is over. */
  public end(at: number): readonly Wait[] {
    for (const member of this.waits.keys()) this.given(member, Math.max(at, this.last[member]!.at));
    return this.waits;
  }
}
