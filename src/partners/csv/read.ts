/** Reads a CSV file of partners as people have them. */
import { readFile } from 'node:fs/promises';
import { layoutOf, type ColumnSpec } from './columns.js';
import { decode } from './decode.js';
import { dialectOf } from './dialect.js';
import { PartnerCsvError } from './errors.js';
import { recordsOf } from './records.js';
import { rowsOf, type BadRow, type PartnerRow } from './rows.js';

/** A file as read. */
export type PartnerCsv = {
  file: string;
  /** The encoding taken; by its WHATWG name, such as `utf-8`. */
  encoding: string;
  delimiter: string;
  /** All columns in their order, without our column of reasons. */
  headers: string[];
  /** Keys of the known columns the file has. */
  present: ReadonlySet<string>;
  /** Headers nobody knows; `extra` of a row has their values. */
  unknown: string[];
  rows: PartnerRow[];
  bad: BadRow[];
  /** What was decided on the way, in words. */
  notes: string[];
};

/**
 * Reads the whole file. Required columns are filled in every row that is not bad.
 * @param options.encoding a WHATWG label, where the file has no byte order mark and the guess would be wrong
 * @throws PartnerCsvError where the file as a whole cannot be used
 */
export async function readPartnerCsv(
  file: string,
  columns: readonly ColumnSpec[],
  options: { encoding?: string } = {}
): Promise<PartnerCsv> {
  const { text: whole, encoding } = decode(file, await bytesOf(file), options.encoding);
  const { delimiter, text, firstLine } = dialectOf(whole, columns);
  const records = recordsOf(file, text, delimiter, firstLine);
  // Delimiters alone are no header, whichever of them the file has.
  const head = records.findIndex(({ cells }) => cells.some((cell) => /[^\s,;|]/.test(cell)));
  if (head < 0) throw new PartnerCsvError('csvEmpty', file);
  const layout = layoutOf(file, records[head]!.line, records[head]!.cells, columns);
  const { rows, bad, notes } = rowsOf(file, records.slice(head + 1), layout);
  if (rows.length + bad.length === 0) throw new PartnerCsvError('csvNoRows', file);
  const { headers, fields } = layout;
  return {
    file,
    encoding,
    delimiter,
    headers,
    present: new Set(fields.flatMap(({ key }) => key ?? [])),
    unknown: fields.filter(({ key }) => key === undefined).map(({ header }) => header),
    rows,
    bad,
    notes: [...guess(encoding, options.encoding), ...layout.notes, ...notes],
  };
}

const guess = (encoding: string, wanted: string | undefined): string[] =>
  wanted === undefined && encoding === 'windows-1250' ? ['The file is not UTF-8; it was read as Windows-1250.'] : [];

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === 'EISDIR'
      ? new PartnerCsvError('csvFolder', file)
      : new PartnerCsvError('csvMissing', file, [message]);
  }
}
