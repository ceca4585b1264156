/** Who is put into a queue: users, roles, public groups and partner accounts, from names to what the org has of them. */
import type { Connection } from '@salesforce/core';
import { all, any, compare, isIn, queryAll, readRecords, select } from '../../org/read/index.js';
import { topRoles, type PortalRoleRow } from '../../partners/portal.js';
import { to18 } from '../record-id.js';

/** Words before the colon of a member. Without one it is a user. */
export const MEMBER_KINDS = [
  'user',
  'role',
  'role-and-subordinates',
  'role-and-internal-subordinates',
  'group',
  'account',
] as const;

export type MemberKind = (typeof MEMBER_KINDS)[number];

export type MemberSpec = { kind: MemberKind; name: string; text: string };

export type QueueMember = {
  /** Id of the user or group in GroupMember. */
  id: string;
  kind: MemberKind;
  /** Name for people. */
  name: string;
  /** Username, or API name of the role or group. */
  apiName: string;
  /** Role of a user, or behind the group; who is above it may claim too. */
  roleId?: string;
};

/** Members that cannot be put into a queue, one sentence each. */
export class MemberError extends Error {
  public constructor(public readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'MemberError';
  }
}

/** `role:X` and the like; everything else is a user, whose names may have colons too. */
export function parseMember(text: string): MemberSpec {
  const at = text.indexOf(':');
  const kind = MEMBER_KINDS.find((one) => one === text.slice(0, at).trim().toLowerCase());
  return kind ? { kind, name: text.slice(at + 1).trim(), text } : { kind: 'user', name: text.trim(), text };
}

/** Types of the groups that stand for a role. */
const ROLE_GROUP: Readonly<Partial<Record<MemberKind, string>>> = {
  role: 'Role',
  'role-and-subordinates': 'RoleAndSubordinates',
  'role-and-internal-subordinates': 'RoleAndSubordinatesInternal',
  account: 'RoleAndSubordinates',
};

/** Finds members by name. @throws MemberError with every one that is not there */
export async function resolveMembers(conn: Connection, texts: readonly string[]): Promise<QueueMember[]> {
  const specs = texts.map(parseMember);
  const found = await findAll(conn, specs);
  const problems: string[] = [];
  const members = specs.flatMap((spec): QueueMember[] => {
    const answer = found(spec);
    if (typeof answer !== 'string') return [answer];
    problems.push(answer);
    return [];
  });
  if (problems.length > 0) throw new MemberError(problems);
  return [...new Map(members.map((member) => [member.id, member])).values()];
}

/** A member, or the sentence that says why there is none. */
type Answer = QueueMember | string;
type Find = (spec: MemberSpec) => Answer;

async function findAll(conn: Connection, specs: readonly MemberSpec[]): Promise<Find> {
  const of = (...kinds: MemberKind[]): MemberSpec[] => specs.filter(({ kind }) => kinds.includes(kind));
  const users = await findUsers(conn, of('user'));
  const groups = await findGroups(conn, of('group'));
  const roles = await findRoles(conn, of('role', 'role-and-subordinates', 'role-and-internal-subordinates'));
  const accounts = await findAccounts(conn, of('account'));
  return (spec) => {
    if (spec.kind === 'user') return users(spec);
    if (spec.kind === 'group') return groups(spec);
    return spec.kind === 'account' ? accounts(spec) : roles(spec);
  };
}

