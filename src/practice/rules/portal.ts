/** Portal roles of an account and their groups (platform-facts C2). */
import type { Value } from '../contracts.js';
import { fail } from '../save/failures.js';
import { developerNameOf, eraseRecords, insertRecord, textFrom, updateRecord, type Author } from './records.js';

/** Roles from the top down, by how many the org gives each account (1 to 3, A1). */
const LEVELS: Readonly<Record<number, string[]>> = {
  1: ['User'],
  2: ['Manager', 'User'],
  3: ['Executive', 'Manager', 'User'],
};

/** The groups that every role has, so that sharing can name it. */
export const createRoleGroups = (author: Author, roleId: string, developerName: string, types: string[]): void => {
  for (const Type of types) {
    insertRecord(author, 'Group', { Type, Name: null, DeveloperName: developerName, RelatedId: roleId, OwnerId: null });
  }
};

const rolesOf = (author: Author, accountId: string): Array<Record<string, Value>> =>
  author.tools.store
    .sql('SELECT "Id", "PortalRole", "ParentRoleId" FROM "UserRole" WHERE "PortalAccountId" = ? ORDER BY "Id"')
    .all(accountId) as Array<Record<string, Value>>;

const createRoles = (author: Author, accountId: string, kind: string): void => {
  const { tools } = author;
  const account = tools.store
    .sql(
      'SELECT a."Name", a."OwnerId", u."UserRoleId" FROM "Account" a JOIN "User" u ON u."Id" = a."OwnerId" WHERE a."Id" = ?'
    )
    .get(accountId)!;
  let parent = String(account.UserRoleId);
  const count = Number(tools.preferences.get('Partner.rolesPerAccount'));
  for (const level of LEVELS[count] ?? LEVELS[1]!) {
    const name = `${String(account.Name).slice(0, 60)} ${kind} ${level}`;
    // Names of accounts repeat, developer names must not.
    const developerName = developerNameOf(`${name.slice(0, 60)} ${accountId.slice(-8)}`);
    parent = insertRecord(author, 'UserRole', {
      Name: name,
      DeveloperName: developerName,
      ParentRoleId: parent,
      PortalAccountId: accountId,
      PortalAccountOwnerId: String(account.OwnerId),
      PortalRole: level,
      PortalType: kind === 'Partner' ? 'Partner' : 'CustomerPortal',
      IsPartner: kind === 'Partner',
      OpportunityAccessForAccountOwner: 'None',
    });
    createRoleGroups(author, parent, developerName, ['Role', 'RoleAndSubordinates']);
  }
};

/** C2: the roles and groups come with the first external user of the account, not with the flag. */
export const ensurePortalRoles = (author: Author, accountId: string, kind = 'Partner'): void => {
  if (rolesOf(author, accountId).length === 0) createRoles(author, accountId, kind);
};

/**
 * The role of an account that carries a `PortalRole`.
 * @throws PlatformError FIELD_INTEGRITY_EXCEPTION where the account has fewer roles. [M]
 */
export const portalRoleId = (author: Author, accountId: string, portalRole: string): string => {
  const role = rolesOf(author, accountId).find((row) => row.PortalRole === portalRole);
  if (!role) throw fail.integrity(`The account has no ${portalRole} role`, 'PortalRole');
  return String(role.Id);
};

/** Whether an account that has no roles yet would get this one, or one that has them has it. */
export const offersPortalRole = (author: Author, accountId: string, portalRole: string): boolean => {
  const roles = rolesOf(author, accountId);
  if (roles.length > 0) return roles.some((row) => row.PortalRole === portalRole);
  const count = Number(author.tools.preferences.get('Partner.rolesPerAccount'));
  return (LEVELS[count] ?? LEVELS[1]!).includes(portalRole);
};

/** The top portal role hangs below the role of the account's owner, so it moves with the account. */
export const movePortalRoles = (author: Author, accountId: string, ownerId: string): void => {
  const roles = rolesOf(author, accountId);
  const own = new Set(roles.map((row) => row.Id));
  const ownerRole = textFrom(author.tools, 'SELECT "UserRoleId" FROM "User" WHERE "Id" = ?', ownerId) ?? null;
  for (const role of roles) {
    const top = !own.has(role.ParentRoleId ?? '');
    updateRecord(author, 'UserRole', String(role.Id), {
      PortalAccountOwnerId: ownerId,
      ...(top ? { ParentRoleId: ownerRole } : {}),
    });
  }
};

/** An owner got another role: the portal roles of his accounts hang below that one now. */
export const followOwner = (author: Author, ownerId: string): void => {
  const accounts = author.tools.store
    .sql('SELECT DISTINCT "PortalAccountId" AS id FROM "UserRole" WHERE "PortalAccountOwnerId" = ?')
    .all(ownerId);
  for (const { id } of accounts) movePortalRoles(author, String(id), ownerId);
};

/** C1: an account that is no partner any more loses its roles and groups for good. */
export const erasePortalRoles = (author: Author, accountId: string): void => {
  const { tools } = author;
  for (const role of rolesOf(author, accountId)) {
    const roleId = String(role.Id);
    for (const group of tools.store.sql('SELECT "Id" FROM "Group" WHERE "RelatedId" = ?').all(roleId)) {
      eraseRecords(tools, 'GroupMember', 'UserOrGroupId', String(group.Id));
      eraseRecords(tools, 'Group', 'Id', String(group.Id));
      tools.sharing.forgetGroup(author, String(group.Id));
    }
    tools.store.sql('UPDATE "User" SET "UserRoleId" = NULL WHERE "UserRoleId" = ?').run(roleId);
    eraseRecords(tools, 'UserRole', 'Id', roleId);
  }
};
