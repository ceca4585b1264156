/**
 * Record access worked out slowly and plainly over the rows of an org, one user and one record at a time, as a check
 * on the SQL. It shares no code with it.
 */
import type { RecordAccess, SharingRule } from '../../../src/practice/sharing/types.js';

export type User = {
  Id: string;
  IsActive: boolean;
  UserType: string;
  UserRoleId: string | null;
  AccountId: string | null;
  ManagerId: string | null;
  PortalRole: string | null;
  IsPrmSuperUser: boolean;
};
export type Role = {
  Id: string;
  ParentRoleId: string | null;
  PortalType: string;
  CaseAccessForAccountOwner: string | null;
  ContactAccessForAccountOwner: string | null;
  OpportunityAccessForAccountOwner: string | null;
};
export type Group = { Id: string; Type: string; RelatedId: string | null; DoesIncludeBosses: boolean };
export type Rec = { Id: string; object: string; OwnerId: string; AccountId?: string | null } & Record<string, unknown>;
export type Share = { object: string; recordId: string; who: string; level: string; children: Record<string, string> };
export type Permission = { viewAll: boolean; modifyAll: boolean; transferAny: boolean };

export type World = {
  users: User[];
  roles: Role[];
  groups: Group[];
  members: Array<{ GroupId: string; UserOrGroupId: string }>;
  records: Rec[];
  shares: Share[];
  rules: SharingRule[];
  defaults: Record<string, { internal: string; external: string }>;
  superUsers: boolean;
  permission(user: User, object: string): Permission;
};

type Grounds = { read: boolean; edit: boolean; transfer: boolean; all: boolean };

const OPEN = ['Read', 'ReadWrite', 'ReadWriteTransfer', 'FullAccess'];

export class Oracle {
  public constructor(private readonly world: World) {}

  public access(user: User, record: Rec): RecordAccess {
    const none = { read: false, edit: false, delete: false, transfer: false, all: false };
    if (!user.IsActive) return none;
    const { viewAll, modifyAll, transferAny } = this.world.permission(user, record.object);
    if (modifyAll) return { read: true, edit: true, delete: true, transfer: true, all: true };
    const grounds = this.grounds(user, record);
    if (!grounds.read && !viewAll) return none;
    return {
      read: true,
      edit: grounds.edit,
      delete: grounds.all,
      transfer: grounds.transfer || transferAny,
      all: grounds.all,
    };
  }

  private grounds(user: User, record: Rec): Grounds {
    const model = this.model(user, record.object);
    if (model === 'ControlledByParent') return this.controlled(user, record);
    const open = OPEN.indexOf(model);
    const own = this.isOwnOrBelow(user, record.OwnerId);
    const queue = this.isQueueOf(user, record.OwnerId);
    const given = this.given(user, record);
    const implicit = this.implicit(user, record);
    const edit = own || queue || given === 'Edit' || implicit === 'Edit' || open >= 1;
    return {
      all: own || open === 3,
      transfer: own || queue || open >= 2,
      edit,
      read: edit || given !== undefined || implicit !== undefined || open >= 0 || this.isColleague(user, record),
    };
  }

  private controlled(user: User, record: Rec): Grounds {
    const own = this.isOwnOrBelow(user, record.OwnerId);
    const account = this.world.records.find((one) => one.Id === record.AccountId);
    if (own || !account) return { all: own, transfer: own, edit: own, read: own };
    const { viewAll, modifyAll } = this.world.permission(user, 'Account');
    if (modifyAll) return { all: true, transfer: true, edit: true, read: true };
    const parent = this.grounds(user, account);
    return { ...parent, read: parent.read || viewAll || this.isOfPortal(user, record) };
  }

  private isOfPortal(user: User, record: Rec): boolean {
    return user.AccountId !== null && record.AccountId === user.AccountId;
  }

  private model(user: User, object: string): string {
    const { internal, external } = this.world.defaults[object]!;
    const model = user.UserType === 'Standard' ? internal : external;
    return user.UserType === 'Guest' && model !== 'ControlledByParent' ? 'Private' : model;
  }

  private user(id: string): User | undefined {
    return this.world.users.find((user) => user.Id === id);
  }

