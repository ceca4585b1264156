/** The header line: which column is which. */
import { PartnerCsvError } from './errors.js';

/** A column we know: what we call it, what people call it, and whether nothing goes without it. */
export type ColumnSpec = { key: string; names: readonly string[]; required?: boolean };

/** A value and the columns that give it; more than one where the header names it twice. */
export type Field = { key?: string; header: string; columns: number[]; required: boolean };

/** The header of a file. Our own column of reasons from an earlier run is not among the headers. */
export type Layout = {
  headers: string[];
  fields: Field[];
  reasonAt: number | undefined;
  notes: string[];
  /** What a text means as a header: two names of one column mean the same. */
  meaning: (header: string) => string;
};

/** Names of the last column of a `rejected.csv`; the second where the file has a column `Reason` of its own. */
export const REASON_NAMES = ['Reason', 'Rejected because'] as const;

/** Names are compared without case, blanks, underscores, hyphens and other punctuation. */
export const fold = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Names as compared, and the column each means. */
export function namesOf(columns: readonly ColumnSpec[]): Map<string, ColumnSpec> {
  const names = new Map<string, ColumnSpec>();
  for (const column of columns) {
    for (const name of column.names.map(fold)) {
      const other = names.get(name);
      if (other && other !== column) throw new TypeError(`"${name}" names both ${other.key} and ${column.key}`);
      names.set(name, column);
    }
  }
  return names;
}

/** Reads the header. @throws PartnerCsvError where a required column is missing */
export function layoutOf(file: string, line: number, cells: readonly string[], columns: readonly ColumnSpec[]): Layout {
  const names = namesOf(columns);
  const reasonAt = reasonColumn(cells, names);
  const headers = cells.map((cell) => cell.trim()).filter((_, index) => index !== reasonAt);
  const meaning = (header: string): string => {
    const spec = names.get(fold(header));
    return spec ? `known ${spec.key}` : fold(header) || header.trim();
  };
  const fields = fieldsOf(headers, names, meaning);
  const missing = columns.filter(({ key, required }) => required && !fields.some((field) => field.key === key));
  // A file without any column we know is another file: all its rows would be rejected one by one.
  const wanted = missing.length === 0 && fields.every(({ key }) => key === undefined) ? columns : missing;
  if (wanted.length > 0) {
    const nameOf = ({ names: [first], key }: ColumnSpec): string => first ?? key;
    const text = wanted.map(nameOf).join(wanted === missing ? ', ' : ' or ');
    throw new PartnerCsvError('csvNoColumn', file, [text, headers.filter(Boolean).join(', ')], line);
  }
  const ours = reasonAt === undefined ? [] : [dropped(cells[reasonAt]!)];
  return { headers, fields, reasonAt, notes: [...ours, ...notesOf(headers, fields)], meaning };
}

const dropped = (header: string): string =>
  `The last column "${header.trim()}" is left out: that is where rejected rows have their reason. Give one of your own another name.`;

/** Ours is the last column with a name, unless that is a column the caller knows. */
function reasonColumn(cells: readonly string[], names: ReadonlyMap<string, ColumnSpec>): number | undefined {
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  const name = fold(cells[last] ?? '');
  return !names.has(name) && REASON_NAMES.some((ours) => fold(ours) === name) ? last : undefined;
}

function fieldsOf(
  headers: readonly string[],
  names: ReadonlyMap<string, ColumnSpec>,
  meaning: Layout['meaning']
): Field[] {
  const fields = new Map<string, Field>();
  for (const [index, header] of headers.entries()) {
    if (header === '') continue;
    const spec = names.get(fold(header));
    const field = fields.get(meaning(header)) ?? {
      key: spec?.key,
      header,
      columns: [],
      required: spec?.required ?? false,
    };
    field.columns.push(index);
    fields.set(meaning(header), field);
  }
  return [...fields.values()];
}

function notesOf(headers: readonly string[], fields: readonly Field[]): string[] {
  const unnamed = headers.flatMap((header, index) => (header === '' ? [index + 1] : []));
  const doubled = fields.filter(({ columns }) => columns.length > 1);
  return [
    ...(unnamed.length > 0 ? [`Left out because the header does not name them: columns ${unnamed.join(', ')}.`] : []),
    ...doubled.map(
      ({ columns }) =>
        `Columns ${quoted(headers, columns)} mean the same; a row is rejected where they disagree, else the one that is filled counts.`
    ),
  ];
}

/** Column names for a sentence. */
export const quoted = (headers: readonly string[], columns: readonly number[]): string =>
  columns.map((index) => `"${headers[index]}" (${index + 1})`).join(' and ');
