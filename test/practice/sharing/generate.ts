/** Random orgs: role trees, portal roles, nested groups, queues, rules of all kinds, shares, defaults. */
import type { OpenOrg } from '../../../src/practice/org.js';
import { insertRecord, type Author } from '../../../src/practice/rules/records.js';
import { customObject } from '../../../src/practice/catalog/custom.js';
import type { Row } from '../../../src/practice/contracts.js';
import { RECALCULATION_DELAY } from '../../../src/practice/sharing/recalculation.js';
import type {
  NewRule,
  OrgDefault,
  RuleCriterion,
  SharingModel,
  SharingRule,
} from '../../../src/practice/sharing/types.js';
import type { Group, Rec, Role, Share, User, World } from './oracle.js';

/** Numbers that a property hands out; the same numbers make the same org. */
export type Draw = (end: number) => number;

const OBJECTS = ['Account', 'Contact', 'Opportunity', 'Case', 'Lead', 'Campaign', 'Deal__c'];
const TABLES = [
  ...OBJECTS,
  'User',
  'UserRole',
  'Group',
  'GroupMember',
  'PermissionSet',
  'PermissionSetAssignment',
  'ObjectPermissions',
  'AccountShare',
  'CampaignShare',
  'CaseShare',
  'ContactShare',
  'LeadShare',
  'OpportunityShare',
  'practice_sharing_rule',
  'practice_org_default',
];
const CITIES = ['Leeds', 'Lyon', 'leeds', null];

const some = <T>(draw: Draw, list: readonly T[]): T => list[draw(list.length)]!;
const chance = (draw: Draw, of: number): boolean => draw(of) === 0;

class Maker {
  private readonly author: Author;
  public readonly users: User[] = [];
  public readonly roles: Role[] = [];
  public readonly groups: Group[] = [];
  public readonly members: World['members'] = [];
  public readonly records: Rec[] = [];
  public readonly shares: Share[] = [];

  public constructor(
    private readonly org: OpenOrg,
    private readonly draw: Draw
  ) {
    this.author = { tools: org.tools, userId: '005gL0000000001AAA', now: '2026-01-01T00:00:00.000+0000' };
  }

  private add(object: string, row: Row): string {
    return insertRecord(this.author, object, row);
  }

  private role(ParentRoleId: string | null, PortalType: string, more: Row = {}): Role {
    const level = (): string => some(this.draw, ['None', 'Read', 'Edit']);
    const row = {
      ParentRoleId,
      PortalType,
      CaseAccessForAccountOwner: level(),
      ContactAccessForAccountOwner: chance(this.draw, 3) ? null : level(),
      OpportunityAccessForAccountOwner: level(),
    };
    const Id = this.add('UserRole', { Name: 'R', DeveloperName: `R${this.roles.length}`, ...row, ...more });
    const role = { Id, ...row };
    this.roles.push(role);
    for (const type of [
      'Role',
      'RoleAndSubordinates',
      ...(PortalType === 'None' ? ['RoleAndSubordinatesInternal'] : []),
    ])
      this.group(type, Id);
    return role;
  }

  public group(Type: string, RelatedId: string | null, DoesIncludeBosses = chance(this.draw, 2)): Group {
    const Id = this.add('Group', { Type, RelatedId, DoesIncludeBosses, Name: Type });
    const group = { Id, Type, RelatedId, DoesIncludeBosses };
    this.groups.push(group);
    return group;
  }

  public member(group: Group, UserOrGroupId: string): void {
    if (this.members.some((one) => one.GroupId === group.Id && one.UserOrGroupId === UserOrGroupId)) return;
    this.add('GroupMember', { GroupId: group.Id, UserOrGroupId });
    this.members.push({ GroupId: group.Id, UserOrGroupId });
  }

  private user(row: Partial<User>): User {
    const user = {
      IsActive: !chance(this.draw, 8),
      UserType: 'Standard',
      UserRoleId: null,
      AccountId: null,
      ManagerId: this.users.length > 0 && chance(this.draw, 2) ? some(this.draw, this.users).Id : null,
      PortalRole: null,
      IsPrmSuperUser: false,
      ...row,
    };
    const name = `u${this.users.length}`;
    const Id = this.add('User', { ...user, Username: name, Name: name, LastName: name });
    this.users.push({ Id, ...user });
    return this.users.at(-1)!;
  }

