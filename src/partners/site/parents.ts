/** Finds the profiles and permission sets that were named. */
import type { Connection } from '@salesforce/core';
import { to18 } from '../../leads/record-id.js';
import { all, any, compare, isIn, profileFullNames, queryAll, select } from '../../org/read/index.js';
import { SiteInputError } from './errors.js';
import type { Parent, SiteRequest } from './model.js';
import { sameText } from '../same-text.js';

type ProfileRow = { Id: string; Name: string; UserType: string | null };
type SetRow = { Id: string; Name: string; Label: string; NamespacePrefix: string | null };

/** All that a request names, profiles first, each once. @throws SiteInputError */
export async function findParents(
  conn: Connection,
  { profiles, permissionSets }: Pick<SiteRequest, 'profiles' | 'permissionSets'>
): Promise<Parent[]> {
  const found = [...(await findProfiles(conn, profiles)), ...(await findSets(conn, permissionSets))];
  return [...new Map(found.map((parent) => [parent.id, parent])).values()];
}

/** The same, with the names of profiles in metadata, for a file that lists members. */
export async function withFullNames(conn: Connection, parents: readonly Parent[]): Promise<Parent[]> {
  if (parents.every(({ fullName }) => fullName !== undefined)) return [...parents];
  const names = await profileFullNames(conn);
  return parents.map((parent) => ({ ...parent, fullName: parent.fullName ?? names.get(parent.id.slice(0, 15)) }));
}

async function findProfiles(conn: Connection, wanted: readonly string[]): Promise<Parent[]> {
  if (wanted.length === 0) return [];
  const query = { from: 'Profile', fields: ['Id', 'Name', 'UserType'], orderBy: ['Name'] };
  const rows = await queryAll<ProfileRow>(conn, select(query));
  return wanted.map((text) => {
    const row = rows.find(({ Id, Name }) => Id === to18(text) || sameText(Name, text.trim()));
    if (!row) throw new SiteInputError('unknownProfile', [text, likely(rows)]);
    return { id: row.Id, kind: 'profile', name: row.Name };
  });
}

/** Profiles of partners: likely to be meant. */
const likely = (rows: readonly ProfileRow[]): string =>
  rows.flatMap(({ Name, UserType }) => (UserType === 'PowerPartner' ? [Name] : [])).join(', ') || 'none';

async function findSets(conn: Connection, wanted: readonly string[]): Promise<Parent[]> {
  if (wanted.length === 0) return [];
  const texts = wanted.map((text) => text.trim());
  const ids = texts.flatMap((text) => to18(text) ?? []);
  const names = texts.map((text) => text.replace(/^\w+?__/, ''));
  const isNamed = any(isIn('Id', ids), isIn('Name', [...texts, ...names]), isIn('Label', texts));
  const where = all(compare('IsOwnedByProfile', '=', false), isNamed);
  const query = { from: 'PermissionSet', fields: ['Id', 'Name', 'Label', 'NamespacePrefix'], where, orderBy: ['Id'] };
  const rows = await queryAll<SetRow>(conn, select(query));
  return texts.map((text) => oneSet(rows, text));
}

/** By id, by name in metadata, then by label: labels need not be unique. */
function oneSet(rows: readonly SetRow[], text: string): Parent {
  const exact = rows.find((row) => row.Id === to18(text) || sameText(fullNameOf(row), text));
  const labelled = exact ? [exact] : rows.filter(({ Label }) => sameText(Label, text));
  const [row] = labelled;
  if (!row) throw new SiteInputError('unknownPermissionSet', [text]);
  if (labelled.length > 1)
    throw new SiteInputError('ambiguousPermissionSet', [text, labelled.map(fullNameOf).join(', ')]);
  return { id: row.Id, kind: 'permission-set', name: row.Label, fullName: fullNameOf(row) };
}

const fullNameOf = ({ Name, NamespacePrefix }: SetRow): string =>
  NamespacePrefix ? `${NamespacePrefix}__${Name}` : Name;
