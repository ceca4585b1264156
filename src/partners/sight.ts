/** What the running user may see and change of an org: who may not see something cannot tell that it is not there. */
import { rowsOrNone, type Batch, type Rows } from './batch.js';
import { ownPermissions } from './questions.js';
import type { OwnPermissionsRow } from './rows.js';

/** `records`: all of them. `sites`: all, with their members; `changesSites`: may change them (platform-facts E). */
export type Sight = { records: boolean; sites: boolean; changesSites: boolean };

/** Sight from the running user's permission sets; where those cannot be read, nothing counts as seen. */
export function sightOf(own: Rows<OwnPermissionsRow>): Sight {
  const sets = rowsOrNone(own).flatMap(({ PermissionSet }) => PermissionSet ?? []);
  const has = (permission: keyof (typeof sets)[number]): boolean => sets.some((set) => set[permission]);
  const records = has('PermissionsViewAllData') || has('PermissionsModifyAllData');
  const networks = has('PermissionsManageNetworks');
  return { records, sites: records || networks, changesSites: networks || has('PermissionsModifyAllData') };
}

/** Asks whether the running user sees all records. @param viewer username of the running user */
export function askSight(batch: Batch, viewer: string): () => boolean {
  const answer = batch.add<OwnPermissionsRow>('permission set assignments', ownPermissions(viewer));
  return () => sightOf(answer()).records;
}

/** What that means for numbers. */
export const NOT_ALL =
  'you may not see all records. Accounts, leads, shares and other records that you cannot see are not counted here.';
