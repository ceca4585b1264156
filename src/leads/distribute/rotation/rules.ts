/** What a rotation says of single leads: whether it spreads them, who may take them, and who had the company before. */
import type { LeadFacts } from '../../rotation/engine.js';
import type { Matching } from '../../rotation/matching.js';
import type { LeadRules, SkipReason } from '../planner.js';
import type { LeadRow } from '../types.js';
import type { Kept } from './kept.js';

export type RotationRulesParts = {
  /** Who may take which lead. */
  matching: Matching;
  kept: Kept;
  /** Owners whose leads stay with them. */
  held: ReadonlySet<string>;
  /** Which leads the rotation spreads, where the selection does not say so already: matching of one member. */
  filter?: Matching;
};

export class RotationRules implements LeadRules {
  public constructor(private readonly parts: RotationRulesParts) {}

  public refusal({ id, ownerId }: LeadRow): SkipReason | undefined {
    const { held, filter } = this.parts;
    if (held.has(ownerId)) return 'held';
    return filter && filter.excluded(id).length > 0 ? 'other-leads' : undefined;
  }

  public factsOf({ id, more: [company = '', email = ''] = [] }: LeadRow): LeadFacts {
    const { matching, kept } = this.parts;
    return { excluded: matching.excluded(id), sticky: kept.of(company, email) };
  }

  public given({ more: [company = '', email = ''] = [] }: LeadRow, member: number): void {
    this.parts.kept.note(company, email, member);
  }
}
