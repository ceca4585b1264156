/** Gives leads that arrive to the members of a rotation, as the rotation would, and keeps what is to be known of it. */
import { RotationEngine, engineParts, type MemberResult } from '../rotation/engine.js';
import type { Matching } from '../rotation/matching.js';
import { memberKey, type Rotation } from '../rotation/model.js';
import { waitsForHours, type Outcome } from '../rotation/reasons.js';
import { Samples } from '../rotation/samples.js';
import { stickyKeys } from '../rotation/sticky.js';
import type { Arrival } from './arrivals.js';
import { Waits, type Wait } from './waits.js';

/** A moment of the simulation, in the order of the members. */
export type Moment = { lead: number; at: number; deviations: number[]; counts: number[] };

export type SimulatedMember = MemberResult & { label: string; weight: number; cap?: number; wait: Wait };

export type Simulation = {
  rotation: Rotation;
  leads: number;
  /** Instants of the first and the last lead. */
  from: number;
  to: number;
  members: SimulatedMember[];
  /** Leads that came while members were out of hours: they wait, and a later run gives them. */
  waiting: number;
  /** Leads that nobody could take. */
  unassigned: number;
  /** Leads that went to who had the company or the e-mail domain before. */
  sticky: number;
  moments: readonly Moment[];
};

/** Told of each lead: its number from 1, and a text that says why. `member` is undefined for nobody. */
export type OnLead = (number: number, arrival: Arrival, member: string | undefined, reason: string) => void;

export type SimulationOptions = {
  seed: number;
  /** Who may take which lead; absent for everybody everything. In the order of the engine's members. */
  matching?: Matching;
  onLead?: OnLead;
  /** Called after some thousand leads, with their number. */
  pause?: (leads: number) => Promise<void>;
};

const LEADS_A_PAUSE = 10_000;

/** The engine of a rotation that begins anew: nobody is owed anything. */
export const engineOf = (rotation: Rotation, seed: number): RotationEngine => {
  const { members, clock } = engineParts(rotation);
  return new RotationEngine(members, { clock, seed });
};

/** Runs the rotation over the leads, which come in the order of their time. */
export async function simulate(
  rotation: Rotation,
  leads: Iterable<Arrival>,
  options: SimulationOptions
): Promise<Simulation> {
  const run = new Run(rotation, options);
  let given = 0;
  for (const arrival of leads) {
    run.give(arrival);
    given += 1;
    if (given % LEADS_A_PAUSE === 0) await options.pause?.(given);
  }
  return run.end();
}

class Run {
  private readonly engine: RotationEngine;
  /** Numbers of the members in the engine, in the order of the rotation. */
  private readonly order: readonly number[];
  private readonly samples = new Samples<Moment>();
  /** Who had leads of a company or a domain. */
  private readonly known = new Map<string, number>();
  private waits?: Waits;
  private leads = 0;
  private from = 0;
  private to = 0;
  private waiting = 0;
  private unassigned = 0;
  private sticky = 0;

  public constructor(
    private readonly rotation: Rotation,
    private readonly options: SimulationOptions
  ) {
    this.engine = engineOf(rotation, options.seed);
    this.order = rotation.members.map((member) => this.engine.indexOf(memberKey(member)));
  }

  public give(arrival: Arrival): void {
    const { engine } = this;
    const { at, lead } = arrival;
    this.begin(at);
    engine.at(at);
    const keys = stickyKeys(this.rotation.sticky, arrival.company, arrival.email);
    const found = keys.find(({ key }) => this.known.has(key));
    const sticky = found && { member: this.known.get(found.key)!, by: found.by };
    const outcome = engine.next({ excluded: this.options.matching?.excluded(lead), sticky });
    this.count(outcome, at);
    if (outcome.member !== undefined) for (const { key } of keys) this.known.set(key, outcome.member);
    this.samples.offer(this.leads, () => this.moment(at));
    this.tell(arrival, outcome);
  }

  public end(): Simulation {
    const { rotation, engine, leads, from, to, waiting, unassigned, sticky } = this;
    const waits = this.waits?.end(to) ?? [];
    const results = engine.results();
    const members = this.order.map((member) => {
      const { label, weight, cap } = engine.members[member]!;
      return { ...results[member]!, label, weight, cap, wait: waits[member] ?? { longest: 0, open: 0 } };
    });
    const last = leads > 0 && this.samples.points.at(-1)?.lead !== leads ? [this.moment(to)] : [];
    const moments = [...this.samples.points, ...last];
    return { rotation, leads, from, to, members, waiting, unassigned, sticky, moments };
  }

  private begin(at: number): void {
    this.leads += 1;
    this.to = at;
    if (this.waits) return;
    this.from = at;
    this.waits = new Waits(this.engine.members, engineParts(this.rotation).clock, at);
  }

  private count(outcome: Outcome, at: number): void {
    if (outcome.member === undefined) {
      if (waitsForHours(outcome.skipped)) this.waiting += 1;
      else this.unassigned += 1;
      return;
    }
    if (outcome.rule !== 'due') this.sticky += 1;
    this.waits?.given(outcome.member, at);
  }

  private moment(at: number): Moment {
    const deviations = this.engine.deviations();
    return {
      lead: this.leads,
      at,
      deviations: this.order.map((member) => deviations[member]!),
      counts: this.order.map((member) => this.engine.counts[member]!),
    };
  }

  private tell(arrival: Arrival, outcome: Outcome): void {
    if (!this.options.onLead) return;
    const label = outcome.member === undefined ? undefined : this.engine.members[outcome.member]!.label;
    this.options.onLead(this.leads, arrival, label, this.engine.explain(outcome));
  }
}
