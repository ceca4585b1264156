/** Decides lead by lead who gets it. Pure: the same leads, members and history give the same decisions. */
import type { LeadFacts, RotationEngine } from '../rotation/engine.js';
import { waitsForHours, type Skipped } from '../rotation/reasons.js';
import { Samples } from '../rotation/samples.js';
import type { LeadRow, MemberPlan, Owner, Target } from './types.js';

/** A member of the distribution as the engine knows it. */
export type Seat = Target & { key: string };

/** `other-leads`: the rotation does not spread it; `held`: a partner or a member has it; `waiting`: members are out of hours; `nobody`: no member can take it. */
export type SkipReason = 'converted' | 'not-found' | 'other-leads' | 'held' | 'waiting' | 'nobody';

export type Decision =
  | { action: 'assign'; target: Owner; reason: string }
  | { action: 'unchanged'; target: Owner; reason: string }
  | { action: 'skip'; reason: SkipReason; why?: string };

/** Deviation from the exact share along the run, for the plot: at each sampled lead, that of each member. */
export type DeviationSample = { lead: number; deviations: number[] };

/** What is special about single leads. Members are named by their place in the engine. */
export type LeadRules = {
  /** Why the lead is not to be given, where it is not. */
  refusal(lead: LeadRow): SkipReason | undefined;
  factsOf(lead: LeadRow): LeadFacts;
  /** Told who got a lead. */
  given(lead: LeadRow, member: number): void;
};

export type PlannerOptions = {
  engine: RotationEngine;
  /** One for each member of the engine, in the order of plans and reports. */
  seats: readonly Seat[];
  rules?: LeadRules;
  /** Who gets what no member can take; absent where that stays as it is. */
  fallback?: Owner;
};

/** What a plan comes to. */
export type PlanSummary = {
  members: MemberPlan[];
  skipped: Record<string, number>;
  /** Leads given to members, those that they had already included. */
  assigned: number;
  /** Leads that no member could take and the fallback queue gets, and those of them that it had not. */
  fallback: { leads: number; moved: number };
  worst: number;
  samples: DeviationSample[];
};

/** Feed it the leads in order; ask for the summary at the end. O(log m) a lead that everybody may take. */
export class DistributionPlanner {
  /** Places in the engine, and seats by these. */
  private readonly places: readonly number[];
  private readonly seatAt: readonly number[];
  private readonly moved: number[];
  private readonly skips = new Map<SkipReason, number>();
  private readonly samples = new Samples<DeviationSample>();
  private given = 0;
  private readonly fallen = { leads: 0, moved: 0 };

  public constructor(private readonly options: PlannerOptions) {
    const { engine, seats } = options;
    this.places = seats.map(({ key }) => engine.indexOf(key));
    this.seatAt = engine.members.map((_, place) => this.places.indexOf(place));
    this.moved = seats.map(() => 0);
  }

  public decide(lead: LeadRow): Decision {
    const { engine, seats, rules } = this.options;
    if (lead.converted) return this.skip('converted');
    const refusal = rules?.refusal(lead);
    if (refusal) return this.skip(refusal);
    const outcome = engine.next(rules?.factsOf(lead));
    const reason = engine.explain(outcome);
    if (outcome.member === undefined) return this.fall(lead, outcome.skipped, reason);
    rules?.given(lead, outcome.member);
    this.given += 1;
    this.samples.offer(this.given, () => ({ lead: this.given, deviations: this.deviations() }));
    const seat = this.seatAt[outcome.member]!;
    const target = seats[seat]!;
    if (lead.ownerId === target.id) return { action: 'unchanged', target, reason };
    this.moved[seat] = this.moved[seat]! + 1;
    return { action: 'assign', target, reason };
  }

  /** Counts a lead that is not given. */
  public skip(reason: SkipReason, why?: string): Decision {
    this.skips.set(reason, (this.skips.get(reason) ?? 0) + 1);
    return { action: 'skip', reason, ...(why === undefined ? {} : { why }) };
  }

  /** @param before open leads that each target owns, by id */
  public summary(before: ReadonlyMap<string, number>): PlanSummary {
    const { engine, seats } = this.options;
    const results = engine.results();
    return {
      members: seats.map(({ key: _, ...target }, at) => {
        const { assigned, share, deviation } = results[this.places[at]!]!;
        return { ...target, before: before.get(target.id) ?? 0, assigned, moved: this.moved[at]!, share, deviation };
      }),
      skipped: Object.fromEntries(this.skips),
      assigned: this.given,
      fallback: { ...this.fallen },
      worst: results.reduce((most, { worst }) => Math.max(most, worst), 0),
      samples: [...this.samples.points],
    };
  }

  private deviations(): number[] {
    const deviations = this.options.engine.deviations();
    return this.places.map((place) => deviations[place]!);
  }

  /** Where only the clock is against it, a lead waits; what is beyond caps and criteria falls back. */
  private fall(lead: LeadRow, skipped: readonly Skipped[], reason: string): Decision {
    const { fallback } = this.options;
    if (waitsForHours(skipped)) return this.skip('waiting', reason);
    if (!fallback) return this.skip('nobody', reason);
    this.fallen.leads += 1;
    if (lead.ownerId === fallback.id) return { action: 'unchanged', target: fallback, reason };
    this.fallen.moved += 1;
    return { action: 'assign', target: fallback, reason };
  }
}
