import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  PartnerCsvError,
  readPartnerCsv,
  type ColumnSpec,
  type PartnerCsv,
  type PartnerRow,
} from '../../../src/partners/csv/index.js';

/** Columns as a command would name them. */
export const COLUMNS: readonly ColumnSpec[] = [
  { key: 'name', names: ['Account Name', 'Name', 'Firma'], required: true },
  { key: 'manager', names: ['Channel Manager', 'Owner'] },
  { key: 'city', names: ['City', 'Billing City'] },
];

export const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'partners-csv-'));

/** A file in a folder of its own. */
export async function fileOf(content: string | Uint8Array): Promise<string> {
  const file = join(await newFolder(), 'partners.csv');
  await writeFile(file, content);
  return file;
}

export const read = async (
  content: string | Uint8Array,
  columns: readonly ColumnSpec[] = COLUMNS,
  options: { encoding?: string } = {}
): Promise<PartnerCsv> => readPartnerCsv(await fileOf(content), columns, options);

/** The error of a file that cannot be used; without its path, which differs each time. */
export async function refusal(
  content: string | Uint8Array,
  options: { encoding?: string } = {}
): Promise<{ key: string; line: number | undefined; details: readonly string[] }> {
  try {
    await read(content, COLUMNS, options);
  } catch (error) {
    if (!(error instanceof PartnerCsvError)) throw error;
    return { key: error.key, line: error.line, details: error.details };
  }
  throw new Error('The file was read');
}

/** What rows say, short enough to compare. */
export const said = ({ rows }: { rows: readonly PartnerRow[] }): Array<Array<string | number | undefined>> =>
  rows.map(({ line, value }) => [line, value('name'), value('manager'), value('city')]);
