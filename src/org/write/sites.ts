/** Changes of sites: member groups and publishing, one call a function (platform-facts E). */
import type { Connection } from '@salesforce/core';
import { updateCollection, type RowResult } from './collections.js';

/** Asks that up to 200 profiles and permission sets become members of a site. The org does it later. */
export async function addSiteMembers(conn: Connection, site: string, parents: readonly string[]): Promise<RowResult[]> {
  const records = parents.map((parent) => ({
    attributes: { type: 'NetworkMemberGroup' },
    NetworkId: site,
    ParentId: parent,
  }));
  return conn.request<RowResult[]>({
    method: 'POST',
    url: `${conn.baseUrl()}/composite/sobjects`,
    body: JSON.stringify({ allOrNone: false, records }),
    headers: { 'content-type': 'application/json' },
  });
}

/** Asks that up to 200 member groups are removed, by the ids of their rows. A state of theirs says so, not a delete. */
export const removeSiteMembers = (conn: Connection, ids: readonly string[]): Promise<RowResult[]> =>
  updateCollection(
    conn,
    'NetworkMemberGroup',
    ids.map((id) => ({ id, fields: { AssignmentStatus: 'WaitingForRemove' } }))
  );

/** Publishes a site. @returns id of the job that does it */
export async function publishSite(conn: Connection, site: string): Promise<string> {
  const { jobId } = await conn.request<{ jobId?: string }>({
    method: 'POST',
    url: `${conn.baseUrl()}/connect/communities/${site}/publish`,
    body: '{}',
    headers: { 'content-type': 'application/json' },
  });
  if (!jobId) throw new Error('The org did not tell the id of the job that publishes the site.');
  return jobId;
}
