/** Proof that a partner reads a lead of the queue: the org itself is asked, as of that user (platform-facts B6). */
import type { Connection } from '@salesforce/core';
import { all, compare, pollUntil, queryAll, readableRecords, select } from '../../../org/read/index.js';
import type { PrepareDetails } from './plan.js';

/** `reads` is null where the queue holds no lead that could be read. */
export type Proof = { user: string; lead: string | null; reads: boolean | null; reason?: string };

/** Sharing of a new member may take a while to count. */
const WAIT = 20_000;

/** Looks whether the first of the users reads the newest lead of the queue; the org gets some time. */
export async function proveReading(conn: Connection, { queue, users }: PrepareDetails, wait = WAIT): Promise<Proof> {
  const [user] = users;
  if (!user) return { user: '', lead: null, reads: null, reason: 'there is no partner user yet.' };
  const where = all(compare('OwnerId', '=', queue.id), compare('IsConverted', '=', false));
  const soql = select({ from: 'Lead', fields: ['Id'], where, orderBy: ['Id'], limit: 1 });
  const [lead] = await queryAll<{ Id: string }>(conn, soql);
  if (!lead)
    return {
      user: user.name,
      lead: null,
      reads: null,
      reason: 'the queue holds no open lead. Run the command again when it does.',
    };
  const reads = await readsSoon(conn, user.id, lead.Id, wait);
  return { user: user.name, lead: lead.Id, reads };
}

async function readsSoon(conn: Connection, user: string, lead: string, wait: number): Promise<boolean> {
  const until = Date.now() + wait;
  const { reads } = await pollUntil(async () => {
    const reads = (await readableRecords(conn, user, [lead])).has(lead);
    return reads || Date.now() >= until ? { reads } : undefined;
  });
  return reads;
}
