/** How many leads members got: in this run, ever, and in the period for which their caps count. */
import { periodAt, type RotationClock } from './availability.js';
import type { MemberState } from './model.js';

/** What is remembered of a member that is new. */
export const NEW_MEMBER: MemberState = { assigned: 0, periodCount: 0, deficit: 0 };

export class Counts {
  private readonly given: number[];
  private readonly inPeriod: number[];
  private readonly fulls: number[];
  private periodStart?: string;
  private periodEnd = -Infinity;

  /** @param before what is remembered of each member */
  public constructor(
    private readonly caps: ReadonlyArray<number | undefined>,
    private readonly before: readonly MemberState[],
    private readonly clock?: RotationClock
  ) {
    this.given = caps.map(() => 0);
    this.inPeriod = before.map(({ periodCount }) => (clock?.period ? periodCount : 0));
    this.fulls = caps.map(() => 0);
  }

  /** Leads of this run. */
  public get ofRun(): readonly number[] {
    return this.given;
  }

  /** Leads given ever, before this run. */
  public get earlier(): number {
    return this.before.reduce((sum, { assigned }) => sum + assigned, 0);
  }

  /** How often a member reached its cap. */
  public capped(member: number): number {
    return this.fulls[member]!;
  }

  /** Whether a member is at its cap. */
  public isFull(member: number): boolean {
    const cap = this.caps[member];
    return cap !== undefined && this.inPeriod[member]! >= cap;
  }

  /** Counts a lead. @returns whether the member reached its cap by it */
  public add(member: number): boolean {
    this.given[member] = this.given[member]! + 1;
    this.inPeriod[member] = this.inPeriod[member]! + 1;
    if (!this.isFull(member)) return false;
    this.fulls[member] = this.fulls[member]! + 1;
    return true;
  }

  /** Moves on to an instant. @returns whether a period began there, so that the counts of the last one are gone */
  public at(instant: number): boolean {
    const { period, timeZone = '' } = this.clock ?? {};
    if (!period || instant < this.periodEnd) return false;
    const isFirst = this.periodStart === undefined;
    const { start, end } = periodAt(instant, period, timeZone);
    this.periodStart = start;
    this.periodEnd = end;
    this.before.forEach(({ periodStart }, member) => {
      if (!isFirst || periodStart === undefined || periodStart < start) this.inPeriod[member] = 0;
    });
    return true;
  }

  /** What is to be remembered of a member. */
  public stateOf(member: number, deficit: number): MemberState {
    const before = this.before[member]!;
    const given = this.given[member]!;
    if (given === 0) return { ...before, deficit };
    const periodStart = this.periodStart ?? before.periodStart;
    return {
      assigned: before.assigned + given,
      periodCount: this.inPeriod[member]!,
      ...(periodStart === undefined ? {} : { periodStart }),
      deficit,
    };
  }
}
