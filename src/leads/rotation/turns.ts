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
 * deficit is kept in units of 1/(W·fine) of a lead: dᵢ(k) = dᵢ(0) + fine·(k·wᵢ − xᵢ·W), with Σ dᵢ(0) = 0.
 */
import { MemberHeap } from './heap.js';

/** Choices after which turns have to be started anew from the deficits, so that products stay exact integers. */
export const MOST_TURNS = 1 << 14;

/** Turns among members that stay the same; `start` begins anew with others. O(log m) a turn, O(m) memory. */
export class Turns {
  private readonly lastTurn: number[];
  private readonly most: number;
  private open: readonly number[] = [];
  /** Sum of the weights of the open members: W. */
  private sum = 0;
  private units = 1;
  /** 2m − 2 for m open members. */
  private scale = 0;
  /** Whether deficits are so far apart that products may be larger than a double holds. */
  private isWide = false;
  private round = 0;
  private turn = 0;
  private readonly offset: number[];
  private readonly inRound: number[];
  /** Whether the heaps hold the open members: one choice alone is cheaper without. */
  private heaped = false;
  private waiting = new MemberHeap(() => false);
  private due = new MemberHeap(() => false);

  /**
   * @param weights of all members, positive integers
   * @param order who comes first among equals before anybody had a turn: distinct numbers below 1, lowest first
   * @param fine how many units make 1/W of a lead
   * @throws RangeError where products would not stay exact
   */
  public constructor(
    private readonly weights: readonly number[],
    order: readonly number[],
    private readonly fine = 1
  ) {
    this.most = Math.max(...weights);
    if (4 * weights.length * (MOST_TURNS + weights.length) * this.most ** 2 * fine > Number.MAX_SAFE_INTEGER)
      throw new RangeError('The weights are too large for exact counting. Divide them by a common factor.');
    this.lastTurn = [...order];
    this.offset = weights.map(() => 0);
    this.inRound = weights.map(() => 0);
  }

  /** Units that make a lead: W·fine. */
  public get unit(): number {
    return this.units;
  }

  /** Turns taken since the start. */
  public get taken(): number {
    return this.round;
  }

  /** Whether turns have to be started anew before the next one. */
  public get isSpent(): boolean {
    return this.round >= MOST_TURNS;
  }

  /**
   * Starts counting anew.
   * @param open numbers of the members that take part, at least one
   * @param deficits theirs, in units of 1/(W·fine) lead; they sum up to zero
   */
  public start(open: readonly number[], deficits: readonly number[]): void {
    this.open = open;
    this.sum = open.reduce((total, member) => total + this.weights[member]!, 0);
    this.units = this.sum * this.fine;
    this.scale = 2 * open.length - 2;
    this.round = 0;
    this.heaped = false;
    let furthest = 0;
    for (let at = 0; at < open.length; at++) {
      const member = open[at]!;
      const deficit = deficits[at]!;
      furthest = Math.max(furthest, Math.abs(deficit));
      this.offset[member] = deficit;
      this.inRound[member] = 0;
    }
    this.isWide = 2 * this.scale * furthest * this.most > Number.MAX_SAFE_INTEGER;
  }

  /** Deficit of an open member, in units. */
  public deficit(member: number): number {
    return this.offset[member]! + (this.round * this.weights[member]! - this.inRound[member]! * this.sum) * this.fine;
  }

  /** Turns that an open member took since the start. */
  public takenBy(member: number): number {
    return this.inRound[member]!;
  }

  /**
   * One turn more.
   * @param forced the open member that takes it whoever is due
   * @returns who took it, and its deficit right before
   */
  public next(forced?: number): { member: number; deficit: number } {
    const isFirst = this.round === 0;
    this.round += 1;
    if (!isFirst && !this.heaped) this.heap();
    const member = forced ?? (this.heaped ? this.pop() : this.scan());
    if (forced !== undefined && this.heaped && !this.due.remove(forced)) this.waiting.remove(forced);
    const deficit = this.deficit(member);
    this.inRound[member] = this.inRound[member]! + 1;
    this.lastTurn[member] = ++this.turn;
    if (this.heaped) this.waiting.push(member);
    return { member, deficit };
  }

  private heap(): void {
    this.heaped = true;
    this.waiting = new MemberHeap((a, b) => this.isReleasedBefore(a, b));
    this.due = new MemberHeap((a, b) => this.isDueBefore(a, b));
    for (const member of this.open) this.waiting.push(member);
  }

  /** The same choice as that of the heaps. */
  private scan(): number {
    let due: number | undefined;
    let next: number | undefined;
    for (const member of this.open) {
      if (!this.isReleased(member)) {
        if (next === undefined || this.isReleasedBefore(member, next)) next = member;
      } else if (due === undefined || this.isDueBefore(member, due)) {
        due = member;
      }
    }
    return (due ?? next)!;
  }

  private pop(): number {
    for (let member = this.waiting.peek(); member !== undefined; member = this.waiting.peek()) {
      if (!this.isReleased(member)) break;
      this.waiting.pop();
      this.due.push(member);
    }
    return this.due.pop() ?? this.waiting.pop()!;
  }

  /** Whether it is behind by at least 1/(2m−2) of a lead. */
  private isReleased(member: number): boolean {
    return this.scale * this.deficit(member) >= this.units;
  }

  private isReleasedBefore(a: number, b: number): boolean {
    return this.isEarlier(a, b, this.releaseOf(a), this.releaseOf(b));
  }

  private isDueBefore(a: number, b: number): boolean {
    const wait = (this.scale - 2) * this.units;
    return this.isEarlier(a, b, this.releaseOf(a) + wait, this.releaseOf(b) + wait);
  }

  /** Numerator of the k from which the member is due; the denominator is its weight times scale and fine. */
  private releaseOf(member: number): number {
    return this.units + this.scale * (this.inRound[member]! * this.units - this.offset[member]!);
  }

  /** Compares the fractions keyA/wₐ and keyB/w_b; equals go to the one whose last turn is longest ago. */
  private isEarlier(a: number, b: number, keyA: number, keyB: number): boolean {
    const [left, right] = [this.weights[b]!, this.weights[a]!];
    const difference = this.isWide ? crossSign(keyA, left, keyB, right) : keyA * left - keyB * right;
    return difference === 0 ? this.lastTurn[a]! < this.lastTurn[b]! : difference < 0;
  }
}

/** A number with the sign of a·b − c·d, however large these are. */
const crossSign = (a: number, b: number, c: number, d: number): number =>
  Number(BigInt(a) * BigInt(b) - BigInt(c) * BigInt(d));

/** Order among equals before anybody had a turn: by key, rotated by the seed, so that input order does not matter. */
export function firstOrder(keys: readonly string[], seed: number): number[] {
  const byKey = keys.map((_, member) => member).sort((a, b) => (keys[a]! < keys[b]! ? -1 : 1));
  const order = keys.map(() => 0);
  byKey.forEach((member, place) => (order[member] = ((place + (seed % keys.length)) % keys.length) - keys.length));
  return order;
}
