/** Whose leads are spoken for: queues that rotations give to or partners sit in, and for which member a partner counts. */
import type { Connection } from '@salesforce/core';
import { compare, queryAll, readRecords, select } from '../../../org/read/index.js';
import { readQueuesOfPartners } from '../../queues/partner-users.js';
import { readQueues } from '../../queues/read.js';
import { MEMBER } from '../../rotation/records/index.js';

export type Ground = {
  /** Queues whose leads stay there unless somebody names them. */
  taken: ReadonlySet<string>;
  /** Partner users by the member queue that they are in; who is in several counts for none. */
  countsFor: ReadonlyMap<string, string>;
};

/** @param members ids of the queues and users of the rotation */
export async function readGround(conn: Connection, members: readonly string[]): Promise<Ground> {
  const queues = (await readQueues(conn)).filter(({ takesLeads }) => takesLeads).map(({ id }) => id);
  const queuesOf = await readQueuesOfPartners(conn, queues);
  const own = new Set(members);
  const taken = new Set([...(await memberQueues(conn)), ...[...queuesOf.values()].flatMap((some) => [...some])]);
  const countsFor = new Map<string, string>();
  for (const [user, some] of queuesOf) {
    const [queue, ...others] = [...some].filter((id) => own.has(id));
    if (queue !== undefined && others.length === 0 && !own.has(user)) countsFor.set(user, queue);
  }
  return { taken, countsFor };
}

/** Queues that any rotation gives leads to. */
async function memberQueues(conn: Connection): Promise<string[]> {
  const where = compare('Kind__c', '=', 'Queue');
  const soql = select({ from: MEMBER, fields: ['Queue_Developer_Name__c'], where });
  const rows = await queryAll<{ Queue_Developer_Name__c: string | null }>(conn, soql);
  const values = rows.flatMap(({ Queue_Developer_Name__c: name }) => name ?? []);
  const fields = ['Id', 'Type'];
  const groups = await readRecords<{ Id: string; Type: string }>(conn, {
    from: 'Group',
    fields,
    by: 'DeveloperName',
    values,
  });
  return groups.flatMap(({ Id, Type }) => (Type === 'Queue' ? [Id] : []));
}
