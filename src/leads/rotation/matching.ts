/** Which members may take which leads, by their criteria. The org decides: it is asked once for each criteria. */
import type { Connection } from '@salesforce/core';
import { all, parseCondition, type Condition } from '../../org/read/index.js';
import type { RotationMember } from './model.js';
import type { Exclusion } from './reasons.js';
import { rowsOf } from './rows.js';

/** Leads that the same criteria match: what they exclude, and the kind that one criteria more makes of it. */
type Kind = { matched: ReadonlySet<number>; excluded: readonly Exclusion[]; more: Map<number, Kind> };

/** Leads that match the same criteria are one kind, and have one array of exclusions together. */
export class Matching {
  private readonly criteria: readonly string[];
  private readonly none: Kind;
  private readonly kinds = new Map<string, Kind>();

  /** @param members in the order of the engine; only their criteria count */
  public constructor(private readonly members: ReadonlyArray<Pick<RotationMember, 'criteria'>>) {
    this.criteria = [...new Set(members.flatMap(({ criteria }) => criteria ?? []))];
    this.none = this.kindOf(new Set());
  }

  /** Members that may not take a lead, by number; none for all where nobody has criteria. */
  public excluded(leadId: string): readonly Exclusion[] {
    return (this.kinds.get(leadId) ?? this.none).excluded;
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
    const kind = this.kinds.get(id) ?? this.none;
    if (kind.matched.has(criteria)) return;
    const more = kind.more.get(criteria) ?? this.kindOf(new Set([...kind.matched, criteria]));
    kind.more.set(criteria, more);
    this.kinds.set(id, more);
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
