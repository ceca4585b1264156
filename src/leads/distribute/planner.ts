/** Decides lead by lead who gets it. Pure: the same leads, targets and history give the same decisions. */
import { createHash } from 'node:crypto';
import { Allocator } from '../rotation/allocator.js';
import type { Remainder } from '../rotation/deficits.js';
import { behindText } from '../rotation/reasons.js';
import { Samples } from '../rotation/samples.js';
import type { LeadRow, MemberPlan, Target } from './types.js';

export type SkipReason = 'converted' | 'not-found' | 'all-full';

export type Decision =
  | { action: 'assign'; target: Target; reason: string }
  | { action: 'unchanged'; target: Target; reason: string }
  | { action: 'skip'; reason: SkipReason };

/** Deviation from the exact share along the run, for the plot: at each sampled lead, the largest and per member. */
export type DeviationSample = { lead: number; deviations: number[] };

/** Feed it the leads in order; ask for the summary at the end. O(log m) a lead. */
export class DistributionPlanner {
  private readonly allocator: Allocator;
  private readonly moved: number[];
  private readonly weights: number;
  private readonly skips = new Map<SkipReason, number>();
  private readonly samples = new Samples<DeviationSample>();
  private given = 0;
  private worst = 0;
  private fullNote = '';

  /** @param seed any text that stays the same for the same selection, such as the first lead's id */
  public constructor(
    private readonly targets: readonly Target[],
    carried: Remainder | undefined,
    seed: string
  ) {
    const members = targets.map(({ id, weight, cap }) => ({ key: id, weight, cap }));
    this.allocator = new Allocator(members, {
      carried,
      seed: createHash('sha256').update(seed).digest().readUInt32BE(),
    });
    this.moved = targets.map(() => 0);
    this.weights = targets.reduce((sum, { weight }) => sum + weight, 0);
    this.noteFull();
  }

  public decide(lead: LeadRow): Decision {
    if (lead.converted) return this.skip('converted');
    const choice = this.allocator.next();
    if (!choice) return this.skip('all-full');
    const target = this.targets[choice.member]!;
    this.measure(choice.member, -1);
    this.given += 1;
    this.measure(choice.member, 0);
    this.samples.offer(this.given, () => ({
      lead: this.given,
      deviations: this.targets.map((_, index) => this.deviation(index)),
    }));
    const reason = `${target.name} due first (${behindText(choice.behind)})${this.fullNote}`;
    if (this.allocator.isFull(choice.member)) this.noteFull();
    if (lead.ownerId === target.id) return { action: 'unchanged', target, reason };
    this.moved[choice.member] = this.moved[choice.member]! + 1;
    return { action: 'assign', target, reason };
  }

  /** Counts a lead that is not there. */
  public skip(reason: SkipReason): Decision {
    this.skips.set(reason, (this.skips.get(reason) ?? 0) + 1);
    return { action: 'skip', reason };
  }

  /** @param before open leads that each target owns, by id */
  public summary(before: Readonly<Record<string, number>>): {
    members: MemberPlan[];
    skipped: Record<string, number>;
    assigned: number;
    worst: number;
    samples: DeviationSample[];
    remainder: Remainder;
  } {
    this.targets.forEach((_, index) => this.measure(index, 0));
    const members = this.targets.map((target, index) => {
      const assigned = this.allocator.counts[index]!;
      const share = (this.given * target.weight) / this.weights;
      return {
        ...target,
        before: before[target.id] ?? 0,
        assigned,
        moved: this.moved[index]!,
        share,
        deviation: assigned - share,
      };
    });
    return {
      members,
      skipped: Object.fromEntries(this.skips),
      assigned: this.given,
      worst: this.worst,
      samples: [...this.samples.points],
      remainder: this.allocator.remainder(),
    };
  }

  /** A member is furthest off right before or right after its turn, so these are the only moments to look at. */
  private measure(member: number, counted: number): void {
    this.worst = Math.max(this.worst, Math.abs(this.deviation(member, counted)));
  }

  private deviation(member: number, counted = 0): number {
    const { weight } = this.targets[member]!;
    return this.allocator.counts[member]! + counted - (this.given * weight) / this.weights;
  }

  private noteFull(): void {
    const full = this.targets.filter((_, index) => this.allocator.isFull(index));
    this.fullNote = full.map(({ name, cap }) => `; skipped ${name} (cap ${cap})`).join('');
  }
}
