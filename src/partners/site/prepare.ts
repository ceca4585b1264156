/** From a request to a plan: reads the org and plans. Knows no flags and no prompts. */
import type { Connection } from '@salesforce/core';
import { publishJobs, type OrgIdentity } from '../../org/read/index.js';
import type { Plan, RunFolder } from '../../runs/index.js';
import { SiteInputError } from './errors.js';
import { readSiteFile } from './live.js';
import { countMails, maySendMails, NO_MAILS, onTheirWay } from './mails.js';
import { siteDetailsSchema, type Group, type Mails, type Parent, type SiteFacts, type SiteRequest } from './model.js';
import { findParents, withFullNames } from './parents.js';
import { readPeople, suggestProfiles } from './people.js';
import { buildSitePlan, memberChanges } from './plan.js';
import { findSite, groupsOf } from './sites.js';

export type PreparedSite = { site: SiteFacts; plan: Plan; mails: Mails };

/** @throws SiteInputError for names that are not to be found, and where the running user may not change sites */
export async function prepareSite(
  conn: Connection,
  org: OrgIdentity,
  folder: RunFolder,
  request: SiteRequest
): Promise<PreparedSite> {
  const { publish, live } = request;
  const [site, sight] = await findSite(conn, org.username, request.site);
  const groups = await groupsOf(conn, site.id);
  const named = await findParents(conn, request);
  const becomesLive = live && site.status !== 'Live';
  const wanted = becomesLive ? await withFullNames(conn, named) : named;
  const mails = await mailsOf(conn, { site, groups, wanted, live: becomesLive });
  const knownJobs = publish ? (await publishJobs(conn, site.name)).map(({ id }) => id) : [];
  const file = becomesLive ? await readSiteFile(conn, site) : undefined;
  const snapshot = { site, groups, wanted, publish, live, mails, knownJobs, file };
  const plan = await buildSitePlan({ org, folder, version: conn.version, snapshot });
  if (plan.steps.length > 0 && !sight.changesSites) throw new SiteInputError('mayNotChange', [site.name]);
  return { site, plan, mails };
}

type MailRequest = { site: SiteFacts; groups: readonly Group[]; wanted: readonly Parent[]; live: boolean };

async function mailsOf(conn: Connection, { site, groups, wanted, live }: MailRequest): Promise<Mails> {
  const changes = memberChanges(wanted, groups);
  const parents = (change: 'add' | 'wait'): string[] =>
    changes.flatMap((one) => (one.change === change ? [one.parent] : []));
  const [adds, waits] = [parents('add'), parents('wait')];
  if (!maySendMails({ site, adds, live })) return NO_MAILS;
  const people = await readPeople(conn, site, [...new Set([...adds, ...waits, ...onTheirWay(groups)])]);
  if (!people.known) return { count: null, certainty: 'unknown', reason: people.reason };
  return countMails({ site, groups, adds, waits, live }, people.value);
}

/** Profiles that should be members of a site, where a request names none. @throws SiteInputError */
export async function suggestMembers(conn: Connection, org: OrgIdentity, wanted: string): Promise<Parent[]> {
  const [site] = await findSite(conn, org.username, wanted);
  return suggestProfiles(conn, site, await groupsOf(conn, site.id));
}

/** The request that a plan was made from. */
export function requestOf(plan: Plan): SiteRequest {
  const { site, members, publish, live } = siteDetailsSchema.parse(plan.details);
  const ids = (kind: Parent['kind']): string[] => members.flatMap((one) => (one.kind === kind ? [one.id] : []));
  return { site: site.id, profiles: ids('profile'), permissionSets: ids('permission-set'), publish, live };
}

/** States of the site and of the members of a plan, as the org has them now. */
export async function readStates(
  conn: Connection,
  { plan, site }: PreparedSite
): Promise<{ site: string; members: Map<string, string> }> {
  const [now] = await findSite(conn, plan.org.username, site.id);
  const groups = await groupsOf(conn, site.id);
  return { site: now.status, members: new Map(groups.map(({ parent, status }) => [parent, status])) };
}
