/** Whose leads are looked at. */
import type { Connection } from '@salesforce/core';
import {
  all,
  any,
  compare,
  countsBy,
  countsOf,
  IDS_A_QUERY,
  isIn,
  isInQuery,
  queryAll,
  select,
  type Condition,
} from '../../org/read/index.js';
import { readOwners, type Owner } from '../owner-names.js';
import { readQueuesOfPartners } from '../queues/partner-users.js';
import { to18 } from '../record-id.js';
import type { StoredRotation } from '../rotation/records/index.js';

export type Scope = {
  /** In words, for people. */
  text: string;
  owners: readonly Owner[];
  /** Open leads of these owners. */
  leads: Condition;
  /** The same as an inner query can say it; undefined where there are too many owners for that. */
  inner?: Condition;
  /** Whose leads are meant, where there are too many owners for any query: then `leads` are those of others, too. */
  only?: ReadonlySet<string>;
};

/** Names that are no owner, or more than one. */
export class UnknownOwners extends Error {
  public constructor(
    public readonly names: readonly string[],
    public readonly several: readonly string[]
  ) {
    super(`unknown: ${names.join(', ')}; several: ${several.join(', ')}`);
    this.name = 'UnknownOwners';
  }
}

const OPEN = compare('IsConverted', '=', false);

/** Owners that the body of one Bulk query can name: 21 characters each of the 100,000 of a query (platform-facts H). */
const MOST_NAMED = 3500;

/**
 * Open leads of owners, however many there are. More than an address holds are named in a Bulk query, and have no inner query;
 * more than that are picked out of all open leads.
 * @param named owners that a query names at most
 */
export function leadsOf(ids: readonly string[], named = MOST_NAMED): Pick<Scope, 'leads' | 'inner' | 'only'> {
  if (ids.length > named) return { leads: OPEN, only: new Set(ids) };
  const leads = all(OPEN, isIn('OwnerId', ids));
  return ids.length > IDS_A_QUERY ? { leads } : { leads, inner: leads };
}

/** Those of a scope who have no leads are no part of it. */
const ofOwners = (text: string, owners: readonly Owner[]): Scope => ({
  text,
  owners,
  ...leadsOf(owners.map(({ id }) => id)),
});

/** Owners by their ids, such as those of a plan. */
export const ownersScope = async (conn: Connection, ids: Iterable<string>): Promise<Scope> =>
  ofOwners('owners of the plan', [...(await readOwners(conn, ids)).values()]);

/** All partner users with open leads. */
export async function partnerScope(conn: Connection): Promise<Scope> {
  const partners = select({ from: 'User', fields: ['Id'], where: compare('UserType', '=', 'PowerPartner') });
  const leads = all(OPEN, isInQuery('OwnerId', partners));
  const counts = await countsBy(conn, { from: 'Lead', by: 'OwnerId', where: leads });
  const found = await readOwners(conn, [...counts.keys()]);
  const owners = [...found.values()].sort(byName);
  const text = 'partner users';
  // An inner query within an inner query is not allowed, so there the owners are named one by one.
  return owners.length > IDS_A_QUERY ? { text, owners, leads } : ofOwners(text, owners);
}

/** Users and queues by id, name, username or developer name. @throws UnknownOwners */
export async function namedScope(conn: Connection, texts: readonly string[]): Promise<Scope> {
  const found = [...(await queuesNamed(conn, texts)), ...(await usersNamed(conn, texts))];
  const matches = texts.map((text) => {
    const key = (to18(text) ?? text).toLowerCase();
    return { text, owners: found.filter(({ names }) => names.includes(key)) };
  });
  const unknown = matches.filter(({ owners }) => owners.length === 0);
  const several = matches.filter(({ owners }) => owners.length > 1);
  if (unknown.length + several.length > 0)
    throw new UnknownOwners(
      unknown.map(({ text }) => text),
      several.map(({ text }) => text)
    );
  const owners = new Map(matches.flatMap(({ owners: [owner] }) => (owner ? [[owner.id, owner.owner] as const] : [])));
  return ofOwners([...owners.values()].map(({ name }) => name).join(', '), [...owners.values()]);
}

/**
 * Members of a rotation. Those whom the org does not have hold nothing.
 * @param claimed also partner users who can take leads out of queues that are members; they may have got theirs elsewhere too
 */
export async function rotationScope(
  conn: Connection,
  { rotation, members }: StoredRotation,
  claimed = false
): Promise<Scope> {
  const ids = members.flatMap(({ targetId }) => targetId ?? []);
  const takers = claimed ? await takersOf(conn, ids) : [];
  const owners = await readOwners(conn, [...ids, ...takers]);
  return ofOwners(`members of ${rotation.key}${claimed ? ' and partner users of its queues' : ''}`, [
    ...owners.values(),
  ]);
}

/** Partner users of queues who hold open leads. */
async function takersOf(conn: Connection, members: readonly string[]): Promise<string[]> {
  const queues = members.filter((id) => id.startsWith('00G'));
  const users = [...(await readQueuesOfPartners(conn, queues)).keys()];
  return [...(await countsOf(conn, { from: 'Lead', by: 'OwnerId', where: OPEN }, users)).keys()];
}

type Named = { id: string; names: string[]; owner: Owner };

const byName = (a: Owner, b: Owner): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

const idsOf = (texts: readonly string[], prefix: string): string[] =>
  texts.flatMap((text) => {
    const id = to18(text);
    return id?.startsWith(prefix) ? [id] : [];
  });

async function queuesNamed(conn: Connection, texts: readonly string[]): Promise<Named[]> {
  const named = any(isIn('Name', texts), isIn('DeveloperName', texts), isIn('Id', idsOf(texts, '00G')));
  const where = all(compare('Type', '=', 'Queue'), named);
  const soql = select({ from: 'Group', fields: ['Id', 'Name', 'DeveloperName'], where });
  const rows = await queryAll<{ Id: string; Name: string; DeveloperName: string }>(conn, soql);
  return rows.map(({ Id: id, Name: name, DeveloperName: api }) => ({
    id,
    names: [id, name, api].map((text) => text.toLowerCase()),
    owner: { id, name, kind: 'Queue' },
  }));
}

async function usersNamed(conn: Connection, texts: readonly string[]): Promise<Named[]> {
  const where = any(isIn('Name', texts), isIn('Username', texts), isIn('Id', idsOf(texts, '005')));
  const soql = select({ from: 'User', fields: ['Id', 'Name', 'Username', 'AccountId'], where });
  const rows = await queryAll<{ Id: string; Name: string; Username: string; AccountId: string | null }>(conn, soql);
  return rows.map(({ Id: id, Name: name, Username: username, AccountId: account }) => ({
    id,
    names: [id, name, username].map((text) => text.toLowerCase()),
    owner: { id, name, kind: 'User', ...(account ? { accountId: account } : {}) },
  }));
}
