/** Processing of a query job: flat rows from a snapshot into the result file. */
import type { FlatQuery, Session } from '../contracts.js';
import type { Rooms } from '../http/rooms.js';
import { csvLine, type CsvFormat } from './csv.js';
import { Appender, type JobFiles } from './files.js';
import { csvFormat } from './ingest.js';
import type { Job } from './job-store.js';

/** Every so many rows the offset is kept, so that a page can start near its first row. */
export const MARK = 10_000;
const BATCH = 500;

/** Writes the result of one query. A killed server starts it again from the beginning. */
export class QueryRun {
  public rows = 0;
  public readonly marks: number[] = [];
  private readonly query: FlatQuery;
  private readonly iterator: Iterator<ReadonlyArray<string | number | boolean | null>>;
  private readonly out: Appender;
  private readonly format: CsvFormat;

  /** @throws PlatformError where the query is refused. */
  public constructor(rooms: Rooms, job: Job, session: Session, files: JobFiles) {
    this.format = csvFormat(job);
    this.query = rooms.org.queries.flat(job.spec.query!, {
      session,
      all: job.spec.operation === 'queryAll',
      version: job.spec.apiVersion.toFixed(1),
    });
    this.iterator = this.query.rows[Symbol.iterator]();
    this.out = new Appender(files.results(job.id), 0);
    this.out.write(
      csvLine(
        this.query.columns.map((column) => column.header),
        this.format
      )
    );
    this.marks.push(this.out.bytes);
  }

  /** Writes some rows. @returns false at the end. */
  public step(): boolean {
    let text = '';
    for (let i = 0; i < BATCH; i++) {
      const next = this.iterator.next();
      if (next.done) {
        this.out.write(text);
        return false;
      }
      text += csvLine(next.value, this.format);
      this.rows++;
    }
    this.out.write(text);
    if (this.rows % MARK === 0) this.marks.push(this.out.bytes);
    return true;
  }

  public close(): void {
    this.iterator.return?.();
    this.query.close();
    this.out.close();
  }
}
