/** Turns of members with caps for one run; what they leave over goes into the next. See turns.ts for the rule. */
import { NO_REMAINDER, rebase, type Remainder } from './deficits.js';
import { firstOrder, Turns } from './turns.js';

/** A member of a rotation as the allocator sees it. */
export type AllocatorMember = {
  /** Identity that survives runs: an id or a developer name. Also decides the order among equals. */
  key: string;
  /** Share, a positive integer; 2 gets twice as much as 1. */
  weight: number;
  /** Most leads that this member may get in this run; absent for no cap. */
  cap?: number;
};

export type AllocatorOptions = {
  /** What earlier runs left over; members that it does not name start at zero. */
  carried?: Remainder;
  /** Number that decides who is first among equals when there is no history. Same seed, same choices. */
  seed?: number;
};

/** One choice. `behind` is the member's deficit when chosen, in leads: positive when it was owed leads. */
export type Choice = { member: number; behind: number };

/** Chooses members one lead at a time; O(log m) a lead, O(m) memory. */
export class Allocator {
  private readonly assigned: number[];
  private readonly turns: Turns;
  private open: number[];

  /**
   * @param members at least one, with distinct keys; weights positive integers, caps integers from 0.
   * @throws RangeError for weights, caps or keys that are none, or so large that integers would lose precision.
   */
  public constructor(
    public readonly members: readonly AllocatorMember[],
    options: AllocatorOptions = {}
  ) {
    checkMembers(members);
    const keys = members.map(({ key }) => key);
    this.turns = new Turns(
      members.map(({ weight }) => weight),
      firstOrder(keys, options.seed ?? 0)
    );
    this.assigned = members.map(() => 0);
    this.open = members.map((_, member) => member).filter((member) => !this.isFull(member));
    const { unit, deficits } = options.carried ?? NO_REMAINDER;
    this.start((member) => deficits[keys[member]!] ?? 0, unit);
  }

  /** Leads given to each member in this run, in the order of `members`. */
  public get counts(): readonly number[] {
    return this.assigned;
  }

  /** Whether the member reached its cap. */
  public isFull(member: number): boolean {
    const { cap } = this.members[member]!;
    return cap !== undefined && this.assigned[member]! >= cap;
  }

  /** Chooses a member for the next lead, or returns undefined when every member is at its cap. */
  public next(): Choice | undefined {
    if (this.open.length === 0) return undefined;
    if (this.turns.isSpent) this.restart();
    const { member, deficit } = this.turns.next();
    const behind = deficit / this.turns.unit;
    this.assigned[member] = this.assigned[member]! + 1;
    if (this.isFull(member)) {
      this.open = this.open.filter((other) => other !== member);
      this.restart();
    }
    return { member, behind };
  }

  /** What is left over for the next run. Members at their cap are owed nothing: the others took over their share. */
  public remainder(): Remainder {
    const entries = this.open.map((member) => [this.members[member]!.key, this.turns.deficit(member)] as const);
    return entries.length === 0 ? NO_REMAINDER : { unit: this.turns.unit, deficits: Object.fromEntries(entries) };
  }

  private restart(): void {
    this.start((member) => this.turns.deficit(member), this.turns.unit);
  }

  private start(deficitOf: (member: number) => number, unit: number): void {
    const weights = this.open.map((member) => this.members[member]!.weight);
    this.turns.start(this.open, rebase(weights, this.open.map(deficitOf), unit));
  }
}

/** @throws RangeError for weights, caps or keys that are none */
export function checkMembers(members: readonly AllocatorMember[]): void {
  if (members.length === 0) throw new RangeError('A rotation needs at least one member.');
  if (new Set(members.map(({ key }) => key)).size < members.length) throw new RangeError('Two members have one key.');
  for (const { key, weight, cap } of members) {
    if (!Number.isSafeInteger(weight) || weight < 1)
      throw new RangeError(`The weight of ${key} is not a positive integer.`);
    if (cap !== undefined && (!Number.isSafeInteger(cap) || cap < 0))
      throw new RangeError(`The cap of ${key} is not a count.`);
  }
}
