/** What the user wants of accounts, from flags or from a CSV file. */
import type { AccountRef, ObjectFields } from '../accounts.js';
import { accountColumns as refColumns, fieldColumns, fieldsOfRow, refOfRow, refOfText, yesOrNo } from '../columns.js';
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
  /** Field that a reference by external id is about. */
  external?: string;
  /** Whether the account is made where it is missing. */
  create: boolean;
  /** Fields of a new account, by API name. */
  fields: Record<string, string>;
};

/** Columns of the file of partner accounts. */
export const accountColumns = (external?: string): ColumnSpec[] => [
  ...refColumns(external, ['Id'], ['Name']),
  { key: 'manager', names: ['Manager', 'Channel Manager', 'Owner', 'Account Owner'] },
  { key: 'create', names: ['Create', 'Create Account'] },
];

/** Wishes of `--account`: ids are known by their shape; with an external id all values are of that field. */
export const wishesOfTexts = (texts: readonly string[], external: string | undefined, manager?: string): Wish[] =>
  texts.map((text) => ({ ref: refOfText(text, external), manager, create: false, fields: {} }));

type Read = { wishes: Wish[]; bad: BadRow[]; unused: string[] };

/** Wishes of a file. Columns with the name or label of a field of Account fill that field of new accounts. */
export function wishesOfCsv(csv: PartnerCsv, fields: ObjectFields, external?: string, manager?: string): Read {
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
  const create = yesOrNo(row.value('create'));
  if (typeof create === 'string') return create;
  const name = row.value('name');
  if (create && name === undefined) return 'A new account needs a name.';
  const fields = fieldsOfRow(row, columns);
  if (name !== undefined) fields.Name = name;
  const value = row.value('external');
  if (external !== undefined && value !== undefined) fields[external] = value;
  return { line: row.line, cells: row.cells, ref, external, manager: row.value('manager') ?? manager, create, fields };
}
