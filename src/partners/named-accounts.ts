/** Accounts that people name, one by one or in a CSV file. A file of which a row cannot be used is refused as a whole. */
import type { Connection } from '@salesforce/core';
import { fieldsOf, findAccounts } from './accounts.js';
import { refOfRow } from './columns.js';
import { PartnerCsvError, readPartnerCsv, type ColumnSpec } from './csv/index.js';
import { resolveScope } from './scope.js';

export type NamedAccounts = {
  /** Names or ids. */
  accounts?: readonly string[];
  /** CSV file with a column of ids or names, such as the one of `partner list --csv`. */
  file?: string;
};

/** Rows of a file that name no account, or not for certain. */
export class AccountFileError extends Error {
  public constructor(
    public readonly file: string,
    public readonly problems: readonly string[]
  ) {
    super(`${file}: ${problems.join(' ')}`);
    this.name = 'AccountFileError';
  }
}

/** Names that are looked up together: each is in a query twice, and may be 255 characters long. */
const NAMES_AT_ONCE = 20;

/**
 * Ids of the accounts, each once; undefined where none is named.
 * @throws PartnerNameError, PartnerCsvError, AccountFileError
 */
export async function namedAccounts(
  conn: Connection,
  { accounts, file }: NamedAccounts
): Promise<string[] | undefined> {
  if (accounts === undefined && file === undefined) return undefined;
  const ids = new Set<string>();
  const texts = accounts ?? [];
  for (let at = 0; at < texts.length; at += NAMES_AT_ONCE) {
    const scope = await resolveScope(conn, { account: texts.slice(at, at + NAMES_AT_ONCE) });
    for (const id of scope.account ?? []) ids.add(id);
  }
  if (file !== undefined) for (const id of await accountsIn(conn, file)) ids.add(id);
  return [...ids];
}

/** Not "Partner": in the file of `partner list` that column says yes or no. */
const COLUMNS: readonly ColumnSpec[] = [
  { key: 'id', names: ['Account Id', 'Id'] },
  { key: 'name', names: ['Account', 'Account Name', 'Name'] },
];

async function accountsIn(conn: Connection, file: string): Promise<string[]> {
  const { rows, bad, present, headers } = await readPartnerCsv(file, COLUMNS);
  if (present.size === 0)
    throw new PartnerCsvError('csvNoColumn', file, ['Account Id, Account', headers.join(', ')], 1);
  const refs = rows.map((row) => ({ line: row.line, ref: refOfRow(row) }));
  const answer = await findAccounts(
    conn,
    await fieldsOf(conn, 'Account'),
    refs.flatMap(({ ref }) => ref ?? [])
  );
  const problems = bad.map(({ line, reason }) => `Line ${line}: ${reason}`);
  const ids = refs.flatMap(({ line, ref }) => {
    const found = ref && answer(ref);
    if (found?.account) return [found.account.id];
    problems.push(`Line ${line}: ${found ? found.problem : 'It names no account.'}`);
    return [];
  });
  if (problems.length > 0) throw new AccountFileError(file, problems);
  return ids;
}
