/**
 * With whom something is shared: from the names of metadata to the id of a Group row or a user, and back
 * (platform-facts B1, B3, B5, B6).
 */
import { insertRecord, textFrom, type Author } from '../rules/records.js';
import type { SaveTools } from '../save/context.js';
import { hasNetworks } from './kind.js';
import { notFound, Problem } from './problem.js';
import type { Body } from './types.js';

/** What a name leads to: groups of roles, of users or of everybody, a named group, or a user. */
type Target =
  | { by: 'role'; group: string; portal: boolean }
  | { by: 'user'; group: string }
  | { by: 'all'; group: string; developerName: string }
  | { by: 'group'; group: string }
  | { by: 'guest' }
  | { by: 'person'; external: boolean }
  | { by: 'none'; what: string };

const role = (group: string, portal = false): Target => ({ by: 'role', group, portal });
const none = (what: string): Target => ({ by: 'none', what });

const PARTNERS: Target = { by: 'all', group: 'PRMOrganization', developerName: 'AllPartnerUsers' };
const CUSTOMERS: Target = { by: 'all', group: 'AllCustomerPortal', developerName: 'AllCustomerPortalUsers' };
const INSIDE: Target = { by: 'all', group: 'Organization', developerName: 'AllInternalUsers' };

/** Children of SharedTo (B3); the plural ones are older names of the same. */
const SHARED_TO: Readonly<Record<string, Target>> = {
  allCustomerPortalUsers: CUSTOMERS,
  allInternalUsers: INSIDE,
  allPartnerUsers: PARTNERS,
  allRestrictedEmployeeUsers: none('Restricted Employee'),
  channelProgramGroup: none('ChannelProgramGroup'),
  channelProgramGroups: none('ChannelProgramGroup'),
  group: { by: 'group', group: 'Regular' },
  groups: { by: 'group', group: 'Regular' },
  guestUser: { by: 'guest' },
  managers: { by: 'user', group: 'Manager' },
  managerSubordinates: { by: 'user', group: 'ManagerAndSubordinatesInternal' },
  portalRole: role('Role', true),
  portalRoleAndSubordinates: role('RoleAndSubordinates', true),
  queue: { by: 'group', group: 'Queue' },
  role: role('Role'),
  roles: role('Role'),
  roleAndSubordinates: role('RoleAndSubordinates'),
  rolesAndSubordinates: role('RoleAndSubordinates'),
  roleAndSubordinatesInternal: role('RoleAndSubordinatesInternal'),
  territory: none('Territory'),
  territories: none('Territory'),
  territoryAndSubordinates: none('Territory'),
  territoriesAndSubordinates: none('Territory'),
};

/** Values of `sharedToType` of folder shares (B5). */
const FOLDER_SHARE: Readonly<Record<string, Target>> = {
  Group: { by: 'group', group: 'Regular' },
  Role: role('Role'),
  RoleAndSubordinates: role('RoleAndSubordinates'),
  RoleAndSubordinatesInternal: role('RoleAndSubordinatesInternal'),
  Manager: { by: 'user', group: 'Manager' },
  ManagerAndSubordinatesInternal: { by: 'user', group: 'ManagerAndSubordinatesInternal' },
  Organization: INSIDE,
  Territory: none('Territory'),
  TerritoryAndSubordinates: none('Territory'),
  AllPrmUsers: PARTNERS,
  User: { by: 'person', external: false },
  PartnerUser: { by: 'person', external: true },
  AllCspUsers: CUSTOMERS,
  CustomerPortalUser: { by: 'person', external: true },
  PortalRole: role('Role', true),
  PortalRoleAndSubordinates: role('RoleAndSubordinates', true),
  ChannelProgramGroup: none('ChannelProgramGroup'),
};

/** B1: targets that exist only where Digital Experiences is on. */
const NEED_NETWORKS = new Set([
  'allPartnerUsers',
  'allCustomerPortalUsers',
  'guestUser',
  'portalRole',
  'portalRoleAndSubordinates',
  'roleAndSubordinates',
  'rolesAndSubordinates',
  'roleAndSubordinatesInternal',
  'AllPrmUsers',
  'AllCspUsers',
  'PartnerUser',
  'CustomerPortalUser',
  'PortalRole',
  'PortalRoleAndSubordinates',
  'RoleAndSubordinates',
  'RoleAndSubordinatesInternal',
]);

