import { closeSync, createReadStream, existsSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** One answered request. Neither tokens nor bodies are kept. */
export type RequestEntry = {
  n: number;
  time: string;
  method: string;
  path: string;
  query: string;
  status: number;
  /** Milliseconds from arrival to the last byte of the reply. */
  duration: number;
  /** Username of the session, where there was one. */
  user?: string;
  /** Bytes of the request body. */
  bytes: number;
  /** Kind of the fault that hit the request. */
  fault?: string;
};

const RECENT = 5000;
const TAIL = 64 * 1024;

/** Number of the last line of an existing log, so that numbers go on rising after a restart. */
const lastNumber = (file: string): number => {
  if (!existsSync(file)) return 0;
  const fd = openSync(file, 'r');
  try {
    const size = fstatSync(fd).size;
    const buffer = Buffer.alloc(Math.min(size, TAIL));
    readSync(fd, buffer, 0, buffer.length, size - buffer.length);
    // Lines are in order of completion, so the greatest number is the one that counts.
    const numbers = [...buffer.toString('utf8').matchAll(/^\{"n":(\d+),/gm)].map((match) => Number(match[1]));
    return Math.max(0, ...numbers);
  } finally {
    closeSync(fd);
  }
};

/** Numbers every request and appends what came of it to an NDJSON file. Without a file only the last ones are kept. */
export class RequestLog {
  private readonly recent: RequestEntry[] = [];
  private readonly fd?: number;
  private last = 0;
  private closed = false;

  public constructor(private readonly file?: string) {
    if (file === undefined) return;
    this.last = lastNumber(file);
    this.fd = openSync(file, 'a', 0o600);
  }

  /** Number of the last request. */
  public get count(): number {
    return this.last;
  }

  /** Number for a request that has just arrived. */
  public next(): number {
    return ++this.last;
  }

  /** Appends at once, so that a killed server has not lost the requests it answered. */
  public append(entry: RequestEntry): void {
    if (this.closed) return;
    if (this.fd !== undefined) writeSync(this.fd, `${JSON.stringify(entry)}\n`);
    this.recent.push(entry);
    if (this.recent.length > 2 * RECENT) this.recent.splice(0, RECENT);
  }

  /** Entries with a number of at least `from`, by number, at most `limit`. */
  public async read(from = 1, limit = 1000): Promise<RequestEntry[]> {
    const source = this.file === undefined ? this.recent : await this.fromFile(from);
    return source
      .filter((entry) => entry.n >= from)
      .sort((a, b) => a.n - b.n)
      .slice(0, limit);
  }

  public close(): void {
    if (this.fd !== undefined && !this.closed) closeSync(this.fd);
    this.closed = true;
  }

  private async fromFile(from: number): Promise<RequestEntry[]> {
    const oldest = this.recent[0]?.n;
    if (oldest !== undefined && oldest <= from) return [...this.recent];
    const entries: RequestEntry[] = [];
    for await (const line of createInterface({ input: createReadStream(this.file!) })) {
      const entry = JSON.parse(line) as RequestEntry;
      if (entry.n >= from) entries.push(entry);
    }
    return entries;
  }
}
