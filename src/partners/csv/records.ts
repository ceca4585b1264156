/** Records of a CSV text, with the line of the file where each begins. */
import { parse } from 'csv-parse/sync';
import type { CsvError } from 'csv-parse';
import { PartnerCsvError } from './errors.js';
import { unprotect } from '../../org/read/index.js';

/** Cells as they are in the file: blanks inside quotes are kept, blanks around them are not. */
export type Physical = { cells: string[]; line: number };

/** All ways to end a line, within one file too. */
const LINE_ENDS = ['\r\n', '\n', '\r'];

const OPTIONS = { record_delimiter: LINE_ENDS, relax_column_count: true, trim: true, encoding: 'utf8' } as const;

/**
 * All records, empty lines as well. The parser counts line ends inside quotes in its own way, so lines are counted here, from
 * where each record ends.
 * @throws PartnerCsvError at a quotation mark that is not closed, or stands inside a cell
 */
export function recordsOf(file: string, text: string, delimiter: string, firstLine: number): Physical[] {
  const bytes = Buffer.from(text, 'utf8');
  const records: Physical[] = [];
  let line = firstLine;
  let end = 0;
  const onRecord = (cells: string[], { bytes: upTo }: { bytes: number }): null => {
    records.push({ cells: cells.map(unprotect), line });
    line += lineEnds(bytes, end, upTo);
    end = upTo;
    return null;
  };
  try {
    parse(bytes, { ...OPTIONS, delimiter, on_record: onRecord });
  } catch (error) {
    throw malformed(file, error as CsvError, line);
  }
  return records;
}

/** Cells of the first line with anything on it; none where it cannot be read with this delimiter. */
export function firstRecord(text: string, delimiter: string): string[] {
  try {
    const [first] = parse(text, { ...OPTIONS, delimiter, to: 1, skip_records_with_empty_values: true });
    return (first ?? []).map(unprotect);
  } catch {
    return [];
  }
}

function malformed(file: string, error: CsvError, line: number): Error {
  if (!error.code) return error;
  const { column } = error as CsvError & { column?: number };
  const what = error.message.replace(/ (?:on|at) line \d+/, '');
  return new PartnerCsvError('csvMalformed', file, [String((column ?? 0) + 1), what], line);
}

function lineEnds(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) {
    // CR and LF together are one end, counted at the LF.
    if (bytes[at] === 0x0a || (bytes[at] === 0x0d && bytes[at + 1] !== 0x0a)) count += 1;
  }
  return count;
}
