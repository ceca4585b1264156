/** Members of public groups and queues: added and taken away, never changed (platform-facts B6). */
import type { Connection } from '@salesforce/core';
import type { RowResult } from './collections.js';

export type Member = { group: string; member: string };

/** Adds up to 200 members in one call. One that is there already counts as added. */
export async function addMembers(conn: Connection, members: readonly Member[]): Promise<RowResult[]> {
  const records = members.map(({ group, member }) => ({
    attributes: { type: 'GroupMember' },
    GroupId: group,
    UserOrGroupId: member,
  }));
  return conn.request<RowResult[]>({
    method: 'POST',
    url: `${conn.baseUrl()}/composite/sobjects`,
    body: JSON.stringify({ allOrNone: false, records }),
    headers: { 'content-type': 'application/json' },
  });
}

/** Takes up to 200 members away, by the ids of their GroupMember rows. */
export async function removeMembers(conn: Connection, ids: readonly string[]): Promise<RowResult[]> {
  return conn.request<RowResult[]>({
    method: 'DELETE',
    url: `${conn.baseUrl()}/composite/sobjects?ids=${ids.map(encodeURIComponent).join(',')}&allOrNone=false`,
  });
}
