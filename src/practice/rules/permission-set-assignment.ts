/** PermissionSetAssignment: once a user, and only for the licence of the permission set (platform-facts C6, C5). */
import { textOf } from '../save/context.js';
import { fail } from '../save/failures.js';
import { authorOf } from './author.js';
import { refreshMembership } from './membership.js';
import { textFrom } from './records.js';
import type { ObjectRules } from './types.js';

export const permissionSetAssignmentRules: ObjectRules = {
  object: 'PermissionSetAssignment',

  complete(draft) {
    draft.changes.IsActive = true;
  },

  beforeCreate(draft, saving) {
    const { tools } = saving;
    const assignee = textOf(draft, 'AssigneeId') ?? '';
    const setId = textOf(draft, 'PermissionSetId');
    if (!setId) throw fail.missing(['PermissionSetId']);
    const set = tools.store
      .sql('SELECT "Name", "LicenseId", "IsOwnedByProfile" AS owned FROM "PermissionSet" WHERE "Id" = ?')
      .get(setId)!;
    if (set.owned === 1) throw fail.integrity('A permission set of a profile cannot be assigned', 'PermissionSetId');
    const sql = 'SELECT "Id" FROM "PermissionSetAssignment" WHERE "AssigneeId" = ? AND "PermissionSetId" = ?';
    if (textFrom(tools, sql, assignee, setId)) {
      throw fail.of(
        'DUPLICATE_VALUE',
        `Duplicate PermissionSetAssignment. Assignee: ${assignee}; Permission Set: ${setId}`,
        ['PermissionSetId', 'AssigneeId']
      );
    }
    const licence = textFrom(
      tools,
      'SELECT p."UserLicenseId" FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId" WHERE u."Id" = ?',
      assignee
    );
    if (set.LicenseId !== null && String(set.LicenseId).startsWith('100') && set.LicenseId !== licence) {
      throw fail.integrity(
        `Can't assign permission set ${String(set.Name)}: it belongs to another user license`,
        'PermissionSetId'
      );
    }
  },

  beforeDelete(draft, saving) {
    const sql = 'SELECT "Id" FROM "PermissionSet" WHERE "Id" = ? AND "IsOwnedByProfile" = 1';
    if (textFrom(saving.tools, sql, String(draft.before.PermissionSetId))) {
      throw fail.integrity(
        'The assignment to the permission set of the own profile cannot be removed',
        'PermissionSetId'
      );
    }
  },

  afterCreate(draft, saving) {
    refreshMembership(authorOf(saving), String(draft.changes.AssigneeId), true);
  },

  afterDelete(draft, saving) {
    refreshMembership(authorOf(saving), String(draft.before.AssigneeId), false);
  },
};