  private isAbove(boss: User, other: User): boolean {
    if (boss.UserRoleId === null || other.UserRoleId === null) return false;
    let role = this.world.roles.find((one) => one.Id === other.UserRoleId);
    while (role?.ParentRoleId) {
      if (role.ParentRoleId === boss.UserRoleId) return true;
      role = this.world.roles.find((one) => one.Id === role!.ParentRoleId);
    }
    return false;
  }

  private isOwnOrBelow(user: User, ownerId: string): boolean {
    if (user.Id === ownerId) return true;
    const owner = this.user(ownerId);
    return owner !== undefined && this.isAbove(user, owner);
  }

  private isQueueOf(user: User, ownerId: string): boolean {
    return this.world.groups.some(({ Id, Type }) => Id === ownerId && Type === 'Queue') && this.reaches(user, ownerId);
  }

  /** Whether what is shared with a user or group is shared with this user. */
  private reaches(user: User, target: string): boolean {
    const other = this.user(target);
    if (other) return other === user || this.isAbove(user, other);
    const group = this.world.groups.find((one) => one.Id === target);
    if (!group) return false;
    if (this.isMember(user, group)) return true;
    const bosses = ['Regular', 'Queue'].includes(group.Type) ? group.DoesIncludeBosses : true;
    return bosses && this.world.users.some((one) => this.isAbove(user, one) && this.isMember(one, group));
  }

  private isMember(user: User, group: Group): boolean {
    const { RelatedId: related } = group;
    const role = this.world.roles.find((one) => one.Id === user.UserRoleId);
    const inRole = related !== null && user.UserRoleId === related;
    const belowRole = (): boolean => {
      for (let one = role; one; one = this.world.roles.find((next) => next.Id === one.ParentRoleId)) {
        if (one.Id === related) return true;
      }
      return false;
    };
    switch (group.Type) {
      case 'Role':
        return inRole;
      case 'RoleAndSubordinates':
        return belowRole();
      case 'RoleAndSubordinatesInternal':
        return belowRole() && role!.PortalType === 'None';
      case 'Organization':
        return user.UserType === 'Standard';
      case 'PRMOrganization':
        return user.UserType === 'PowerPartner';
      case 'AllCustomerPortal':
        return user.UserType === 'PowerCustomerSuccess' || user.UserType === 'CustomerSuccess';
      case 'Manager':
        return this.manages(user, related);
      case 'ManagerAndSubordinatesInternal':
        return user.UserType === 'Standard' && (user.Id === related || this.manages(this.user(related ?? ''), user.Id));
      default:
        return this.world.members
          .filter(({ GroupId }) => GroupId === group.Id)
          .some(({ UserOrGroupId: id }) => {
            const nested = this.world.groups.find((one) => one.Id === id);
            return id === user.Id || (nested !== undefined && this.isMember(user, nested));
          });
    }
  }

  /** Whether a user is above another by User.ManagerId. */
  private manages(boss: User | undefined, otherId: string | null): boolean {
    const other = this.user(otherId ?? '');
    if (!boss || !other?.ManagerId) return false;
    return other.ManagerId === boss.Id || this.manages(boss, other.ManagerId);
  }

  private isInSource(ownerId: string, groupId: string): boolean {
    const group = this.world.groups.find((one) => one.Id === groupId);
    if (ownerId === groupId) return true;
    if (!group || group.Type === 'Queue') return false;
    const owner = this.user(ownerId);
    if (owner) return this.isMember(owner, group);
    return this.world.members.some(
      ({ GroupId, UserOrGroupId }) => GroupId === groupId && this.isInSource(ownerId, UserOrGroupId)
    );
  }

  private matches(rule: SharingRule, record: Rec): boolean {
    if (rule.kind === 'owner') return this.isInSource(record.OwnerId, rule.source ?? '');
    const roleless = ['CspLitePortal', 'Guest'].includes(this.user(record.OwnerId)?.UserType ?? '');
    if (rule.kind === 'criteria' && !rule.allOwners && roleless) return false;
    const results = rule.criteria.map(({ field, operation, value }) => holds(record[field], operation, value));
    if (!rule.booleanFilter) return results.every(Boolean);
    const [a, b, c] = results;
    // The two filters that the generator makes.
    return rule.booleanFilter === '1 AND (2 OR 3)' ? a! && (b! || c!) : a! || !b!;
  }

  private rulesFor(user: User, record: Rec): SharingRule[] {
    return this.world.rules.filter(
      (rule) =>
        rule.object === record.object &&
        (rule.kind === 'guest' ? rule.target === user.Id : this.reaches(user, rule.target)) &&
        this.matches(rule, record)
    );
  }

