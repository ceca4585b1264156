/** Reads the ids of a `--file`. All problems are found before anything is asked of the org. */
import { parse, type CsvError } from 'csv-parse';
import { createReadStream } from 'node:fs';
import { to18 } from '../record-id.js';

/** Why the file cannot be used; the key names the message, the details fill it. */
export class IdFileError extends Error {
  public constructor(
    public readonly key: 'fileMissing' | 'fileMalformed' | 'fileNoColumn' | 'fileBadId' | 'fileDuplicate',
    public readonly details: readonly string[]
  ) {
    super(`${key}: ${details.join(' ')}`);
    this.name = 'IdFileError';
  }
}

type Column = { index: number; name: string; header: boolean };

/**
 * Lead ids of a CSV file with an `Id` column, or of a file with one id a line; sorted, 18 characters each.
 * @throws IdFileError
 */
export async function readIdFile(file: string): Promise<string[]> {
  const ids: string[] = [];
  const rows: number[] = [];
  let column: Column | undefined;
  for await (const { record, line } of lines(file)) {
    if (!column) {
      column = columnOf(file, record);
      if (column.header) continue;
    }
    const text = record[column.index]?.trim() ?? '';
    const id = to18(text);
    if (!id?.startsWith('00Q'))
      throw new IdFileError('fileBadId', [file, String(line), column.name, text === '' ? '(empty)' : text]);
    ids.push(id);
    rows.push(line);
  }
  return sortedOnce(file, ids, rows);
}

type Line = { record: string[]; line: number };

async function* lines(file: string): AsyncGenerator<Line> {
  const parser = parse({ bom: true, skip_empty_lines: true, info: true, relax_column_count: false });
  const source = createReadStream(file);
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      yield { record, line: info.lines };
    }
  } catch (error) {
    throw describe(file, error as Error);
  }
}

function describe(file: string, error: Error): Error {
  if (error instanceof IdFileError) return error;
  if ((error as NodeJS.ErrnoException).syscall) return new IdFileError('fileMissing', [file, error.message]);
  const { lines = 0, column = 0, message } = error as CsvError & { lines?: number; column?: number | string };
  const place = typeof column === 'number' ? String(column + 1) : column;
  return new IdFileError('fileMalformed', [
    file,
    String(lines),
    place,
    message.replace(/ on line \d+| at line \d+/, ''),
  ]);
}

function columnOf(file: string, first: readonly string[]): Column {
  const index = first.findIndex((name) => name.trim().toLowerCase() === 'id');
  if (index >= 0) return { index, name: first[index]!, header: true };
  if (first.length > 1) throw new IdFileError('fileNoColumn', [file, first.join(', ')]);
  return { index: 0, name: '1', header: false };
}

function sortedOnce(file: string, ids: readonly string[], rows: readonly number[]): string[] {
  const sorted = [...ids].sort();
  const twice = sorted.find((id, index) => id === sorted[index + 1]);
  if (twice === undefined) return sorted;
  const first = ids.indexOf(twice);
  const second = ids.indexOf(twice, first + 1);
  throw new IdFileError('fileDuplicate', [file, twice, String(rows[first]), String(rows[second])]);
}
