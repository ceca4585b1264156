/** Finds the Group row behind what the scenario calls somebody. */
import { insertRecord } from '../rules/records.js';
import type { PartnerAccount } from './accounts.js';
import type { Company } from './people.js';
import type { Seed } from './seed.js';

export type People = { company: Company; accounts: PartnerAccount[] };

/** Kinds whose groups belong to a user and appear when they are first needed. */
const OF_USERS: Readonly<Record<string, string>> = {
  Managers: 'Manager',
  Reports: 'ManagerAndSubordinatesInternal',
};

const row = (seed: Seed, sql: string, ...parameters: string[]): string | undefined => {
  const found = seed.tools.store.sql(sql).get(...parameters);
  return found && String(found.Id);
};

const ofUser = (seed: Seed, type: string, userId: string): string => {
  const known = row(seed, 'SELECT "Id" FROM "Group" WHERE "Type" = ? AND "RelatedId" = ?', type, userId);
  if (known !== undefined) return known;
  const username = seed.tools.store.sql('SELECT "Username" FROM "User" WHERE "Id" = ?').get(userId)!.Username;
  const DeveloperName = String(username).slice(0, 80);
  return insertRecord(seed.author(500), 'Group', {
    Type: type,
    Name: null,
    DeveloperName,
    RelatedId: userId,
    OwnerId: null,
  });
};

/** Group of a portal role: `3 Executive` of the fourth partner account. Missing where it has no partner users. */
const ofPortal = (seed: Seed, accounts: PartnerAccount[], type: string, name: string): string | undefined => {
  const [number, level] = name.split(' ') as [string, string];
  const sql =
    'SELECT g."Id" FROM "Group" g JOIN "UserRole" r ON r."Id" = g."RelatedId" ' +
    'WHERE g."Type" = ? AND r."PortalAccountId" = ? AND r."PortalRole" = ?';
  return row(seed, sql, type, accounts[Number(number)]!.id, level);
};

/**
 * Id of the group that a text such as `Role:CEO` or `PRMOrganization` stands for.
 * @returns undefined where it belongs to a portal role that the org does not have
 */
export const groupOf = (seed: Seed, { company, accounts }: People, somebody: string): string | undefined => {
  const [kind, name = ''] = somebody.split(':') as [string, string | undefined];
  if (kind === 'Portal') return ofPortal(seed, accounts, 'Role', name);
  if (kind === 'PortalAndBelow') return ofPortal(seed, accounts, 'RoleAndSubordinates', name);
  if (OF_USERS[kind]) return ofUser(seed, OF_USERS[kind], company.users.get(name)!);
  if (name === '') return row(seed, 'SELECT "Id" FROM "Group" WHERE "Type" = ?', kind)!;
  if (kind === 'User') return company.users.get(name)!;
  if (kind === 'Group' || kind === 'Queue') {
    const type = kind === 'Group' ? 'Regular' : 'Queue';
    return row(seed, 'SELECT "Id" FROM "Group" WHERE "Type" = ? AND "Name" = ?', type, name)!;
  }
  return row(seed, 'SELECT "Id" FROM "Group" WHERE "Type" = ? AND "RelatedId" = ?', kind, company.roles.get(name)!)!;
};
