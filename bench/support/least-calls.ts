/**
 * The least API calls that the platform allows for partners from CSV files, worked out from the limits alone (docs/limits.md)
 * and not from what the commands do.
 */
import type { Partners } from './partner-files.js';

/** Values in the condition of one query, and characters of them as they stand in an address with quotes and comma. */
const VALUES = 500;
const CHARS = 11_000;
const AROUND = 9;
const QUERIES_A_CALL = 5;
const RECORDS_A_CALL = 200;
const ID_LENGTH = 18;

export type Least = { calls: number; formula: string };
type Term = readonly [calls: number, words: string];

/** Queries that ask for records by values. */
const queriesFor = (values: readonly string[]): number => {
  const chars = values.reduce((sum, value) => sum + encodeURIComponent(value).length + AROUND, 0);
  return Math.max(Math.ceil(values.length / VALUES), Math.ceil(chars / CHARS));
};

const idsOf = (values: readonly string[]): number => queriesFor(values.map(() => '0'.repeat(ID_LENGTH)));
const together = (queries: number): number => Math.ceil(queries / QUERIES_A_CALL);
const writes = (values: readonly string[]): number => Math.ceil(values.length / RECORDS_A_CALL);

const sum = (terms: readonly Term[]): Least => ({
  calls: terms.reduce((total, [calls]) => total + calls, 0),
  formula: terms.map(([calls, words]) => `${calls} ${words}`).join(' + '),
});

/** New accounts by name, then the flag. Managers and the running user are asked for with the accounts: four queries. */
export function leastOfEnable({ accounts }: Partners): Least {
  return sum([
    [2, 'for the org and the fields of accounts'],
    [together(queriesFor(accounts) + 4), 'accounts by name, managers'],
    [together(queriesFor(accounts)), 'names again before writing'],
    [writes(accounts), 'inserts'],
    [together(idsOf(accounts)), 'proof'],
    [writes(accounts), 'updates'],
    [together(idsOf(accounts)), 'proof'],
  ]);
}

/** New contacts by address in accounts by name, then their users. Five more queries are about the org. */
export function leastOfInvite({ accounts, emails }: Partners): Least {
  const nicknames = emails.map((email, at) => `${email.split('@')[0]!}${at}`);
  return sum([
    [4, 'for the org and the fields of accounts, contacts, users'],
    [together(queriesFor(accounts) + queriesFor(emails) + 5), 'accounts by name, contacts by address, licences, sites'],
    [together(2 * idsOf(accounts)), 'contacts and roles of the accounts'],
    [together(queriesFor(emails) + queriesFor(nicknames)), 'usernames and nicknames'],
    [together(queriesFor(emails)), 'addresses again before writing'],
    [writes(emails), 'contacts'],
    [together(idsOf(emails)), 'proof'],
    [writes(emails), 'users'],
    [together(idsOf(emails)), 'proof'],
  ]);
}

/** Users are made inactive; their contacts stay, because users belong to them. */
export function leastOfUndo({ emails }: Partners): Least {
  return sum([
    [1, 'for the org'],
    [together(idsOf(emails)), 'users as they are'],
    [together(3 * idsOf(emails)), 'contacts as they are, who changed them, their users'],
    [together(idsOf(emails)), 'users again before writing'],
    [writes(emails), 'updates'],
    [together(idsOf(emails)), 'proof'],
  ]);
}
