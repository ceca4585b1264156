/** The jobs of an org: creating, uploading, changing and deleting them. */
import { createWriteStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Session } from '../contracts.js';
import type { Rooms } from '../http/rooms.js';
import { PlatformError } from '../errors.js';
import { JobFiles } from './files.js';
import { JobStore, type Job, type JobSpec } from './job-store.js';
import { checkDelete, checkTransition, checkUpload, type JobKind } from './state.js';
import { Worker } from './worker.js';

export type BulkOptions = {
  /** Largest upload in bytes; 150 MB on the platform. Lower it to see jobs split. */
  uploadLimit?: number;
  /** Rows of a page of query results where the client names no `maxRecords`. */
  pageRows?: number;
  /** Milliseconds that a job waits in each of its states. */
  delay?: number;
};

export const UPLOAD_LIMIT = 150 * 1024 * 1024;
const PAGE_ROWS = 500_000;

class TooLarge extends Error {}

/** Passes data on up to a limit and swallows the rest, so that a client can finish sending before it is told. */
class Limit extends Transform {
  private bytes = 0;

  public constructor(private readonly limit: number) {
    super();
  }

  public get exceeded(): boolean {
    return this.bytes > this.limit;
  }

  public override _transform(
    data: Buffer,
    _: BufferEncoding,
    done: (error: Error | null, data?: Buffer) => void
  ): void {
    this.bytes += data.length;
    if (this.bytes > 4 * this.limit) done(new TooLarge('upload far beyond the limit'));
    else done(null, this.exceeded ? undefined : data);
  }
}

export class BulkJobs {
  public readonly files: JobFiles;
  public readonly pageRows: number;
  private readonly store: JobStore;
  private readonly worker: Worker;
  private readonly uploadLimit: number;
  /** Jobs whose data is arriving at this moment. */
  private readonly uploading = new Set<string>();

  public constructor(rooms: () => Rooms, org: Rooms['org'], options: BulkOptions = {}) {
    this.files = new JobFiles(join(dirname(org.store.file), 'bulk'));
    this.store = new JobStore(org.store, () => org.clock.stamp());
    this.uploadLimit = options.uploadLimit ?? UPLOAD_LIMIT;
    this.pageRows = options.pageRows ?? PAGE_ROWS;
    this.worker = new Worker(rooms, this.store, this.files, options.delay ?? 0);
  }

  /** Goes on with the jobs that an earlier server did not finish. */
  public resume(): void {
    for (const job of this.store.pending()) this.worker.start(job);
  }

  public create(kind: JobKind, spec: JobSpec, session: Session): Job {
    const job = this.store.create(kind, kind === 'ingest' ? 'Open' : 'UploadComplete', spec);
    if (kind === 'query') this.worker.start(job, session);
    return job;
  }

  /** @throws PlatformError NOT_FOUND. */
  public get(kind: JobKind, id: string): Job {
    return this.store.get(kind, id);
  }

  public list(kind: JobKind, after: number, limit: number): { jobs: Job[]; next?: number } {
    return this.store.list(kind, after, limit);
  }

  /**
   * Takes the data of a job; once. Too much data fails the job.
   * @throws PlatformError INVALIDJOBSTATE, or INVALIDBATCH where the data is too large.
   */
  public async upload(id: string, body: Readable): Promise<void> {
    const job = this.get('ingest', id);
    checkUpload(job.state, job.uploaded || this.uploading.has(id));
    this.uploading.add(id);
    try {
      const limit = new Limit(this.uploadLimit);
      await pipeline(body, limit, createWriteStream(this.files.partial(id), { mode: 0o600 })).catch(
        (error: unknown) => {
          if (!(error instanceof TooLarge)) throw error;
        }
      );
      if (limit.exceeded) this.refuse(id);
      checkUpload(this.get('ingest', id).state, false);
      this.files.accept(id);
      this.store.setUploaded(id);
    } finally {
      this.uploading.delete(id);
    }
  }

  /** @throws PlatformError INVALIDJOBSTATE. */
  public setState(kind: JobKind, id: string, state: unknown, session: Session): Job {
    const job = this.get(kind, id);
    const next = checkTransition(kind, job.state, state);
    if (next === 'UploadComplete' && this.uploading.has(id)) checkUpload(job.state, true);
    this.store.setState(id, next === 'UploadComplete' && !job.uploaded ? 'JobComplete' : next);
    const changed = this.get(kind, id);
    if (changed.state === 'UploadComplete') this.worker.start(changed, session);
    return changed;
  }

  /** @throws PlatformError INVALIDJOBSTATE where the job is not finished. */
  public delete(kind: JobKind, id: string): void {
    checkDelete(this.get(kind, id).state);
    this.store.delete(id);
    this.files.remove(id);
  }

  /** Resolves when no job is being worked on. */
  public idle(): Promise<void> {
    return this.worker.idle();
  }

  public close(): Promise<void> {
    return this.worker.close();
  }

  private refuse(id: string): never {
    const message = `Maximum data size exceeded: an upload may have ${this.uploadLimit} bytes`;
    this.store.setState(id, 'Failed', `ClientInputError : ${message}`);
    throw new PlatformError('INVALIDBATCH', `ClientInputError : ${message}`, 400);
  }
}
