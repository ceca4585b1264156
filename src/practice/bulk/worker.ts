import { setTimeout as pause } from 'node:timers/promises';
import type { Session } from '../contracts.js';
import { PlatformError } from '../errors.js';
import type { Rooms } from '../http/rooms.js';
import { commit } from '../http/save.js';
import type { JobFiles } from './files.js';
import { IngestRun } from './ingest.js';
import type { Job, JobStore } from './job-store.js';
import { QueryRun } from './query-run.js';
import { Slices } from './slice.js';
import { isPending } from './state.js';

type Run = { step(): boolean; close(): void };

/** Carries out jobs beside the requests; several take turns. */
export class Worker {
  private readonly running = new Map<string, Promise<void>>();
  private closed = false;

  public constructor(
    /** Rooms hold the jobs and the jobs need the rooms, so they are looked up when work starts. */
    private readonly rooms: () => Rooms,
    private readonly jobs: JobStore,
    private readonly files: JobFiles,
    /** Time that a job stays in UploadComplete, and again at least in InProgress, in milliseconds. */
    private readonly delay: number
  ) {}

  /** Starts a job, or goes on with one that a killed server left. */
  public start(job: Job, session?: Session): void {
    const work = this.work(job, session)
      .catch((error: unknown) => this.fail(job.id, error))
      .finally(() => this.running.delete(job.id));
    this.running.set(job.id, work);
  }

  /** Resolves when no job is being worked on. */
  public async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running.values());
  }

  /** Stops after the chunk at hand; the jobs go on at the next start. */
  public async close(): Promise<void> {
    this.closed = true;
    await this.idle();
  }

  private async work(job: Job, known?: Session): Promise<void> {
    await pause(this.delay);
    if (!this.goesOn(job.id)) return;
    this.jobs.setState(job.id, 'InProgress');
    await pause(this.delay);
    if (!this.goesOn(job.id)) return;
    const session = known ?? this.rooms().org.access.open(job.spec.createdById);
    if (job.kind === 'query') await this.query(job, session);
    else await this.ingest(job, session);
  }

  private async ingest(job: Job, session: Session): Promise<void> {
    const def = this.rooms().org.catalog.require(job.spec.object);
    const save = (progress: Job['progress']): void => this.jobs.setProgress(job.id, progress);
    const run = new IngestRun(this.rooms(), job, def, session, this.files, save);
    // Writers wait for rows that Apex holds; what is held still then is refused row by row.
    const done = await this.loop(job.id, run, () => this.rooms().org.tools.locks.quiet());
    if (done) this.finish(job, () => this.jobs.setState(job.id, 'JobComplete'));
  }

  private async query(job: Job, session: Session): Promise<void> {
    const started = performance.now();
    const run = new QueryRun(this.rooms(), job, session, this.files);
    if (!(await this.loop(job.id, run))) return;
    this.finish(job, () => {
      this.jobs.setMarks(job.id, run.marks);
      this.jobs.setProgress(job.id, { ...job.progress, processed: run.rows, totalTime: performance.now() - started });
      this.jobs.setState(job.id, 'JobComplete');
    });
  }

  private finish(job: Job, work: () => void): void {
    commit(this.rooms(), { method: 'JOB', path: `/jobs/${job.kind}/${job.spec.object}/${job.spec.operation}` }, work);
  }

  /** Steps to the end; false where the job was aborted or the server is closing. */
  private async loop(id: string, run: Run, ready?: () => Promise<unknown>): Promise<boolean> {
    const slices = new Slices();
    try {
      await ready?.();
      while (run.step()) {
        if ((await slices.breathe()) && !this.goesOn(id)) return false;
        await ready?.();
      }
      return this.goesOn(id);
    } finally {
      run.close();
    }
  }

  private goesOn(id: string): boolean {
    if (this.closed) return false;
    const state = this.jobs.state(id);
    return state !== undefined && isPending(state);
  }

  private fail(id: string, error: unknown): void {
    if (this.closed || !this.rooms().org.store.db.isOpen) return;
    const message = error instanceof Error ? error.message : String(error);
    this.jobs.setState(id, 'Failed', error instanceof PlatformError ? `InvalidBatch : ${message}` : message);
  }
}
