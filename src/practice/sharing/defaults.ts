/** Org-wide defaults as they are set and as they count, in `practice_org_default` (platform-facts A4). */
import type { Catalog, ObjectDef } from '../catalog/types.js';
import type { Store } from '../contracts.js';
import type { Author } from '../rules/records.js';
import { fail } from '../save/failures.js';
import { quoted } from '../store/identifiers.js';
import { isAllowed, isMoreOpen, usualDefault } from './models.js';
import type { Recalculations } from './recalculation.js';
import type { DefaultStore, OrgDefault, SharingModel } from './types.js';

const TABLE = `CREATE TABLE IF NOT EXISTS practice_org_default (
  object TEXT PRIMARY KEY, internal TEXT NOT NULL, external TEXT NOT NULL,
  effective_internal TEXT NOT NULL, effective_external TEXT NOT NULL) WITHOUT ROWID`;

/** A4: an account that becomes private drags these along. */
const DEPENDENT = ['Contact', 'Opportunity', 'Case'];

/** Values of the fields of Organization that show defaults, such as DefaultLeadAccess. */
const SHOWN: Partial<Record<SharingModel, string>> = {
  Private: 'None',
  Read: 'Read',
  ReadWrite: 'Edit',
  ReadWriteTransfer: 'ReadEditTransfer',
  FullAccess: 'All',
  ControlledByParent: 'ControlledByParent',
};

type Sides = { set: OrgDefault; effective: OrgDefault };

const check = (def: ObjectDef, { internal, external }: OrgDefault): void => {
  for (const [field, model] of [
    ['sharingModel', internal],
    ['externalSharingModel', external],
  ] as const) {
    if (!isAllowed(def, model)) throw fail.integrity(`${field}: ${model} is no sharing model of ${def.name}`, field);
  }
  if (isMoreOpen(external, internal)) {
    throw fail.integrity(
      `The external sharing model of ${def.name} cannot be more open than the internal one: ${external}, ${internal}`,
      'externalSharingModel'
    );
  }
};

export class OrgDefaults implements DefaultStore {
  public constructor(
    private readonly store: Store,
    private readonly catalog: Catalog,
    private readonly recalculations: Recalculations
  ) {
    store.db.exec(TABLE);
  }

  public of(def: ObjectDef): OrgDefault {
    return this.sides(def).set;
  }

  /** The defaults that count now; narrower ones count from the end of the recalculation. */
  public effective(def: ObjectDef): OrgDefault {
    return this.sides(def).effective;
  }

  public set(author: Author, def: ObjectDef, models: Partial<OrgDefault>): void {
    const before = this.sides(def);
    const set: OrgDefault = {
      internal: models.internal ?? before.set.internal,
      external: models.external ?? before.set.external,
    };
    check(def, set);
    if (set.internal === before.set.internal && set.external === before.set.external) return;
    this.store.transaction(() => {
      this.write(def, set, before.effective);
      if (def.name === 'Account') this.dragAlong(author, set);
    });
  }

  /** The end of a recalculation. */
  public settle(object: string): void {
    this.store
      .sql(
        'UPDATE practice_org_default SET effective_internal = internal, effective_external = external WHERE object = ?'
      )
      .run(object);
  }

  private write(def: ObjectDef, set: OrgDefault, now: OrgDefault): void {
    const isNarrower = isMoreOpen(now.internal, set.internal) || isMoreOpen(now.external, set.external);
    const effective: OrgDefault = {
      internal: isMoreOpen(now.internal, set.internal) ? now.internal : set.internal,
      external: isMoreOpen(now.external, set.external) ? now.external : set.external,
    };
    this.store
      .sql('INSERT OR REPLACE INTO practice_org_default VALUES (?, ?, ?, ?, ?)')
      .run(def.name, set.internal, set.external, effective.internal, effective.external);
    this.show(def, set.internal);
    if (isNarrower) this.recalculations.start(def.name);
  }

  /** Organization shows the defaults of some objects. */
  private show(def: ObjectDef, model: SharingModel): void {
    const field = this.catalog.require('Organization').fields.get(`default${def.name.toLowerCase()}access`);
    const value = SHOWN[model];
    if (field && value) this.store.sql(`UPDATE "Organization" SET ${quoted(field.name)} = ?`).run(value);
  }

  private dragAlong(author: Author, account: OrgDefault): void {
    for (const name of DEPENDENT) {
      const def = this.catalog.require(name);
      const { internal, external } = this.of(def);
      this.set(author, def, {
        internal: account.internal === 'Private' && isMoreOpen(internal, 'ControlledByParent') ? 'Private' : internal,
        external: account.external === 'Private' && isMoreOpen(external, 'ControlledByParent') ? 'Private' : external,
      });
    }
  }

  private sides(def: ObjectDef): Sides {
    const row = this.store.sql('SELECT * FROM practice_org_default WHERE object = ?').get(def.name);
    if (!row) return { set: usualDefault(def), effective: usualDefault(def) };
    return {
      set: { internal: row.internal, external: row.external } as OrgDefault,
      effective: { internal: row.effective_internal, external: row.effective_external } as OrgDefault,
    };
  }
}
