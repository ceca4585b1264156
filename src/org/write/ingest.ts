/** Bulk API 2.0 ingest, one call a function (platform-facts H; the caller decides what a lost reply means). */
import type { Connection } from '@salesforce/core';
import { getText } from '../read/http.js';

export type IngestState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

export type IngestJob = {
  id: string;
  state: IngestState;
  numberRecordsProcessed?: number;
  numberRecordsFailed?: number;
  errorMessage?: string;
};

export type IngestRequest = {
  object: string;
  operation: 'insert' | 'update' | 'upsert' | 'delete';
  /** Rule that gives the records their owners; none runs without it (platform-facts D). */
  assignmentRuleId?: string;
};

export type ResultKind = 'successfulResults' | 'failedResults' | 'unprocessedrecords';

const jobsUrl = (conn: Connection): string => `${conn.baseUrl()}/jobs/ingest`;

/** Creates a job in state Open. Nothing happens in the org before it is closed. */
export async function openIngest(conn: Connection, request: IngestRequest): Promise<IngestJob> {
  return send<IngestJob>(conn, 'POST', jobsUrl(conn), { ...request, contentType: 'CSV', lineEnding: 'LF' });
}

/** Uploads the rows, once a job. */
export async function uploadIngest(conn: Connection, id: string, csv: string): Promise<void> {
  const headers = { 'content-type': 'text/csv' };
  await conn.request({ method: 'PUT', url: `${jobsUrl(conn)}/${id}/batches`, body: csv, headers });
}

/** Marks the upload as complete: from here on the org works on the rows. */
export async function closeIngest(conn: Connection, id: string): Promise<IngestJob> {
  return send<IngestJob>(conn, 'PATCH', `${jobsUrl(conn)}/${id}`, { state: 'UploadComplete' });
}

/** Gives a job up. */
export async function abortIngest(conn: Connection, id: string): Promise<IngestJob> {
  return send<IngestJob>(conn, 'PATCH', `${jobsUrl(conn)}/${id}`, { state: 'Aborted' });
}

export async function readIngest(conn: Connection, id: string): Promise<IngestJob> {
  return conn.request<IngestJob>(`${jobsUrl(conn)}/${id}`);
}

/** A result file of a finished job, as CSV text with a header line. */
export async function readIngestResults(conn: Connection, id: string, kind: ResultKind): Promise<string> {
  const { text } = await getText(conn, `${jobsUrl(conn)}/${id}/${kind}`);
  return text;
}

function send<T>(conn: Connection, method: 'POST' | 'PATCH', url: string, body: object): Promise<T> {
  return conn.request<T>({ method, url, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
}
