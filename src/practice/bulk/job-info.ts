/** A job as the REST answers show it. */
import type { Job } from './job-store.js';

export const ingestInfo = (job: Job, version: string): Record<string, unknown> => ({
  id: job.id,
  operation: job.spec.operation,
  object: job.spec.object,
  createdById: job.spec.createdById,
  createdDate: job.spec.createdDate,
  systemModstamp: job.systemModstamp,
  state: job.state,
  externalIdFieldName: job.spec.externalIdFieldName ?? null,
  ...(job.spec.assignmentRuleId === undefined ? {} : { assignmentRuleId: job.spec.assignmentRuleId }),
  concurrencyMode: 'Parallel',
  contentType: 'CSV',
  apiVersion: job.spec.apiVersion,
  ...(job.state === 'Open' ? { contentUrl: `services/data/v${version}/jobs/ingest/${job.id}/batches` } : {}),
  lineEnding: job.spec.lineEnding,
  columnDelimiter: job.spec.columnDelimiter,
});

/** With the counts, as `GET jobs/ingest/{id}` answers. */
export const ingestDetail = (job: Job, version: string): Record<string, unknown> => ({
  ...ingestInfo(job, version),
  jobType: 'V2Ingest',
  retries: 0,
  totalProcessingTime: job.progress.totalTime,
  apiActiveProcessingTime: job.progress.apiTime,
  apexProcessingTime: 0,
  numberRecordsProcessed: job.progress.processed,
  numberRecordsFailed: job.progress.failed,
  isPkChunkingSupported: true,
  ...(job.error === null ? {} : { errorMessage: job.error }),
});

export const queryInfo = (job: Job): Record<string, unknown> => ({
  id: job.id,
  operation: job.spec.operation,
  object: job.spec.object,
  createdById: job.spec.createdById,
  createdDate: job.spec.createdDate,
  systemModstamp: job.systemModstamp,
  state: job.state,
  concurrencyMode: 'Parallel',
  contentType: 'CSV',
  apiVersion: job.spec.apiVersion,
  lineEnding: job.spec.lineEnding,
  columnDelimiter: job.spec.columnDelimiter,
});

export const queryDetail = (job: Job): Record<string, unknown> => ({
  ...queryInfo(job),
  jobType: 'V2Query',
  retries: 0,
  totalProcessingTime: job.progress.totalTime,
  isPkChunkingSupported: true,
  ...(job.state === 'JobComplete' ? { numberRecordsProcessed: job.progress.processed } : {}),
  ...(job.error === null ? {} : { errorMessage: job.error }),
});