const USER_BY_NAME = 'SELECT "Id" FROM "User" WHERE "Username" = ?';

/** Group of a type that belongs to a role or user; made where the platform would have it without being asked. */
const relatedGroup = (author: Author, type: string, relatedId: string, developerName: string): string =>
  textFrom(author.tools, 'SELECT "Id" FROM "Group" WHERE "Type" = ? AND "RelatedId" = ?', type, relatedId) ??
  insertRecord(author, 'Group', {
    Type: type,
    Name: null,
    DeveloperName: developerName,
    RelatedId: relatedId,
    OwnerId: null,
  });

const roleGroup = (author: Author, field: string, target: Extract<Target, { by: 'role' }>, name: string): string => {
  const { tools } = author;
  const kind = target.portal ? `coalesce("PortalType", 'None') <> 'None'` : `coalesce("PortalType", 'None') = 'None'`;
  const id = textFrom(tools, `SELECT "Id" FROM "UserRole" WHERE "DeveloperName" = ? AND ${kind}`, name);
  if (!id) throw notFound(field, 'Role', name);
  return relatedGroup(author, target.group, id, name);
};

const userGroup = (author: Author, field: string, type: string, username: string): string => {
  // A3: groups of managers exist where they were enabled.
  if (!author.tools.preferences.on('Sharing.enableManagerGroups'))
    throw new Problem(`SharedTo not allowed:${field} - ${username}`);
  const id = textFrom(author.tools, USER_BY_NAME, username);
  if (!id) throw notFound(field, 'User', username);
  return relatedGroup(author, type, id, username.slice(0, 80));
};

const everybody = (author: Author, type: string, developerName: string): string =>
  textFrom(author.tools, 'SELECT "Id" FROM "Group" WHERE "Type" = ?', type) ??
  insertRecord(author, 'Group', { Type: type, Name: null, DeveloperName: developerName, OwnerId: null });

const namedGroup = (tools: SaveTools, field: string, type: string, name: string): string => {
  const id = textFrom(tools, 'SELECT "Id" FROM "Group" WHERE "Type" = ? AND "DeveloperName" = ?', type, name);
  if (!id) throw notFound(field, type === 'Queue' ? 'Queue' : 'Group', name);
  return id;
};

const guest = (tools: SaveTools, field: string, nickname: string): string => {
  if (nickname === '') throw new Problem("Specify a guest user's nickname for the guestUser field");
  const sql = `SELECT "Id" FROM "User" WHERE "CommunityNickname" = ? AND "UserType" = 'Guest'`;
  const id = textFrom(tools, sql, nickname);
  if (!id) throw notFound(field, 'User', nickname);
  return id;
};

const person = (tools: SaveTools, field: string, username: string, external: boolean): string => {
  const id = textFrom(tools, `${USER_BY_NAME} AND ("ContactId" IS NOT NULL) = ${external ? 1 : 0}`, username);
  if (!id) throw notFound(field, 'User', username);
  return id;
};

const resolve = (author: Author, field: string, target: Target, name: string): string => {
  const { tools } = author;
  if (NEED_NETWORKS.has(field) && !hasNetworks(tools)) throw new Problem(`SharedTo not allowed:${field} - ${name}`);
  switch (target.by) {
    case 'role':
      return roleGroup(author, field, target, name);
    case 'user':
      return userGroup(author, field, target.group, name);
    case 'all':
      return everybody(author, target.group, target.developerName);
    case 'group':
      return namedGroup(tools, field, target.group, name);
    case 'guest':
      return guest(tools, field, name);
    case 'person':
      return person(tools, field, name, target.external);
    case 'none':
      throw notFound(field, target.what, name);
  }
};

/** One child of a SharedTo element: member and name. */
export type SharedName = { member: string; name: string };

/** The children of a SharedTo element; a member that repeats counts each time. */
export const namesIn = (sharedTo: Body): SharedName[] =>
  Object.entries(sharedTo).flatMap(([member, value]) =>
    (Array.isArray(value) ? value : [value]).map((item) => ({
      member,
      name: typeof item === 'string' ? item.trim() : '',
    }))
  );

/** Id behind a child of SharedTo. @throws Problem where there is none, or the org does not allow it. */
export const sharedToId = (author: Author, { member, name }: SharedName): string => {
  const target = SHARED_TO[member];
  if (!target) throw new Problem(`SharedTo not allowed:${member} - ${name}`);
  return resolve(author, member, target, name);
};

