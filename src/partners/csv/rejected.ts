/** Writes the rows that were not taken, with the reason, ready to mend and run again. */
import { rename, rm, writeFile } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { fold, REASON_NAMES } from './columns.js';
import { protect } from '../../org/read/index.js';
import type { PartnerCsv } from './read.js';
import type { BadRow } from './rows.js';

/**
 * The file's own columns in their order and a last one with the reason, its own delimiter, UTF-8 with the mark by which Excel
 * knows it. Replaces a file that is there, in one piece, so that a `rejected.csv` may be read and written in the same run.
 */
export async function writeRejected(
  file: string,
  source: Pick<PartnerCsv, 'headers' | 'delimiter'>,
  rejected: readonly BadRow[]
): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  try {
    await writeFile(part, rejectedCsv(source, rejected), { mode: 0o600 });
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Text of the file. */
export function rejectedCsv(
  { headers, delimiter }: Pick<PartnerCsv, 'headers' | 'delimiter'>,
  rejected: readonly BadRow[]
): string {
  const taken = new Set(headers.map(fold));
  const name = REASON_NAMES.find((one) => !taken.has(fold(one))) ?? REASON_NAMES[0];
  const width = headers.length;
  // Cells too many stand behind the reason: that keeps the reason in its column, and reading takes it out again.
  const lines = rejected.map(({ cells, reason }) => [...cells.slice(0, width), reason, ...cells.slice(width)]);
  return stringify(
    [[...headers, name], ...lines].map((cells) => cells.map(protect)),
    // Blanks at the ends are kept only inside quotation marks, and every end of line is one when the file is read.
    { bom: true, delimiter, record_delimiter: '\r\n', quoted_match: /^\s|\s$|[\r\n]/ }
  );
}