  public people(): void {
    const roots = this.draw(2) + 1;
    for (let n = 0; n < 3 + this.draw(5); n++) {
      this.role(n < roots ? null : some(this.draw, this.roles).Id, 'None');
    }
    const roles = [...this.roles];
    for (let n = 0; n < 4 + this.draw(4); n++) {
      this.user({ UserRoleId: chance(this.draw, 6) ? null : some(this.draw, roles).Id });
    }
  }

  public record(object: string, OwnerId: string, more: Row = {}): Rec {
    const Id = this.add(object, { OwnerId, ...more });
    this.records.push({ Id, object, OwnerId, ...more });
    return this.records.at(-1)!;
  }

  /** Accounts, some with portal roles and external users. */
  public accounts(): void {
    const inside = [...this.users];
    for (let n = 0; n < 4; n++) {
      const owner = some(this.draw, inside);
      const account = this.record('Account', owner.Id, { Name: `A${n}`, BillingCity: some(this.draw, CITIES) });
      if (owner.UserRoleId === null || chance(this.draw, 3)) continue;
      let parent = owner.UserRoleId;
      const type = chance(this.draw, 4) ? 'CustomerPortal' : 'Partner';
      for (const level of ['Executive', 'Manager', 'User'].slice(this.draw(3))) {
        const role = this.role(parent, type, { PortalAccountId: account.Id, PortalRole: level });
        parent = role.Id;
        if (chance(this.draw, 4)) continue;
        this.user({
          UserType: type === 'Partner' ? 'PowerPartner' : 'PowerCustomerSuccess',
          UserRoleId: role.Id,
          AccountId: account.Id,
          PortalRole: level,
          IsPrmSuperUser: chance(this.draw, 2),
        });
      }
      if (chance(this.draw, 3)) this.user({ UserType: 'CspLitePortal', AccountId: account.Id });
    }
    if (chance(this.draw, 2)) this.user({ UserType: 'Guest' });
    this.record('Account', some(this.draw, this.users).Id, { Name: 'Of anybody' });
  }

  /** Public groups nested up to five deep, and queues. */
  public circles(): void {
    for (const type of ['Organization', 'PRMOrganization', 'AllCustomerPortal']) this.group(type, null);
    for (const type of ['Manager', 'ManagerAndSubordinatesInternal']) this.group(type, some(this.draw, this.users).Id);
    const members = this.users.filter(({ UserType }) => !['CspLitePortal', 'Guest'].includes(UserType));
    for (let n = 0; n < 5; n++) {
      // Queues are in no group.
      const earlier = this.groups.filter(({ Type }) => Type !== 'Queue');
      const group = this.group(n < 3 ? 'Regular' : chance(this.draw, 2) ? 'Queue' : 'Regular', null);
      for (let m = 0; m < 1 + this.draw(3); m++) {
        this.member(group, chance(this.draw, 2) ? some(this.draw, members).Id : some(this.draw, earlier).Id);
      }
      // A chain, so that depth is reached.
      const last = earlier.filter(({ Type }) => Type === 'Regular').at(-1);
      if (last && chance(this.draw, 2)) this.member(group, last.Id);
    }
  }

  public data(): void {
    const accounts = this.records.filter(({ object }) => object === 'Account').map(({ Id }) => Id);
    const queues = this.groups.filter(({ Type }) => Type === 'Queue').map(({ Id }) => Id);
    const owners = this.users.map(({ Id }) => Id);
    for (const object of OBJECTS.slice(1)) {
      for (let n = 0; n < 4; n++) {
        const queued = ['Case', 'Lead', 'Deal__c'].includes(object) && queues.length > 0 && chance(this.draw, 3);
        const AccountId = chance(this.draw, 4) ? null : some(this.draw, accounts);
        this.record(object, some(this.draw, queued ? queues : owners), {
          ...(['Contact', 'Opportunity', 'Case'].includes(object) ? { AccountId } : {}),
          ...(object === 'Lead'
            ? { City: some(this.draw, CITIES), NumberOfEmployees: some(this.draw, [null, 3, 30, 300]) }
            : {}),
          ...(object === 'Case' ? { Subject: some(this.draw, CITIES), IsEscalated: chance(this.draw, 2) } : {}),
        });
      }
    }
  }

