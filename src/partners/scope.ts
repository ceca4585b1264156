/** Which partners: accounts, managers and users by id or name, looked up before anything else is read. */
import type { Connection } from '@salesforce/core';
import { to18 } from '../leads/record-id.js';
import { all, any, compare, isIn, isLike, queryAll, select, type Condition } from '../org/read/index.js';
import { sameText } from './same-text.js';

export type ScopeKind = 'account' | 'manager' | 'user';

/** What the user typed. */
export type ScopeFlags = Partial<Record<ScopeKind, readonly string[]>>;

/** Ids of what was named; undefined where nothing was. */
export type Scope = Partial<Record<ScopeKind, string[]>>;

/** A name that is not to be found, or not for certain. */
export class PartnerNameError extends Error {
  public constructor(
    public readonly key: 'unknown' | 'ambiguous' | 'wrongObject',
    public readonly kind: ScopeKind,
    public readonly text: string,
    /** Names like it, or ids of those that have it. */
    public readonly candidates: readonly string[] = []
  ) {
    super(`${key} ${kind}: ${text}`);
    this.name = 'PartnerNameError';
  }
}

type Row = { Id: string; Name: string; Username?: string };

type Source = { object: string; fields: string[]; names: string[]; prefix: string; where?: Condition };

const SOURCES: Readonly<Record<ScopeKind, Source>> = {
  account: { object: 'Account', fields: ['Id', 'Name'], names: ['Name'], prefix: '001' },
  manager: {
    object: 'User',
    fields: ['Id', 'Name', 'Username'],
    names: ['Name', 'Username'],
    prefix: '005',
    where: compare('UserType', '=', 'Standard'),
  },
  user: { object: 'User', fields: ['Id', 'Name', 'Username'], names: ['Name', 'Username'], prefix: '005' },
};

/** Finds everything that was named. @throws PartnerNameError */
export async function resolveScope(conn: Connection, flags: ScopeFlags): Promise<Scope> {
  const scope: Scope = {};
  for (const kind of ['account', 'manager', 'user'] as const) {
    const texts = flags[kind]?.map((text) => text.trim());
    if (texts) scope[kind] = await resolve(conn, kind, texts);
  }
  return scope;
}

async function resolve(conn: Connection, kind: ScopeKind, texts: readonly string[]): Promise<string[]> {
  const { object, fields, names, prefix, where } = SOURCES[kind];
  const ids = texts.flatMap((text) => to18(text) ?? []);
  const other = texts.find((text) => to18(text)?.startsWith(prefix) === false);
  if (other !== undefined) throw new PartnerNameError('wrongObject', kind, other);
  const named = any(isIn('Id', ids), ...names.map((name) => isIn(name, texts)));
  const soql = select({ from: object, fields, where: where ? all(where, named) : named, orderBy: ['Id'] });
  const rows = await queryAll<Row>(conn, soql);
  const found: string[] = [];
  for (const text of texts) found.push(await one(conn, kind, text, rows));
  return [...new Set(found)];
}

async function one(conn: Connection, kind: ScopeKind, text: string, rows: readonly Row[]): Promise<string> {
  const id = to18(text);
  const same = (value: string | undefined): boolean => sameText(value, text);
  const byKey = rows.filter((row) => (id === undefined ? same(row.Username) : row.Id === id));
  const matches = byKey.length > 0 ? byKey : rows.filter(({ Name }) => same(Name));
  if (matches.length === 0) throw new PartnerNameError('unknown', kind, text, await near(conn, kind, text));
  if (matches.length === 1) return matches[0]!.Id;
  const candidates = matches.map(({ Id, Username }) => (Username ? `${Username} (${Id})` : Id));
  throw new PartnerNameError('ambiguous', kind, text, candidates);
}

const MOST_NAMES = 5;

/** Those that are likely to be meant: partner users and internal people before others of that kind. */
const LIKELY: Readonly<Partial<Record<ScopeKind, Condition>>> = {
  manager: compare('UserType', '=', 'Standard'),
  user: compare('UserType', '=', 'PowerPartner'),
};

/** Names that contain a word of what was typed. */
async function near(conn: Connection, kind: ScopeKind, text: string): Promise<string[]> {
  const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);
  if (words.length === 0) return [];
  const like = any(...words.map((word) => isLike('Name', word, 'anywhere')));
  const likely = LIKELY[kind];
  const where = likely ? all(likely, like) : like;
  const query = { from: SOURCES[kind].object, fields: ['Name'], where, orderBy: ['Name'], limit: MOST_NAMES };
  return (await queryAll<{ Name: string }>(conn, select(query))).map(({ Name }) => Name);
}

const PARTNER_USER = compare('UserType', '=', 'PowerPartner');

/** Users of a scope: those named, whoever they are, else partner users. */
export function usersOf({ account, manager, user }: Scope): Condition {
  const parts: Condition[] = [user ? isIn('Id', user) : PARTNER_USER];
  if (account) parts.push(isIn('AccountId', account));
  if (manager) parts.push(isIn('Account.OwnerId', manager));
  return parts.length === 1 ? parts[0]! : all(...parts);
}
