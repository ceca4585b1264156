/** Which members may take which leads, by their criteria. The org decides: it is asked once for each criteria. */
import type { Connection } from '@salesforce/core';
import { all, parseCondition, rowsOf, type Condition } from '../../org/read/index.js';
import { IdMap } from './id-map.js';
import type { RotationMember } from './model.js';
import type { Exclusion } from './reasons.js';

/** Leads that the same criteria match: what they exclude, and the number of the kind that one criteria more makes of it. */
type Kind = { matched: ReadonlySet<number>; excluded: readonly Exclusion[]; more: Map<number, number> };

/** Number of the kind of leads that no criteria matches. */
const NONE = 0;

/** Leads that match the same criteria are one kind, and have one array of exclusions together. */
export class Matching {
  private readonly criteria: readonly string[];
  private readonly kinds: Kind[];
  /** Numbers of the kinds of leads. */
  private readonly leads = new IdMap();

  /** @param members in the order of the engine; only their criteria count */
  public constructor(private readonly members: ReadonlyArray<Pick<RotationMember, 'criteria'>>) {
    this.criteria = [...new Set(members.flatMap(({ criteria }) => criteria ?? []))];
    this.kinds = [this.kindOf(new Set())];
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

  /** Says that a lead matches a criteria, by its number among the different ones. */
  private match(id: string, criteria: number): void {
    const kind = this.kinds[this.leads.get(id) ?? NONE]!;
    if (kind.matched.has(criteria)) return;
    const number = kind.more.get(criteria) ?? this.kinds.push(this.kindOf(new Set([...kind.matched, criteria]))) - 1;
    kind.more.set(criteria, number);
    this.leads.set(id, number);
  }

  private kindOf(matched: ReadonlySet<number>): Kind {
    const excluded = this.members.flatMap(({ criteria }, member) =>
      criteria === undefined || matched.has(this.criteria.indexOf(criteria))
        ? []
        : [{ member, why: 'criteria' as const }]
    );
    return { matched, excluded, more: new Map() };
  }
}
