/** Whether the user who calls may do this to this record: what sharing adds to the permissions on the object. */
import type { ObjectDef } from '../catalog/types.js';
import type { RecordAccess } from '../sharing/types.js';
import { isShare, isShared } from '../sharing/objects.js';
import { isId, prefixOf, to18 } from '../store/ids.js';
import { isInternal, type Draft, type Saving } from './context.js';
import { fail } from './failures.js';

/** Whether access is looked at record by record. Those who may modify all records cost nothing here. */
const isLimited = (saving: Saving): boolean =>
  !isInternal(saving.options) &&
  isShared(saving.def) &&
  // Shares have rules of their own: who may share the record may write them.
  !isShare(saving.def) &&
  !saving.options.session.can('modifyAll', saving.def);

/** Looks up the access to all records of a call at once, where it matters. */
export const readAccess = (saving: Saving, drafts: Draft[]): void => {
  if (saving.operation === 'create' || !isLimited(saving)) return;
  const ids: string[] = [];
  for (const { input } of drafts) {
    const id = input.Id ?? input.id ?? input.ID;
    if (typeof id === 'string') ids.push(id);
  }
  saving.access = saving.tools.sharing.accessTo(saving.userId, saving.def, ids);
};

/** The access that counts, or undefined where the user may do everything. @throws PlatformError if he cannot read it */
const requireRead = (saving: Saving, draft: Draft): RecordAccess | undefined => {
  if (saving.access === 'unlimited') return undefined;
  // Records that an upsert has found by another key were not looked up yet.
  const access = saving.access.get(draft.id) ?? saving.tools.sharing.access(saving.userId, saving.def, draft.id);
  if (!access.read) throw fail.unseenRecord();
  return access;
};

const changesOwner = (saving: Saving, draft: Draft): boolean => {
  const { OwnerId: owner } = draft.changes;
  if (typeof owner !== 'string') return false;
  const before = draft.before.OwnerId ?? saving.tools.store.find(saving.def, draft.id, true)?.OwnerId;
  return to18(owner) !== before;
};

/**
 * Whether a record may be changed as the draft says. Giving it away needs no access to change it, only to transfer it.
 * @throws PlatformError INSUFFICIENT_ACCESS_OR_READONLY, INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY
 */
export const requireChange = (saving: Saving, draft: Draft): void => {
  const access = requireRead(saving, draft);
  if (!access) return;
  const transfer = changesOwner(saving, draft);
  const edit = !transfer || Object.keys(draft.changes).some((name) => name !== 'OwnerId');
  if ((transfer && !access.transfer) || (edit && !access.edit)) throw fail.noAccess();
};

/** @throws PlatformError as `requireChange`, where the record may not be deleted or brought back */
export const requireDelete = (saving: Saving, draft: Draft): void => {
  const access = requireRead(saving, draft);
  if (access && !access.delete) throw fail.noAccess();
};

/**
 * Which records of an object that the call refers to the caller sees. Looked up for all at once, before the call has written any:
 * each new user or role changes who sees what, and working that out anew for each record takes longer with every user.
 */
const referable = (saving: Saving, target: ObjectDef): ReadonlySet<string> => {
  let seen = saving.referable.get(target.name);
  if (!seen) {
    const sent = saving.records.flatMap((record) => Object.values(record)).filter(isId);
    const ids = new Set(sent.map(to18).filter((id) => prefixOf(id) === target.keyPrefix));
    const access = saving.tools.sharing.accessTo(saving.userId, target, [...ids]);
    seen = new Set([...access].filter(([, { read }]) => read).map(([id]) => id));
    saving.referable.set(target.name, seen);
  }
  return seen;
};

/** Whether the caller may see a record that another one shall refer to. */
export const mayRefer = (saving: Saving, target: ObjectDef, id: string): boolean =>
  isInternal(saving.options) ||
  !isShared(target) ||
  saving.options.session.can('viewAll', target) ||
  referable(saving, target).has(id);