/** Id behind the one child that a rule's SharedTo must have. @throws Problem */
export const oneSharedTo = (author: Author, field: string, sharedTo: Body): string => {
  const names = namesIn(sharedTo);
  if (names.length !== 1) throw new Problem(`${field}: exactly one target must be specified, found ${names.length}`);
  return sharedToId(author, names[0]!);
};

/** Id behind a folder share. @throws Problem */
export const folderShareId = (author: Author, type: string, name: string): string => {
  const target = FOLDER_SHARE[type];
  if (!target) throw new Problem(`sharedToType not allowed:${type} - ${name}`);
  return resolve(author, type, target, name);
};

const ROW = `SELECT g."Type" AS type, g."DeveloperName" AS name, r."DeveloperName" AS role, r."PortalType" AS portal,
  u."Username" AS user FROM "Group" g LEFT JOIN "UserRole" r ON r."Id" = g."RelatedId"
  LEFT JOIN "User" u ON u."Id" = g."RelatedId" WHERE g."Id" = ?`;

/** Who is behind an id, as both forms of metadata name it. */
type Named = { sharedTo: SharedName; folder: { type: string; name: string } };

const ROLE_MEMBERS: Readonly<Record<string, string>> = {
  Role: 'role',
  RoleAndSubordinates: 'roleAndSubordinates',
  RoleAndSubordinatesInternal: 'roleAndSubordinatesInternal',
};

/** [member of SharedTo, sharedToType] of the groups that are not of roles. */
const GROUP_NAMES: Readonly<Record<string, readonly [string, string]>> = {
  Regular: ['group', 'Group'],
  Queue: ['queue', 'Group'],
  Manager: ['managers', 'Manager'],
  ManagerAndSubordinatesInternal: ['managerSubordinates', 'ManagerAndSubordinatesInternal'],
  Organization: ['allInternalUsers', 'Organization'],
  PRMOrganization: ['allPartnerUsers', 'AllPrmUsers'],
  AllCustomerPortal: ['allCustomerPortalUsers', 'AllCspUsers'],
};

const EVERYBODY = new Set(['Organization', 'PRMOrganization', 'AllCustomerPortal']);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const groupNames = (row: Record<string, unknown>): Named | undefined => {
  const type = String(row.type);
  const roleMember = ROLE_MEMBERS[type];
  if (roleMember) {
    const external = row.portal !== null && row.portal !== 'None';
    const member = external ? `portal${capital(roleMember)}` : roleMember;
    const name = String(row.role);
    return { sharedTo: { member, name }, folder: { type: capital(member), name } };
  }
  const known = GROUP_NAMES[type];
  if (!known) return undefined;
  const [member, shareType] = known;
  const name = String(row.user ?? row.name);
  const sharedTo = { member, name: EVERYBODY.has(type) ? '' : name };
  return { sharedTo, folder: { type: shareType, name } };
};

const userNames = (tools: SaveTools, id: string): Named | undefined => {
  const row = tools.store
    .sql(
      'SELECT "Username" AS name, "CommunityNickname" AS nick, "UserType" AS type, "ContactId" AS contact FROM "User" WHERE "Id" = ?'
    )
    .get(id);
  if (!row) return undefined;
  const type = row.contact === null ? 'User' : row.type === 'PowerPartner' ? 'PartnerUser' : 'CustomerPortalUser';
  return { sharedTo: { member: 'guestUser', name: String(row.nick) }, folder: { type, name: String(row.name) } };
};

/** The names of a group or user; undefined where it is gone. */
export const namesOf = (tools: SaveTools, id: string): Named | undefined => {
  if (id.startsWith('005')) return userNames(tools, id);
  const row = tools.store.sql(ROW).get(id);
  return row && groupNames(row);
};

/** A SharedTo element of ids; those that are gone are left out. */
export const sharedToBody = (tools: SaveTools, ids: readonly string[]): Body => {
  const body: Record<string, string[]> = {};
  for (const id of ids) {
    const named = namesOf(tools, id);
    if (named) (body[named.sharedTo.member] ??= []).push(named.sharedTo.name);
  }
  return Object.fromEntries(
    Object.entries(body).map(([member, names]) => [member, names.length === 1 ? names[0] : names])
  );
};
