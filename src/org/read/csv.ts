/**
 * Reading and writing of CSV where rows come by the million: results of Bulk jobs and the files of runs. What people
 * write is read with csv-parse instead, which names row and column of a mistake.
 */
import { inferSchema, initParser, type Parser } from 'udsv';

/** Comma, line feed, double quotes: the only form that is asked for and written here. */
const FORM = { col: ',', row: '\n', encl: '"' } as const;

/** Names of the columns of a CSV text, from its header line. */
export function csvHeader(text: string): string[] {
  const end = text.indexOf('\n');
  return parserFor(end < 0 ? text : text.slice(0, end)).schema.cols.map(({ name }) => name);
}

const parserFor = (header: string): Parser => initParser(inferSchema(`${header}\n`, FORM));

/** Text parsed at once where a text lies in memory already: enough to be fast, little enough to be garbage soon. */
const PIECE = 1 << 17;

/** Rows of a CSV text, in batches, so that only a batch of them exists at a time. The header line is left out. */
export function* parseCsvBatches(text: string): Generator<string[][]> {
  const reader = new BatchReader();
  for (let from = 0; from < text.length; from += PIECE) {
    const batch = reader.read(text.slice(from, from + PIECE));
    if (batch.length > 0) yield batch;
  }
  const rest = reader.end();
  if (rest.length > 0) yield rest;
}

/** Rows of CSV text that arrives in pieces, a batch for each piece; the header line is left out. */
export async function* parseCsvStream(pieces: AsyncIterable<string>): AsyncGenerator<string[][]> {
  const reader = new BatchReader();
  for await (const piece of pieces) {
    const batch = reader.read(piece);
    if (batch.length > 0) yield batch;
  }
  const rest = reader.end();
  if (rest.length > 0) yield rest;
}

/** Takes pieces of text and gives the rows that they complete. */
class BatchReader {
  private parser?: Parser;
  private head = '';
  private batch: string[][] = [];

  public read(piece: string): string[][] {
    let text = piece;
    if (!this.parser) {
      text = this.head += piece;
      const end = text.indexOf('\n');
      if (end < 0) return [];
      this.parser = parserFor(text.slice(0, end));
      this.head = '';
    }
    this.parser.chunk<string[]>(text, this.parser.stringArrs, (row) => void this.batch.push(row));
    return this.taken();
  }

  public end(): string[][] {
    this.parser?.end();
    return this.taken();
  }

  private taken(): string[][] {
    const { batch } = this;
    this.batch = [];
    return batch;
  }
}

const SPECIAL = /[",\r\n]/;

/** One value as it stands in a CSV file (RFC 4180). The only way by which a value reaches CSV. */
const field = (value: string): string => (SPECIAL.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** One line of CSV with its line feed. */
export function csvLine(values: readonly string[]): string {
  let line = '';
  for (let index = 0; index < values.length; index++) line += (index > 0 ? ',' : '') + field(values[index]!);
  return `${line}\n`;
}
