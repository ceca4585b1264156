/** Finds the site, and what the running user may do. Who may not see sites is told so, and never that there is none. */
import type { Connection } from '@salesforce/core';
import { to18 } from '../../leads/record-id.js';
import { queryAll, readSiteGroups, select } from '../../org/read/index.js';
import { Batch } from '../batch.js';
import { ownPermissions } from '../questions.js';
import type { OwnPermissionsRow } from '../rows.js';
import { sightOf, type Sight } from '../sight.js';
import { SiteInputError } from './errors.js';
import type { Group, SiteFacts } from './model.js';

type NetworkRow = {
  Id: string;
  Name: string;
  Status: string;
  FirstActivationDate: string | null;
  OptionsSendWelcomeEmail: boolean;
};

const NETWORKS = {
  from: 'Network',
  fields: ['Id', 'Name', 'Status', 'FirstActivationDate', 'OptionsSendWelcomeEmail'],
  orderBy: ['Name'],
};

/** The site of a name or id. @throws SiteInputError */
export async function findSite(conn: Connection, viewer: string, wanted: string): Promise<[SiteFacts, Sight]> {
  const batch = new Batch();
  const networks = batch.add<NetworkRow>('sites', NETWORKS);
  const own = batch.add<OwnPermissionsRow>('permission set assignments', ownPermissions(viewer));
  await batch.ask(conn);
  const sight = sightOf(own());
  const rows = networks();
  // Network is not there without Digital Experiences, and not to be seen without the permission (Addenda).
  if (!rows.known && rows.hidden) throw new SiteInputError(sight.sites ? 'noSites' : 'hiddenSites', [wanted]);
  const all = rows.known ? rows.value : await queryAll<NetworkRow>(conn, select(NETWORKS));
  const row = named(all, wanted);
  if (row) return [factsOf(row), sight];
  if (!sight.sites) throw new SiteInputError('hiddenSites', [wanted]);
  throw new SiteInputError('unknownSite', [wanted, all.map(({ Name }) => Name).join(', ') || 'none']);
}

const named = (rows: readonly NetworkRow[], wanted: string): NetworkRow | undefined =>
  rows.find(({ Id, Name }) => Id === to18(wanted) || Name.toLowerCase() === wanted.trim().toLowerCase());

const factsOf = ({ Id, Name, Status, FirstActivationDate, OptionsSendWelcomeEmail }: NetworkRow): SiteFacts => ({
  id: Id,
  name: Name,
  status: Status,
  firstActivation: FirstActivationDate,
  sendsWelcome: OptionsSendWelcomeEmail,
});

/** Member groups of a site, in the order of their profiles and permission sets. */
export async function groupsOf(conn: Connection, site: string): Promise<Group[]> {
  const rows = await readSiteGroups(conn, site);
  const groups = rows.map(({ ParentId, AssignmentStatus }) => ({ parent: ParentId, status: AssignmentStatus }));
  return groups.sort((a, b) => (a.parent < b.parent ? -1 : 1));
}
