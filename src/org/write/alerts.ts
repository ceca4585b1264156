/** E-mail alerts as invocable actions (platform-facts D1). */
import type { Connection } from '@salesforce/core';
import { errorOf } from '../read/index.js';
import type { RowResult } from './collections.js';
import { post } from './post.js';

type ActionResult = { isSuccess: boolean; errors: Array<{ statusCode?: string; message?: string }> | null };

/**
 * Sends the alert for up to 200 records, each for itself. The org answers 400 as soon as one of them failed, with a result
 * for each all the same.
 * @returns results in the order of the ids
 * @throws Error with `errorCode` where the org refuses the call; TypeError where the reply was lost
 */
export async function sendAlerts(
  conn: Connection,
  object: string,
  alert: string,
  ids: readonly string[]
): Promise<RowResult[]> {
  const path = `${conn.baseUrl()}/actions/custom/emailAlert/${encodeURIComponent(object)}/${encodeURIComponent(alert)}`;
  const body = JSON.stringify({ inputs: ids.map((id) => ({ SObjectRowId: id })) });
  const { status, text } = await post(conn, { path, body, contentType: 'application/json' });
  const answer = parsed(text);
  if (isResults(answer, ids.length)) return answer.map((result, at) => rowResult(result, ids[at]!));
  throw errorOf(status, text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isResults = (answer: unknown, count: number): answer is ActionResult[] =>
  Array.isArray(answer) &&
  answer.length === count &&
  answer.every((one) => typeof one === 'object' && 'isSuccess' in one);

const rowResult = ({ isSuccess, errors }: ActionResult, id: string): RowResult => ({
  id,
  success: isSuccess,
  errors: (errors ?? []).map(({ statusCode = 'UNKNOWN', message = '' }) => ({ statusCode, message })),
});
