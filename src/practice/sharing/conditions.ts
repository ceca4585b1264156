/** The conditions under which a user has access to the rows of an object: the one definition behind queries and saves. */
import type { Catalog, FieldDef, ObjectDef } from '../catalog/types.js';
import type { Permissions } from '../save/context.js';
import { bracketed, fragment, type Fragment } from '../soql/context.js';
import { quoted } from '../store/identifiers.js';
import { criteriaSql } from './criteria.js';
import type { Reach } from './groups.js';
import { isInternalUser } from './graph.js';
import { givesAll, givesEdit, givesRead, givesTransfer, isControlled } from './models.js';
import { accessFieldOf, isHistory, isShare, shareOf, sharedField } from './objects.js';
import { ACCOUNT_CHILDREN, type AccountChild, type Grant, type Level, type Plans } from './plans.js';
import type { OrgDefault, SharingModel } from './types.js';

const EVERYTHING = fragment('1');
const NOTHING = fragment('0');

const GIVES: Readonly<Record<Level, (model: SharingModel) => boolean>> = {
  read: givesRead,
  edit: givesEdit,
  transfer: givesTransfer,
  all: givesAll,
};

/** Parents that decide about a record (semantics 3). */
const PARENTS: Readonly<Record<string, Partial<Record<SharingModel, string[]>>>> = {
  Contact: { ControlledByParent: ['AccountId'] },
  CampaignMember: {
    ControlledByParent: ['CampaignId', 'LeadId', 'ContactId'],
    ControlledByCampaign: ['CampaignId'],
    ControlledByLeadOrContact: ['LeadId', 'ContactId'],
  },
  EmailMessage: { ControlledByParent: ['ParentId'] },
};

export type ConditionParts = {
  catalog: Catalog;
  permissions: Permissions;
  plans: Plans;
  defaultOf(def: ObjectDef): OrgDefault;
  /** Whether external users have a default of their own. */
  hasExternalModel(): boolean;
};

const any = (parts: Fragment[]): Fragment => {
  const some = parts.filter((part) => part !== NOTHING);
  if (some.includes(EVERYTHING)) return EVERYTHING;
  return some.length === 0 ? NOTHING : bracketed(some, ' OR ');
};

const both = (a: Fragment, b: Fragment): Fragment => fragment(`(${a.sql} AND ${b.sql})`, ...a.params, ...b.params);

/** Whether a column holds one of the values of a JSON list. */
const listed = (column: string, list: string): Fragment =>
  list === '[]' ? NOTHING : fragment(`${column} IN (SELECT value FROM json_each(?))`, list);

/** Alias of a table in a subquery. The same for the same query, so that its statement is prepared once. */
const inside = (alias: string): string => `${alias}x`;

export class Conditions {
  public constructor(private readonly parts: ConditionParts) {}

  /** Whether a condition holds for every row. */
  public static isEverything(condition: Fragment): boolean {
    return condition === EVERYTHING;
  }

  /** Rows of an object on which a user has a level of access, object permissions aside. */
  public of(reach: Reach, def: ObjectDef, alias: string, level: Level): Fragment {
    const { permissions } = this.parts;
    const userId = reach.user.id;
    if (!reach.user.active) return NOTHING;
    if (isShare(def) || isHistory(def)) return this.ofShare(reach, def, alias);
    if (permissions.can(userId, 'modifyAll', def)) return EVERYTHING;
    if (level === 'read' && permissions.can(userId, 'viewAll', def)) return EVERYTHING;
    const model = this.model(reach, def);
    if (GIVES[level](model)) return EVERYTHING;
    if (isControlled(model)) return this.controlled(reach, def, alias, level, model);
    return any([...this.explicit(reach, def, alias, level), ...this.implicit(reach, def, alias, level)]);
  }

