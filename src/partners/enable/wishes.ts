/** What the user wants of accounts, from flags or from a CSV file. */
import { to18 } from '../../leads/record-id.js';
import type { AccountFields, AccountRef } from '../accounts.js';
import type { BadRow, ColumnSpec, PartnerCsv, PartnerRow } from '../csv/index.js';

/** One account that is to be a partner. */
export type Wish = {
  /** Line of the CSV file; undefined for one of a flag. */
  line?: number;
  /** Cells of that line, for the file of rejected rows. */
  cells?: string[];
  ref: AccountRef;
  /** Channel manager as named; undefined: the owner stays, or for a new account the running user. */
  manager?: string;
  /** Whether the account is made where it is missing. */
  create: boolean;
  /** Fields of a new account, by API name. */
  fields: Record<string, string>;
};

/** Columns of the file of partner accounts. */
export const accountColumns = (external?: string): ColumnSpec[] => [
  { key: 'id', names: ['Account Id', 'Id'] },
  { key: 'name', names: ['Account', 'Account Name', 'Partner', 'Name'] },
  ...(external === undefined ? [] : [{ key: 'external', names: [external] }]),
  { key: 'manager', names: ['Manager', 'Channel Manager', 'Owner', 'Account Owner'] },
  { key: 'create', names: ['Create', 'Create Account'] },
];

const YES = /^(y|yes|true|1|x|ano|ja|oui|si|sí)$/i;
const NO = /^(n|no|false|0|ne|nein|non)?$/i;

/** Wishes of `--account`: ids are known by their shape; with an external id all values are of that field. */
export const wishesOfTexts = (texts: readonly string[], external: string | undefined, manager?: string): Wish[] =>
  texts.map((text) => ({ ref: refOf(text, external), manager, create: false, fields: {} }));

const refOf = (text: string, external: string | undefined): AccountRef => {
  if (external !== undefined) return { by: 'external', text };
  return to18(text)?.startsWith('001') ? { by: 'id', text } : { by: 'name', text };
};

type Read = { wishes: Wish[]; bad: BadRow[]; unused: string[] };

/** Wishes of a file. Columns with the name or label of a field of Account fill that field of new accounts. */
export function wishesOfCsv(csv: PartnerCsv, fields: AccountFields, external?: string, manager?: string): Read {
  const columns = fieldColumns(csv.unknown, fields);
  const read: Read = { wishes: [], bad: [...csv.bad], unused: csv.unknown.filter((header) => !columns.has(header)) };
  for (const row of csv.rows) {
    const wish = wishOf(row, columns, external, manager);
    if (typeof wish === 'string') read.bad.push({ line: row.line, cells: row.cells, reason: wish });
    else read.wishes.push(wish);
  }
  return read;
}

function wishOf(
  row: PartnerRow,
  columns: ReadonlyMap<string, string>,
  external: string | undefined,
  manager: string | undefined
): Wish | string {
  const ref = refOfRow(row);
  if (!ref) return 'The row names no account: it has neither an id nor a name.';
  const answer = row.value('create') ?? '';
  if (!YES.test(answer) && !NO.test(answer)) return `"${answer}" in the column Create is neither yes nor no.`;
  const create = YES.test(answer);
  const name = row.value('name');
  if (create && name === undefined) return 'A new account needs a name.';
  const fields: Record<string, string> = {};
  for (const [header, field] of columns) if (row.extra[header]) fields[field] = row.extra[header];
  if (name !== undefined) fields.Name = name;
  const value = row.value('external');
  if (external !== undefined && value !== undefined) fields[external] = value;
  return { line: row.line, cells: row.cells, ref, manager: row.value('manager') ?? manager, create, fields };
}

/** The surest way to name it counts: id, then external id, then name. */
function refOfRow(row: PartnerRow): AccountRef | undefined {
  const id = row.value('id');
  if (id !== undefined) return { by: 'id', text: id };
  const external = row.value('external');
  if (external !== undefined) return { by: 'external', text: external };
  const name = row.value('name');
  return name === undefined ? undefined : { by: 'name', text: name };
}

/** Headers that mean a field which can be set on a new account. */
function fieldColumns(headers: readonly string[], fields: AccountFields): Map<string, string> {
  const byLabel = new Map([...fields.values()].map((field) => [field.label.toLowerCase(), field]));
  const columns = new Map<string, string>();
  for (const header of headers) {
    const field = fields.get(header.toLowerCase()) ?? byLabel.get(header.toLowerCase());
    if (field?.createable && field.type !== 'reference') columns.set(header, field.name);
  }
  return columns;
}