  private criteria(object: string): Pick<NewRule, 'criteria' | 'booleanFilter'> {
    const city = object === 'Account' ? 'BillingCity' : object === 'Case' ? 'Subject' : 'City';
    const texts: RuleCriterion[] = [
      {
        field: city,
        operation: some(this.draw, ['equals', 'notEqual']),
        value: some(this.draw, ['Leeds', 'Lyon,Leeds', '']),
      },
      {
        field: city,
        operation: some(this.draw, ['contains', 'notContain', 'startsWith']),
        value: some(this.draw, ['L', 'ee', 'ly,x']),
      },
    ];
    const third: RuleCriterion =
      object === 'Lead'
        ? {
            field: 'NumberOfEmployees',
            operation: some(this.draw, ['greaterThan', 'lessOrEqual', 'equals']),
            value: '30',
          }
        : object === 'Case'
          ? { field: 'IsEscalated', operation: 'equals', value: some(this.draw, ['True', 'False']) }
          : texts[0]!;
    const criteria = [...texts, third].slice(0, 1 + this.draw(3));
    if (criteria.length === 3 && chance(this.draw, 2)) return { criteria, booleanFilter: '1 AND (2 OR 3)' };
    return criteria.length === 2 && chance(this.draw, 2) ? { criteria, booleanFilter: '1 OR NOT 2' } : { criteria };
  }

  public rule(n: number): NewRule {
    const byCriteria = chance(this.draw, 2);
    const object = some(
      this.draw,
      byCriteria ? ['Account', 'Case', 'Lead'] : OBJECTS.filter((name) => name !== 'Contact')
    );
    const level = (): string => some(this.draw, ['None', 'Read', 'Edit']);
    const guest = this.users.find(({ UserType }) => UserType === 'Guest');
    const isGuest = byCriteria && guest !== undefined && chance(this.draw, 2);
    return {
      object,
      name: `Rule_${n}`,
      label: `Rule ${n}`,
      kind: isGuest ? 'guest' : byCriteria ? 'criteria' : 'owner',
      access: isGuest ? 'Read' : some(this.draw, ['Read', 'Edit']),
      target: isGuest ? guest.Id : some(this.draw, this.groups).Id,
      allOwners: chance(this.draw, 2),
      ...(byCriteria ? this.criteria(object) : { criteria: [], source: some(this.draw, this.groups).Id }),
      ...(object === 'Account'
        ? {
            accountSettings: {
              caseAccessLevel: level(),
              contactAccessLevel: level(),
              opportunityAccessLevel: level(),
            },
          }
        : {}),
    };
  }

  public manual(): void {
    const shared = this.records.filter(({ object }) => object !== 'Deal__c');
    for (let n = 0; n < 6; n++) {
      const record = some(this.draw, shared);
      const who = chance(this.draw, 2) ? some(this.draw, this.users).Id : some(this.draw, this.groups).Id;
      const level = some(this.draw, ['Read', 'Edit']);
      const child = (): string => some(this.draw, ['None', 'Read', 'Edit']);
      const children: Record<string, string> =
        record.object === 'Account' ? { Case: child(), Contact: child(), Opportunity: child() } : {};
      this.add(`${record.object}Share`, {
        [`${record.object}Id`]: record.Id,
        [`${record.object}AccessLevel`]: level,
        UserOrGroupId: who,
        RowCause: 'Manual',
        ...Object.fromEntries(Object.entries(children).map(([name, value]) => [`${name}AccessLevel`, value])),
      });
      this.shares.push({ object: record.object, recordId: record.Id, who, level, children });
    }
  }

