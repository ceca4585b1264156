/** Reads uploaded CSV row by row with papaparse, without ever holding more than a piece of the file. */
import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import Papa from 'papaparse';
import type { CsvFormat } from './csv.js';

/** CSV that the platform would not take. The message is the job's errorMessage. */
export class BadCsv extends Error {}

const PIECE = 1 << 20;
/** A record has at most 400,000 characters (platform-facts H); anything far longer is a quote that never closes. */
const LONGEST_ROW = 1_000_000;

type Parsed = { data: string[][]; errors: Array<{ row?: number; message: string }>; meta: { cursor: number } };

/** Rows of one piece, and how much of it they took. */
const parsePiece = (
  parser: Papa.Parser,
  text: string,
  last: boolean,
  before: number
): { rows: string[][]; rest: string } => {
  const { data, errors, meta } = parser.parse(text, 0, !last) as Parsed;
  // An error in the unfinished last row says nothing: the rest of the row is in the next piece.
  const error = errors.find(({ row }) => last || (row ?? 0) < data.length);
  if (error)
    throw new BadCsv(`InvalidBatch : Failed to parse CSV near record ${before + (error.row ?? 0)}: ${error.message}`);
  return { rows: data, rest: last ? '' : text.slice(meta.cursor) };
};

/**
 * All rows of a file, in pieces of whole rows; the header is the first of them. Blank lines are left out.
 * @throws BadCsv at the first row that cannot be read.
 */
export function* readRows(file: string, format: CsvFormat, pieceSize = PIECE): Generator<string[][]> {
  const fd = openSync(file, 'r');
  try {
    const parser = new Papa.Parser({ delimiter: format.delimiter, newline: format.newline as '\n' | '\r\n' });
    const decoder = new StringDecoder('utf8');
    const buffer = Buffer.allocUnsafe(pieceSize);
    let rest = '';
    let count = 0;
    for (let size = -1; size !== 0;) {
      size = readSync(fd, buffer, 0, pieceSize, null);
      let text = rest + (size === 0 ? decoder.end() : decoder.write(buffer.subarray(0, size)));
      if (count === 0 && text.startsWith('\uFEFF')) text = text.slice(1);
      if (size === 0 && text === '') return;
      const parsed = parsePiece(parser, text, size === 0, count);
      rest = parsed.rest;
      if (rest.length > Math.max(LONGEST_ROW, pieceSize)) {
        throw new BadCsv(`InvalidBatch : Failed to parse CSV near record ${count}: Quoted field unterminated`);
      }
      const rows = parsed.rows.filter((row) => row.length > 1 || row[0] !== '');
      count += rows.length;
      if (rows.length > 0) yield rows;
    }
  } finally {
    closeSync(fd);
  }
}

/** Header and chunks of a file: `size` rows each, every row as long as the header. */
export class ChunkReader {
  public readonly header: string[];
  private readonly pieces: Generator<string[][]>;
  private piece: string[][] = [];
  private position = 0;
  private count = 0;

  /** @throws BadCsv where the file has no header, or its line ending is not the declared one. */
  public constructor(
    file: string,
    format: CsvFormat,
    private readonly size: number
  ) {
    checkLineEnding(file, format);
    this.pieces = readRows(file, format);
    const header = this.row();
    if (!header) throw new BadCsv('InvalidBatch : The file has no header row');
    this.header = header.map((name) => name.trim());
  }

  /**
   * The next rows, or undefined at the end.
   * @throws BadCsv where a row has more or fewer columns than the header.
   */
  public next(): string[][] | undefined {
    const rows: string[][] = [];
    while (rows.length < this.size) {
      const row = this.row();
      if (!row) break;
      this.count++;
      if (row.length !== this.header.length) {
        const numbers = `${row.length} columns in record ${this.count}, expected ${this.header.length}`;
        throw new BadCsv(`InvalidBatch : The number of columns differs from the header: ${numbers}`);
      }
      rows.push(row);
    }
    return rows.length > 0 ? rows : undefined;
  }

  public close(): void {
    this.pieces.return(undefined);
  }

  private row(): string[] | undefined {
    if (this.position >= this.piece.length) {
      const next = this.pieces.next();
      if (next.done) return undefined;
      this.piece = next.value;
      this.position = 0;
    }
    return this.piece[this.position++];
  }
}

const HEAD = 64 * 1024;

/** The first line tells which line ending a file has. */
const checkLineEnding = (file: string, { newline }: CsvFormat): void => {
  const fd = openSync(file, 'r');
  const head = Buffer.alloc(HEAD);
  const size = readSync(fd, head, 0, HEAD, 0);
  closeSync(fd);
  const end = head.subarray(0, size).indexOf('\n');
  if (end < 0 || (head[end - 1] === 0x0d) === (newline === '\r\n')) return;
  const name = newline === '\n' ? 'LF' : 'CRLF';
  throw new BadCsv(`ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${name}`);
};
