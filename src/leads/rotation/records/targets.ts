/** Queues and users that rotations name: names in files, ids in the org. */
import type { Connection } from '@salesforce/core';
import { any, isLike, queryAllTogether, readRecords, select } from '../../../org/read/index.js';
import type { Rotation, RotationMember } from '../model.js';

export type FoundTarget = {
  id: string;
  name: string;
  /** Why it cannot get leads, as a sentence that says what to do. */
  problem?: string;
};

/** Looks names up; they are found whatever their case. */
export type Targets = {
  of(member: Pick<RotationMember, 'kind' | 'name'>): FoundTarget | undefined;
  /** Usernames of the org that a username may have become, as in a sandbox. */
  like(username: string): string[];
};

type QueueRow = { Id: string; Name: string; DeveloperName: string; Type: string };
type UserRow = { Id: string; Name: string; Username: string; IsActive: boolean };

/** Queues and users of rotations, the queues for leads that nobody can take among them. */
export async function readTargets(conn: Connection, rotations: readonly Rotation[]): Promise<Targets> {
  const members = rotations.flatMap((rotation) => rotation.members);
  const queues = [...namesOf(members, 'queue'), ...rotations.flatMap(({ fallback }) => fallback ?? [])];
  const found = await findQueues(conn, [...new Set(queues)]);
  const users = await findUsers(conn, namesOf(members, 'user'));
  return {
    of: ({ kind, name }) => (kind === 'queue' ? found : users.exact).get(name.toLowerCase()),
    like: (username) => users.like(username.toLowerCase()),
  };
}

const namesOf = (members: readonly RotationMember[], wanted: RotationMember['kind']): string[] => [
  ...new Set(members.flatMap(({ kind, name }) => (kind === wanted ? [name] : []))),
];

async function findQueues(conn: Connection, names: readonly string[]): Promise<Map<string, FoundTarget>> {
  const fields = ['Id', 'Name', 'DeveloperName', 'Type'];
  const groups = await readRecords<QueueRow>(conn, { from: 'Group', fields, by: 'DeveloperName', values: names });
  const rows = groups.filter(({ Type }) => Type === 'Queue');
  const able = await queuesForLeads(
    conn,
    rows.map(({ Id }) => Id)
  );
  return new Map(
    rows.map(({ Id, Name, DeveloperName }) => [
      DeveloperName.toLowerCase(),
      {
        id: Id,
        name: Name,
        ...(able.has(Id)
          ? {}
          : { problem: `The queue "${DeveloperName}" does not take leads. Add Lead to its objects.` }),
      },
    ])
  );
}

async function queuesForLeads(conn: Connection, values: readonly string[]): Promise<Set<string>> {
  const fields = ['QueueId', 'SobjectType'];
  const rows = await readRecords<Record<(typeof fields)[number], string>>(conn, {
    from: 'QueueSobject',
    fields,
    by: 'QueueId',
    values,
  });
  return new Set(rows.flatMap(({ QueueId = '', SobjectType }) => (SobjectType === 'Lead' ? [QueueId] : [])));
}

type FoundUsers = { exact: Map<string, FoundTarget>; like: (username: string) => string[] };

const USER_FIELDS = ['Id', 'Name', 'Username', 'IsActive'];

/** Users by username; of those that are not there, users whose names begin with it, as in a sandbox. */
async function findUsers(conn: Connection, names: readonly string[]): Promise<FoundUsers> {
  const exact = await readRecords<UserRow>(conn, { from: 'User', fields: USER_FIELDS, by: 'Username', values: names });
  const missing = names.filter((name) => !exact.some((row) => sameName(row.Username, name)));
  const near = await usersLike(conn, missing);
  return {
    exact: new Map(
      exact.map(({ Id, Name, Username, IsActive }) => [
        Username.toLowerCase(),
        {
          id: Id,
          name: Name,
          ...(IsActive
            ? {}
            : { problem: `The user "${Username}" is not active. Take the user out, or pause the member.` }),
        },
      ])
    ),
    like: (username) =>
      near.map(({ Username }) => Username).filter((name) => name.toLowerCase().startsWith(`${username}.`)),
  };
}

/** Most names in one condition of beginnings, so that it is not too long. */
const BEGINNINGS_A_QUERY = 100;

async function usersLike(conn: Connection, names: readonly string[]): Promise<UserRow[]> {
  const queries: string[] = [];
  for (let at = 0; at < names.length; at += BEGINNINGS_A_QUERY) {
    const group = names.slice(at, at + BEGINNINGS_A_QUERY);
    const where = any(...group.map((name) => isLike('Username', `${name}.`, 'start')));
    queries.push(select({ from: 'User', fields: USER_FIELDS, where }));
  }
  return (await queryAllTogether<UserRow>(conn, queries)).flat();
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
