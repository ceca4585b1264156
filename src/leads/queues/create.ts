/** The plan of a new queue: one deploy, all or nothing, whose mirror deletes the queue while it holds no lead. */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import type { MetadataBody, OrgIdentity } from '../../org/read/index.js';
import {
  createDeployStep,
  fingerprint,
  PLAN_FORMAT,
  refusalOf,
  validateDeployment,
  type Deployment,
  type Plan,
  type RunFolder,
} from '../../runs/index.js';
import { rolesAbove } from './above.js';
import { memberText, resolveMembers, type MemberKind, type QueueMember } from './members.js';
import { readQueueMembers, readQueues, type LeadQueue } from './read.js';

export const CREATE_KIND = 'queue.create';

export type QueueWish = {
  name: string;
  developerName: string;
  members: readonly string[];
  email?: string;
  mailsMembers: boolean;
  includesBosses: boolean;
};

export const createDetailsSchema = z.object({
  queue: z.object({
    name: z.string(),
    developerName: z.string(),
    email: z.string().optional(),
    mailsMembers: z.boolean(),
    includesBosses: z.boolean(),
  }),
  members: z.array(z.object({ id: z.string(), kind: z.string(), name: z.string() })),
  /** Who is above members, and may claim too where the queue includes bosses. */
  above: z.array(z.object({ role: z.string(), users: z.array(z.string()) })),
});

export type CreateDetails = z.infer<typeof createDetailsSchema>;

/** A queue of that name that is not as wanted. */
export class QueueExists extends Error {
  public constructor(
    public readonly queue: string,
    public readonly differences: readonly string[]
  ) {
    super(`${queue}: ${differences.join('; ')}`);
    this.name = 'QueueExists';
  }
}

/** The org would refuse the queue; its words. */
export class QueueRefused extends Error {
  public constructor(public readonly reason: string) {
    super(reason);
    this.name = 'QueueRefused';
  }
}

/** API name for a name, as Setup proposes it. */
export function developerNameOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return (/^[A-Za-z]/.test(plain) ? plain : `X${plain}`).slice(0, 80);
}

export type CreateSnapshot = { wish: QueueWish; members: QueueMember[]; details: CreateDetails; exists: boolean };

/** What has to be known before a queue is made. @throws MemberError, QueueExists */
export async function readCreate(conn: Connection, wish: QueueWish): Promise<CreateSnapshot> {
  const members = await resolveMembers(conn, wish.members);
  const [held] = (await readQueues(conn, [wish.developerName])).filter(
    ({ developerName }) => developerName.toLowerCase() === wish.developerName.toLowerCase()
  );
  if (held) await requireSame(conn, held, wish, members);
  const { name, developerName, email, mailsMembers, includesBosses } = wish;
  const details: CreateDetails = {
    queue: { name, developerName, ...(email === undefined ? {} : { email }), mailsMembers, includesBosses },
    members: members.map(({ id, kind, name: called }) => ({ id, kind, name: called })),
    above: await rolesAbove(conn, members),
  };
  return { wish, members, details, exists: held !== undefined };
}

async function requireSame(
  conn: Connection,
  held: LeadQueue,
  wish: QueueWish,
  members: readonly QueueMember[]
): Promise<void> {
  const stored = (await readQueueMembers(conn, [held.id])).get(held.id) ?? [];
  const missing = members.filter(({ id }) => !stored.some((one) => one.id === id));
  const differences = [
    ...(held.takesLeads ? [] : ['it does not take leads']),
    ...(held.mailsMembers === wish.mailsMembers ? [] : [`mails to members are ${held.mailsMembers ? 'on' : 'off'}`]),
    ...(held.includesBosses === wish.includesBosses
      ? []
      : [`who is above members ${held.includesBosses ? 'may' : 'may not'} claim`]),
    ...(wish.email === undefined || held.email === wish.email ? [] : [`its address is ${held.email ?? 'empty'}`]),
    ...missing.map((member) => `${memberText(member)} is not in it`),
  ];
  if (differences.length > 0) throw new QueueExists(held.developerName, differences);
}

