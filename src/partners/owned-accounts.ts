/** Accounts with their owners, as handover and disable begin with them. */
import type { Connection } from '@salesforce/core';
import { all, compare, queryAll, readRecords, select, normalStamp } from '../org/read/index.js';

export type OwnedAccount = {
  id: string;
  name: string;
  isPartner: boolean;
  ownerId: string;
  /** Name, or the id where the running user may not see that user. */
  owner: string;
  /** SystemModstamp, ending in `Z`. */
  stamp: string;
};

type Row = {
  Id: string;
  Name: string;
  IsPartner: boolean;
  OwnerId: string;
  Owner: { Name: string } | null;
  SystemModstamp: string;
};

const FIELDS = ['Id', 'Name', 'IsPartner', 'OwnerId', 'Owner.Name', 'SystemModstamp'];

const accountOf = (row: Row): OwnedAccount => ({
  id: row.Id,
  name: row.Name,
  isPartner: row.IsPartner,
  ownerId: row.OwnerId,
  owner: row.Owner?.Name ?? row.OwnerId,
  stamp: normalStamp(row.SystemModstamp),
});

/** Partner accounts that a user owns. */
export async function accountsOwnedBy(conn: Connection, userId: string): Promise<OwnedAccount[]> {
  const where = all(compare('IsPartner', '=', true), compare('OwnerId', '=', userId));
  return (await queryAll<Row>(conn, select({ from: 'Account', fields: FIELDS, where }))).map(accountOf);
}

/** Accounts by id, in no certain order. */
export const accountsById = async (conn: Connection, ids: readonly string[]): Promise<OwnedAccount[]> =>
  (await readRecords<Row>(conn, { from: 'Account', fields: FIELDS, by: 'Id', values: ids })).map(accountOf);

/** By id: row sets are sorted so. */
export const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
