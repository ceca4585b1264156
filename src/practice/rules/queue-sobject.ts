/** QueueSobject: which objects a queue may own (platform-facts F). */
import { textOf } from '../save/context.js';
import { fail } from '../save/failures.js';
import { mayBeQueued, ownsRecords } from './queues.js';
import { textFrom } from './records.js';
import type { ObjectRules } from './types.js';

export const queueSobjectRules: ObjectRules = {
  object: 'QueueSobject',

  beforeCreate(draft, saving) {
    const { tools, def } = saving;
    const queueId = textOf(draft, 'QueueId') ?? '';
    const type = textOf(draft, 'SobjectType') ?? '';
    if (textFrom(tools, 'SELECT "Type" FROM "Group" WHERE "Id" = ?', queueId) !== 'Queue')
      throw fail.noTarget('QueueId');
    const object = tools.catalog.object(type);
    if (!mayBeQueued(object)) throw fail.badPicklist(def.fields.get('sobjecttype')!, type);
    draft.changes.SobjectType = object.name;
    const sql = 'SELECT "Id" FROM "QueueSobject" WHERE "QueueId" = ? AND "SobjectType" = ?';
    const other = textFrom(tools, sql, queueId, object.name);
    if (other) throw fail.duplicateValue('SobjectType', other);
  },

  beforeDelete(draft, saving) {
    const held = ownsRecords(saving.tools, String(draft.before.QueueId), String(draft.before.SobjectType));
    if (held) throw fail.of('DELETE_FAILED', `The queue still owns ${held} records`);
  },
};
