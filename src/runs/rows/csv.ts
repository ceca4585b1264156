/** Reading and writing the CSV files of a run folder. Nothing else formats or parses them. */
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** Values of one line as CSV text with its line feed. */
export const csvLines = (rows: ReadonlyArray<readonly string[]>): string =>
  rows.length === 0 ? '' : stringify(rows as string[][]);

/** Lines of a CSV file as arrays, without the header. Memory stays flat. */
export async function* readCsv(file: string): AsyncGenerator<string[]> {
  const parser = createReadStream(file, { highWaterMark: 1 << 18 }).pipe(parse({ from_line: 2 }));
  for await (const row of parser) yield row as string[];
}

const BUFFER_ROWS = 5000;

/** Appends rows to a CSV file in blocks. */
export class CsvWriter {
  private rows: string[][] = [];
  private written = 0;

  private constructor(private readonly handle: FileHandle) {}

  public static async create(file: string, header: readonly string[]): Promise<CsvWriter> {
    const writer = new CsvWriter(await open(file, 'w', 0o600));
    await writer.write([...header]);
    return writer;
  }

  /** Bytes in the file, once flushed. */
  public get bytes(): number {
    return this.written;
  }

  public async write(row: string[]): Promise<void> {
    this.rows.push(row);
    if (this.rows.length >= BUFFER_ROWS) await this.flush();
  }

  /** Ends the file; all rows are on disk afterwards. */
  public async close(): Promise<void> {
    await this.flush();
    await this.handle.datasync();
    await this.handle.close();
  }

  /** Closes a file that was not finished. After `close` it does nothing. */
  public async [Symbol.asyncDispose](): Promise<void> {
    await this.handle.close().catch(() => undefined);
  }

  private async flush(): Promise<void> {
    const block = Buffer.from(csvLines(this.rows));
    this.rows = [];
    await this.handle.write(block);
    this.written += block.length;
  }
}
