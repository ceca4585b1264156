/** Whether the running user sees everything there is to count. */
import type { Batch } from './batch.js';
import { ownPermissions } from './questions.js';
import type { OwnPermissionsRow } from './rows.js';

/** Asks for View All Data or Modify All Data. @param viewer username of the running user */
export function askSight(batch: Batch, viewer: string): () => boolean {
  const answer = batch.add<OwnPermissionsRow>('permission set assignments', ownPermissions(viewer));
  return () => {
    const rows = answer();
    const sets = rows.known ? rows.value : [];
    return sets.some(({ PermissionSet: set }) => set && (set.PermissionsViewAllData || set.PermissionsModifyAllData));
  };
}

/** What that means for numbers. */
export const NOT_ALL =
  'you may not see all records. Accounts, leads, shares and other records that you cannot see are not counted here.';