  /** Two kinds of users: most may do what sharing lets them, some see or change all of something. */
  public permissions(): World['permission'] {
    const id = this.add('PermissionSet', { Name: 'Base', Label: 'Base' });
    const everything = {
      PermissionsRead: true,
      PermissionsCreate: true,
      PermissionsEdit: true,
      PermissionsDelete: true,
    };
    for (const SobjectType of OBJECTS) this.add('ObjectPermissions', { ParentId: id, SobjectType, ...everything });
    for (const user of this.users) this.add('PermissionSetAssignment', { AssigneeId: user.Id, PermissionSetId: id });
    const more = new Map<string, { object: string; viewAll: boolean; modifyAll: boolean; transferAny: boolean }>();
    for (let n = 0; n < 2; n++) {
      const [user, object, modifyAll] = [some(this.draw, this.users), some(this.draw, OBJECTS), chance(this.draw, 3)];
      const transferAny = chance(this.draw, 2);
      const set = this.add('PermissionSet', { Name: `S${n}`, Label: 'S', PermissionsTransferAnyLead: transferAny });
      const flags = { PermissionsViewAllRecords: true, PermissionsModifyAllRecords: modifyAll };
      this.add('ObjectPermissions', { ParentId: set, SobjectType: object, ...everything, ...flags });
      if (more.has(user.Id)) continue;
      this.add('PermissionSetAssignment', { AssigneeId: user.Id, PermissionSetId: set });
      more.set(user.Id, { object, viewAll: true, modifyAll, transferAny });
    }
    return (user, object) => {
      const extra = more.get(user.Id);
      const here = extra?.object === object;
      return {
        viewAll: here,
        modifyAll: here && extra.modifyAll,
        transferAny: object === 'Lead' && extra?.transferAny === true,
      };
    };
  }

  public defaults(): World['defaults'] {
    const all: SharingModel[] = ['Private', 'Read', 'ReadWrite'];
    const result: Record<string, OrgDefault> = {};
    for (const object of OBJECTS) {
      const models =
        object === 'Lead' || object === 'Case'
          ? [...all, 'ReadWriteTransfer' as const]
          : object === 'Campaign'
            ? [...all, 'FullAccess' as const]
            : all;
      const pick = (): number => (chance(this.draw, 2) ? 0 : this.draw(models.length));
      const internal = pick();
      result[object] = { internal: models[internal]!, external: models[Math.min(internal, pick())]! };
      if (object === 'Contact' && chance(this.draw, 2)) {
        result[object] = { internal: 'ControlledByParent', external: 'ControlledByParent' };
      }
    }
    const insert = this.org.store.sql('INSERT INTO practice_org_default VALUES (?, ?, ?, ?, ?)');
    for (const [object, { internal, external }] of Object.entries(result)) {
      insert.run(object, internal, external, internal, external);
    }
    return result;
  }
}

/** The custom object that generated orgs have. */
export const addDeals = (org: OpenOrg): void => {
  org.store.transaction(() => org.catalog.add(customObject({ name: 'Deal__c', fields: [] }, 'a9Z')));
};

/** Replaces everything in an org by generated rows, and returns them as the oracle reads them. */
export const generate = (org: OpenOrg, draw: Draw): World =>
  org.store.transaction(() => {
    for (const table of TABLES) org.store.sql(`DELETE FROM "${table}"`).run();
    const maker = new Maker(org, draw);
    maker.people();
    maker.accounts();
    maker.circles();
    maker.data();
    maker.manual();
    const defaults = maker.defaults();
    const superUsers = chance(draw, 2);
    org.preferences.set('Sharing.enablePartnerSuperUserAccess', superUsers);
    org.preferences.set('Sharing.enableExternalSharingModel', true);
    org.preferences.set(RECALCULATION_DELAY, 60_000);
    const author: Author = { tools: org.tools, userId: '005gL0000000001AAA', now: '2026-01-01T00:00:00.000+0000' };
    for (let n = 0; n < 8; n++) org.sharing.rules.put(author, maker.rule(n));
    org.sharing.finishAll();
    const permission = maker.permissions();
    const rules: SharingRule[] = org.sharing.rules.list();
    const { users, roles, groups, members, records, shares } = maker;
    return { users, roles, groups, members, records, shares, rules, defaults, superUsers, permission };
  });

/** Objects that generated orgs have records of. */
export const GENERATED: readonly string[] = OBJECTS;
