/** GroupMember: no update; a member added twice is the same member (platform-facts B6, F). */
import { textOf, type SaveTools } from '../save/context.js';
import { fail } from '../save/failures.js';
import { textFrom } from './records.js';
import type { ObjectRules } from './types.js';

/** User types that cannot be in groups: high-volume portal users (F). */
const HIGH_VOLUME = 'CspLitePortal';

/** Whether a group contains another one, at any depth. */
const contains = (tools: SaveTools, groupId: string, memberId: string): boolean =>
  groupId === memberId ||
  tools.store
    .sql(
      'WITH RECURSIVE inside(id) AS (SELECT ?1 UNION SELECT m."UserOrGroupId" FROM "GroupMember" m ' +
        'JOIN inside ON m."GroupId" = inside.id) SELECT 1 FROM inside WHERE id = ?2 LIMIT 1'
    )
    .get(groupId, memberId) !== undefined;

export const groupMemberRules: ObjectRules = {
  object: 'GroupMember',

  beforeCreate(draft, saving) {
    const { tools } = saving;
    const groupId = textOf(draft, 'GroupId') ?? '';
    const memberId = textOf(draft, 'UserOrGroupId') ?? '';
    const type = textFrom(tools, 'SELECT "Type" FROM "Group" WHERE "Id" = ?', groupId);
    if (type !== 'Regular' && type !== 'Queue') throw fail.noTarget('GroupId');
    if (textFrom(tools, 'SELECT "UserType" FROM "User" WHERE "Id" = ?', memberId) === HIGH_VOLUME) {
      throw fail.of('OP_WITH_INVALID_USER_TYPE_EXCEPTION', 'The user cannot be a member of groups', ['UserOrGroupId']);
    }
    if (memberId.startsWith('00G') && contains(tools, memberId, groupId)) {
      throw fail.of('CIRCULAR_DEPENDENCY', 'A group cannot contain itself', ['UserOrGroupId']);
    }
    const sql = 'SELECT "Id" FROM "GroupMember" WHERE "GroupId" = ? AND "UserOrGroupId" = ?';
    const existing = textFrom(tools, sql, groupId, memberId);
    if (existing) draft.existing = existing;
  },
};
