/** Lines below the header: rows to work with, bad rows with the reason, and lines that say nothing. */
import { PartnerCsvError } from './errors.js';
import { quoted, type Field, type Layout } from './columns.js';
import type { Physical } from './records.js';

/** A row to work with. */
export type PartnerRow = {
  /** Line of the file where the record begins, from 1, as an editor shows it. */
  line: number;
  /** One for each header, as in the file; for a `rejected.csv`. */
  cells: string[];
  /** What the row says of a known column, without blanks around it; undefined where that is nothing, or there is no such column. */
  value: (key: string) => string | undefined;
  /** Columns nobody knows, by their header; empty where the cell is. */
  extra: Record<string, string>;
};

/** A row that cannot be used, with the reason in words. */
export type BadRow = { line: number; cells: string[]; reason: string };

export type Rows = { rows: PartnerRow[]; bad: BadRow[]; notes: string[] };

/**
 * Sorts the lines. Lines without any text are left out, and so is the header where it stands again (files put together);
 * another header further down is refused, because what follows it would land in the wrong columns.
 * @throws PartnerCsvError
 */
export function rowsOf(file: string, records: readonly Physical[], layout: Layout): Rows {
  const result: Rows = { rows: [], bad: [], notes: [] };
  const repeated: number[] = [];
  for (const { cells: all, line } of records) {
    const cells = fitted(
      all.filter((_, index) => index !== layout.reasonAt),
      layout.headers.length
    );
    if (cells.every(isBlank)) continue;
    const kind = headerKind(cells, layout);
    if (kind === 'other') throw new PartnerCsvError('csvHeaderChanges', file, [cells.join(', ')], line);
    if (kind === 'same') repeated.push(line);
    else addRow(result, { cells, line }, layout);
  }
  if (repeated.length > 0) result.notes.push(`The header stands again on line ${repeated.join(', ')}; left out.`);
  return result;
}

/** Cells for all headers: what Excel left off at the end is empty, and empty cells beyond the last header are nothing. */
function fitted(cells: readonly string[], width: number): string[] {
  const filled = cells.findLastIndex((cell) => !isBlank(cell)) + 1;
  const kept = cells.slice(0, Math.max(width, filled));
  return [...kept, ...Array<string>(Math.max(0, width - kept.length)).fill('')];
}

const isBlank = (cell: string): boolean => cell.trim() === '';

function headerKind(cells: readonly string[], { headers, fields, meaning }: Layout): 'same' | 'other' | 'none' {
  const meant = cells.map(meaning);
  if (meant.length === headers.length && headers.every((header, index) => meaning(header) === meant[index]))
    return 'same';
  const named = new Set(fields.map(({ header }) => meaning(header)));
  const texts = meant.filter(Boolean);
  const hits = texts.filter((text) => named.has(text) || text.startsWith('known ')).length;
  // Data that consist of column names for the better half are no data.
  return hits >= 2 && hits * 2 > texts.length ? 'other' : 'none';
}

function addRow(result: Rows, { cells, line }: Physical, layout: Layout): void {
  const reasons = reasonsAgainst(cells, layout);
  if (reasons.length > 0) {
    result.bad.push({ line, cells, reason: reasons.join(' ') });
    return;
  }
  const known = new Map<string, string>();
  const extra: Array<[string, string]> = [];
  for (const field of layout.fields) {
    const [text = ''] = textsOf(cells, field);
    if (field.key === undefined) extra.push([field.header, text]);
    else if (text !== '') known.set(field.key, text);
  }
  result.rows.push({ line, cells, value: (key) => known.get(key), extra: Object.fromEntries(extra) });
}

function reasonsAgainst(cells: readonly string[], { headers, fields }: Layout): string[] {
  if (cells.length > headers.length) {
    const counts = `This line has ${cells.length} cells, the header ${headers.length}.`;
    return [`${counts} A cell that contains the delimiter needs quotation marks around it.`];
  }
  return fields.flatMap((field) => {
    const texts = textsOf(cells, field);
    if (texts.length === 0 && field.required) return [`"${field.header}" is empty.`];
    if (texts.length < 2) return [];
    return [`Columns ${quoted(headers, field.columns)} disagree: ${texts.map((text) => `"${text}"`).join(' and ')}.`];
  });
}

/** What the columns of a field say, each thing once. */
const textsOf = (cells: readonly string[], { columns }: Field): string[] => [
  ...new Set(columns.map((index) => cells[index]!.trim()).filter((text) => text !== '')),
];
