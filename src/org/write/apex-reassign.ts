/** Owner changes by the Apex of our package, which has the platform mail the new owners (platform-facts D1). */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import { errorOf, REASSIGN_PATH } from '../read/index.js';
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
  if (status !== 200) throw errorOf(status, text);
  const results = resultsOf(text);
  // An answer that nobody can read says nothing about what was written: it counts as lost.
  if (results?.length !== changes.length) throw new TypeError('The answer of the org could not be read.');
  return results.map(rowResult);
}

function resultsOf(text: string): z.infer<typeof resultsSchema> | undefined {
  try {
    return resultsSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const rowResult = ({ leadId, isDone, code, message }: z.infer<typeof resultsSchema>[number]): RowResult => ({
  id: leadId,
  success: isDone === true,
  errors: isDone ? [] : [{ statusCode: code ?? 'UNKNOWN', message: message ?? '' }],
});
