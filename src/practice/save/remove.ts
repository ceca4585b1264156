/** Deleting to the recycle bin and back. Objects without a recycle bin lose their rows for good. */
import { rulesOf } from '../rules/index.js';
import { removeChildren, removeRow, restoreChildren, setDeleted } from './cascade.js';
import type { Draft, Saving } from './context.js';
import { fail } from './failures.js';
import { enter } from './mixed-dml.js';
import { requireDelete } from './record-access.js';
import { findTarget, idKeyOf, sentId } from './target.js';

/** Deletes a record and its children. @throws PlatformError */
export const deleteRecord = (saving: Saving, draft: Draft): void => {
  const { def } = saving;
  const rules = rulesOf(def);
  findTarget(saving, draft, sentId(saving, draft, idKeyOf(draft)));
  requireDelete(saving, draft);
  draft.before = saving.tools.store.find(def, draft.id, true)!;
  rules.beforeDelete?.(draft, saving);
  enter(saving.scope, def.name, def.setup);
  removeChildren(saving, def, draft.id);
  removeRow(saving, def, draft.id);
  rules.afterDelete?.(draft, saving);
};

/** Takes a record and its children out of the recycle bin. @throws PlatformError UNDELETE_FAILED and others. */
export const undeleteRecord = (saving: Saving, draft: Draft): void => {
  const { def } = saving;
  if (!def.fields.has('isdeleted')) {
    throw fail.of('INVALID_TYPE_FOR_OPERATION', `entity type ${def.name} does not support undelete`);
  }
  findTarget(saving, draft, sentId(saving, draft, idKeyOf(draft)), true);
  requireDelete(saving, draft);
  if (draft.before.IsDeleted !== true) throw fail.of('UNDELETE_FAILED', 'Entity is not in the recycle bin');
  enter(saving.scope, def.name, def.setup);
  setDeleted(saving, def, draft.id, false);
  restoreChildren(saving, def, draft.id);
};
