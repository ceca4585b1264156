/** Who owners of leads are. */
import type { Connection } from '@salesforce/core';
import { readRecords } from '../org/read/index.js';

/** A queue or a user. */
export type Owner = {
  id: string;
  name: string;
  kind: 'Queue' | 'User';
  /** Account of a partner user. */
  accountId?: string;
};

type Row = { Id: string; Name: string; AccountId?: string | null };

/** Owners by id. One whom the running user may not see has his id for a name. */
export async function readOwners(conn: Connection, ids: Iterable<string>): Promise<Map<string, Owner>> {
  const wanted = [...new Set(ids)].filter((id) => id !== '');
  const queues = wanted.filter((id) => id.startsWith('00G'));
  const users = wanted.filter((id) => !id.startsWith('00G'));
  const owners = new Map(wanted.map((id): [string, Owner] => [id, { id, name: id, kind: kindOf(id) }]));
  const rows = [
    ...(await readRecords<Row>(conn, { from: 'Group', fields: ['Id', 'Name'], by: 'Id', values: queues })),
    ...(await readRecords<Row>(conn, { from: 'User', fields: ['Id', 'Name', 'AccountId'], by: 'Id', values: users })),
  ];
  for (const { Id: id, Name: name, AccountId: account } of rows)
    owners.set(id, { id, name, kind: kindOf(id), ...(account ? { accountId: account } : {}) });
  return owners;
}

/** Accounts of partner users among owners, by user id. */
export const accountsOf = (owners: readonly Owner[]): Map<string, string> =>
  new Map(owners.flatMap(({ id, accountId }) => (accountId ? [[id, accountId] as const] : [])));

const kindOf = (id: string): Owner['kind'] => (id.startsWith('00G') ? 'Queue' : 'User');
