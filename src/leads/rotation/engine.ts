/**
 * A rotation at work: who of its members gets each lead, and what they are owed afterwards. Pure: the same members,
 * times and leads give the same choices. A lead that everybody may take costs O(log m), another one O(m).
 *
 * The ledger is the truth. A stretch of leads that the same members may take is given by turns (turns.ts) that begin from
 * what the ledger owes these members; when the stretch ends it is written into the ledger.
 */
import { Availability, type RotationClock } from './availability.js';
import { Counts, NEW_MEMBER } from './counts.js';
import { rebase } from './deficits.js';
import { Ledger } from './ledger.js';
import { LEDGER_UNIT, memberKey, type MemberState, type Rotation, type RotationMember, type Sticky } from './model.js';
import { Reasons, type Exclusion, type Outcome, type SkipReason } from './reasons.js';
import { isSameStretch, NO_STRETCH, Stretches, type Stretch } from './stretches.js';
import { firstOrder, Turns } from './turns.js';
import { reduced } from './weights.js';

/** A member as the engine sees it. Its criteria are for the caller, who says of each lead whom they exclude. */
export type EngineMember = Pick<
  RotationMember,
  'weight' | 'cap' | 'hours' | 'timeZone' | 'pausedUntil' | 'criteria'
> & {
  /** Identity that survives runs. Also decides the order among equals. */
  key: string;
  /** Name for people. */
  label: string;
  /** Why it can take no lead at all, such as `never logged in`. */
  blocked?: string;
};

export type EngineOptions = {
  /** Hours, holidays and the period of caps. Without it everybody is always there, and caps count for the run. */
  clock?: RotationClock;
  /** What the rotation remembers, by key; members that it does not name are new. */
  states?: ReadonlyMap<string, MemberState>;
  /** Open leads that each member owns, by key: these are balanced instead of what the rotation remembers. */
  openLeads?: ReadonlyMap<string, number>;
  /** Number that decides who is first among equals; without one, the number of leads given ever. */
  seed?: number;
};

/** What is special about a lead. */
export type LeadFacts = {
  /** Members that may not take it. Give the same array for leads of one kind: it is looked at once. */
  excluded?: readonly Exclusion[];
  /** The member that gets it whoever is due, while it may take leads. */
  sticky?: { member: number; by: Sticky };
};

/** What a run comes to for one member. */
export type MemberResult = {
  key: string;
  assigned: number;
  /** Leads that were its exact share. */
  share: number;
  /** `assigned − share`. */
  deviation: number;
  /** Furthest from the exact share at any moment. */
  worst: number;
  /** How often it reached its cap. */
  capped: number;
};

const NOBODY: readonly Exclusion[] = [];

/** Units of turns in 1/W of a lead: so fine that beginning anew does not show. */
const FINE = 256;

/** Feed it time and leads in their order. Members are named by their place in `members`. */
export class RotationEngine {
  /** In the order of their keys. */
  public readonly members: readonly EngineMember[];
  private readonly weights: readonly number[];
  private readonly ledger: Ledger;
  private readonly turns: Turns;
  private readonly availability?: Availability;
  private readonly reasons: Reasons;
  private readonly before: readonly MemberState[];
  private readonly tally: Counts;
  private readonly worst: number[];
  private readonly stretches: Stretches;
  /** Who may take the leads since the ledger was written. */
  private stretch = NO_STRETCH;

  /** @throws RangeError for members, times or zones that are none */
  public constructor(
    members: readonly EngineMember[],
    private readonly options: EngineOptions = {}
  ) {
    checkMembers(members);
    const { clock, states, openLeads } = options;
    this.members = [...members].sort((a, b) => (a.key < b.key ? -1 : 1));
    this.weights = reduced(this.members.map(({ weight }) => weight));
    this.before = this.members.map(({ key }) => states?.get(key) ?? NEW_MEMBER);
    this.tally = new Counts(
      this.members.map(({ cap }) => cap),
      this.before,
      clock
    );
    const ever = this.tally.earlier;
    const keys = this.members.map(({ key }) => key);
    const deficits = openLeads
      ? Ledger.openLeads(
          this.weights,
          keys.map((key) => openLeads.get(key) ?? 0)
        )
      : this.before.map(({ deficit }) => deficit);
    this.ledger = new Ledger(this.weights, deficits, ever);
    this.turns = new Turns(this.weights, firstOrder(keys, options.seed ?? ever), FINE);
    this.availability = clock && new Availability(this.members, clock);
    this.reasons = new Reasons(this.members, clock?.period);
    this.worst = this.members.map(() => 0);
    this.stretches = new Stretches(this.weights, (member) => this.hindrance(member));
  }

  /** Leads given to each member in this run. */
  public get counts(): readonly number[] {
    return this.tally.ofRun;
  }

  /** Place of a member in `members`, or −1. */
  public indexOf(key: string): number {
    return this.members.findIndex((member) => member.key === key);
  }

