/** Queues for leads: members, open leads, mails, and who claimed. */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import { claimsSchema, daysAgo, readClaims } from './claims.js';
import { openLeadsOf } from '../open-leads.js';
import { readQueueMembers, readQueues } from './read.js';

const count = z.number().int();

const queueSchema = z.object({
  id: z.string(),
  name: z.string(),
  developerName: z.string(),
  email: z.string().nullable(),
  mailsMembers: z.boolean(),
  includesBosses: z.boolean(),
  openLeads: count,
  members: z.array(z.object({ id: z.string(), kind: z.string(), name: z.string() })),
});

export const queueListResultSchema = z.object({
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string() }),
  /** Days for which claims are counted. */
  days: count,
  queues: z.array(queueSchema),
  claims: claimsSchema,
});

export type QueueListResult = z.infer<typeof queueListResultSchema>;

/** Reads the queues for leads. */
export async function listQueues(conn: Connection, days: number): Promise<Pick<QueueListResult, 'queues' | 'claims'>> {
  const queues = (await readQueues(conn)).filter(({ takesLeads }) => takesLeads);
  const ids = queues.map(({ id }) => id);
  const members = await readQueueMembers(conn, ids);
  const open = await openLeadsOf(conn, ids);
  return {
    queues: queues.map(({ takesLeads: _takesLeads, ...queue }) => ({
      ...queue,
      openLeads: open.get(queue.id) ?? 0,
      members: members.get(queue.id) ?? [],
    })),
    claims: await readClaims(conn, queues, daysAgo(days)),
  };
}
