/** Processing of an ingest job: chunks of 200 rows, each one transaction with the record of its being done. */
import type { ObjectDef } from '../catalog/types.js';
import type { InputRecord, SaveOperation, SaveOptions, SaveResult, Session } from '../contracts.js';
import type { Occasion } from '../faults/rules.js';
import type { Rooms } from '../http/rooms.js';
import { commit, saveRecords } from '../http/save.js';
import { quoted } from '../store/identifiers.js';
import { recordBuilder } from './columns.js';
import { csvLine, delimiters, lineEndings, type CsvFormat } from './csv.js';
import { Appender, type JobFiles } from './files.js';
import type { Job, JobProgress } from './job-store.js';
import { ChunkReader } from './reader.js';
import { SLICE } from './slice.js';

export const CHUNK = 200;

/** A fault rule has ordered that the job fails here. */
export class OrderedFailure extends Error {}

const saveOperations: Record<string, SaveOperation> = {
  insert: 'create',
  update: 'update',
  upsert: 'upsert',
  delete: 'delete',
  hardDelete: 'delete',
};

export const csvFormat = (job: Job): CsvFormat => ({
  delimiter: delimiters[job.spec.columnDelimiter]!,
  newline: lineEndings[job.spec.lineEnding]!,
});

/** `CODE:message:fields --`, one after the other. */
export const errorText = ({ errors }: SaveResult): string =>
  errors
    .map(
      ({ statusCode, message, fields }) => `${statusCode}:${message}:${fields.length ? `${fields.join(', ')} ` : ''}--`
    )
    .join(' ');

/** Works on one job, chunk by chunk, from the first chunk that is not committed. */
export class IngestRun {
  private readonly reader: ChunkReader;
  private readonly build: (row: string[]) => InputRecord;
  private readonly success: Appender;
  private readonly failed: Appender;
  private readonly format: CsvFormat;
  private readonly idColumn: number;
  private readonly progress: JobProgress;

  /** @throws BadCsv where header or line ending refuse the whole file. */
  public constructor(
    private readonly rooms: Rooms,
    private readonly job: Job,
    private readonly def: ObjectDef,
    private readonly session: Session,
    files: JobFiles,
    private readonly saveProgress: (progress: JobProgress) => void
  ) {
    this.format = csvFormat(job);
    this.progress = { ...job.progress };
    this.reader = new ChunkReader(files.upload(job.id), this.format, CHUNK);
    this.build = recordBuilder(session.view(def), this.reader.header);
    this.idColumn = this.reader.header.findIndex((name) => name.toLowerCase() === 'id');
    this.success = new Appender(files.success(job.id), this.progress.successBytes);
    this.failed = new Appender(files.failed(job.id), this.progress.failedBytes);
    for (let skipped = 0; skipped < this.progress.chunks; skipped++) this.reader.next();
  }

  /**
   * Does the chunks of one slice, or one chunk.
   * @returns false at the end of the file.
   * @throws BadCsv, OrderedFailure, or PlatformError where the object refuses the operation.
   */
  public step(): boolean {
    const occasion: Occasion = {
      method: 'CHUNK',
      path: `/jobs/ingest/${this.job.spec.object}/${this.job.spec.operation}`,
      object: this.def.name,
    };
    // Chunks of a slice share one commit, which is much cheaper. Fault rules count chunks, so then each has its own.
    return this.rooms.faults.armed ? this.chunk(occasion) : this.slice(occasion);
  }

  public close(): void {
    this.reader.close();
    this.success.close();
    this.failed.close();
  }

  /** A chunk that fails takes none of those before it along: they are committed, then the failure goes on. */
  private slice(occasion: Occasion): boolean {
    const end = performance.now() + SLICE;
    let failure: { error: unknown } | undefined;
    let more = true;
    commit(this.rooms, occasion, () => {
      try {
        while (more && performance.now() < end) more = this.chunk(occasion);
      } catch (error) {
        failure = { error };
      }
    });
    if (failure) throw failure.error;
    return more;
  }

  private chunk(occasion: Occasion): boolean {
    const started = performance.now();
    const rows = this.reader.next();
    if (!rows) return false;
    if (this.rooms.faults.take('chunk', occasion).length > 0) {
      throw new OrderedFailure('InternalServerError : Unknown error, the job was ended by a fault rule');
    }
    const before = { ...this.progress };
    try {
      commit(this.rooms, occasion, () => {
        const records = rows.map(this.build);
        const saved = performance.now();
        const operation = saveOperations[this.job.spec.operation]!;
        const results = saveRecords(this.rooms, occasion, operation, this.def.name, records, this.options());
        if (this.job.spec.operation === 'hardDelete') this.purge(results);
        this.progress.apiTime += performance.now() - saved;
        this.writeResults(rows, results);
        this.count(rows.length, performance.now() - started);
      });
    } catch (error) {
      Object.assign(this.progress, before);
      throw error;
    }
    return true;
  }

  private options(): SaveOptions {
    const { assignmentRuleId, externalIdFieldName } = this.job.spec;
    return {
      session: this.session,
      assignment: assignmentRuleId === undefined ? 'none' : { ruleId: assignmentRuleId },
      externalIdField: externalIdFieldName,
      source: 'bulk',
    };
  }

  /** Result lines go out before the commit that counts them: a kill in between leaves a tail that is cut off later. */
  private writeResults(rows: string[][], results: SaveResult[]): void {
    let success = '';
    let failed = '';
    for (let i = 0; i < rows.length; i++) {
      const result = results[i]!;
      if (result.success) {
        success += csvLine([result.id, result.created ? 'true' : 'false', ...rows[i]!], this.format);
      } else {
        const id = result.id ?? (this.idColumn < 0 ? '' : rows[i]![this.idColumn]!);
        failed += csvLine([id, errorText(result), ...rows[i]!], this.format);
        this.progress.failed++;
      }
    }
    this.success.write(success);
    this.failed.write(failed);
  }

  private count(rows: number, time: number): void {
    this.progress.chunks++;
    this.progress.processed += rows;
    this.progress.totalTime += time;
    this.progress.successBytes = this.success.bytes;
    this.progress.failedBytes = this.failed.bytes;
    this.saveProgress(this.progress);
  }

  /** Takes deleted rows out of the recycle bin too. */
  private purge(results: SaveResult[]): void {
    const statement = this.rooms.org.store.sql(`DELETE FROM ${quoted(this.def.name)} WHERE "Id" = ?`);
    for (const result of results) if (result.success) statement.run(result.id);
  }
}
