/** Whom mails about records go to. */
import type { SaveTools } from '../save/context.js';
import type { Owner } from '../rules/owners.js';

const emailsOf = (tools: SaveTools, users: string[]): string[] =>
  users.flatMap((id) => {
    const row = tools.store.sql('SELECT "Email" FROM "User" WHERE "Id" = ? AND "IsActive" = 1').get(id);
    return row?.Email ? [String(row.Email)] : [];
  });

/** F: the address of a queue; its members too where it says so, and alone where it has no address. */
const queueAddresses = (tools: SaveTools, { id, email }: Owner): string[] => {
  const row = tools.store.sql('SELECT "DoesSendEmailToMembers" AS members FROM "Group" WHERE "Id" = ?').get(id);
  const own = email === null ? [] : [email];
  if (own.length > 0 && row?.members !== 1) return own;
  return [...own, ...emailsOf(tools, tools.sharing.usersIn(id))];
};

/** Addresses of an owner; none where a queue has neither address nor members. */
export const ownerAddresses = (tools: SaveTools, owner: Owner): string[] => {
  if (owner.kind === 'queue') return queueAddresses(tools, owner);
  return owner.email === null ? [] : [owner.email];
};
