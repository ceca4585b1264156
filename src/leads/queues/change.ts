/** The plan that changes who is in a queue. */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import type { OrgIdentity } from '../../org/read/index.js';
import {
  fingerprint,
  PLAN_FORMAT,
  type MemberChange,
  type MembersStep,
  type Plan,
  type RunFolder,
} from '../../runs/index.js';
import { rolesAbove } from './above.js';
import { memberText, resolveMembers, type QueueMember } from './members.js';
import { openLeadsOf } from '../open-leads.js';
import { readQueueMembers, requireQueue, type LeadQueue } from './read.js';

export const MEMBERS_KIND = 'queue.members';

const memberSchema = z.object({ id: z.string(), kind: z.string(), name: z.string() });

export const membersDetailsSchema = z.object({
  queue: z.object({ id: z.string(), name: z.string(), developerName: z.string(), includesBosses: z.boolean() }),
  add: z.array(memberSchema),
  remove: z.array(memberSchema),
  /** Members after the plan. */
  after: z.array(memberSchema),
  above: z.array(z.object({ role: z.string(), users: z.array(z.string()) })),
});

export type MembersDetails = z.infer<typeof membersDetailsSchema>;

export type MembersRequest = { queue: string; add: readonly string[]; remove: readonly string[] };

export type MembersSnapshot = { queue: LeadQueue; details: MembersDetails; openLeads: number };

const short = ({ id, kind, name }: { id: string; kind: string; name: string }): z.infer<typeof memberSchema> => ({
  id,
  kind,
  name,
});

/** What is to change: who is in it already is not added, who is not there not taken out. @throws QueueNameError, MemberError */
export async function readMembersChange(conn: Connection, request: MembersRequest): Promise<MembersSnapshot> {
  const queue = await requireQueue(conn, request.queue);
  const adds = await resolveMembers(conn, request.add);
  const removes = await resolveMembers(conn, request.remove);
  const stored = (await readQueueMembers(conn, [queue.id])).get(queue.id) ?? [];
  const isIn = ({ id }: { id: string }): boolean => stored.some((member) => member.id === id);
  const add = adds.filter((member) => !isIn(member) && !removes.some(({ id }) => id === member.id));
  const remove = removes.filter(isIn);
  const left = stored.filter(({ id }) => !remove.some((member) => member.id === id));
  return {
    queue,
    openLeads: (await openLeadsOf(conn, [queue.id])).get(queue.id) ?? 0,
    details: {
      queue: {
        id: queue.id,
        name: queue.name,
        developerName: queue.developerName,
        includesBosses: queue.includesBosses,
      },
      add: add.map(short),
      remove: remove.map(short),
      after: [...left, ...add].map(short),
      above: queue.includesBosses ? await rolesAbove(conn, add) : [],
    },
  };
}

/** The step that puts members in and takes them out. */
export function membersStep(
  queue: Pick<LeadQueue, 'id' | 'name'>,
  add: ReadonlyArray<Pick<QueueMember, 'id' | 'kind' | 'name'>>,
  remove: ReadonlyArray<Pick<QueueMember, 'id' | 'kind' | 'name'>> = []
): MembersStep {
  const base = { group: queue.id, groupName: queue.name };
  const changes: MemberChange[] = [
    ...add.map((member) => ({ ...base, add: member.id, text: `put ${memberText(member)} into ${queue.name}` })),
    ...remove.map((member) => ({
      ...base,
      remove: member.id,
      text: `take ${memberText(member)} out of ${queue.name}`,
    })),
  ];
  return { id: 'members', kind: 'members', title: `Change who is in ${queue.name}`, changes, undo: 'exact' };
}

/** Writes the plan. */
export async function buildMembersPlan(org: OrgIdentity, folder: RunFolder, snapshot: MembersSnapshot): Promise<Plan> {
  const { queue, details, openLeads } = snapshot;
  const { add, remove, after } = details;
  const isNothing = add.length + remove.length === 0;
  const kinds = { add: add as QueueMember[], remove: remove as QueueMember[] };
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: MEMBERS_KIND,
    title: `Change who is in ${queue.name}: ${add.length} in, ${remove.length} out`,
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: membersFingerprint(details),
    steps: isNothing ? [] : [membersStep(queue, kinds.add, kinds.remove)],
    warnings:
      after.length === 0 && openLeads > 0
        ? [`Nobody is left in ${queue.name}, which holds ${openLeads} open leads: nobody could claim them.`]
        : [],
    cost: isNothing
      ? { apiCalls: 0, formula: 'nothing to write', emails: 0, licences: 0 }
      : { apiCalls: 4, formula: '2 to read members + 1 to put in + 1 to take out', emails: 0, licences: 0 },
    details,
  };
  await folder.writePlan(plan);
  return plan;
}

const membersFingerprint = ({ queue, add, remove, after }: Omit<MembersDetails, 'above'>): string =>
  fingerprint({ queue: queue.id, add: ids(add), remove: ids(remove), after: ids(after) });

const ids = (members: ReadonlyArray<{ id: string }>): string[] => members.map(({ id }) => id).sort();

/** What a saved plan relies on, as the org is now: the members that the queue has. */
export async function readMembersFingerprint(conn: Connection, { details }: Plan): Promise<string> {
  const parsed = membersDetailsSchema.parse(details);
  const { queue, add, remove } = parsed;
  const stored = (await readQueueMembers(conn, [queue.id])).get(queue.id) ?? [];
  const left = stored.filter(({ id }) => !remove.some((member) => member.id === id));
  return membersFingerprint({ queue, add, remove, after: [...left.map(short), ...add] });
}
