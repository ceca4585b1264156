/** Which members may take which leads: by their criteria, for which the org is asked once each, and by what became of offers. */
import type { Connection } from '@salesforce/core';
import { all, parseCondition, rowsOf, type Condition } from '../../org/read/index.js';
import { IdMap } from './id-map.js';
import type { NeverBack, RotationMember } from './model.js';
import type { Exclusion } from './reasons.js';

/**
 * Leads that the same criteria match and the same members may not have again: what they exclude, and the numbers of the
 * kinds that one fact more makes of it.
 */
type Kind = {
  matched: ReadonlySet<number>;
  barred: readonly Exclusion[];
  excluded: readonly Exclusion[];
  more: Map<string, number>;
};

/** Number of the kind of leads that no criteria matches. */
const NONE = 0;

/** Leads of one kind have one array of exclusions together. */
export class Matching {
  private readonly criteria: readonly string[];
  private readonly kinds: Kind[];
  /** Numbers of the kinds of leads. */
  private readonly leads = new IdMap();

  /** @param members in the order of the engine; only their criteria count */
  public constructor(private readonly members: ReadonlyArray<Pick<RotationMember, 'criteria'>>) {
    this.criteria = [...new Set(members.flatMap(({ criteria }) => criteria ?? []))];
    this.kinds = [this.kindOf(new Set(), [])];
  }

  /** Members that may not take a lead, by number; none for all where nobody has criteria. */
  public excluded(leadId: string): readonly Exclusion[] {
    return this.kinds[this.leads.get(leadId) ?? NONE]!.excluded;
  }

  /**
   * Asks the org which leads of a selection match; may be called for one selection after another.
   * @returns how many queries that took
   * @throws ConditionError for criteria that are no condition, and the org's error for fields that it does not have
   */
  public async read(conn: Connection, selection: Condition): Promise<number> {
    for (const [number, criteria] of this.criteria.entries()) {
      const where = all(selection, await parseCondition('Lead', criteria));
      for await (const rows of rowsOf(conn, { from: 'Lead', fields: ['Id'], where, orderBy: ['Id'] })) {
        for (const [id = ''] of rows) this.match(id, number);
      }
    }
    return this.criteria.length;
  }

  /** Says that a member does not get a lead again. */
  public bar(leadId: string, member: number, why: NeverBack): void {
    this.turn(leadId, `bar ${member}`, ({ matched, barred }) => {
      if (barred.some((one) => one.member === member)) return undefined;
      return this.kindOf(matched, [...barred, { member, why }]);
    });
  }

  /** Says that a lead matches a criteria, by its number among the different ones. */
  private match(id: string, criteria: number): void {
    this.turn(id, `match ${criteria}`, ({ matched, barred }) =>
      matched.has(criteria) ? undefined : this.kindOf(new Set([...matched, criteria]), barred)
    );
  }

  /** Makes a lead one of another kind. @param make the kind; undefined where the fact is known already */
  private turn(id: string, fact: string, make: (kind: Kind) => Kind | undefined): void {
    const kind = this.kinds[this.leads.get(id) ?? NONE]!;
    const known = kind.more.get(fact);
    const made = known === undefined ? make(kind) : undefined;
    if (known === undefined && made === undefined) return;
    const number = known ?? this.kinds.push(made!) - 1;
    kind.more.set(fact, number);
    this.leads.set(id, number);
  }

  private kindOf(matched: ReadonlySet<number>, barred: readonly Exclusion[]): Kind {
    const excluded = this.members.flatMap(({ criteria }, member) =>
      criteria === undefined || matched.has(this.criteria.indexOf(criteria))
        ? []
        : [{ member, why: 'criteria' as const }]
    );
    return { matched, barred, excluded: [...excluded, ...barred], more: new Map() };
  }
}
