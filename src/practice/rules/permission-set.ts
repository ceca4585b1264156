/** PermissionSet: one that is assigned stays, as by metadata (kinds/permission-set). */
import { fail } from '../save/failures.js';
import { textFrom } from './records.js';
import type { ObjectRules } from './types.js';

const ASSIGNED = 'SELECT "Id" FROM "PermissionSetAssignment" WHERE "PermissionSetId" = ? LIMIT 1';

export const permissionSetRules: ObjectRules = {
  object: 'PermissionSet',

  beforeDelete(draft, saving) {
    if (!textFrom(saving.tools, ASSIGNED, draft.id)) return;
    throw fail.of('DELETE_FAILED', 'You can only delete a permission set if it is not assigned to any user');
  },
};
