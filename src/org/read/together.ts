/** Several queries in one API call. */
import type { Connection } from '@salesforce/core';

/** Queries that one composite call may carry (platform-facts H). */
const QUERIES_A_CALL = 5;

export type QueryAnswer<T> =
  { records: T[]; error?: undefined } | { records?: undefined; error: Error & { errorCode?: string } };

type Page<T> = { done: boolean; records: T[]; nextRecordsUrl?: string };
type SubResponse<T> = { httpStatusCode: number; body: Page<T> | Array<{ message: string; errorCode: string }> };

/** Rows of each query in the order asked, five queries a call. One that fails leaves the others alone. */
export async function queryTogether<T extends object>(
  conn: Connection,
  queries: readonly string[]
): Promise<Array<QueryAnswer<T>>> {
  const answers: Array<QueryAnswer<T>> = [];
  for (let at = 0; at < queries.length; at += QUERIES_A_CALL) {
    answers.push(...(await ask<T>(conn, queries.slice(at, at + QUERIES_A_CALL))));
  }
  return answers;
}

async function ask<T extends object>(conn: Connection, queries: readonly string[]): Promise<Array<QueryAnswer<T>>> {
  const path = `/services/data/v${conn.version}`;
  const compositeRequest = queries.map((soql, index) => ({
    method: 'GET',
    url: `${path}/query?q=${encodeURIComponent(soql)}`,
    referenceId: `q${index}`,
  }));
  const { compositeResponse } = await conn.request<{ compositeResponse: Array<SubResponse<T>> }>({
    method: 'POST',
    url: `${path}/composite`,
    body: JSON.stringify({ allOrNone: false, compositeRequest }),
    headers: { 'content-type': 'application/json' },
  });
  return Promise.all(compositeResponse.map((response) => answerOf(conn, response)));
}

async function answerOf<T extends object>(conn: Connection, { body }: SubResponse<T>): Promise<QueryAnswer<T>> {
  if (Array.isArray(body)) {
    const [first] = body;
    const error = new Error(first?.message ?? 'The org gave no reason.');
    return { error: Object.assign(error, { errorCode: first?.errorCode }) };
  }
  try {
    const records = [...body.records];
    for (let page: Page<T> = body; !page.done && page.nextRecordsUrl;) {
      page = await conn.queryMore<T & Record<string, unknown>>(page.nextRecordsUrl);
      records.push(...page.records);
    }
    return { records };
  } catch (error) {
    return { error: error as Error };
  }
}
