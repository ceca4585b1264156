import type { Connection } from '@salesforce/core';
import { all, compare, isIn, isInQuery, queryAll, select } from '../org/read/index.js';

/** What the running user lacks to change lead owners, in words, or undefined. */
export async function missingLeadAccess(conn: Connection): Promise<'read' | 'edit' | 'owner' | undefined> {
  const { queryable, updateable, fields } = await conn.describe('Lead');
  if (!queryable) return 'read';
  if (!updateable) return 'edit';
  return fields.find(({ name }) => name === 'OwnerId')?.updateable ? undefined : 'owner';
}

/**
 * Those of some users whose profile or permission sets let them read or edit leads. Each has an assignment to the permission
 * set of the profile too. Assignments are only visible with View Setup or the like.
 * @throws the org's error where the running user does not see them
 */
export async function usersWhoMay(
  conn: Connection,
  permission: 'PermissionsRead' | 'PermissionsEdit',
  userIds: readonly string[]
): Promise<Set<string>> {
  const onLeads = all(compare('SobjectType', '=', 'Lead'), compare(permission, '=', true));
  const sets = select({ from: 'ObjectPermissions', fields: ['ParentId'], where: onLeads });
  const where = all(isIn('AssigneeId', userIds), isInQuery('PermissionSetId', sets));
  const soql = select({ from: 'PermissionSetAssignment', fields: ['AssigneeId'], where });
  const rows = await queryAll<{ AssigneeId: string }>(conn, soql);
  return new Set(rows.map(({ AssigneeId }) => AssigneeId));
}
