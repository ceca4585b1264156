/** Partners who are to claim from a queue, and what they have of it already. */
import type { Connection } from '@salesforce/core';
import { all, any, compare, isIn, queryAll, select } from '../../../org/read/index.js';
import { usersWhoMay } from '../../lead-access.js';
import { to18 } from '../../record-id.js';
import { MemberError, resolveMembers, type QueueMember } from '../members.js';

export type PartnerUser = {
  id: string;
  name: string;
  username: string;
  /** Whether profile and permission sets let leads be read and edited. */
  editsLeads: boolean;
};

export type Partners = {
  /** What is put into the queue: users, and accounts as their topmost role. */
  members: QueueMember[];
  users: PartnerUser[];
};

type UserRow = { Id: string; Name: string; Username: string; AccountId: string | null };
type AccountRow = { Id: string; Name: string };

const ACTIVE_PARTNER = all(compare('UserType', '=', 'PowerPartner'), compare('IsActive', '=', true));

/** Finds partners by username, name or id of the user, or name or id of the account. @throws MemberError */
export async function findPartners(conn: Connection, texts: readonly string[]): Promise<Partners> {
  const ids = texts.flatMap((text) => to18(text) ?? []);
  const accounts = await accountsNamed(conn, texts, ids);
  const users = await usersNamed(conn, texts, ids, accounts);
  const isOf = (text: string, ...names: string[]): boolean =>
    names.some((name) => name.toLowerCase() === text.toLowerCase() || name === to18(text));
  const specs = texts.map((text) => {
    const named = users.filter(({ Id, Name, Username }) => isOf(text, Id, Name, Username));
    if (named.length > 0) return text;
    return accounts.some(({ Id, Name }) => isOf(text, Id, Name)) ? `account:${text}` : undefined;
  });
  const unknown = texts.filter((_, at) => specs[at] === undefined);
  if (unknown.length > 0) {
    throw new MemberError(unknown.map((text) => `There is no active partner user and no account "${text}".`));
  }
  const members = await resolveMembers(conn, specs as string[]);
  const userIds = users.map(({ Id }) => Id);
  const editors = userIds.length > 0 ? await usersWhoMay(conn, 'PermissionsEdit', userIds) : new Set();
  return {
    members,
    users: users.map(({ Id, Name, Username }) => ({
      id: Id,
      name: Name,
      username: Username,
      editsLeads: editors.has(Id),
    })),
  };
}

const accountsNamed = (conn: Connection, texts: readonly string[], ids: readonly string[]): Promise<AccountRow[]> =>
  queryAll<AccountRow>(
    conn,
    select({ from: 'Account', fields: ['Id', 'Name'], where: any(isIn('Name', texts), isIn('Id', ids)) })
  );

/** Users who are named, and all of the accounts that are. */
async function usersNamed(
  conn: Connection,
  texts: readonly string[],
  ids: readonly string[],
  accounts: readonly AccountRow[]
): Promise<UserRow[]> {
  const named = any(
    isIn('Username', texts),
    isIn('Name', texts),
    isIn('Id', ids),
    isIn(
      'AccountId',
      accounts.map(({ Id }) => Id)
    )
  );
  const fields = ['Id', 'Name', 'Username', 'AccountId'];
  return queryAll<UserRow>(
    conn,
    select({ from: 'User', fields, where: all(ACTIVE_PARTNER, named), orderBy: ['Username'] })
  );
}
