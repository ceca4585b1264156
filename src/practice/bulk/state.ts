/** States of Bulk API 2.0 jobs and the ways between them. Pure. */
import { PlatformError } from '../errors.js';

export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';
export type JobKind = 'ingest' | 'query';

const finished: readonly JobState[] = ['JobComplete', 'Failed', 'Aborted'];

/** Whether nothing will change a job any more; only then it may be deleted. */
export const isFinished = (state: JobState): boolean => finished.includes(state);

/** Whether the worker still has something to do. */
export const isPending = (state: JobState): boolean => state === 'UploadComplete' || state === 'InProgress';

const invalid = (message: string): PlatformError =>
  new PlatformError('INVALIDJOBSTATE', `InvalidJobState : ${message}`);

/**
 * Checks what a client asks for by PATCH: closing the upload of an open ingest job, or aborting one that runs.
 * @throws PlatformError INVALIDJOBSTATE.
 */
export const checkTransition = (kind: JobKind, from: JobState, to: unknown): 'UploadComplete' | 'Aborted' => {
  if (to === 'UploadComplete' && kind === 'ingest' && from === 'Open') return to;
  if (to === 'Aborted' && !isFinished(from)) return to;
  if (to === 'UploadComplete' || to === 'Aborted') throw invalid(`Job in state ${from} cannot be set to ${to}`);
  throw invalid(`${String(to)} is not a state that a job can be set to`);
};

/** @throws PlatformError INVALIDJOBSTATE where data may not be uploaded: not open, or uploaded before. */
export const checkUpload = (state: JobState, uploaded: boolean): void => {
  if (state !== 'Open') throw invalid(`Data cannot be uploaded to a job in state ${state}`);
  if (uploaded) throw invalid('Data was uploaded to this job before; a job takes one upload');
};

/** @throws PlatformError INVALIDJOBSTATE where a job is not finished. */
export const checkDelete = (state: JobState): void => {
  if (!isFinished(state)) throw invalid(`A job in state ${state} cannot be deleted`);
};

/** @throws PlatformError INVALIDJOBSTATE where there are no results yet. */
export const checkResults = (state: JobState): void => {
  if (!isFinished(state)) throw invalid(`Results of a job in state ${state} are not available`);
};
