/** Roles and users of the org. */
import { compare, countsBy, queryAll, select } from '../../org/read/index.js';
import type { Person, Role } from '../model.js';
import { isOff, type Reader } from './reader.js';

type RoleRow = {
  Id: string;
  Name: string;
  DeveloperName: string;
  ParentRoleId: string | null;
  PortalType: string | null;
  PortalRole?: string | null;
  PortalAccountId?: string | null;
};

const ROLE = ['Id', 'Name', 'DeveloperName', 'ParentRoleId', 'PortalType'];

export async function readRoles(reader: Reader): Promise<Role[]> {
  const rows = await withOptional<RoleRow>(reader, 'Roles', 'UserRole', ROLE, ['PortalRole', 'PortalAccountId']);
  return rows.map(({ Id, Name, DeveloperName, ParentRoleId, PortalType, PortalRole, PortalAccountId }) => ({
    id: Id,
    name: Name,
    developerName: DeveloperName,
    parentId: ParentRoleId ?? undefined,
    portal: PortalType === 'Partner' || PortalType === 'CustomerPortal' ? PortalType : 'None',
    portalRole: PortalRole ?? undefined,
    accountId: PortalAccountId ?? undefined,
  }));
}

type UserRow = {
  Id: string;
  Name: string;
  Username: string;
  UserType: string;
  IsActive: boolean;
  UserRoleId: string | null;
  ManagerId: string | null;
  AccountId?: string | null;
  ProfileId: string | null;
  CommunityNickname?: string | null;
  IsPrmSuperUser?: boolean;
};

const USER = ['Id', 'Name', 'Username', 'UserType', 'IsActive', 'UserRoleId', 'ManagerId', 'ProfileId'];

export async function readPeople(reader: Reader): Promise<Person[]> {
  const optional = ['AccountId', 'CommunityNickname', 'IsPrmSuperUser'];
  const rows = await withOptional<UserRow>(reader, 'Users', 'User', USER, optional);
  return rows.map((row) => ({
    id: row.Id,
    name: row.Name,
    username: row.Username,
    userType: row.UserType,
    active: row.IsActive,
    roleId: row.UserRoleId ?? undefined,
    managerId: row.ManagerId ?? undefined,
    accountId: row.AccountId ?? undefined,
    profileId: row.ProfileId ?? undefined,
    nickname: row.CommunityNickname ?? undefined,
    superUser: row.IsPrmSuperUser ?? false,
  }));
}

/** Fields that only some orgs have are asked for first and left out where the org does not know them. */
async function withOptional<T extends object>(
  reader: Reader,
  source: string,
  from: string,
  fields: readonly string[],
  optional: readonly string[]
): Promise<T[]> {
  try {
    return await queryAll<T>(reader.conn, select({ from, fields: [...fields, ...optional] }));
  } catch (error) {
    if (!isOff(error)) return reader.rows<T>(source, select({ from, fields }));
    const described = await reader.attempt(source, reader.conn.describe(from));
    const known = new Set(described?.fields.map(({ name }) => name));
    return reader.rows<T>(source, select({ from, fields: [...fields, ...optional.filter((name) => known.has(name))] }));
  }
}

/** Users who own accounts that are partners; none where the org has no partner fields yet. */
export async function readPartnerOwners(reader: Reader): Promise<string[]> {
  const partners = compare('IsPartner', '=', true);
  try {
    return [...(await countsBy(reader.conn, { from: 'Account', by: 'OwnerId', where: partners })).keys()].sort();
  } catch (error) {
    if (!isOff(error)) reader.note('Owners of partner accounts', error as Error);
    return [];
  }
}