  /**
   * Moves on to an instant (milliseconds). To be called before the first lead where there is a clock.
   * @throws RangeError where it lies before the last one
   */
  public at(instant: number): void {
    const isOther = this.availability?.at(instant) ?? false;
    if (this.tally.at(instant) || isOther) this.stretches.forget();
  }

  /** Gives one lead. */
  public next({ excluded = NOBODY, sticky }: LeadFacts = {}): Outcome {
    const stretch = this.stretches.of(excluded.length === 0 ? NOBODY : excluded);
    const { active, isActive, skipped } = stretch;
    if (active.length === 0) return { member: undefined, skipped };
    if (this.turns.isSpent || !isSameStretch(stretch, this.stretch)) this.begin(stretch);
    const isHeld = sticky !== undefined && isActive[sticky.member] === true;
    const { member, deficit } = this.turns.next(isHeld ? sticky.member : undefined);
    const behind = deficit / this.turns.unit;
    this.count(member);
    return { member, rule: isHeld ? sticky.by : 'due', behind, skipped };
  }

  /** An outcome as a sentence. */
  public explain(outcome: Outcome): string {
    return this.reasons.of(outcome);
  }

  /** Why a member takes no leads now, whatever the lead; undefined where it does. */
  public hindrance(member: number): SkipReason | undefined {
    const { blocked } = this.members[member]!;
    if (blocked !== undefined) return 'blocked';
    return this.availability?.absence(member) ?? (this.tally.isFull(member) ? 'cap' : undefined);
  }

  /** How far each member is ahead (+) or behind (−) of its exact share of this run now, in leads. */
  public deviations(): number[] {
    return this.members.map((_, member) => this.deviation(member));
  }

  /** What the rotation is to remember, by key. Where open leads are balanced nobody is owed more or less than before. */
  public state(): Map<string, MemberState> {
    this.settle();
    const deficitOf = (member: number): number =>
      this.options.openLeads ? this.before[member]!.deficit : this.ledger.of(member);
    return new Map(this.members.map(({ key }, member) => [key, this.tally.stateOf(member, deficitOf(member))]));
  }

  /** What the run came to so far, in the order of `members`. */
  public results(): MemberResult[] {
    return this.members.map(({ key }, member) => {
      const assigned = this.counts[member]!;
      const deviation = this.deviation(member);
      const worst = Math.max(this.worst[member]!, Math.abs(deviation));
      return { key, assigned, share: assigned - deviation, deviation, worst, capped: this.tally.capped(member) };
    });
  }

  /** Begins a new stretch of leads from what the ledger owes those who may take them. */
  private begin(stretch: Stretch): void {
    this.settle();
    this.stretch = stretch;
    const owed = stretch.active.map((member) => this.ledger.of(member));
    this.turns.start(stretch.active, rebase(stretch.weights, owed, LEDGER_UNIT, FINE));
  }

  /** Ends the stretch: what was given is written into the ledger. */
  private settle(): void {
    const { active, weights } = this.stretch;
    if (active.length > 0) this.ledger.settle(active, weights, this.turns);
    this.stretch = NO_STRETCH;
  }

  private count(member: number): void {
    if (this.tally.add(member)) this.stretches.forget();
    // A member is furthest off right before or right after its turn, so these are the only moments to look at.
    const after = this.deviation(member);
    const before = after - 1 + this.weights[member]! / this.stretch.weight;
    this.worst[member] = Math.max(this.worst[member]!, Math.abs(after), Math.abs(before));
  }

  private deviation(member: number): number {
    const gained = this.ledger.gained(member) / LEDGER_UNIT;
    if (this.stretch.isActive[member] !== true) return gained;
    return gained + this.turns.takenBy(member) - (this.turns.taken * this.weights[member]!) / this.stretch.weight;
  }
}

/** The members and the clock of a rotation. */
export function engineParts(rotation: Rotation): { members: EngineMember[]; clock: RotationClock } {
  const { timeZone, hours, holidays, period } = rotation;
  const members = rotation.members.map((member) => ({ ...member, key: memberKey(member), label: member.name }));
  return { members, clock: { timeZone, hours, holidays, period } };
}

/** @throws RangeError for weights, caps or keys that are none */
function checkMembers(members: readonly EngineMember[]): void {
  if (members.length === 0) throw new RangeError('A rotation needs at least one member.');
  if (new Set(members.map(({ key }) => key)).size < members.length) throw new RangeError('Two members have one key.');
  for (const { key, weight, cap } of members) {
    if (!Number.isSafeInteger(weight) || weight < 1)
      throw new RangeError(`The weight of ${key} is not a positive integer.`);
    if (cap !== undefined && (!Number.isSafeInteger(cap) || cap < 0))
      throw new RangeError(`The cap of ${key} is not a count.`);
  }
}
