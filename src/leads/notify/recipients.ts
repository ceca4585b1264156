/** How many people a mail to an owner reaches: a queue has an address, members, or both (platform-facts F). */
import type { Connection } from '@salesforce/core';
import { all, compare, isIn, queryAll, readRecords, select } from '../../org/read/index.js';
import { readQueueMembers } from '../queues/read.js';

type QueueRow = { Id: string; Email: string | null; DoesSendEmailToMembers: boolean };

/** Mails for one lead, by owner; null for a queue that has groups or roles as members, whom nobody has counted. */
export async function mailsFor(conn: Connection, owners: readonly string[]): Promise<Map<string, number | null>> {
  const mails = new Map<string, number | null>(owners.map((id) => [id, 1]));
  const queues = await readRecords<QueueRow>(conn, {
    from: 'Group',
    fields: ['Id', 'Email', 'DoesSendEmailToMembers'],
    by: 'Id',
    values: owners.filter((id) => id.startsWith('00G')),
  });
  const mailed = queues.filter(({ Email, DoesSendEmailToMembers }) => Email === null || DoesSendEmailToMembers);
  const members = await readQueueMembers(
    conn,
    mailed.map(({ Id }) => Id)
  );
  const active = await activeUsers(
    conn,
    [...members.values()].flat().map(({ id }) => id)
  );
  for (const { Id, Email } of mailed) {
    const own = members.get(Id) ?? [];
    const isKnown = own.every(({ kind }) => kind === 'user');
    const users = own.filter(({ id }) => active.has(id)).length;
    mails.set(Id, isKnown ? users + (Email === null ? 0 : 1) : null);
  }
  return mails;
}

/** Who is not active gets no mail. */
async function activeUsers(conn: Connection, ids: readonly string[]): Promise<Set<string>> {
  const users = ids.filter((id) => id.startsWith('005'));
  if (users.length === 0) return new Set();
  const where = all(compare('IsActive', '=', true), isIn('Id', users));
  const rows = await queryAll<{ Id: string }>(conn, select({ from: 'User', fields: ['Id'], where }));
  return new Set(rows.map(({ Id }) => Id));
}
