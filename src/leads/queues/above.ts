/** Who else can claim from a queue that includes bosses: users of the roles above its members (platform-facts F). */
import type { Connection } from '@salesforce/core';
import { all, compare, isIn, queryAll, readRecords, select } from '../../org/read/index.js';
import type { QueueMember } from './members.js';

/** A role above members, with its active users. */
export type RoleAbove = { role: string; users: string[] };

type RoleRow = { Id: string; Name: string; ParentRoleId: string | null };

const FIELDS = ['Id', 'Name', 'ParentRoleId'];

/** Roles deeper than this are a mistake of the data. */
const DEEPEST = 50;

/** Roles above those of members, nearest first. Members of public groups are not looked into. */
export async function rolesAbove(conn: Connection, members: readonly QueueMember[]): Promise<RoleAbove[]> {
  const own = new Set(members.flatMap(({ roleId }) => roleId ?? []));
  const above = new Map<string, RoleRow>();
  let level = [...own];
  for (let depth = 0; level.length > 0 && depth < DEEPEST; depth++) {
    const rows = await readRecords<RoleRow>(conn, { from: 'UserRole', fields: FIELDS, by: 'Id', values: level });
    for (const row of rows.filter(({ Id }) => depth > 0 && !own.has(Id))) above.set(row.Id, row);
    level = [...new Set(rows.flatMap(({ ParentRoleId }) => ParentRoleId ?? []))].filter((id) => !above.has(id));
  }
  return withUsers(conn, [...above.values()]);
}

async function withUsers(conn: Connection, roles: readonly RoleRow[]): Promise<RoleAbove[]> {
  if (roles.length === 0) return [];
  const where = all(
    compare('IsActive', '=', true),
    isIn(
      'UserRoleId',
      roles.map(({ Id }) => Id)
    )
  );
  const fields = ['Name', 'UserRoleId'];
  const users = await queryAll<{ Name: string; UserRoleId: string }>(
    conn,
    select({ from: 'User', fields, where, orderBy: ['Name'] })
  );
  return roles.map(({ Id, Name }) => ({
    role: Name,
    users: users.filter(({ UserRoleId }) => UserRoleId === Id).map((user) => user.Name),
  }));
}
