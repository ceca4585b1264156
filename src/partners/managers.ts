/** Channel managers: the company's own users who own partner accounts. */
import type { Connection } from '@salesforce/core';
import { to18 } from '../leads/record-id.js';
import { all, compare, groupsOfValues, isIn, queryTogether, select } from '../org/read/index.js';
import { sameText } from './same-text.js';

/** A user as the owner of a partner account. */
export type Manager = {
  id: string;
  name: string;
  active: boolean;
  /** Name of the role; null without one. Portal accounts need an owner with a role (platform-facts C1). */
  role: string | null;
};

/** A manager, or why there is none for a text. */
export type ManagerAnswer = { manager: Manager; problem?: undefined } | { manager?: undefined; problem: string };

type Row = {
  Id: string;
  Name: string;
  Username: string;
  Email: string | null;
  IsActive: boolean;
  UserRole: { Name: string } | null;
};

const FIELDS = ['Id', 'Name', 'Username', 'Email', 'IsActive', 'UserRole.Name'];

/** The company's own users; a partner cannot be the channel manager of another (platform-facts C3). */
const INTERNAL = compare('UserType', '=', 'Standard');

export const managerOf = ({ Id, Name, IsActive, UserRole }: Omit<Row, 'Username' | 'Email'>): Manager => ({
  id: Id,
  name: Name,
  active: IsActive,
  role: UserRole?.Name ?? null,
});

/** Why a user cannot own partner accounts, or undefined. */
export function whyNoOwner({ name, active, role }: Manager): string | undefined {
  if (!active) return `${name} is not active. Name a channel manager who is.`;
  if (role === null)
    return `${name} has no role. Give one in Setup > Users > ${name} > Edit > Role, or name another channel manager.`;
  return undefined;
}

/** Looks up managers by id, username, e-mail address or name. @returns the answer for each text */
export async function findManagers(
  conn: Connection,
  texts: readonly string[]
): Promise<(text: string) => ManagerAnswer> {
  const wanted = [...new Set(texts)];
  const ids = wanted.flatMap((text) => to18(text) ?? []);
  const queries = [
    ...groupsOfValues(ids).map((group) => isIn('Id', group)),
    ...['Username', 'Email', 'Name'].flatMap((field) => groupsOfValues(wanted).map((group) => isIn(field, group))),
  ].map((where) => select({ from: 'User', fields: FIELDS, where: all(INTERNAL, where) }));
  const rows = new Map<string, Row>();
  for (const { records, error } of await queryTogether<Row>(conn, queries)) {
    if (error) throw error;
    for (const row of records) rows.set(row.Id, row);
  }
  return (text) => answerOf(text, [...rows.values()]);
}

function answerOf(text: string, rows: readonly Row[]): ManagerAnswer {
  const id = to18(text);
  const same = (value: string | null): boolean => sameText(value, text);
  const found =
    [
      rows.filter(({ Id }) => Id === id),
      rows.filter(({ Username }) => same(Username)),
      rows.filter(({ Email }) => same(Email)),
      rows.filter(({ Name }) => same(Name)),
    ].find(({ length }) => length > 0) ?? [];
  // People leave and come back under the same name: the active one is meant.
  const active = found.filter(({ IsActive }) => IsActive);
  const [only, other] = active.length > 0 ? active : found;
  if (!only) return { problem: `None of your users is called ${text}, by name, username, e-mail address or id.` };
  if (!other) return { manager: managerOf(only) };
  return { problem: `Several users are called ${text}: ${found.map(({ Username }) => Username).join(', ')}.` };
}
