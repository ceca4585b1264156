/** Requests whose answer is wanted whatever its status is; the client of @salesforce/core throws it away. */
import type { Connection } from '@salesforce/core';
import { refreshed } from '../read/index.js';

export type Posted = { status: number; text: string };

export type Posting = { path: string; body: string; contentType: string; headers?: Record<string, string> };

/**
 * Sends one POST, and once more where the session had ended and can be renewed. It is never repeated otherwise: what a lost
 * reply means is for the caller to decide.
 * @throws TypeError of fetch where the org cannot be reached or the reply was lost
 */
export async function post(conn: Connection, posting: Posting): Promise<Posted> {
  const first = await attempt(conn, posting);
  if (first.status !== 401) return first;
  return (await refreshed(conn)) ? attempt(conn, posting) : first;
}

async function attempt(conn: Connection, { path, body, contentType, headers }: Posting): Promise<Posted> {
  const response = await fetch(new URL(path, conn.instanceUrl), {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${conn.accessToken ?? ''}`, 'content-type': contentType, ...headers },
  });
  return { status: response.status, text: await response.text() };
}
