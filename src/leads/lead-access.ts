import type { Connection } from '@salesforce/core';

/** What the running user lacks to change lead owners, in words, or undefined. */
export async function missingLeadAccess(conn: Connection): Promise<'read' | 'edit' | 'owner' | undefined> {
  const { queryable, updateable, fields } = await conn.describe('Lead');
  if (!queryable) return 'read';
  if (!updateable) return 'edit';
  return fields.find(({ name }) => name === 'OwnerId')?.updateable ? undefined : 'owner';
}
