import type { Store } from '../contracts.js';
import { PlatformError } from '../errors.js';
import type { JobKind, JobState } from './state.js';

/** What a job was created with; never changes. */
export type JobSpec = {
  operation: string;
  object: string;
  columnDelimiter: string;
  lineEnding: string;
  apiVersion: number;
  createdById: string;
  createdDate: string;
  externalIdFieldName?: string;
  assignmentRuleId?: string;
  query?: string;
};

/** How far a job is. Written in the transaction of the chunk it counts. */
export type JobProgress = {
  /** Chunks that are committed. */
  chunks: number;
  processed: number;
  failed: number;
  /** Bytes of the result files that belong to committed chunks; anything behind is cut off on restart. */
  successBytes: number;
  failedBytes: number;
  totalTime: number;
  apiTime: number;
};

export type Job = {
  id: string;
  kind: JobKind;
  state: JobState;
  uploaded: boolean;
  error: string | null;
  systemModstamp: string;
  spec: JobSpec;
  progress: JobProgress;
  /** Query results: byte offset of every so many rows. */
  marks: number[];
};

const TABLE = `CREATE TABLE IF NOT EXISTS practice_bulk_job (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
  uploaded INTEGER NOT NULL DEFAULT 0, error TEXT, modstamp TEXT NOT NULL, spec TEXT NOT NULL,
  chunks INTEGER NOT NULL DEFAULT 0, processed INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
  success_bytes INTEGER NOT NULL DEFAULT 0, failed_bytes INTEGER NOT NULL DEFAULT 0,
  total_ms INTEGER NOT NULL DEFAULT 0, api_ms INTEGER NOT NULL DEFAULT 0, marks TEXT NOT NULL DEFAULT '[]')`;

type Stored = {
  seq: number;
  id: string;
  kind: JobKind;
  state: JobState;
  uploaded: number;
  error: string | null;
  modstamp: string;
  spec: string;
  chunks: number;
  processed: number;
  failed: number;
  success_bytes: number;
  failed_bytes: number;
  total_ms: number;
  api_ms: number;
  marks: string;
};

const toJob = (row: Stored): Job => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  uploaded: row.uploaded === 1,
  error: row.error,
  systemModstamp: row.modstamp,
  spec: JSON.parse(row.spec) as JobSpec,
  progress: {
    chunks: row.chunks,
    processed: row.processed,
    failed: row.failed,
    successBytes: row.success_bytes,
    failedBytes: row.failed_bytes,
    totalTime: row.total_ms,
    apiTime: row.api_ms,
  },
  marks: JSON.parse(row.marks) as number[],
});

/** Bulk jobs in the org's file, so that they outlive the server. */
export class JobStore {
  public constructor(
    private readonly store: Store,
    private readonly stamp: () => string
  ) {
    store.db.exec(TABLE);
  }

  public create(kind: JobKind, state: JobState, spec: JobSpec): Job {
    const id = this.store.nextId('750');
    this.store
      .sql('INSERT INTO practice_bulk_job (id, kind, state, modstamp, spec) VALUES (?, ?, ?, ?, ?)')
      .run(id, kind, state, this.stamp(), JSON.stringify(spec));
    return this.get(kind, id);
  }

  /** @throws PlatformError INVALIDJOB (404) where there is no such job. */
  public get(kind: JobKind, id: string): Job {
    const row = this.store.sql('SELECT * FROM practice_bulk_job WHERE id = ? AND kind = ?').get(id, kind);
    if (!row) throw new PlatformError('NOT_FOUND', `The requested resource does not exist: job ${id}`, 404);
    return toJob(row as unknown as Stored);
  }

  public state(id: string): JobState | undefined {
    const row = this.store.sql('SELECT state FROM practice_bulk_job WHERE id = ?').get(id);
    return row?.state as JobState | undefined;
  }

  /** Jobs from a position, newest last, and the position behind them. */
  public list(kind: JobKind, after: number, limit: number): { jobs: Job[]; next?: number } {
    const text = 'SELECT * FROM practice_bulk_job WHERE kind = ? AND seq > ? ORDER BY seq LIMIT ?';
    const rows = this.store.sql(text).all(kind, after, limit + 1) as unknown as Stored[];
    const page = rows.slice(0, limit);
    return { jobs: page.map(toJob), next: rows.length > limit ? page.at(-1)!.seq : undefined };
  }

  /** Jobs that the worker has to go on with after a restart. */
  public pending(): Job[] {
    const text = "SELECT * FROM practice_bulk_job WHERE state IN ('UploadComplete', 'InProgress') ORDER BY seq";
    return (this.store.sql(text).all() as unknown as Stored[]).map(toJob);
  }

  public setState(id: string, state: JobState, error: string | null = null): void {
    this.store
      .sql('UPDATE practice_bulk_job SET state = ?, error = ?, modstamp = ? WHERE id = ?')
      .run(state, error, this.stamp(), id);
  }

  public setUploaded(id: string): void {
    this.store.sql('UPDATE practice_bulk_job SET uploaded = 1, modstamp = ? WHERE id = ?').run(this.stamp(), id);
  }

  public setProgress(id: string, p: JobProgress): void {
    this.store
      .sql(
        'UPDATE practice_bulk_job SET chunks = ?, processed = ?, failed = ?, success_bytes = ?, failed_bytes = ?, ' +
          'total_ms = ?, api_ms = ? WHERE id = ?'
      )
      .run(
        p.chunks,
        p.processed,
        p.failed,
        p.successBytes,
        p.failedBytes,
        Math.round(p.totalTime),
        Math.round(p.apiTime),
        id
      );
  }

  public setMarks(id: string, marks: number[]): void {
    this.store.sql('UPDATE practice_bulk_job SET marks = ? WHERE id = ?').run(JSON.stringify(marks), id);
  }

  public delete(id: string): void {
    this.store.sql('DELETE FROM practice_bulk_job WHERE id = ?').run(id);
  }
}