/** Writes the plan. The org is asked whether it would take the queue, so that a refusal comes before anybody says yes. */
export async function buildCreatePlan(
  conn: Connection,
  org: OrgIdentity,
  folder: RunFolder,
  snapshot: CreateSnapshot
): Promise<Plan> {
  const { wish, details, exists } = snapshot;
  const deployment = deploymentOf(snapshot);
  if (!exists) await validate(conn, deployment);
  const steps = exists
    ? []
    : [
        await createDeployStep({
          folder,
          id: 'queue',
          title: `Make the queue ${wish.name}`,
          version: conn.version,
          deployment,
          components: [{ type: 'Queue', fullName: wish.developerName, action: 'create' }],
          backup: { files: [], members: {}, deleteAfter: { Queue: [wish.developerName] } },
          // The org refuses to delete a queue that holds leads or that a rule uses (platform-facts F).
          undo: 'best-effort',
        }),
      ];
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: CREATE_KIND,
    title: `Make the queue ${wish.name}`,
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: createFingerprint(details, exists),
    steps,
    warnings: details.members.length === 0 && !exists ? ['The queue has no members: nobody can claim from it.'] : [],
    cost: exists
      ? { apiCalls: 0, formula: 'nothing to write', emails: 0, licences: 0 }
      : { apiCalls: 5, formula: '1 deploy + 1 look + 3 to read it again', emails: 0, licences: 0 },
    details,
  };
  await folder.writePlan(plan);
  return plan;
}

async function validate(conn: Connection, deployment: Deployment): Promise<void> {
  const answer = await validateDeployment(conn, deployment);
  if (!answer.accepted) throw new QueueRefused(refusalOf(answer));
}

/** What a plan relies on: members as they were found, and whether the queue was there. */
const createFingerprint = ({ queue, members }: CreateDetails, exists: boolean): string =>
  fingerprint({ queue, members: members.map(({ id }) => id).sort(), exists });

/** The same for a saved plan, as the org is now. */
export async function readCreateFingerprint(conn: Connection, { details }: Plan): Promise<string> {
  const parsed = createDetailsSchema.parse(details);
  const held = await readQueues(conn, [parsed.queue.developerName]);
  return createFingerprint(parsed, held.length > 0);
}

/** Elements of members in the file of a queue (platform-facts F). Accounts stand for their topmost portal role. */
const ELEMENTS: ReadonlyArray<readonly [outer: string, inner: string, kinds: readonly MemberKind[]]> = [
  ['publicGroups', 'publicGroup', ['group']],
  ['roleAndSubordinates', 'roleAndSubordinate', ['role-and-subordinates', 'account']],
  ['roleAndSubordinatesInternal', 'roleAndSubordinateInternal', ['role-and-internal-subordinates']],
  ['roles', 'role', ['role']],
  ['users', 'user', ['user']],
];

function deploymentOf({ wish, members }: CreateSnapshot): Deployment {
  const { name, developerName, email, mailsMembers, includesBosses } = wish;
  const queueMembers = Object.fromEntries(
    ELEMENTS.map(([outer, inner, kinds]): [string, MetadataBody] => [
      outer,
      { [inner]: members.filter(({ kind }) => kinds.includes(kind)).map(({ apiName }) => apiName) },
    ]).filter(([, body]) => Object.values(body).some((names) => Array.isArray(names) && names.length > 0))
  );
  const body: MetadataBody = {
    doesIncludeBosses: String(includesBosses),
    doesSendEmailToMembers: String(mailsMembers),
    ...(email === undefined ? {} : { email }),
    name,
    ...(members.length > 0 ? { queueMembers } : {}),
    queueSobject: { sobjectType: 'Lead' },
  };
  return {
    files: [{ path: `queues/${developerName}.queue`, root: 'Queue', body }],
    members: { Queue: [developerName] },
  };
}
