/** The plan of a site: published first, then its members, then Live. Pure but for the files of the deploy. */
import { groupState, type GroupState, type OrgIdentity } from '../../org/read/index.js';
import {
  createDeployStep,
  fingerprint,
  PLAN_FORMAT,
  type Plan,
  type PlanStep,
  type RunFolder,
  type SiteMemberChange,
  type SiteMembersStep,
} from '../../runs/index.js';
import { deploymentFor, statusBack, type SiteFile } from './live.js';
import { onTheirWay } from './mails.js';
import type { Group, Mails, Parent, PlannedMember, SiteDetails, SiteFacts } from './model.js';

export const SITE_KIND = 'site.prepare';

/** All that the plan is made from. */
export type SiteSnapshot = {
  site: SiteFacts;
  groups: readonly Group[];
  /** Profiles and permission sets asked for. */
  wanted: readonly Parent[];
  publish: boolean;
  live: boolean;
  mails: Mails;
  /** Jobs that published the site before. */
  knownJobs: readonly string[];
  /** The site's definition, where it is to go Live. */
  file?: SiteFile;
};

export type SitePlanRequest = { org: OrgIdentity; folder: RunFolder; version: string; snapshot: SiteSnapshot };

/** Whether the plan makes the site Live: one that is stays as it is. */
const goesLive = ({ site, live }: SiteSnapshot): boolean => live && site.status !== 'Live';

const stateOf = (groups: readonly Group[], parent: string): GroupState | 'none' => {
  const group = groups.find((one) => one.parent === parent);
  return group ? groupState({ AssignmentStatus: group.status }) : 'none';
};

/** What is to be done about the profiles and permission sets asked for; those that are added already are left alone. */
export function memberChanges(wanted: readonly Parent[], groups: readonly Group[]): SiteMemberChange[] {
  return wanted.flatMap((parent): SiteMemberChange[] => {
    const state = stateOf(groups, parent.id);
    if (state === 'added') return [];
    const change = state === 'adding' ? 'wait' : 'add';
    const words = change === 'wait' ? 'wait for' : 'add';
    const text = `${words} the ${parent.kind === 'profile' ? 'profile' : 'permission set'} ${parent.name}`;
    return [{ parent: parent.id, parentName: parent.name, change, text }];
  });
}

/** Writes the plan into its run folder. Without anything to do it has no step. */
export async function buildSitePlan(request: SitePlanRequest): Promise<Plan> {
  const { org, folder, snapshot } = request;
  const { site, mails } = snapshot;
  const steps = await stepsOf(request);
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: SITE_KIND,
    title: `Prepare the site ${site.name}`,
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: fingerprintOf(snapshot),
    steps,
    warnings: warningsOf(snapshot),
    cost: { ...costOf(steps), emails: mails.count ?? 0, licences: 0 },
    details: detailsOf(snapshot),
  };
  await folder.writePlan(plan);
  return plan;
}

async function stepsOf({ folder, version, snapshot }: SitePlanRequest): Promise<PlanStep[]> {
  const { site, groups, wanted, publish, knownJobs, file } = snapshot;
  const steps: PlanStep[] = [];
  const { id, name } = site;
  if (publish) {
    const title = `Publish ${name}`;
    steps.push({
      id: 'publish',
      kind: 'publish-site',
      title,
      site: id,
      siteName: name,
      knownJobs: [...knownJobs],
      undo: 'none',
    });
  }
  const changes = memberChanges(wanted, groups);
  if (changes.length > 0 || goesLive(snapshot)) steps.push(membersStep(snapshot, changes));
  if (!goesLive(snapshot) || !file) return steps;
  const added = wanted.filter((parent) => changes.some((change) => change.parent === parent.id));
  const live = await createDeployStep({
    folder,
    id: 'live',
    title: `Make ${name} Live`,
    version,
    deployment: deploymentFor(file, 'Live', added),
    backup: deploymentFor(file, statusBack(site), added),
    components: [{ type: 'Network', fullName: file.fullName, action: 'change' }],
    // A site never returns to preview, and mails are not taken back (platform-facts E, C7).
    undo: 'best-effort',
  });
  return [...steps, live];
}

function membersStep(snapshot: SiteSnapshot, changes: SiteMemberChange[]): SiteMembersStep {
  const { site, groups } = snapshot;
  const stay = groups.filter(({ status }) => groupState({ AssignmentStatus: status }) !== 'removing');
  const all = [...new Set([...stay, ...changes].map(({ parent }) => parent))];
  const title = changes.length > 0 ? `Members of ${site.name}` : `Look whether ${site.name} has the same members still`;
  return {
    id: 'members',
    kind: 'site-members',
    title,
    site: site.id,
    siteName: site.name,
    changes,
    ...(goesLive(snapshot) ? { exactly: all } : {}),
    // Mails to those who join a Live site are not taken back.
    undo: site.status === 'Live' && site.sendsWelcome ? 'best-effort' : 'exact',
  };
}

/** What the plan relies on: another of it makes a saved plan stale. States that only go on by themselves count as one. */
function fingerprintOf({ site, groups, wanted, publish, live, mails, file }: SiteSnapshot): string {
  const states = groups.map(({ parent }) => [parent, stateOf(groups, parent).replace('adding', 'added')]);
  return fingerprint({ site, states, wanted: wanted.map(({ id }) => id), publish, live, mails, file: file ?? null });
}

/** What the steps cost at least: each further look at what the org does is one call more. */
const CALLS: Readonly<Partial<Record<PlanStep['kind'], readonly [calls: number, what: string]>>> = {
  'publish-site': [2, 'to publish'],
  'site-members': [3, 'for members'],
  deploy: [5, 'for Live'],
};

function costOf(steps: readonly PlanStep[]): { apiCalls: number; formula: string } {
  const calls = steps.flatMap(({ kind }) => (CALLS[kind] ? [CALLS[kind]] : []));
  const formula = calls.map(([count, what]) => `${count} ${what}`).join(', ');
  return { apiCalls: calls.reduce((sum, [count]) => sum + count, 0), formula: formula || 'nothing to write' };
}

function detailsOf(snapshot: SiteSnapshot): SiteDetails {
  const { site, groups, wanted, publish, live, mails } = snapshot;
  const members = wanted.map((parent): PlannedMember => {
    const before = groups.find((group) => group.parent === parent.id)?.status ?? 'none';
    return { id: parent.id, kind: parent.kind, name: parent.name, before, after: 'Added' };
  });
  const after = goesLive(snapshot) ? 'Live' : site.status;
  return { site: { id: site.id, name: site.name, before: site.status, after }, members, publish, live, mails };
}

function warningsOf(snapshot: SiteSnapshot): string[] {
  const { site, groups, wanted, publish } = snapshot;
  const warnings: string[] = [];
  if (goesLive(snapshot) && !publish && site.status === 'UnderConstruction')
    warnings.push(`${site.name} has not been Live yet. If its pages were never published, pass --publish too.`);
  if (!goesLive(snapshot) && site.status !== 'Live')
    warnings.push(`${site.name} is not Live: its members cannot log in yet.`);
  const isMailing = site.status === 'Live' && site.sendsWelcome && memberChanges(wanted, groups).length > 0;
  if (isMailing && onTheirWay(groups).length > 0)
    warnings.push(
      'Members that were asked for before this plan are on their way. Their welcome mails are not part of its count.'
    );
  return warnings;
}
