/** Several queries in one API call. */
import type { Connection } from '@salesforce/core';

/** Queries that one composite call may carry (platform-facts H). */
export const QUERIES_A_CALL = 5;

export type QueryAnswer<T> =
  { records: T[]; error?: undefined } | { records?: undefined; error: Error & { errorCode?: string } };

type Page<T> = { done: boolean; records: T[]; nextRecordsUrl?: string };
type SubResponse<T> = { httpStatusCode: number; body: Page<T> | Array<{ message: string; errorCode: string }> };

/** A query that waits for others to share its call. */
type Waiting = {
  soql: string;
  resolve: (answer: QueryAnswer<object>) => void;
  reject: (error: unknown) => void;
};

/** Queries of those who share calls right now. */
const sharing = new WeakMap<Connection, Waiting[]>();

/**
 * Queries that `ask` puts before it first waits share calls, whoever puts them. Where a call fails as a whole, all whose
 * answers are still out fail with it; so this is for those who need every answer.
 */
export function inOneBreath<T>(conn: Connection, ask: () => Promise<T>): Promise<T> {
  if (sharing.has(conn)) return ask();
  const queue: Waiting[] = [];
  sharing.set(conn, queue);
  try {
    return ask();
  } finally {
    sharing.delete(conn);
    void answerAll(conn, queue);
  }
}

async function answerAll(conn: Connection, queue: readonly Waiting[]): Promise<void> {
  for (let at = 0; at < queue.length; at += QUERIES_A_CALL) {
    const group = queue.slice(at, at + QUERIES_A_CALL);
    try {
      const answers = await ask(
        conn,
        group.map(({ soql }) => soql)
      );
      group.forEach(({ resolve }, index) => resolve(answers[index]!));
    } catch (error) {
      for (const { reject } of queue.slice(at)) reject(error);
      return;
    }
  }
}

/** Rows of each query in the order asked, five queries a call. One that fails leaves the others alone. */
export async function queryTogether<T extends object>(
  conn: Connection,
  queries: readonly string[]
): Promise<Array<QueryAnswer<T>>> {
  const queue = sharing.get(conn);
  if (queue) {
    const waiting = queries.map(
      (soql) => new Promise<QueryAnswer<object>>((resolve, reject) => queue.push({ soql, resolve, reject }))
    );
    return (await Promise.all(waiting)) as Array<QueryAnswer<T>>;
  }
  const answers: Array<QueryAnswer<T>> = [];
  for (let at = 0; at < queries.length; at += QUERIES_A_CALL) {
    answers.push(...(await ask<T>(conn, queries.slice(at, at + QUERIES_A_CALL))));
  }
  return answers;
}

/** Rows of each query in the order asked. @throws the org's error where one of them is refused */
export async function queryAllTogether<T extends object>(conn: Connection, queries: readonly string[]): Promise<T[][]> {
  const answers = await queryTogether<T>(conn, queries);
  return answers.map(({ records, error }) => {
    if (error) throw error;
    return records;
  });
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
