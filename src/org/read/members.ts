/** Rows of group and queue members. */
import type { Connection } from '@salesforce/core';
import { queryAll } from './query.js';
import { isIn } from './soql/literal.js';
import { select } from './soql/select.js';

export type MemberRow = { Id: string; GroupId: string; UserOrGroupId: string };

/** Direct members of groups and queues. */
export async function readMembers(conn: Connection, groups: readonly string[]): Promise<MemberRow[]> {
  if (groups.length === 0) return [];
  const where = isIn('GroupId', [...new Set(groups)]);
  return queryAll<MemberRow>(conn, select({ from: 'GroupMember', fields: ['Id', 'GroupId', 'UserOrGroupId'], where }));
}