  private model(reach: Reach, def: ObjectDef): SharingModel {
    const { internal, external } = this.parts.defaultOf(def);
    const model = isInternalUser(reach.user) || !this.parts.hasExternalModel() ? internal : external;
    // Org-wide defaults open nothing to guests; only rules for guests do.
    return reach.user.type === 'Guest' && !isControlled(model) ? 'Private' : model;
  }

  /** Ownership, hierarchy, queues, rules and manual shares (semantics 2, 4 to 8, 10). */
  private explicit(reach: Reach, def: ObjectDef, alias: string, level: Level): Fragment[] {
    const plan = this.parts.plans.plan(reach, def.name, def.custom);
    const owned = listed(`${alias}."OwnerId"`, plan.owners[level]);
    if (level === 'all' || level === 'transfer') return [owned];
    return [owned, ...this.manual(reach, def, alias, level), ...this.criteria(def, alias, plan.criteria, level)];
  }

  private criteria(def: ObjectDef, alias: string, grants: Grant[], level: 'read' | 'edit'): Fragment[] {
    return grants
      .filter((grant) => level === 'read' || grant.level === 'edit')
      .map(({ rule }) => {
        const matches = criteriaSql(def, alias, rule);
        const roleless = rule.allOwners || rule.kind === 'guest' ? '[]' : this.parts.plans.roleless();
        if (roleless === '[]') return matches;
        const owned = listed(`${alias}."OwnerId"`, roleless);
        return both(matches, fragment(`NOT (${owned.sql})`, ...owned.params));
      });
  }

  private manual(reach: Reach, def: ObjectDef, alias: string, level: 'read' | 'edit'): Fragment[] {
    const share = shareOf(this.parts.catalog, def);
    if (!share) return [];
    const field = accessFieldOf(share)!;
    return [this.shares(reach, share, `${alias}."Id"`, field, level)];
  }

  /** Records that a manual share opens by one of its access fields. */
  private shares(reach: Reach, share: ObjectDef, column: string, field: FieldDef, level: 'read' | 'edit'): Fragment {
    const levels = level === 'edit' ? "('Edit', 'All')" : "('Read', 'Edit', 'All')";
    const record = quoted(sharedField(share).name);
    return fragment(
      `${column} IN (SELECT ${record} FROM ${quoted(share.name)} WHERE "RowCause" = 'Manual' AND "IsDeleted" = 0 ` +
        `AND ${quoted(field.name)} IN ${levels} AND "UserOrGroupId" IN (SELECT value FROM json_each(?)))`,
      this.parts.plans.targets(reach)
    );
  }

  /** What follows from other records (semantics 9). */
  private implicit(reach: Reach, def: ObjectDef, alias: string, level: Level): Fragment[] {
    if (def.name === 'Account') return level === 'read' ? this.ofChildren(reach, alias) : [];
    const child = ACCOUNT_CHILDREN.find((name) => name === def.name);
    return child && (level === 'read' || level === 'edit') ? this.ofAccount(reach, child, alias, level) : [];
  }

  /** Accounts: the own one of a portal user, and those of which a child is his by a ground of its own. */
  private ofChildren(reach: Reach, alias: string): Fragment[] {
    const { catalog } = this.parts;
    const own = reach.user.account;
    const children = ACCOUNT_CHILDREN.map((name) => {
      const def = catalog.require(name);
      const inner = inside(alias);
      // Defaults and View All give no access to the account: nothing says that this child is his in particular. [M]
      const grounds = isControlled(this.model(reach, def))
        ? [listed(`${inner}."OwnerId"`, this.parts.plans.own(reach))]
        : this.explicit(reach, def, inner, 'read');
      const his = any(grounds);
      if (his === NOTHING) return NOTHING;
      return fragment(
        `EXISTS (SELECT 1 FROM ${quoted(name)} AS ${inner} WHERE ${inner}."AccountId" = ${alias}."Id" ` +
          `AND ${inner}."IsDeleted" = 0 AND ${his.sql})`,
        ...his.params
      );
    });
    return own === null ? children : [fragment(`${alias}."Id" = ?`, own), ...children];
  }

