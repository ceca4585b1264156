/** Queues for leads with their settings, members and open leads. */
import type { Connection } from '@salesforce/core';
import { all, any, compare, isIn, queryAllTogether, readRecords, select } from '../../org/read/index.js';
import type { MemberKind } from './members.js';

export type LeadQueue = {
  id: string;
  name: string;
  developerName: string;
  email: string | null;
  /** Whether members get mails (platform-facts F). */
  mailsMembers: boolean;
  /** Whether who is above members in the role hierarchy may claim too. */
  includesBosses: boolean;
  takesLeads: boolean;
};

type QueueRow = {
  Id: string;
  Name: string;
  DeveloperName: string;
  Email: string | null;
  DoesSendEmailToMembers: boolean;
  DoesIncludeBosses: boolean;
};

const FIELDS = ['Id', 'Name', 'DeveloperName', 'Email', 'DoesSendEmailToMembers', 'DoesIncludeBosses'];

/** Queues of the org by name; of these names alone, where some are given. */
export async function readQueues(conn: Connection, names?: readonly string[]): Promise<LeadQueue[]> {
  const isQueue = compare('Type', '=', 'Queue');
  const where = names ? all(isQueue, any(isIn('DeveloperName', names), isIn('Name', names))) : isQueue;
  const [queues, objects] = await queryAllTogether<QueueRow & { QueueId: string }>(conn, [
    select({ from: 'Group', fields: FIELDS, where, orderBy: ['Name'] }),
    select({ from: 'QueueSobject', fields: ['QueueId'], where: compare('SobjectType', '=', 'Lead') }),
  ]);
  const able = new Set(objects!.map(({ QueueId }) => QueueId));
  return queues!.map((row) => ({
    id: row.Id,
    name: row.Name,
    developerName: row.DeveloperName,
    email: row.Email,
    mailsMembers: row.DoesSendEmailToMembers,
    includesBosses: row.DoesIncludeBosses,
    takesLeads: able.has(row.Id),
  }));
}

/** A queue that is not there, or not the only one of that name. */
export class QueueNameError extends Error {
  public constructor(
    public readonly queue: string,
    public readonly candidates: readonly string[]
  ) {
    super(queue);
    this.name = 'QueueNameError';
  }
}

/** The queue for leads that a name means; API names go first. @throws QueueNameError */
export async function requireQueue(conn: Connection, name: string): Promise<LeadQueue> {
  const found = (await readQueues(conn, [name])).filter(({ takesLeads }) => takesLeads);
  const exact = found.filter(({ developerName }) => developerName.toLowerCase() === name.toLowerCase());
  const [queue, ...others] = exact.length > 0 ? exact : found;
  if (queue && others.length === 0) return queue;
  if (queue)
    throw new QueueNameError(
      name,
      found.map(({ developerName }) => developerName)
    );
  const known = (await readQueues(conn)).filter(({ takesLeads }) => takesLeads);
  throw new QueueNameError(
    name,
    known.map(({ developerName }) => developerName)
  );
}

/** A member as it stands in the org. */
export type StoredQueueMember = { id: string; kind: MemberKind | 'other'; name: string };

type MemberRow = { GroupId: string; UserOrGroupId: string };
type GroupRow = {
  Id: string;
  Name: string | null;
  DeveloperName: string | null;
  Type: string;
  RelatedId: string | null;
};
type RoleRow = { Id: string; Name: string; PortalAccountId: string | null };

const KINDS: Readonly<Record<string, MemberKind>> = {
  Regular: 'group',
  Role: 'role',
  RoleAndSubordinates: 'role-and-subordinates',
  RoleAndSubordinatesInternal: 'role-and-internal-subordinates',
};

/** Direct members of queues, by queue. */
export async function readQueueMembers(
  conn: Connection,
  queues: readonly string[]
): Promise<Map<string, StoredQueueMember[]>> {
  const rows = await readRecords<MemberRow>(conn, {
    from: 'GroupMember',
    fields: ['GroupId', 'UserOrGroupId'],
    by: 'GroupId',
    values: queues,
  });
  const named = await namesOf(
    conn,
    rows.map(({ UserOrGroupId }) => UserOrGroupId)
  );
  const members = new Map<string, StoredQueueMember[]>(queues.map((queue) => [queue, []]));
  for (const { GroupId, UserOrGroupId } of rows) members.get(GroupId)?.push(named(UserOrGroupId));
  for (const list of members.values()) list.sort((a, b) => a.name.localeCompare(b.name));
  return members;
}

const by = <T>(rows: readonly T[], key: (row: T) => string): Map<string, T> =>
  new Map(rows.map((row) => [key(row), row]));

/** Names of users and groups by id. */
async function namesOf(conn: Connection, ids: readonly string[]): Promise<(id: string) => StoredQueueMember> {
  const users = await readRecords<{ Id: string; Name: string }>(conn, {
    from: 'User',
    fields: ['Id', 'Name'],
    by: 'Id',
    values: ids.filter((id) => id.startsWith('005')),
  });
  const groups = await readRecords<GroupRow>(conn, {
    from: 'Group',
    fields: ['Id', 'Name', 'DeveloperName', 'Type', 'RelatedId'],
    by: 'Id',
    values: ids.filter((id) => id.startsWith('00G')),
  });
  const roles = await readRecords<RoleRow>(conn, {
    from: 'UserRole',
    fields: ['Id', 'Name', 'PortalAccountId'],
    by: 'Id',
    values: groups.flatMap(({ RelatedId }) => RelatedId ?? []).filter((id) => id.startsWith('00E')),
  });
  const [userOf, groupOf, roleOf] = [by(users, ({ Id }) => Id), by(groups, ({ Id }) => Id), by(roles, ({ Id }) => Id)];
  return (id) => {
    const user = userOf.get(id);
    if (user) return { id, kind: 'user', name: user.Name };
    const group = groupOf.get(id);
    const role = roleOf.get(group?.RelatedId ?? '');
    return {
      id,
      kind: KINDS[group?.Type ?? ''] ?? 'other',
      name: role?.Name ?? group?.Name ?? group?.DeveloperName ?? id,
    };
  };
}
