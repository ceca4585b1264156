/** Whom mails about records go to. */
import type { SaveTools } from '../save/context.js';
import type { Owner } from '../rules/owners.js';

/** Address of a user; an inactive one gets nothing. */
export const userAddress = (tools: SaveTools, where: 'Id' | 'Username', value: string): string[] => {
  const row = tools.store.sql(`SELECT "Email" FROM "User" WHERE "${where}" = ? AND "IsActive" = 1`).get(value);
  return row?.Email ? [String(row.Email)] : [];
};

/** F: the address of a queue; its members too where it says so, and alone where it has no address. */
export const queueAddresses = (tools: SaveTools, { id, email }: Pick<Owner, 'id' | 'email'>): string[] => {
  const row = tools.store.sql('SELECT "DoesSendEmailToMembers" AS members FROM "Group" WHERE "Id" = ?').get(id);
  const own = email === null ? [] : [email];
  if (own.length > 0 && row?.members !== 1) return own;
  return [...own, ...tools.sharing.usersIn(id).flatMap((user) => userAddress(tools, 'Id', user))];
};

/** Addresses of an owner; none where a queue has neither address nor members. */
export const ownerAddresses = (tools: SaveTools, owner: Owner): string[] => {
  if (owner.kind === 'queue') return queueAddresses(tools, owner);
  return owner.email === null ? [] : [owner.email];
};