  /** Contacts, opportunities and cases of accounts that give access to them. */
  private ofAccount(reach: Reach, child: AccountChild, alias: string, level: 'read' | 'edit'): Fragment[] {
    const { catalog, plans } = this.parts;
    const account = catalog.require('Account');
    const plan = plans.childPlan(reach, child);
    const inner = inside(alias);
    const share = shareOf(catalog, account)!;
    const field = share.fields.get(`${child}AccessLevel`.toLowerCase());
    const grounds = any([
      listed(`${inner}."OwnerId"`, plan.owners[level]),
      ...this.criteria(account, inner, plan.criteria, level),
      ...(field ? [this.shares(reach, share, `${inner}."Id"`, field, level)] : []),
    ]);
    const parts = [this.parent(account, `${alias}."AccountId"`, inner, grounds)];
    const own = reach.user.account;
    if (child === 'Contact' && level === 'read' && own !== null) parts.push(fragment(`${alias}."AccountId" = ?`, own));
    return parts;
  }

  private parent(parent: ObjectDef, column: string, inner: string, condition: Fragment): Fragment {
    if (condition === NOTHING) return NOTHING;
    return fragment(
      `EXISTS (SELECT 1 FROM ${quoted(parent.name)} AS ${inner} WHERE ${inner}."Id" = ${column} AND ${condition.sql})`,
      ...condition.params
    );
  }

  /** Records whose parents decide; the owner and those above him have them as well. */
  private controlled(reach: Reach, def: ObjectDef, alias: string, level: Level, model: SharingModel): Fragment {
    const own = this.parts.plans.own(reach);
    const owner = def.fields.has('ownerid') ? [listed(`${alias}."OwnerId"`, own)] : [];
    const portal =
      def.name === 'Contact' && level === 'read' && reach.user.account !== null
        ? [fragment(`${alias}."AccountId" = ?`, reach.user.account)]
        : [];
    const names = PARENTS[def.name]?.[model] ?? [];
    const parents = names.map((name) => this.byParent(reach, def.fields.get(name.toLowerCase())!, alias, level));
    // A mail that belongs to no case is its sender's.
    const loose =
      def.name === 'EmailMessage'
        ? [both(fragment(`${alias}."ParentId" IS NULL`), listed(`${alias}."CreatedById"`, own))]
        : [];
    return any([...owner, ...portal, ...parents, ...loose, ...this.ofMasters(reach, def, alias, level)]);
  }

  private byParent(reach: Reach, field: FieldDef, alias: string, level: Level): Fragment {
    const parent = this.parts.catalog.require(field.referenceTo[0]!);
    const column = `${alias}.${quoted(field.name)}`;
    const inner = inside(alias);
    const condition = this.of(reach, parent, inner, level);
    if (condition === EVERYTHING) return fragment(`${column} IS NOT NULL`);
    return this.parent(parent, column, inner, condition);
  }

  /** Detail records of custom objects: every master must be his. */
  private ofMasters(reach: Reach, def: ObjectDef, alias: string, level: Level): Fragment[] {
    if (!def.custom) return [];
    const masters = [...def.fields.values()].filter((field) => field.cascadeDelete && field.referenceTo.length > 0);
    const parts = masters.map((field) => this.byParent(reach, field, alias, level));
    if (parts.length === 0) return [];
    return [parts.includes(NOTHING) ? NOTHING : bracketed(parts, ' AND ')];
  }

  /** Shares and histories of records that he may read. */
  private ofShare(reach: Reach, share: ObjectDef, alias: string): Fragment {
    const field = sharedField(share);
    const parent = this.parts.catalog.require(field.referenceTo[0]!);
    const inner = inside(alias);
    const condition = this.of(reach, parent, inner, 'read');
    if (condition === EVERYTHING) return EVERYTHING;
    return this.parent(parent, `${alias}.${quoted(field.name)}`, inner, condition);
  }
}
