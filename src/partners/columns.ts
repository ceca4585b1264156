/** Columns that the files of accounts and of contacts have in common. */
import { to18 } from '../leads/record-id.js';
import type { AccountRef, ObjectFields } from './accounts.js';
import type { ColumnSpec, PartnerRow } from './csv/index.js';

/** Columns that name an account, with other names they have in one of the files. */
export const accountColumns = (
  external: string | undefined,
  ids: readonly string[] = [],
  names: readonly string[] = []
): ColumnSpec[] => [
  { key: 'id', names: ['Account Id', ...ids] },
  { key: 'name', names: ['Account', 'Account Name', 'Company', ...names] },
  ...(external === undefined ? [] : [{ key: 'external', names: [external] }]),
];

/** The surest way in which a row names its account counts: id, then external id, then name. */
export function refOfRow(row: PartnerRow): AccountRef | undefined {
  for (const by of ['id', 'external', 'name'] as const) {
    const text = row.value(by);
    if (text !== undefined) return { by, text };
  }
  return undefined;
}

/** What a flag names: with an external id all values are of that field, else ids are known by their shape. */
export const refOfText = (text: string, external: string | undefined): AccountRef => {
  if (external !== undefined) return { by: 'external', text };
  return to18(text)?.startsWith('001') ? { by: 'id', text } : { by: 'name', text };
};

const YES = /^(y|yes|true|1|x|ano|ja|oui|si|sí)$/i;
const NO = /^(n|no|false|0|ne|nein|non)$/i;

/** The answer in the column Create, or why it is none. Nothing is no. */
export function yesOrNo(text: string | undefined): boolean | string {
  if (text === undefined || NO.test(text)) return false;
  return YES.test(text) || `"${text}" in the column Create is neither yes nor no.`;
}

/** Headers that are the name or the label of a field which can be set on a new record. */
export function fieldColumns(headers: readonly string[], fields: ObjectFields): Map<string, string> {
  const byLabel = new Map([...fields.values()].map((field) => [field.label.toLowerCase(), field]));
  const columns = new Map<string, string>();
  for (const header of headers) {
    const field = fields.get(header.toLowerCase()) ?? byLabel.get(header.toLowerCase());
    if (field?.createable && field.type !== 'reference') columns.set(header, field.name);
  }
  return columns;
}

/** Values of those columns in a row, by API name. */
export function fieldsOfRow(row: PartnerRow, columns: ReadonlyMap<string, string>): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [header, field] of columns) if (row.extra[header]) fields[field] = row.extra[header];
  return fields;
}
