/** Turns repairs into a plan: members of sites first, then active users, then logins. */
import type { Connection } from '@salesforce/core';
import type { OrgIdentity } from '../../org/read/index.js';
import {
  callsOfRecords,
  createRecordsStep,
  createSendLoginStep,
  fingerprint,
  PLAN_FORMAT,
  totalCalls,
  type Plan,
  type PlanStep,
  type RunFolder,
} from '../../runs/index.js';
import type { Judged } from '../check.js';
import { countMails, maySendMails, type Mails } from '../site/index.js';
import { readPeople } from '../site/people.js';
import { findSite, groupsOf } from '../site/sites.js';
import { detailsOf, type Chosen, type CountedJoining, type RepairDetails } from './details.js';
import type { Joining } from './offer.js';

export const REPAIR_KIND = 'partner.repair';

export const REACTIVATE_STEP = 'reactivate';

/**
 * Counts the welcome mails of each profile that could be added. They go to everybody with the profile, not only to the
 * users who were checked (platform-facts C7, E).
 */
export async function countJoinings(
  conn: Connection,
  viewer: string,
  joinings: readonly Joining[]
): Promise<CountedJoining[]> {
  const counted: CountedJoining[] = [];
  for (const joining of joinings) {
    const mails = await mailsOf(conn, viewer, joining);
    counted.push({ ...joining, mails: mails.count, welcomes: mails.certainty !== 'exact' || (mails.count ?? 0) > 0 });
  }
  return counted;
}

async function mailsOf(conn: Connection, viewer: string, { siteId, profileId }: Joining): Promise<Mails> {
  const [site] = await findSite(conn, viewer, siteId);
  const question = { site, groups: await groupsOf(conn, site.id), adds: [profileId], waits: [], live: false };
  if (!maySendMails(question)) return { count: 0, certainty: 'exact', reason: null };
  const people = await readPeople(conn, site, [profileId]);
  if (!people.known) return { count: null, certainty: 'unknown', reason: people.reason };
  return countMails(question, people.value);
}

/** Writes the plan into its run folder. */
export async function buildRepairPlan(
  org: OrgIdentity,
  folder: RunFolder,
  chosen: Chosen,
  judged: readonly Judged[]
): Promise<Plan> {
  const steps = await stepsOf(folder, chosen, judged);
  const details = detailsOf(chosen, judged);
  const mails = details.joinings.reduce((sum, joining) => sum + (joining.mails ?? 0), details.logins);
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: REPAIR_KIND,
    title: 'Repair partner users',
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    // A saved plan is held to what its details name; numbers of mails and seats may change meanwhile.
    fingerprint: fingerprint({ joinings: details.joinings, people: details.people }),
    steps,
    warnings: warningsOf(details),
    cost: { ...costOf(steps), emails: mails, licences: details.reactivate },
    details,
  };
  await folder.writePlan(plan);
  return plan;
}

/** Whom no seat is left for is refused by the org, one by one (platform-facts C4). */
const warningsOf = ({ seats }: RepairDetails): string[] =>
  seats.flatMap(({ licence, needed, left }) =>
    left !== null && left < needed
      ? [`${licence} has ${left} seat(s) left, and ${needed} are needed: the org will refuse the rest.`]
      : []
  );

async function stepsOf(folder: RunFolder, chosen: Chosen, judged: readonly Judged[]): Promise<PlanStep[]> {
  const names = new Map(judged.map(({ facts: { user } }) => [user.id, user.username]));
  const label = (id: string): string => names.get(id) ?? id;
  const steps = memberSteps(chosen['add-to-site']);
  if (chosen.reactivate.length > 0) steps.push(await reactivateStep(folder, chosen.reactivate, label));
  if (chosen['send-login'].length > 0) {
    const users = chosen['send-login'].map((id) => ({ id, label: label(id) }));
    const title = 'Send users who never logged in their login';
    steps.push(await createSendLoginStep(folder, { id: 'logins', title, undo: 'best-effort' }, users));
  }
  return steps;
}

/** One step a site. */
function memberSteps(joinings: readonly CountedJoining[]): PlanStep[] {
  const sites = new Map<string, CountedJoining[]>();
  for (const joining of joinings) sites.set(joining.siteId, [...(sites.get(joining.siteId) ?? []), joining]);
  return [...sites.values()].map((ofSite, at) => {
    const { siteId, site } = ofSite[0]!;
    return {
      id: `members${at === 0 ? '' : at + 1}`,
      kind: 'site-members',
      title: `Members of ${site}`,
      site: siteId,
      siteName: site,
      changes: ofSite.map(({ profileId, profile }) => ({
        parent: profileId,
        parentName: profile,
        change: 'add',
        text: `add the profile ${profile}`,
      })),
      undo: ofSite.some(({ welcomes }) => welcomes) ? 'best-effort' : 'exact',
    };
  });
}

function reactivateStep(
  folder: RunFolder,
  ids: readonly string[],
  label: (id: string) => string
): ReturnType<typeof createRecordsStep> {
  const step = {
    id: REACTIVATE_STEP,
    title: 'Make users active again',
    object: 'User',
    operation: 'update' as const,
    fields: [{ name: 'IsActive', type: 'boolean' as const }],
    key: [],
    keyIsUnique: false,
    takeBack: 'deactivate' as const,
    undo: 'exact' as const,
  };
  const rows = ids.map((id) => ({ id, values: ['true'], was: ['false'], stamp: '', label: label(id) }));
  return createRecordsStep(folder, step, rows);
}

function costOf(steps: readonly PlanStep[]): { apiCalls: number; formula: string } {
  return totalCalls(
    steps.map((step) => {
      if (step.kind === 'records') return callsOfRecords(step, 0);
      if (step.kind === 'send-login') return { calls: step.rows.count, formula: `${step.rows.count} to send login(s)` };
      return { calls: 3, formula: '3 for members' };
    })
  );
}
