/** Queues and users that rotations name: names in files, ids in the org. */
import type { Connection } from '@salesforce/core';
import { all, any, compare, isIn, isLike, queryTogether, select, type Condition } from '../../../org/read/index.js';
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

type QueueRow = { Id: string; Name: string; DeveloperName: string };
type UserRow = { Id: string; Name: string; Username: string; IsActive: boolean };

/** Most names in one query, so that its address is not too long. */
const NAMES_A_QUERY = 100;

const blocks = (names: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(names.length / NAMES_A_QUERY) }, (_, at) =>
    names.slice(at * NAMES_A_QUERY, (at + 1) * NAMES_A_QUERY)
  );

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

async function ask<T extends object>(conn: Connection, queries: readonly string[]): Promise<T[]> {
  const answers = await queryTogether<T>(conn, queries);
  return answers.flatMap(({ records, error }) => {
    if (error) throw error;
    return records;
  });
}

async function findQueues(conn: Connection, names: readonly string[]): Promise<Map<string, FoundTarget>> {
  const rows = await ask<QueueRow>(
    conn,
    blocks(names).map((group) => {
      const where = all(compare('Type', '=', 'Queue'), isIn('DeveloperName', group));
      return select({ from: 'Group', fields: ['Id', 'Name', 'DeveloperName'], where });
    })
  );
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

async function queuesForLeads(conn: Connection, ids: readonly string[]): Promise<Set<string>> {
  const rows = await ask<{ QueueId: string }>(
    conn,
    blocks(ids).map((group) => {
      const where = all(compare('SobjectType', '=', 'Lead'), isIn('QueueId', group));
      return select({ from: 'QueueSobject', fields: ['QueueId'], where });
    })
  );
  return new Set(rows.map(({ QueueId }) => QueueId));
}

type FoundUsers = { exact: Map<string, FoundTarget>; like: (username: string) => string[] };

/** Users by username; of those that are not there, users whose names begin with it, as in a sandbox. */
async function findUsers(conn: Connection, names: readonly string[]): Promise<FoundUsers> {
  const exact = await usersWhere(conn, names, (group) => isIn('Username', group));
  const missing = names.filter((name) => !exact.some((row) => sameName(row.Username, name)));
  const near = await usersWhere(conn, missing, (group) =>
    any(...group.map((name) => isLike('Username', `${name}.`, 'start')))
  );
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

function usersWhere(
  conn: Connection,
  names: readonly string[],
  where: (group: string[]) => Condition
): Promise<UserRow[]> {
  const fields = ['Id', 'Name', 'Username', 'IsActive'];
  return ask<UserRow>(
    conn,
    blocks(names).map((group) => select({ from: 'User', fields, where: where(group) }))
  );
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
