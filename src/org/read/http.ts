/**
 * Requests whose response headers we need: the client of @salesforce/core keeps them to itself.
 */
import type { Connection } from '@salesforce/core';
import { setTimeout as sleep } from 'node:timers/promises';

export type TextResponse = { text: string; headers: Headers };

const ATTEMPTS = 5;

/**
 * GET of a text resource under the org's URL, tried again on connection errors and on 5xx answers.
 * @throws Error with `errorCode` as the client of core has it, for any other answer.
 */
export async function getText(conn: Connection, path: string, accept = 'text/csv'): Promise<TextResponse> {
  for (let attempt = 1; ; attempt++) {
    const response = await attemptGet(conn, path, accept);
    if ('text' in response) return response;
    // A login with a refresh token gets a new session; one without keeps the error.
    if (response.expired && attempt === 1 && (await refreshed(conn))) continue;
    if (response.fatal || attempt === ATTEMPTS) throw response.error;
    await sleep(250 * 2 ** attempt);
  }
}

async function attemptGet(
  conn: Connection,
  path: string,
  accept: string
): Promise<TextResponse | { error: Error; fatal: boolean; expired?: boolean }> {
  try {
    const response = await fetch(new URL(path, conn.instanceUrl), {
      headers: { authorization: `Bearer ${conn.accessToken ?? ''}`, accept },
    });
    const text = await response.text();
    if (response.ok) return { text, headers: response.headers };
    return { error: errorOf(response.status, text), fatal: response.status < 500, expired: response.status === 401 };
  } catch (error) {
    return { error: error as Error, fatal: false };
  }
}

/** Asks for a new session, where the login can. Whether there is one. */
export async function refreshed(conn: Connection): Promise<boolean> {
  const before = conn.accessToken;
  await conn.refreshAuth().catch(() => undefined);
  return conn.accessToken !== before;
}

/** What an answer that is no success says, with `errorCode` as the client of core has it. */
export function errorOf(status: number, body: string): Error {
  const [first] = parseErrors(body);
  const error = new Error(first?.message ?? `The org answered with HTTP status ${status}.`);
  return Object.assign(error, { errorCode: first?.errorCode ?? `ERROR_HTTP_${status}` });
}

function parseErrors(body: string): Array<{ message?: string; errorCode?: string }> {
  try {
    const parsed: unknown = JSON.parse(body);
    return Array.isArray(parsed) ? (parsed as Array<{ message?: string; errorCode?: string }>) : [];
  } catch {
    return [];
  }
}
