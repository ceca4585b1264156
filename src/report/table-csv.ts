/** Any table as CSV for a spreadsheet. Cells that a spreadsheet would run as a formula are made harmless. */
import { writeFile } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';

export type Cell = string | number | undefined;

/** Text of the file; what is not known is empty. */
export function tableCsv(columns: readonly string[], rows: ReadonlyArray<readonly Cell[]>): string {
  return stringify([columns, ...rows], { escape_formulas: true });
}

export async function writeTableCsv(
  file: string,
  columns: readonly string[],
  rows: ReadonlyArray<readonly Cell[]>
): Promise<void> {
  await writeFile(file, tableCsv(columns, rows), { mode: 0o600 });
}
