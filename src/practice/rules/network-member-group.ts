/** NetworkMemberGroup: profiles and permission sets whose users are members; added and removed later (platform-facts E). */
import { changed, textOf, valueOf } from '../save/context.js';
import { fail } from '../save/failures.js';
import { authorOf } from './author.js';
import { MEMBERSHIP_WORK } from './membership-work.js';
import { settleMembership } from './membership.js';
import { textFrom } from './records.js';
import type { ObjectRules } from './types.js';

export const networkMemberGroupRules: ObjectRules = {
  object: 'NetworkMemberGroup',

  beforeCreate(draft, saving) {
    const sql = 'SELECT "Id" FROM "NetworkMemberGroup" WHERE "NetworkId" = ? AND "ParentId" = ?';
    const other = textFrom(saving.tools, sql, textOf(draft, 'NetworkId') ?? '', textOf(draft, 'ParentId') ?? '');
    if (other) throw fail.duplicateValue('ParentId', other);
    if (saving.options.source !== 'metadata') draft.changes.AssignmentStatus = 'WaitingForAdd';
  },

  beforeUpdate(draft) {
    // E: the only change a client makes is to ask for removal.
    if (changed(draft, 'AssignmentStatus') && valueOf(draft, 'AssignmentStatus') !== 'WaitingForRemove') {
      throw fail.integrity('Only WaitingForRemove can be set', 'AssignmentStatus');
    }
  },

  afterCreate(draft, saving) {
    saving.tools.background.later(MEMBERSHIP_WORK, draft.id);
  },

  afterUpdate(draft, saving) {
    if (changed(draft, 'AssignmentStatus')) saving.tools.background.later(MEMBERSHIP_WORK, draft.id);
  },

  afterDelete(draft, saving) {
    settleMembership(authorOf(saving), draft.before);
  },
};
