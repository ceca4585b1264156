/** Result files as streams. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { PlatformError } from '../errors.js';
import { csvLine } from './csv.js';
import type { JobFiles } from './files.js';
import { CHUNK, csvFormat } from './ingest.js';
import type { Job } from './job-store.js';
import { MARK } from './query-run.js';
import { BadCsv, ChunkReader } from './reader.js';

/** Bytes `start` to `end` of a file, `end` not included. */
const slice = (file: string, start: number, end: number): Readable =>
  end > start ? createReadStream(file, { start, end: end - 1, highWaterMark: 1 << 20 }) : Readable.from([]);

async function* joined(...parts: Array<string | Readable>): AsyncGenerator<string | Buffer> {
  for (const part of parts) {
    if (typeof part === 'string') yield part;
    else yield* part as AsyncIterable<Buffer>;
  }
}

/** Header of the uploaded file; none where it cannot be read. */
const uploadHeader = (job: Job, files: JobFiles): string[] => {
  if (!job.uploaded) return [];
  try {
    const reader = new ChunkReader(files.upload(job.id), csvFormat(job), CHUNK);
    reader.close();
    return reader.header;
  } catch (error) {
    if (error instanceof BadCsv) return [];
    throw error;
  }
};

/** `successfulResults` or `failedResults`: only what committed chunks have written. */
export const ingestResults = (job: Job, files: JobFiles, which: 'success' | 'failed'): Readable => {
  const columns = which === 'success' ? ['sf__Id', 'sf__Created'] : ['sf__Id', 'sf__Error'];
  const header = csvLine([...columns, ...uploadHeader(job, files)], csvFormat(job));
  const file = which === 'success' ? files.success(job.id) : files.failed(job.id);
  const bytes = which === 'success' ? job.progress.successBytes : job.progress.failedBytes;
  return Readable.from(joined(header, slice(file, 0, bytes)), { objectMode: false });
};

/** `unprocessedrecords`: the rows behind the last committed chunk, as far as they can be read. */
export const unprocessed = (job: Job, files: JobFiles): Readable => {
  const format = csvFormat(job);
  const header = uploadHeader(job, files);
  function* rows(): Generator<string> {
    yield header.length > 0 ? csvLine(header, format) : '';
    if (header.length === 0 || job.state === 'JobComplete') return;
    const reader = new ChunkReader(files.upload(job.id), format, CHUNK);
    try {
      for (let n = 0, chunk = reader.next(); chunk; n++, chunk = reader.next()) {
        if (n >= job.progress.chunks) yield chunk.map((row) => csvLine(row, format)).join('');
      }
    } catch (error) {
      if (!(error instanceof BadCsv)) throw error;
    } finally {
      reader.close();
    }
  }
  return Readable.from(rows(), { objectMode: false });
};

/** Counts lines of quoted CSV; line ends inside quotes do not count. */
const lineCounter = (rows: number): ((piece: Buffer) => number | undefined) => {
  let quoted = false;
  let left = rows;
  return (piece) => {
    for (let i = 0; i < piece.length; i++) {
      if (piece[i] === 0x22) quoted = !quoted;
      else if (piece[i] === 0x0a && !quoted && --left === 0) return i + 1;
    }
    return undefined;
  };
};

/** Offset behind `rows` more lines from a byte offset. */
const skipRows = async (file: string, start: number, rows: number): Promise<number> => {
  if (rows === 0) return start;
  const count = lineCounter(rows);
  let offset = start;
  for await (const piece of createReadStream(file, { start, highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    const end = count(piece);
    if (end !== undefined) return offset + end;
    offset += piece.length;
  }
  return offset;
};

const offsetOfRow = (job: Job, files: JobFiles, row: number): Promise<number> => {
  const mark = Math.min(Math.floor(row / MARK), job.marks.length - 1);
  return skipRows(files.results(job.id), job.marks[mark]!, row - mark * MARK);
};

/** Locators are the number of the first row, wrapped so that clients do not count on it. */
export const locatorOf = (row: number): string => Buffer.from(String(row)).toString('base64url');

/** @throws PlatformError INVALID_QUERY_LOCATOR. */
export const rowOfLocator = (locator: string | null, rows: number): number => {
  if (locator === null || locator === '') return 0;
  const text = Buffer.from(locator, 'base64url').toString();
  const row = /^\d+$/.test(text) ? Number(text) : -1;
  if (row < 1 || row >= rows) throw new PlatformError('INVALID_QUERY_LOCATOR', `invalid query locator: ${locator}`);
  return row;
};

export type ResultPage = { stream: Readable; count: number; locator: string | null };

/** One page of query results: every page starts with the header. */
export const queryResults = async (job: Job, files: JobFiles, first: number, limit: number): Promise<ResultPage> => {
  const file = files.results(job.id);
  const total = job.progress.processed;
  const last = Math.min(total, first + limit);
  const headerEnd = job.marks[0] ?? 0;
  const start = await offsetOfRow(job, files, first);
  const end = last === total ? Number.MAX_SAFE_INTEGER : await offsetOfRow(job, files, last);
  const stream = Readable.from(joined(slice(file, 0, headerEnd), slice(file, start, end)), { objectMode: false });
  return { stream, count: last - first, locator: last < total ? locatorOf(last) : null };
};
