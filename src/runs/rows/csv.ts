/** The CSV files of a run folder: read and written in blocks, so that memory stays flat. */
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { csvLine, parseCsvStream } from '../../org/read/index.js';

const READ_BYTES = 1 << 18;

/**
 * Lines of a CSV file as arrays, without the header, in batches.
 * @param bytes how much of the file counts; all of it where absent
 */
export function readCsv(file: string, bytes?: number): AsyncGenerator<string[][]> {
  const end = bytes === undefined ? undefined : bytes - 1;
  return parseCsvStream(createReadStream(file, { encoding: 'utf8', highWaterMark: READ_BYTES, end }));
}

/** Text kept before it is written. */
const BUFFER_CHARS = 1 << 18;

/** Appends rows to a CSV file. `add` costs no waiting; `flush` has to be called now and then. */
export class CsvWriter {
  private text = '';

  private constructor(private readonly handle: FileHandle) {}

  public static async create(file: string, header: readonly string[]): Promise<CsvWriter> {
    const writer = new CsvWriter(await open(file, 'w', 0o600));
    writer.add(header);
    return writer;
  }

  public add(values: readonly string[]): void {
    this.text += csvLine(values);
  }

  /** Writes what has gathered, once it is worth it. */
  public async flush(least = BUFFER_CHARS): Promise<void> {
    if (this.text.length < least) return;
    const { text } = this;
    this.text = '';
    await this.handle.appendFile(text);
  }

  /** Ends the file; all rows are on disk afterwards. */
  public async close(): Promise<void> {
    await this.flush(1);
    await this.handle.datasync();
    await this.handle.close();
  }

  /** Closes a file that was not finished. After `close` it does nothing. */
  public async [Symbol.asyncDispose](): Promise<void> {
    await this.handle.close().catch(() => undefined);
  }
}
