/** The plan that gives partners what they need to see and claim the leads of a queue. */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import type { OrgIdentity } from '../../../org/read/index.js';
import {
  createDeployStep,
  fingerprint,
  PLAN_FORMAT,
  type Plan,
  type PlanStep,
  type RunFolder,
} from '../../../runs/index.js';
import { membersStep } from '../change.js';
import { openLeadsOf } from '../../open-leads.js';
import { readQueueMembers, requireQueue, type LeadQueue } from '../read.js';
import { findView, viewDeployment, type QueueView } from './list-view.js';
import { findPage, pageStep, type SitePage } from './page.js';
import { findPartners, type Partners } from './partners.js';
import { findPartnerSet, permissionSteps } from './permission.js';

export const PREPARE_KIND = 'queue.prepare';

const named = z.object({ id: z.string(), name: z.string() });

export const prepareDetailsSchema = z.object({
  queue: named.extend({ developerName: z.string(), includesBosses: z.boolean(), openLeads: z.number().int() }),
  /** Partner users for whom the queue is prepared. */
  users: z.array(named.extend({ username: z.string(), editsLeads: z.boolean() })),
  /** Who is put into the queue; those who are in it already are not. */
  join: z.array(named.extend({ kind: z.string() })),
  permissionSet: z.enum(['not-needed', 'assign', 'make-and-assign']),
  view: z.object({ name: z.string(), label: z.string(), isThere: z.boolean() }),
  page: z.object({ state: z.enum(['there', 'missing', 'by-hand']), site: z.string(), text: z.string() }),
});

export type PrepareDetails = z.infer<typeof prepareDetailsSchema>;

export type PrepareRequest = { queue: string; partners: readonly string[]; site?: string };

type Facts = Partners & {
  queue: LeadQueue;
  join: Partners['members'];
  setId: string | undefined;
  view: QueueView;
  page: SitePage;
};

export type PrepareSnapshot = Facts & { details: PrepareDetails };

/** Reads what partners have and lack. @throws QueueNameError, MemberError, SetInTheWay */
export async function readPrepare(conn: Connection, request: PrepareRequest): Promise<PrepareSnapshot> {
  const queue = await requireQueue(conn, request.queue);
  const { members, users } = await findPartners(conn, request.partners);
  const stored = (await readQueueMembers(conn, [queue.id])).get(queue.id) ?? [];
  const facts: Facts = {
    queue,
    members,
    users,
    join: members.filter(({ id }) => !stored.some((member) => member.id === id)),
    setId: await findPartnerSet(conn),
    view: await findView(conn, queue),
    page: await findPage(conn, request.site),
  };
  const openLeads = (await openLeadsOf(conn, [queue.id])).get(queue.id) ?? 0;
  return { ...facts, details: detailsOf(facts, openLeads) };
}

function detailsOf({ queue, users, join, setId, view, page }: Facts, openLeads: number): PrepareDetails {
  const { id, name, developerName, includesBosses } = queue;
  const lacks = users.some(({ editsLeads }) => !editsLeads);
  return {
    queue: { id, name, developerName, includesBosses, openLeads },
    users,
    join: join.map((member) => ({ id: member.id, name: member.name, kind: member.kind })),
    permissionSet: lacks ? (setId === undefined ? 'make-and-assign' : 'assign') : 'not-needed',
    view,
    page: { state: page.state, site: page.site, text: pageText(page) },
  };
}

function pageText(page: SitePage): string {
  if (page.state === 'there') return page.status;
  return page.state === 'missing' ? page.menu : page.reason;
}

/** What a plan relies on: who lacks what. Open leads are not of it. */
const prepareFingerprint = ({ queue, users, join, permissionSet, view, page }: PrepareDetails): string =>
  fingerprint({ queue: queue.id, users, join, permissionSet, view, page });

/** The same for a saved plan, as the org is now. */
export async function readPrepareFingerprint(conn: Connection, { details }: Plan, site?: string): Promise<string> {
  const { queue, users, join } = prepareDetailsSchema.parse(details);
  const partners = users.map(({ id }) => id);
  const now = await readPrepare(conn, {
    queue: queue.developerName,
    partners,
    ...(site === undefined ? {} : { site }),
  });
  const stored = (await readQueueMembers(conn, [queue.id])).get(queue.id) ?? [];
  const open = join.filter(({ id }) => !stored.some((member) => member.id === id));
  return prepareFingerprint({ ...now.details, join: open });
}

/** Writes the plan: first what lets partners in, then what shows them the leads. */
export async function buildPreparePlan(
  conn: Connection,
  org: OrgIdentity,
  folder: RunFolder,
  snapshot: PrepareSnapshot
): Promise<Plan> {
  const { queue, details, page } = snapshot;
  const steps = await stepsOf(conn, folder, snapshot);
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: PREPARE_KIND,
    title: `Prepare ${queue.name} for ${details.users.length} partner user(s)`,
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: prepareFingerprint(details),
    steps,
    warnings: [
      ...(details.users.length === 0
        ? ['None of these accounts has an active partner user: nobody can claim yet.']
        : []),
      ...(page.state === 'missing'
        ? [`The page for leads is a draft until ${page.site} is published: sf channel site prepare --publish.`]
        : []),
    ],
    cost: costOf(steps),
    details,
  };
  await folder.writePlan(plan);
  return plan;
}

function costOf(steps: readonly PlanStep[]): Plan['cost'] {
  const apiCalls = steps.reduce((sum, { kind }) => sum + (kind === 'deploy' ? 5 : 3), 0);
  return { apiCalls, formula: '3 a step, 5 for the list view', emails: 0, licences: 0 };
}

async function stepsOf(conn: Connection, folder: RunFolder, snapshot: PrepareSnapshot): Promise<PlanStep[]> {
  const { queue, users, join, setId, view, page } = snapshot;
  const steps: PlanStep[] = [...(await permissionSteps(folder, setId, users))];
  if (join.length > 0) steps.push(membersStep(queue, join));
  if (!view.isThere) {
    steps.push(
      await createDeployStep({
        folder,
        id: 'list-view',
        title: `Show the members of ${queue.name} its leads in a list view`,
        version: conn.version,
        ...viewDeployment(queue, view),
        components: [{ type: 'ListView', fullName: `Lead.${view.name}`, action: 'create' }],
        undo: 'best-effort',
      })
    );
  }
  return [...steps, ...(await pageStep(folder, page))];
}
