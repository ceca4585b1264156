/** Owner changes by the Apex of our package, which has the platform mail the new owners (platform-facts D1). */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import { REASSIGN_PATH } from '../read/index.js';
import type { RowResult } from './collections.js';
import { post } from './post.js';

/** A lead, its new owner, and the one it must still have. */
export type OwnerChange = { id: string; owner: string; was: string };

const resultsSchema = z.array(
  z.object({
    leadId: z.string(),
    isDone: z.boolean().nullable(),
    code: z.string().nullish(),
    message: z.string().nullish(),
  })
);

const errorSchema = z.array(z.object({ errorCode: z.string(), message: z.string() })).min(1);

/** What the class says of a lead that somebody else has given away meanwhile. */
export const CHANGED = 'CHANGED';

/**
 * Gives up to 200 leads away in one transaction of the org, which locks them and looks at their owners first.
 * @returns results in the order of the changes
 * @throws Error with `errorCode` where the org refuses the call; TypeError where the reply was lost
 */
export async function reassignByApex(conn: Connection, changes: readonly OwnerChange[]): Promise<RowResult[]> {
  const rows = changes.map(({ id, owner, was }) => ({ leadId: id, ownerId: owner, ownerBefore: was }));
  const { status, text } = await post(conn, {
    path: REASSIGN_PATH,
    body: JSON.stringify({ rows, notifyOwners: true }),
    contentType: 'application/json',
  });
  const body = parsed(text);
  const results = resultsSchema.safeParse(body).data;
  if (results?.length === changes.length) return results.map(rowResult);
  // An answer that nobody can read says nothing about what was written: it counts as lost.
  if (status === 200) throw new TypeError('The answer of the org could not be read.');
  const [error] = errorSchema.safeParse(body).data ?? [];
  throw Object.assign(new Error(error?.message ?? `The org answered with HTTP status ${status}.`), {
    errorCode: error?.errorCode ?? `ERROR_HTTP_${status}`,
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const rowResult = ({ leadId, isDone, code, message }: z.infer<typeof resultsSchema>[number]): RowResult => ({
  id: leadId,
  success: isDone === true,
  errors: isDone ? [] : [{ statusCode: code ?? 'UNKNOWN', message: message ?? '' }],
});