  private sharesFor(user: User, record: Rec): Share[] {
    return this.world.shares.filter(
      (share) => share.object === record.object && share.recordId === record.Id && this.reaches(user, share.who)
    );
  }

  /** What rules and manual shares give. */
  private given(user: User, record: Rec): string | undefined {
    const levels = [
      ...this.rulesFor(user, record).map(({ access }): string => access),
      ...this.sharesFor(user, record).map(({ level }) => level),
    ];
    return levels.includes('Edit') ? 'Edit' : levels.find((level) => level === 'Read');
  }

  private isColleague(user: User, record: Rec): boolean {
    const order = ['User', 'Manager', 'Executive'];
    const owner = this.user(record.OwnerId);
    const counts = ['Case', 'Lead', 'Opportunity'].includes(record.object) || record.object.endsWith('__c');
    if (!this.world.superUsers || !user.IsPrmSuperUser || !counts || !owner) return false;
    if (user.AccountId === null || owner.AccountId !== user.AccountId || owner.UserType !== 'PowerPartner')
      return false;
    return order.indexOf(owner.PortalRole ?? 'User') <= order.indexOf(user.PortalRole ?? 'User');
  }

  private implicit(user: User, record: Rec): string | undefined {
    if (record.object === 'Account') {
      if (record.Id === user.AccountId) return 'Read';
      const children = this.world.records.filter((one) => one.AccountId === record.Id);
      return children.some((child) => this.isHis(user, child)) ? 'Read' : undefined;
    }
    const account = this.world.records.find((one) => one.Id === record.AccountId);
    if (!account || !['Contact', 'Opportunity', 'Case'].includes(record.object)) return undefined;
    const levels = [this.ofAccountOwner(user, account, record.object)];
    const setting = `${record.object.toLowerCase()}AccessLevel` as 'caseAccessLevel';
    for (const rule of this.rulesFor(user, account)) levels.push(rule.accountSettings?.[setting]);
    for (const share of this.sharesFor(user, account)) levels.push(share.children[record.object]);
    if (record.object === 'Contact' && this.isOfPortal(user, record)) levels.push('Read');
    return levels.includes('Edit') ? 'Edit' : levels.find((level) => level === 'Read');
  }

  private ofAccountOwner(user: User, account: Rec, child: string): string | undefined {
    const owner = this.user(account.OwnerId);
    if (owner?.UserType !== 'Standard' || !this.isOwnOrBelow(user, owner.Id)) return undefined;
    const role = this.world.roles.find((one) => one.Id === owner.UserRoleId);
    return role?.[`${child}AccessForAccountOwner` as 'CaseAccessForAccountOwner'] ?? undefined;
  }

  /** Whether a child of an account is his by a ground of its own, so that he reads the account. */
  private isHis(user: User, child: Rec): boolean {
    const own = this.isOwnOrBelow(user, child.OwnerId);
    if (this.model(user, child.object) === 'ControlledByParent') return own;
    return (
      own ||
      this.isQueueOf(user, child.OwnerId) ||
      this.given(user, child) !== undefined ||
      this.isColleague(user, child)
    );
  }
}

const holds = (value: unknown, operation: string, wanted: string): boolean => {
  const values = wanted.split(',').filter((one) => one !== '');
  const text = typeof value === 'string' ? value.toLowerCase() : undefined;
  const number = typeof value === 'number' ? value : Number.NaN;
  const equal = values.length === 0 ? (value ?? null) === null : values.some((one) => same(value, one));
  const has = values.some((one) => text?.includes(one.toLowerCase()));
  const answers: Record<string, boolean> = {
    equals: equal,
    notEqual: !equal,
    contains: has,
    notContain: !has,
    startsWith: values.some((one) => text?.startsWith(one.toLowerCase())),
    greaterThan: number > Number(wanted),
    lessOrEqual: number <= Number(wanted),
  };
  const answer = answers[operation];
  if (answer === undefined) throw new Error(`The oracle does not know ${operation}`);
  return answer;
};

const same = (value: unknown, wanted: string): boolean => {
  if (typeof value === 'number') return value === Number(wanted);
  if (typeof value === 'boolean') return value === (wanted === 'True');
  return typeof value === 'string' && value.toLowerCase() === wanted.toLowerCase();
};
