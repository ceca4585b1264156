/**
 * Reading and writing of CSV where rows come by the million: results of Bulk jobs and the files of runs. What people
 * write is read with csv-parse instead, which is slower and names row and column of a mistake.
 */
import Papa from 'papaparse';

/** Rows of whole lines. Comma, line feed, double quotes: the only form that is asked for and written here. */
function parseLines(lines: string): string[][] {
  const text = lines.endsWith('\n') ? lines.slice(0, -1) : lines;
  return Papa.parse<string[]>(text, { delimiter: ',', newline: '\n', quoteChar: '"' }).data;
}

/** Names of the columns of a CSV text, from its header line. */
export function csvHeader(text: string): string[] {
  const end = text.indexOf('\n');
  return parseLines(end < 0 ? text : text.slice(0, end))[0] ?? [];
}

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

/** Takes pieces of text and gives the rows that they complete, without the header line. */
class BatchReader {
  private begun = false;
  private rest = '';

  public read(piece: string): string[][] {
    this.rest += piece;
    const end = endOfLines(this.rest);
    return end === 0 ? [] : this.parse(this.take(end));
  }

  /** Rows of what is left: a last line need not have a line feed. */
  public end(): string[][] {
    return this.rest === '' ? [] : this.parse(this.take(this.rest.length));
  }

  private take(end: number): string {
    const lines = this.rest.slice(0, end);
    this.rest = this.rest.slice(end);
    return lines;
  }

  private parse(lines: string): string[][] {
    const rows = parseLines(lines);
    if (!this.begun) rows.shift();
    this.begun = true;
    return rows;
  }
}

/** Place behind the last line feed that ends a line, not one within quotes; 0 where there is none. */
function endOfLines(text: string): number {
  if (!text.includes('"')) return text.lastIndexOf('\n') + 1;
  let end = 0;
  let outside = 0;
  for (let opening = text.indexOf('"'); opening >= 0; opening = text.indexOf('"', outside)) {
    const feed = text.lastIndexOf('\n', opening);
    if (feed >= outside) end = feed + 1;
    const closing = text.indexOf('"', opening + 1);
    if (closing < 0) return end;
    outside = closing + 1;
  }
  const feed = text.lastIndexOf('\n');
  return feed >= outside ? feed + 1 : end;
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
