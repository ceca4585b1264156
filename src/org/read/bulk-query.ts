import type { Connection } from '@salesforce/core';
import { parseCsvBatches } from './csv.js';
import { getText } from './http.js';
import { pollUntil } from './poll.js';

/** Rows fetched at once. Two such pages are in memory as text at most: one is read while the next is on its way. */
const PAGE_ROWS = 50_000;

const ENDED = new Set(['JobComplete', 'Failed', 'Aborted']);

type QueryJob = { id: string; state: string; errorMessage?: string };

/** A Bulk query job that ended without a result. */
export class BulkQueryError extends Error {
  public constructor(
    public readonly jobId: string,
    public readonly state: string,
    detail?: string
  ) {
    super(`Bulk query job ${jobId} ended as ${state}${detail ? `: ${detail}` : '.'}`);
    this.name = 'BulkQueryError';
  }
}

/**
 * The rows of a query of any size by Bulk API 2.0, in batches; values in the order of the SELECT, as text.
 * The job is deleted afterwards.
 * @throws BulkQueryError
 */
export async function* bulkQuery(conn: Connection, soql: string): AsyncGenerator<string[][]> {
  const base = `${conn.baseUrl()}/jobs/query`;
  const { id } = await post<QueryJob>(conn, base, { operation: 'query', query: soql });
  await finished(conn, `${base}/${id}`);
  let page = getText(conn, `${base}/${id}/results?maxRecords=${PAGE_ROWS}`);
  for (;;) {
    const { text, headers } = await page;
    const locator = headers.get('sforce-locator');
    const more = locator !== null && locator !== 'null';
    if (more) {
      page = getText(conn, `${base}/${id}/results?maxRecords=${PAGE_ROWS}&locator=${encodeURIComponent(locator)}`);
      // A failure is thrown where the page is awaited; until then it must not count as unhandled.
      page.catch(() => undefined);
    }
    yield* parseCsvBatches(text);
    if (!more) break;
  }
  await conn.request({ method: 'DELETE', url: `${base}/${id}` }).catch(() => undefined);
}

async function finished(conn: Connection, url: string): Promise<void> {
  const job = await pollUntil(async () => {
    const now = await conn.request<QueryJob>(url);
    return ENDED.has(now.state) ? now : undefined;
  });
  if (job.state !== 'JobComplete') throw new BulkQueryError(job.id, job.state, job.errorMessage);
}

function post<T>(conn: Connection, url: string, body: object): Promise<T> {
  return conn.request<T>({
    method: 'POST',
    url,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
}
