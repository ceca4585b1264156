/** What hangs on partner accounts: their portal roles and partner users (platform-facts C2, C3). */
import { compare, countOf } from '../org/read/index.js';
import type { Answer, Batch } from './batch.js';
import type { CountRow } from './rows.js';

export type PortalRoleRow = {
  Id: string;
  Name: string;
  DeveloperName: string;
  PortalAccountId: string;
  PortalAccountOwnerId: string | null;
  ParentRoleId: string | null;
};

const ROLE_FIELDS = ['Id', 'Name', 'DeveloperName', 'PortalAccountId', 'PortalAccountOwnerId', 'ParentRoleId'];

export type PartnerUserRow = { Id: string; Name: string; Username: string; IsActive: boolean; AccountId: string };

const USER_FIELDS = ['Id', 'Name', 'Username', 'IsActive', 'AccountId'];

/** Portal roles of accounts, three each at most. */
export const askPortalRoles = (batch: Batch, accounts: readonly string[]): Answer<PortalRoleRow> =>
  batch.addFor('portal roles', { from: 'UserRole', fields: ROLE_FIELDS }, 'PortalAccountId', accounts);

/** Partner users of accounts, inactive ones too. */
export const askPartnerUsers = (batch: Batch, accounts: readonly string[]): Answer<PartnerUserRow> =>
  batch.addFor(
    'partner users',
    { from: 'User', fields: USER_FIELDS },
    'AccountId',
    accounts,
    compare('UserType', '=', 'PowerPartner')
  );

/** Open leads of users, by owner. */
export const askOpenLeads = (batch: Batch, users: readonly string[]): Answer<CountRow> =>
  batch.addFor<CountRow>(
    'leads',
    { from: 'Lead', fields: ['OwnerId', countOf('Id', 'total')], groupBy: ['OwnerId'] },
    'OwnerId',
    users,
    compare('IsConverted', '=', false)
  );

/** Rows by one of their fields. */
export function rowsBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const row of rows) {
    const list = map.get(key(row));
    if (list) list.push(row);
    else map.set(key(row), [row]);
  }
  return map;
}

/** Roles of an account that hang below none of its own: it is these that hang below the role of its owner. */
export function topRoles(roles: readonly PortalRoleRow[]): PortalRoleRow[] {
  const own = new Set(roles.map(({ Id }) => Id));
  return roles.filter(({ ParentRoleId }) => !own.has(ParentRoleId ?? ''));
}
