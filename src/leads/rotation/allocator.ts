/**
 * Who gets the next lead: the chairman assignment problem.
 *
 * Members with integer weights wᵢ (W = Σw) are to be chosen so that after any k choices member i was chosen about
 * k·wᵢ/W times. "Furthest behind first" drifts beyond one lead for some weights. The rule used here is that of
 * R. Tijdeman, "The chairman assignment problem", Discrete Mathematics 32 (1980): among the members that are behind
 * by at least 1/(2m−2) choose the one with the earliest deadline. Then nobody is ever further than 1 − 1/(2m−2) from
 * the exact share, at any prefix, while the members stay the same.
 *
 * Everything is integer arithmetic, so that another implementation (Apex, Long) makes the same choices. A member's
 * deficit is kept in units of 1/W of a lead: dᵢ(k) = dᵢ(0) + k·wᵢ − xᵢ·W, with Σ dᵢ(0) = 0.
 */
import { NO_REMAINDER, rebase, type Remainder } from './deficits.js';
import { MemberHeap } from './heap.js';

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

/** Choices after which the counters start again from the deficits, so that products stay exact integers. */
const ROUND = 1 << 20;

/** Chooses members one lead at a time; O(log m) a lead, O(m) memory. */
export class Allocator {
  private readonly assigned: number[];
  private readonly lastTurn: number[];
  private open: number[];
  /** Sum of the weights of the open members: W. */
  private total = 0;
  /** 2m − 2 for m open members. */
  private scale = 0;
  private round = 0;
  private turn = 0;
  private offset: number[] = [];
  private inRound: number[] = [];
  private waiting = new MemberHeap(() => false);
  private due = new MemberHeap(() => false);

  /**
   * @param members at least one, with distinct keys; weights positive integers, caps integers from 0.
   * @throws RangeError for weights, caps or keys that are none, or so large that integers would lose precision.
   */
  public constructor(
    public readonly members: readonly AllocatorMember[],
    options: AllocatorOptions = {}
  ) {
    checkMembers(members);
    this.assigned = members.map(() => 0);
    this.lastTurn = firstOrder(members, options.seed ?? 0);
    this.open = members.map((_, member) => member).filter((member) => this.hasRoom(member));
    const { unit, deficits } = options.carried ?? NO_REMAINDER;
    this.start((member) => deficits[this.member(member).key] ?? 0, unit);
  }

  /** Leads given to each member in this run, in the order of `members`. */
  public get counts(): readonly number[] {
    return this.assigned;
  }

  /** Whether the member reached its cap. */
  public isFull(member: number): boolean {
    return !this.hasRoom(member);
  }

  /** Chooses a member for the next lead, or returns undefined when every member is at its cap. */
  public next(): Choice | undefined {
    if (this.open.length === 0) return undefined;
    if (this.round === ROUND) this.start((member) => this.deficit(member), this.total);
    this.round += 1;
    this.release();
    const member = this.due.pop() ?? this.waiting.pop()!;
    const behind = this.deficit(member) / this.total;
    this.give(member);
    return { member, behind };
  }

  /** What is left over for the next run. Members at their cap are owed nothing: the others took over their share. */
  public remainder(): Remainder {
    const entries = this.open.map((member) => [this.member(member).key, this.deficit(member)] as const);
    return entries.length === 0 ? NO_REMAINDER : { unit: this.total, deficits: Object.fromEntries(entries) };
  }

  private give(member: number): void {
    this.assigned[member] = this.assigned[member]! + 1;
    this.inRound[member] = this.inRound[member]! + 1;
    this.lastTurn[member] = ++this.turn;
    if (this.hasRoom(member)) {
      this.waiting.push(member);
      return;
    }
    this.open = this.open.filter((other) => other !== member);
    this.start((other) => this.deficit(other), this.total);
  }

  /** Starts counting anew from deficits given in units of 1/`unit` lead, with the members that are open now. */
  private start(deficitOf: (member: number) => number, unit: number): void {
    const weights = this.open.map((member) => this.member(member).weight);
    const deficits = rebase(weights, this.open.map(deficitOf), unit);
    this.total = weights.reduce((sum, weight) => sum + weight, 0);
    this.scale = 2 * this.open.length - 2;
    this.round = 0;
    this.inRound = this.members.map(() => 0);
    this.offset = this.members.map(() => 0);
    this.open.forEach((member, at) => (this.offset[member] = deficits[at]!));
    this.waiting = new MemberHeap((a, b) => this.earlier(a, b, this.releaseOf(a), this.releaseOf(b)));
    this.due = new MemberHeap((a, b) => this.earlier(a, b, this.deadlineOf(a), this.deadlineOf(b)));
    for (const member of this.open) this.waiting.push(member);
  }

  /** Moves the members that are behind by at least 1/(2m−2) of a lead into the heap of those that are due. */
  private release(): void {
    for (let member = this.waiting.peek(); member !== undefined; member = this.waiting.peek()) {
      if (this.scale * this.deficit(member) < this.total) return;
      this.waiting.pop();
      this.due.push(member);
    }
  }

  private deficit(member: number): number {
    return this.offset[member]! + this.round * this.member(member).weight - this.inRound[member]! * this.total;
  }

  /** Numerator of the k from which the member is due; the denominator is its weight times the scale. */
  private releaseOf(member: number): number {
    return this.total + this.scale * (this.inRound[member]! * this.total - this.offset[member]!);
  }

  /** Numerator of its deadline, over the same denominator. */
  private deadlineOf(member: number): number {
    return this.releaseOf(member) + (this.scale - 2) * this.total;
  }

  /** Compares the fractions keyA/wₐ and keyB/w_b; equals go to the one whose last turn is longest ago. */
  private earlier(a: number, b: number, keyA: number, keyB: number): boolean {
    const difference = keyA * this.member(b).weight - keyB * this.member(a).weight;
    return difference === 0 ? this.lastTurn[a]! < this.lastTurn[b]! : difference < 0;
  }

  private hasRoom(member: number): boolean {
    const { cap } = this.member(member);
    return cap === undefined || this.assigned[member]! < cap;
  }

  private member(member: number): AllocatorMember {
    return this.members[member]!;
  }
}

/** Order among equals before anybody had a turn: by key, rotated by the seed, so that input order does not matter. */
function firstOrder(members: readonly AllocatorMember[], seed: number): number[] {
  const byKey = members.map((_, member) => member).sort((a, b) => (members[a]!.key < members[b]!.key ? -1 : 1));
  const order = members.map(() => 0);
  byKey.forEach((member, place) => {
    order[member] = ((place + (seed % members.length)) % members.length) - members.length;
  });
  return order;
}

function checkMembers(members: readonly AllocatorMember[]): void {
  if (members.length === 0) throw new RangeError('A rotation needs at least one member.');
  if (new Set(members.map(({ key }) => key)).size < members.length) throw new RangeError('Two members have one key.');
  for (const { key, weight, cap } of members) {
    if (!Number.isSafeInteger(weight) || weight < 1)
      throw new RangeError(`The weight of ${key} is not a positive integer.`);
    if (cap !== undefined && (!Number.isSafeInteger(cap) || cap < 0))
      throw new RangeError(`The cap of ${key} is not a count.`);
  }
  const most = Math.max(...members.map(({ weight }) => weight));
  if (2 * members.length * (ROUND + members.length) * most * most > Number.MAX_SAFE_INTEGER) {
    throw new RangeError('The weights are too large for exact counting. Divide them by a common factor.');
  }
}
