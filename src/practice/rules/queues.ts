/** What queues may hold, and whether they hold any (platform-facts F). */
import type { ObjectDef } from '../catalog/types.js';
import type { SaveTools } from '../save/context.js';
import { quoted } from '../store/identifiers.js';

/** An object that queues may own: its owner is a user or a group. */
export const mayBeQueued = (def: ObjectDef | undefined): def is ObjectDef =>
  def?.fields.get('ownerid')?.referenceTo.includes('Group') === true && def.name !== 'Group';

/** Name of an object of which a queue owns a live record; one object only, where it is given. */
export const ownsRecords = (tools: SaveTools, queueId: string, object?: string): string | undefined => {
  const served = tools.store.sql('SELECT "SobjectType" AS name FROM "QueueSobject" WHERE "QueueId" = ?').all(queueId);
  for (const { name } of served) {
    const def = tools.catalog.object(String(name));
    if (!mayBeQueued(def) || (object !== undefined && def.name !== object)) continue;
    const live = def.fields.has('isdeleted') ? ' AND "IsDeleted" = 0' : '';
    if (tools.store.sql(`SELECT 1 FROM ${quoted(def.name)} WHERE "OwnerId" = ?${live} LIMIT 1`).get(queueId))
      return def.name;
  }
  return undefined;
};
