/** UserRole: each role has groups that sharing names (platform-facts B6). */
import { textOf } from '../save/context.js';
import { fail } from '../save/failures.js';
import { authorOf } from './author.js';
import { createRoleGroups } from './portal.js';
import { developerNameOf, eraseRecords, textFrom } from './records.js';
import type { ObjectRules } from './types.js';

const checkDeveloperName = (name: string, id: string, found: string | undefined): void => {
  if (!found || found === id) return;
  throw fail.of('DUPLICATE_DEVELOPER_NAME', `The developer name ${name} is already used by another role`, [
    'DeveloperName',
  ]);
};

export const userRoleRules: ObjectRules = {
  object: 'UserRole',

  complete(draft) {
    draft.changes.OpportunityAccessForAccountOwner ??= 'None';
    draft.changes.PortalType ??= 'None';
    const name = textOf(draft, 'Name');
    if (name && !textOf(draft, 'DeveloperName')) draft.changes.DeveloperName = developerNameOf(name);
  },

  beforeCreate(draft, saving) {
    const name = String(draft.changes.DeveloperName);
    checkDeveloperName(name, '', textFrom(saving.tools, 'SELECT "Id" FROM "UserRole" WHERE "DeveloperName" = ?', name));
  },

  beforeUpdate(draft, saving) {
    const name = textOf(draft, 'DeveloperName');
    if (!name) return;
    const other = textFrom(
      saving.tools,
      'SELECT "Id" FROM "UserRole" WHERE "DeveloperName" = ? AND "Id" <> ?',
      name,
      draft.id
    );
    checkDeveloperName(name, draft.id, other);
  },

  beforeDelete(draft, saving) {
    const { tools } = saving;
    const used =
      textFrom(tools, 'SELECT "Id" FROM "User" WHERE "UserRoleId" = ? LIMIT 1', draft.id) ??
      textFrom(tools, 'SELECT "Id" FROM "UserRole" WHERE "ParentRoleId" = ? LIMIT 1', draft.id);
    if (used) throw fail.of('DELETE_FAILED', `The role is in use by ${used}`);
  },

  afterCreate(draft, saving) {
    const types = ['Role', 'RoleAndSubordinates', 'RoleAndSubordinatesInternal'];
    createRoleGroups(authorOf(saving), draft.id, String(draft.changes.DeveloperName), types);
  },

  afterDelete(draft, saving) {
    for (const { Id } of saving.tools.store.sql('SELECT "Id" FROM "Group" WHERE "RelatedId" = ?').all(draft.id)) {
      saving.tools.sharing.forgetGroup(authorOf(saving), String(Id));
    }
    eraseRecords(saving.tools, 'Group', 'RelatedId', draft.id);
  },
};
