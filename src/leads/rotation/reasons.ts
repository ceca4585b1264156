/** Why a lead went where it went, for machines and for people. */
import type { Absence } from './availability.js';
import type { Period, Sticky } from './model.js';

/** Why one lead is not for a member: its criteria, or what became of an earlier offer. */
export type ExclusionReason = 'criteria' | 'declined' | 'pulled-back';

/** A member, by its number, that may not take a lead. */
export type Exclusion = { member: number; why: ExclusionReason };

/** Why a member was passed over: away, at its cap, unable to take any lead (`blocked`), or not for this lead. */
export type SkipReason = Absence | 'cap' | 'blocked' | ExclusionReason;
export type Skipped = { member: number; why: SkipReason };

/** By which rule a member was chosen: its turn, or what the partner had before. */
export type Rule = 'due' | Sticky;

export type Chosen = {
  member: number;
  rule: Rule;
  /** Leads that it was owed (+) or ahead (−) when it was chosen, among those who may take the lead. */
  behind: number;
  skipped: readonly Skipped[];
};

/** `member` is undefined where nobody can take the lead. */
export type Outcome = Chosen | { member: undefined; skipped: readonly Skipped[] };

/** Whether only the clock keeps a member from a lead: it waits then, and nobody else gets it. */
export const waitsForHours = (skipped: readonly Skipped[]): boolean =>
  skipped.some(({ why }) => why === 'hours' || why === 'holiday');

/** What sentences need to know of a member. `blocked` says why it takes no leads at all. */
export type Described = { label: string; cap?: number; blocked?: string };

/** Members that a reason names before it counts the others. */
const MOST_NAMES = 3;

const WORDS: Record<Exclude<SkipReason, 'cap' | 'blocked'>, string> = {
  hours: 'out of hours',
  holiday: 'holiday',
  paused: 'paused',
  criteria: 'criteria',
  declined: 'declined it',
  'pulled-back': 'pulled back from it',
};

const STICKY: Record<Sticky, string> = {
  company: 'has leads of this company',
  'email-domain': 'has leads of this e-mail domain',
};

/** Sentences about outcomes. What is said of the members that were passed over is made once for many leads. */
export class Reasons {
  private readonly texts = new WeakMap<readonly Skipped[], string>();

  public constructor(
    private readonly members: readonly Described[],
    private readonly period?: Period
  ) {}

  /** Such as `C due first (0.83 behind); skipped A (cap 50 a day), B (out of hours)`. */
  public of(outcome: Outcome): string {
    const skipped = this.skipped(outcome.skipped);
    if (outcome.member === undefined) return `nobody can take it: ${skipped}`;
    const { label } = this.members[outcome.member]!;
    const why = outcome.rule === 'due' ? 'due first' : STICKY[outcome.rule];
    return `${label} ${why} (${behindText(outcome.behind)})${skipped && `; skipped ${skipped}`}`;
  }

  private skipped(skipped: readonly Skipped[]): string {
    const known = this.texts.get(skipped);
    if (known !== undefined) return known;
    const groups = Map.groupBy(skipped, (one) => this.why(one));
    const text = [...groups].map(([why, group]) => `${this.names(group)} (${why})`).join(', ');
    this.texts.set(skipped, text);
    return text;
  }

  private names(group: readonly Skipped[]): string {
    const names = group.slice(0, MOST_NAMES).map(({ member }) => this.members[member]!.label);
    const more = group.length - names.length;
    return names.join(', ') + (more > 0 ? ` and ${more} more` : '');
  }

  private why({ member, why }: Skipped): string {
    const { cap = 0, blocked = '' } = this.members[member]!;
    if (why === 'cap') return this.period ? `cap ${cap} a ${this.period}` : `cap ${cap}`;
    return why === 'blocked' ? blocked : WORDS[why];
  }
}

/** `0.83 behind`, `0.5 ahead`. */
export function behindText(leads: number): string {
  const rounded = Math.round(Math.abs(leads) * 100) / 100;
  return leads < 0 ? `${rounded} ahead` : `${rounded} behind`;
}
