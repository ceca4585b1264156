/** Bulk API 2.0 resources under `jobs/`. */
import { Readable } from 'node:stream';
import { noContent, ok, type Call, type Reply } from '../http/call.js';
import { PlatformError } from '../errors.js';
import type { Router } from '../rest/router.js';
import { to18 } from '../store/ids.js';
import { ingestDetail, ingestInfo, queryDetail, queryInfo } from './job-info.js';
import type { Job } from './job-store.js';
import { ingestResults, queryResults, rowOfLocator, unprocessed } from './results.js';
import { ingestSpec, querySpec } from './spec.js';
import { checkResults, type JobKind } from './state.js';

const PAGE = 1000;
const csvHeaders = { 'content-type': 'text/csv' };

/** Portal users cannot use Bulk (platform-facts H). */
const internalOnly =
  (handler: (call: Call) => Reply | Promise<Reply>) =>
  (call: Call): Reply | Promise<Reply> => {
    if (call.session.user.UserType === 'Standard') return handler(call);
    throw new PlatformError('INSUFFICIENT_ACCESS', 'This feature is not enabled for this user type: Bulk API', 403);
  };

const jobOf = (call: Call, kind: JobKind): Job => call.rooms.bulk.get(kind, to18(call.param('id')));

const info = (call: Call, job: Job): Record<string, unknown> =>
  job.kind === 'ingest' ? ingestInfo(job, call.version) : queryInfo(job);

const detail = (call: Call, job: Job): Record<string, unknown> =>
  job.kind === 'ingest' ? ingestDetail(job, call.version) : queryDetail(job);

/** @throws PlatformError LIMIT_EXCEEDED where the day's query jobs are used up (platform-facts H). */
const countQueryJob = ({ org }: Call): void => {
  if (org.limits.remaining('DailyBulkV2QueryJobs') <= 0) {
    throw new PlatformError('LIMIT_EXCEEDED', 'Max bulk v2 query jobs exceeded for the last 24 hours', 400);
  }
  org.limits.use('DailyBulkV2QueryJobs', 1);
};

const create =
  (kind: JobKind) =>
  (call: Call): Reply => {
    if (/^multipart\//i.test(call.headers['content-type'] ?? '')) {
      throw new PlatformError('NOT_FOUND', 'Multipart job creation is not supported by the practice org', 404);
    }
    const spec = kind === 'ingest' ? ingestSpec(call) : querySpec(call);
    if (kind === 'query') countQueryJob(call);
    return ok(info(call, call.rooms.bulk.create(kind, spec, call.session)));
  };

const list =
  (kind: JobKind) =>
  (call: Call): Reply => {
    const locator = call.query.get('queryLocator') ?? '0';
    if (!/^\d+$/.test(locator)) throw new PlatformError('INVALID_QUERY_LOCATOR', `invalid query locator: ${locator}`);
    const { jobs, next } = call.rooms.bulk.list(kind, Number(locator), PAGE);
    const jobType = call.query.get('jobType');
    const wanted = jobType === null || jobType === (kind === 'ingest' ? 'V2Ingest' : 'V2Query');
    const matches =
      wanted && call.query.get('isPkChunkingEnabled') !== 'true' && call.query.get('concurrencyMode') !== 'serial';
    const jobKind = kind === 'ingest' ? 'V2Ingest' : 'V2Query';
    const records = matches ? jobs.map((job) => ({ ...info(call, job), jobType: jobKind })) : [];
    const nextRecordsUrl = next === undefined ? null : `${call.base}/jobs/${kind}?queryLocator=${next}`;
    return ok({ done: next === undefined, records, nextRecordsUrl });
  };

const get =
  (kind: JobKind) =>
  (call: Call): Reply =>
    ok(detail(call, jobOf(call, kind)));

const patch =
  (kind: JobKind) =>
  (call: Call): Reply => {
    const { id } = jobOf(call, kind);
    return ok(info(call, call.rooms.bulk.setState(kind, id, call.json().state, call.session)));
  };

const remove =
  (kind: JobKind) =>
  (call: Call): Reply => {
    call.rooms.bulk.delete(kind, jobOf(call, kind).id);
    return noContent;
  };

const upload = async (call: Call): Promise<Reply> => {
  if (!/^text\/csv\b/i.test(call.headers['content-type'] ?? '')) {
    throw new PlatformError('UNSUPPORTED_MEDIA_TYPE', 'The content type of job data must be text/csv', 415);
  }
  const body = call.body instanceof Readable ? call.body : Readable.from([]);
  await call.rooms.bulk.upload(jobOf(call, 'ingest').id, body);
  return { status: 201 };
};

const results =
  (which: 'success' | 'failed' | 'unprocessed') =>
  (call: Call): Reply => {
    const job = jobOf(call, 'ingest');
    checkResults(job.state);
    const { files } = call.rooms.bulk;
    const stream = which === 'unprocessed' ? unprocessed(job, files) : ingestResults(job, files, which);
    return { status: 200, headers: csvHeaders, stream };
  };

const pageSize = (call: Call): number => {
  const text = call.query.get('maxRecords');
  if (text === null) return call.rooms.bulk.pageRows;
  if (!/^[1-9]\d*$/.test(text))
    throw new PlatformError('INVALIDJOB', `InvalidJob : maxRecords must be a positive number: ${text}`);
  return Number(text);
};

const pages = async (call: Call): Promise<Reply> => {
  const job = jobOf(call, 'query');
  checkResults(job.state);
  if (job.state !== 'JobComplete') {
    throw new PlatformError(
      'INVALIDJOBSTATE',
      `InvalidJobState : Results of a job in state ${job.state} are not available`
    );
  }
  const first = rowOfLocator(call.query.get('locator'), job.progress.processed);
  const { stream, count, locator } = await queryResults(job, call.rooms.bulk.files, first, pageSize(call));
  const headers = { ...csvHeaders, 'sforce-locator': locator ?? 'null', 'sforce-numberofrecords': String(count) };
  return { status: 200, headers, stream };
};

/** Registers the Bulk resources. None of them may be a part of a composite request. */
export const bulkRoutes = (router: Router): Router => {
  const apart = { composable: false };
  for (const kind of ['ingest', 'query'] as const) {
    router
      .add(`jobs/${kind}`, { GET: internalOnly(list(kind)), POST: internalOnly(create(kind)) }, apart)
      .add(
        `jobs/${kind}/:id`,
        { GET: internalOnly(get(kind)), PATCH: internalOnly(patch(kind)), DELETE: internalOnly(remove(kind)) },
        apart
      );
  }
  return router
    .add('jobs/ingest/:id/batches', { PUT: internalOnly(upload) }, apart)
    .add('jobs/ingest/:id/successfulResults', { GET: internalOnly(results('success')) }, apart)
    .add('jobs/ingest/:id/failedResults', { GET: internalOnly(results('failed')) }, apart)
    .add('jobs/ingest/:id/unprocessedrecords', { GET: internalOnly(results('unprocessed')) }, apart)
    .add('jobs/query/:id/results', { GET: internalOnly(pages) }, apart);
};
