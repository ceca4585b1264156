/** A small org made by hand: roles, users, groups and records by name, and who may do what in one word. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row, Session, Value } from '../../../src/practice/contracts.js';
import { clockAt, openPracticeOrg, type OpenOrg } from '../../../src/practice/org.js';
import { createRoleGroups, ensurePortalRoles, portalRoleId } from '../../../src/practice/rules/portal.js';
import { insertRecord, type Author } from '../../../src/practice/rules/records.js';
import type { NewRule, OrgDefault, SharingModel } from '../../../src/practice/sharing/types.js';

const OBJECTS = ['Account', 'Contact', 'Opportunity', 'Case', 'Lead', 'Campaign'];

export class SmallOrg {
  public readonly org: OpenOrg;
  private readonly folder = mkdtempSync(join(tmpdir(), 'practice-small-'));
  private readonly author: Author;
  private serial = 0;

  public constructor() {
    this.org = openPracticeOrg({ folder: this.folder, scenario: 'empty', clock: clockAt('2026-10-01T09:00:00Z') });
    this.author = { tools: this.org.tools, userId: this.value('SELECT "Id" FROM "User"'), now: this.org.clock.stamp() };
    this.org.preferences.set('Partner.rolesPerAccount', 3);
    this.org.preferences.set('Communities.enableNetworksEnabled', true);
    for (const name of ['Standard User', 'Example Partner']) this.grant(name, ['Case', 'Campaign'], 'Read', 'Edit');
    this.grant('Example Partner', ['Account', 'Lead', 'Opportunity', 'Contact'], 'Delete', 'Edit');
    insertRecord(this.author, 'Group', { Type: 'PRMOrganization', Name: null, DeveloperName: 'AllPartnerUsers' });
    this.reset();
  }

  /** Everything private, no rules, as before each test. */
  public reset(): void {
    this.org.store.db.exec('DELETE FROM practice_sharing_rule; DELETE FROM practice_org_default');
    for (const name of OBJECTS) this.defaultOf(name, 'Private', 'Private');
    this.org.settle();
  }

  public end(): void {
    this.org.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  public value(sql: string, ...parameters: string[]): string {
    const row = this.org.store.sql(sql).get(...parameters) as Record<string, Value> | undefined;
    return String(row && Object.values(row)[0]);
  }

  public defaultOf(object: string, internal: SharingModel, external: SharingModel = 'Private'): void {
    const models: OrgDefault = { internal, external };
    this.org.sharing.defaults.set(this.author, this.org.catalog.require(object), models);
    this.org.settle();
  }

  public role(parent?: string, more: Row = {}): string {
    const name = `R${this.serial++}`;
    const values = { Name: name, DeveloperName: name, PortalType: 'None', OpportunityAccessForAccountOwner: 'None' };
    const id = insertRecord(this.author, 'UserRole', { ...values, ParentRoleId: parent ?? null, ...more });
    createRoleGroups(this.author, id, name, ['Role', 'RoleAndSubordinates', 'RoleAndSubordinatesInternal']);
    return id;
  }

  public user(role?: string, more: Row = {}): string {
    const name = `u${this.serial++}`;
    const ProfileId = this.value('SELECT "Id" FROM "Profile" WHERE "Name" = ?', 'Standard User');
    const base = {
      Username: `${name}@example.invalid`,
      Name: name,
      LastName: name,
      UserType: 'Standard',
      IsActive: true,
    };
    return insertRecord(this.author, 'User', { ...base, ProfileId, UserRoleId: role ?? null, ...more });
  }

  /** A partner user of an account; its portal roles appear with the first. */
  public partner(AccountId: string, PortalRole: string, more: Row = {}): string {
    ensurePortalRoles(this.author, AccountId);
    const ContactId = this.add('Contact', { AccountId, LastName: 'P', OwnerId: this.author.userId });
    const ProfileId = this.value('SELECT "Id" FROM "Profile" WHERE "Name" = ?', 'Example Partner');
    const role = portalRoleId(this.author, AccountId, PortalRole);
    return this.user(role, { UserType: 'PowerPartner', AccountId, ContactId, PortalRole, ProfileId, ...more });
  }

  public add(object: string, row: Row): string {
    const hasName = this.org.catalog.require(object).fields.has('name');
    return insertRecord(this.author, object, { ...(hasName ? { Name: object } : {}), ...row });
  }

  public lead(OwnerId: string, more: Row = {}): string {
    return insertRecord(this.author, 'Lead', { OwnerId, LastName: 'L', Company: 'C', IsConverted: false, ...more });
  }

  public group(type: 'Regular' | 'Queue', members: string[], DoesIncludeBosses = true): string {
    const name = `G${this.serial++}`;
    const id = insertRecord(this.author, 'Group', { Type: type, Name: name, DeveloperName: name, DoesIncludeBosses });
    for (const member of members) insertRecord(this.author, 'GroupMember', { GroupId: id, UserOrGroupId: member });
    return id;
  }

  /** The group that the platform keeps for a role, or of everybody of a kind. */
  public groupOf(type: string, related?: string): string {
    return related === undefined
      ? this.value('SELECT "Id" FROM "Group" WHERE "Type" = ?', type)
      : this.value('SELECT "Id" FROM "Group" WHERE "Type" = ? AND "RelatedId" = ?', type, related);
  }

  public portalRole(account: string, level: string): string {
    return this.value('SELECT "Id" FROM "UserRole" WHERE "PortalAccountId" = ? AND "PortalRole" = ?', account, level);
  }

  /** Adds a rule; it counts at once unless `pending`. */
  public rule(rule: Partial<NewRule> & { target: string }, pending = false): string {
    const name = `Rule_${this.serial++}`;
    const kind = rule.source === undefined ? 'criteria' : 'owner';
    const usual: Omit<NewRule, 'target'> = {
      object: 'Lead',
      name,
      label: name,
      kind,
      access: 'Read',
      criteria: [],
      allOwners: true,
    };
    this.org.sharing.rules.put(this.author, { ...usual, ...rule });
    if (!pending) this.org.settle();
    return rule.name ?? name;
  }

  public removeRule(object: string, name: string): void {
    this.org.sharing.rules.remove(this.author, object, name);
  }

  public share(object: string, recordId: string, who: string, level = 'Read', more: Row = {}): string {
    const values = { [`${object}Id`]: recordId, UserOrGroupId: who, [`${object}AccessLevel`]: level };
    return insertRecord(this.author, `${object}Share`, { ...values, RowCause: 'Manual', ...more });
  }

  public grant(
    profile: string,
    objects: string[],
    ...actions: Array<'Read' | 'Edit' | 'Delete' | 'ViewAllRecords'>
  ): void {
    const sql = 'SELECT s."Id" FROM "PermissionSet" s JOIN "Profile" p ON p."Id" = s."ProfileId" WHERE p."Name" = ?';
    const ParentId = this.value(sql, profile);
    for (const SobjectType of objects) {
      const flags = Object.fromEntries(['Read', ...actions].map((action) => [`Permissions${action}`, true]));
      insertRecord(this.author, 'ObjectPermissions', { ParentId, SobjectType, ...flags });
    }
  }

  /** Gives one user a permission set of his own. */
  public permit(userId: string, system: string[], objects: Record<string, string[]> = {}): void {
    const name = `S${this.serial++}`;
    const flags = Object.fromEntries(system.map((one) => [`Permissions${one}`, true]));
    const set = insertRecord(this.author, 'PermissionSet', { Name: name, Label: name, ...flags });
    for (const [SobjectType, actions] of Object.entries(objects)) {
      const granted = Object.fromEntries(actions.map((action) => [`Permissions${action}`, true]));
      insertRecord(this.author, 'ObjectPermissions', { ParentId: set, SobjectType, ...granted });
    }
    insertRecord(this.author, 'PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: set });
  }

  public session(userId: string): Session {
    return this.org.access.open(userId);
  }

  /** `none`, or what he may do besides reading: `read`, `read edit`, `read edit delete transfer all`. */
  public may(userId: string, object: string, id: string): string {
    const access = this.org.sharing.access(userId, this.org.catalog.require(object), id);
    const words = (['read', 'edit', 'delete', 'transfer', 'all'] as const).filter((word) => access[word]);
    return words.join(' ') || 'none';
  }

  /** Ids that a query of this user finds. */
  public sees(userId: string, object: string): string[] {
    const page = this.org.queries.query(`SELECT Id FROM ${object} ORDER BY Id`, { session: this.session(userId) });
    return page.records.map(({ Id }) => String(Id));
  }
}
