/**
 * What members are owed, in whole units of 1/LEDGER_UNIT lead. A lead that several may take is owed to each of them by
 * weight; who gets it has got one. Those who may not take it are neither owed nor charged anything, so leads that cannot
 * be shared by all make nobody's claim. The sum over all members is always zero.
 */
import { divide } from './deficits.js';
import { LEDGER_UNIT } from './model.js';

/** Multiples of it, modulo 2³², are spread evenly whatever the steps between them: rounding favours nobody. */
const GOLDEN = 2_654_435_769;

/** Leads that were given, and how many of them a member got. */
export type Given = { taken: number; takenBy: (member: number) => number };

export class Ledger {
  private readonly deficits: number[];
  private readonly start: readonly number[];

  /**
   * @param weights of all members
   * @param deficits theirs; where they do not sum up to zero, because members left, all share the rest by weight
   * @param leads given ever, to begin the rounding at another place each time
   */
  public constructor(
    weights: readonly number[],
    deficits: readonly number[],
    private leads: number
  ) {
    const rest = deficits.reduce((sum, deficit) => sum + deficit, 0);
    const shares = divide(rest, weights, this.phase);
    this.deficits = deficits.map((deficit, member) => deficit - shares[member]!);
    this.start = [...this.deficits];
  }

  /** Deficits of members that own open leads: what they lack to their share of all of them. */
  public static openLeads(weights: readonly number[], open: readonly number[]): number[] {
    const total = open.reduce((sum, leads) => sum + leads, 0);
    return divide(total * LEDGER_UNIT, weights).map((share, member) => share - open[member]! * LEDGER_UNIT);
  }

  public of(member: number): number {
    return this.deficits[member]!;
  }

  /** Units by which a member is owed less (+) or more (−) than at the start: by how much it got too many leads. */
  public gained(member: number): number {
    return this.start[member]! - this.deficits[member]!;
  }

  /**
   * Writes leads down that the same members might take.
   * @param weights those of the active members
   */
  public settle(active: readonly number[], weights: readonly number[], given: Given): void {
    const shares = divide(given.taken * LEDGER_UNIT, weights, this.phase);
    for (let at = 0; at < active.length; at++) {
      const member = active[at]!;
      this.deficits[member] = this.deficits[member]! + shares[at]! - given.takenBy(member) * LEDGER_UNIT;
    }
    this.leads += given.taken;
  }

  private get phase(): number {
    return Math.imul(this.leads, GOLDEN) >>> 0;
  }
}