const same = (a: string | null | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

/** The one row that a name means. */
function only<T>(rows: readonly T[], spec: MemberSpec, what: string): T | string {
  if (rows.length === 1) return rows[0]!;
  return rows.length === 0
    ? `There is no ${what} "${spec.name}".`
    : `There are ${rows.length} of the ${what} "${spec.name}". Name one by its API name, username or id.`;
}

type UserRow = {
  Id: string;
  Name: string;
  Username: string;
  IsActive: boolean;
  UserType: string;
  UserRoleId: string | null;
};

async function findUsers(conn: Connection, specs: readonly MemberSpec[]): Promise<Find> {
  const names = specs.map(({ name }) => name);
  const ids = names.flatMap((name) => to18(name) ?? []);
  const fields = ['Id', 'Name', 'Username', 'IsActive', 'UserType', 'UserRoleId'];
  const where = any(isIn('Username', names), isIn('Name', names), isIn('Id', ids));
  const rows = names.length > 0 ? await queryAll<UserRow>(conn, select({ from: 'User', fields, where })) : [];
  return (spec) => {
    const exact = rows.filter(({ Id, Username }) => Id === to18(spec.name) || same(Username, spec.name));
    const row = only(exact.length > 0 ? exact : rows.filter(({ Name }) => same(Name, spec.name)), spec, 'user');
    return typeof row === 'string' ? row : userMember(row);
  };
}

function userMember({ Id, Name, Username, IsActive, UserType, UserRoleId }: UserRow): Answer {
  if (!IsActive) return `The user "${Username}" is not active.`;
  // platform-facts F: OP_WITH_INVALID_USER_TYPE_EXCEPTION.
  if (UserType === 'CspLitePortal') return `The user "${Username}" is a high-volume user, who cannot be in a queue.`;
  return {
    id: Id,
    kind: 'user',
    name: Name,
    apiName: Username,
    ...(UserRoleId === null ? {} : { roleId: UserRoleId }),
  };
}

type GroupRow = {
  Id: string;
  Name: string | null;
  DeveloperName: string | null;
  Type: string;
  RelatedId: string | null;
};
const GROUP_FIELDS = ['Id', 'Name', 'DeveloperName', 'Type', 'RelatedId'];

async function findGroups(conn: Connection, specs: readonly MemberSpec[]): Promise<Find> {
  const names = specs.map(({ name }) => name);
  const where = all(compare('Type', '=', 'Regular'), any(isIn('DeveloperName', names), isIn('Name', names)));
  const rows =
    names.length > 0 ? await queryAll<GroupRow>(conn, select({ from: 'Group', fields: GROUP_FIELDS, where })) : [];
  return (spec) => {
    const exact = rows.filter(({ DeveloperName }) => same(DeveloperName, spec.name));
    const row = only(exact.length > 0 ? exact : rows.filter(({ Name }) => same(Name, spec.name)), spec, 'public group');
    if (typeof row === 'string') return row;
    return { id: row.Id, kind: 'group', name: row.Name ?? row.DeveloperName ?? '', apiName: row.DeveloperName ?? '' };
  };
}

type RoleRow = { Id: string; Name: string; DeveloperName: string };

/** Groups of roles by role and type. */
const roleGroups = (conn: Connection, roles: readonly string[]): Promise<GroupRow[]> =>
  readRecords<GroupRow>(conn, { from: 'Group', fields: GROUP_FIELDS, by: 'RelatedId', values: roles });

async function findRoles(conn: Connection, specs: readonly MemberSpec[]): Promise<Find> {
  const names = specs.map(({ name }) => name);
  const where = any(isIn('DeveloperName', names), isIn('Name', names));
  const fields = ['Id', 'Name', 'DeveloperName'];
  const rows = names.length > 0 ? await queryAll<RoleRow>(conn, select({ from: 'UserRole', fields, where })) : [];
  const groups = await roleGroups(
    conn,
    rows.map(({ Id }) => Id)
  );
  return (spec) => {
    const exact = rows.filter(({ DeveloperName }) => same(DeveloperName, spec.name));
    const row = only(exact.length > 0 ? exact : rows.filter(({ Name }) => same(Name, spec.name)), spec, 'role');
    return typeof row === 'string' ? row : roleMember(spec, row, groups);
  };
}

function roleMember(spec: MemberSpec, role: RoleRow, groups: readonly GroupRow[]): Answer {
  const group = groups.find(({ RelatedId, Type }) => RelatedId === role.Id && Type === ROLE_GROUP[spec.kind]);
  if (!group) return `The org has no group of the kind ${ROLE_GROUP[spec.kind]!} for the role "${role.Name}".`;
  return { id: group.Id, kind: spec.kind, name: role.Name, apiName: role.DeveloperName, roleId: role.Id };
}

/** Accounts stand for their topmost portal role and what is below it: everybody of the account, also who joins later. */
async function findAccounts(conn: Connection, specs: readonly MemberSpec[]): Promise<Find> {
  const names = specs.map(({ name }) => name);
  const where = any(
    isIn('Name', names),
    isIn(
      'Id',
      names.flatMap((name) => to18(name) ?? [])
    )
  );
  const accounts =
    names.length > 0
      ? await queryAll<{ Id: string; Name: string }>(conn, select({ from: 'Account', fields: ['Id', 'Name'], where }))
      : [];
  const roles = await portalRoles(
    conn,
    accounts.map(({ Id }) => Id)
  );
  const groups = await roleGroups(
    conn,
    roles.map(({ Id }) => Id)
  );
  return (spec) => {
    const exact = accounts.filter(({ Id }) => Id === to18(spec.name));
    const row = only(exact.length > 0 ? exact : accounts.filter(({ Name }) => same(Name, spec.name)), spec, 'account');
    if (typeof row === 'string') return row;
    const [top] = topRoles(roles.filter(({ PortalAccountId }) => PortalAccountId === row.Id));
    // platform-facts C2: roles come with the account's first partner user.
    if (!top) return `The account "${row.Name}" has no portal role yet: it has no partner user. Invite one first.`;
    const member = roleMember(spec, top, groups);
    return typeof member === 'string' ? member : { ...member, name: row.Name };
  };
}

/** Portal roles of accounts. */
const portalRoles = (conn: Connection, accounts: readonly string[]): Promise<PortalRoleRow[]> =>
  readRecords<PortalRoleRow>(conn, {
    from: 'UserRole',
    fields: ['Id', 'Name', 'DeveloperName', 'PortalAccountId', 'PortalAccountOwnerId', 'ParentRoleId'],
    by: 'PortalAccountId',
    values: accounts,
  });

/** `user Nora Fieldgate`. */
export const memberText = ({ kind, name }: Pick<QueueMember, 'kind' | 'name'>): string =>
  `${kind.replaceAll('-', ' ')} ${name}`;
