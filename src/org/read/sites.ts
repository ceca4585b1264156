/** Member groups of sites, the jobs that publish them, and the names of profiles in metadata (platform-facts E). */
import type { Connection } from '@salesforce/core';
import { queryAll } from './query.js';
import { compare } from './soql/literal.js';
import { select } from './soql/select.js';

/** A profile or permission set of a site; `ParentId` names it. */
export type SiteGroupRow = { Id: string; ParentId: string; AssignmentStatus: string };

/** All member groups of a site, whatever state they are in. */
export const readSiteGroups = (conn: Connection, site: string): Promise<SiteGroupRow[]> =>
  queryAll<SiteGroupRow>(
    conn,
    select({
      from: 'NetworkMemberGroup',
      fields: ['Id', 'ParentId', 'AssignmentStatus'],
      where: compare('NetworkId', '=', site),
    })
  );

/** What a status means for who waits. `stuck`: a removal has failed. */
export type GroupState = 'added' | 'adding' | 'failed' | 'removing' | 'stuck' | 'unknown';

const STATES: Readonly<Record<string, GroupState>> = {
  added: 'added',
  waitingforadd: 'adding',
  addcalculated: 'adding',
  failedadd: 'failed',
  waitingforremove: 'removing',
  removecalculated: 'removing',
  failedremove: 'stuck',
};

/** State of a member group. The documents write the values with blanks, the API without. */
export const groupState = ({ AssignmentStatus }: Pick<SiteGroupRow, 'AssignmentStatus'>): GroupState =>
  STATES[AssignmentStatus.replaceAll(/\s/g, '').toLowerCase()] ?? 'unknown';

/** A job that publishes a site. `leader`: the job it was merged into. */
export type PublishJob = { id: string; status: string; error: string; leader: string | null };

type JobRow = {
  Id: string;
  Type: string | null;
  Status: string | null;
  Error: string | null;
  GroupLeaderId: string | null;
};

const JOB_FIELDS = ['Id', 'Type', 'Status', 'Error', 'GroupLeaderId'];

const jobOf = ({ Id, Status, Error: error, GroupLeaderId }: JobRow): PublishJob => ({
  id: Id,
  status: Status ?? '',
  error: error ?? '',
  leader: GroupLeaderId,
});

/** A job by its id; undefined where there is none any more: rows expire after 24 hours. */
export async function readPublishJob(conn: Connection, id: string): Promise<PublishJob | undefined> {
  const where = compare('Id', '=', id);
  const [row] = await queryAll<JobRow>(conn, select({ from: 'BackgroundOperation', fields: JOB_FIELDS, where }));
  return row && jobOf(row);
}

/** Jobs that publish a site, as far as the org keeps them. The site is told by its name, the one key that the rows have. */
export async function publishJobs(conn: Connection, siteName: string): Promise<PublishJob[]> {
  const where = compare('Name', '=', siteName);
  const query = select({ from: 'BackgroundOperation', fields: JOB_FIELDS, where, orderBy: ['Id'] });
  const rows = await queryAll<JobRow>(conn, query);
  return rows.filter(({ Type }) => /publish/i.test(Type ?? '')).map(jobOf);
}

/** Names of profiles in metadata by the first 15 characters of their ids: `Admin` is shown as System Administrator. */
export async function profileFullNames(conn: Connection): Promise<Map<string, string>> {
  const listed = await conn.metadata.list([{ type: 'Profile' }], conn.version);
  // The client answers with one alone, and not with a list of one.
  return new Map([listed ?? []].flat().map(({ id, fullName }) => [id.slice(0, 15), fullName]));
}
