/** Group: public groups and queues (platform-facts B6, F). */
import { changed, textOf, type Draft, type Saving } from '../save/context.js';
import { fail } from '../save/failures.js';
import { authorOf } from './author.js';
import { developerNameOf, eraseRecords, textFrom } from './records.js';
import { ownsRecords } from './queues.js';
import type { ObjectRules } from './types.js';

/** B6: the other types belong to roles, sites and the like, and come with them. */
const CREATEABLE = new Set(['Regular', 'Queue']);

const checkDeveloperName = (draft: Draft, saving: Saving): void => {
  const name = textOf(draft, 'DeveloperName');
  if (!name || !changed(draft, 'DeveloperName')) return;
  const sql = 'SELECT "Id" FROM "Group" WHERE "DeveloperName" = ? AND "Type" = ? AND "Id" <> ?';
  const other = textFrom(saving.tools, sql, name, textOf(draft, 'Type') ?? '', draft.id);
  if (!other) return;
  throw fail.of('DUPLICATE_DEVELOPER_NAME', `The developer name ${name} is already used by group ${other}`, [
    'DeveloperName',
  ]);
};

export const groupRules: ObjectRules = {
  object: 'Group',

  complete(draft, saving) {
    const name = textOf(draft, 'Name');
    if (name && !textOf(draft, 'DeveloperName')) draft.changes.DeveloperName = developerNameOf(name);
    draft.changes.OwnerId ??= saving.options.session.user.Id;
  },

  beforeCreate(draft, saving) {
    const type = textOf(draft, 'Type') ?? '';
    if (!CREATEABLE.has(type) && saving.options.source !== 'metadata') {
      throw fail.badPicklist(saving.def.fields.get('type')!, type);
    }
    checkDeveloperName(draft, saving);
  },

  beforeUpdate: checkDeveloperName,

  beforeDelete(draft, saving) {
    if (!CREATEABLE.has(String(draft.before.Type))) throw fail.noAccess();
    // F: a queue that holds records cannot be deleted.
    const held = draft.before.Type === 'Queue' ? ownsRecords(saving.tools, draft.id) : undefined;
    if (held) throw fail.of('DELETE_FAILED', `The queue still owns ${held} records`);
  },

  afterDelete(draft, saving) {
    eraseRecords(saving.tools, 'GroupMember', 'GroupId', draft.id);
    eraseRecords(saving.tools, 'GroupMember', 'UserOrGroupId', draft.id);
    eraseRecords(saving.tools, 'QueueSobject', 'QueueId', draft.id);
    saving.tools.sharing.forgetGroup(authorOf(saving), draft.id);
  },
};
