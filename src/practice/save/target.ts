/** Finding the record that an update, delete or undelete is about. */
import type { Row } from '../contracts.js';
import { rulesOf } from '../rules/index.js';
import { isId, prefixOf, to18 } from '../store/ids.js';
import { type Draft, type Saving } from './context.js';
import { fail } from './failures.js';
import { readMany, readSome } from './stored.js';

/** Id that a record carries, as it was sent. @throws PlatformError MISSING_ARGUMENT. */
export const sentId = (saving: Saving, draft: Draft, key: string | undefined): string => {
  const raw = key === undefined ? undefined : draft.input[key];
  if (typeof raw !== 'string' || raw === '') throw fail.noId(saving.operation);
  return raw;
};

/** Key of the id among the names of a record, in any case. */
export const idKeyOf = (draft: Draft): string | undefined =>
  Object.keys(draft.input).find((key) => key.length === 2 && key.toLowerCase() === 'id');

/** Fewer records than this are read one by one. */
const AHEAD = 20;

/** Reads the stored values of many records at once, where the rules of the object need only some fields. */
export const readAhead = (saving: Saving, drafts: Draft[]): void => {
  const { reads } = rulesOf(saving.def);
  if (reads === undefined || drafts.length < AHEAD) return;
  const ids: string[] = [];
  for (const { input } of drafts) {
    const id = input.Id ?? input.id;
    if (typeof id === 'string' && id.length === 18) ids.push(id);
  }
  saving.ahead = readMany(saving.tools.store, saving.def, ids, reads);
};

const load = (saving: Saving, id: string): Row | undefined => {
  const { store } = saving.tools;
  const known = saving.ahead?.get(id);
  if (known) return known;
  const { reads } = rulesOf(saving.def);
  return reads === undefined ? store.find(saving.def, id, true) : readSome(store, saving.def, id, reads);
};

/**
 * Reads what is stored of the record and puts id and values into the draft.
 * @throws PlatformError MALFORMED_ID, INVALID_CROSS_REFERENCE_KEY, ENTITY_IS_DELETED, DUPLICATE_VALUE,
 * UNABLE_TO_LOCK_ROW.
 */
export const findTarget = (saving: Saving, draft: Draft, raw: string, deleted = false): void => {
  // The canonical id is the usual case; only what is not found is looked at closely.
  let stored = raw.length === 18 ? load(saving, raw) : undefined;
  if (!stored) {
    if (!isId(raw)) throw fail.malformedId(raw);
    const id = to18(raw);
    if (prefixOf(id) !== saving.def.keyPrefix) throw fail.wrongId(saving.def, raw);
    stored = load(saving, id);
  }
  if (!stored) throw fail.noSuchRecord();
  draft.id = String(stored.Id);
  // The platform tolerates a few repeated ids in one call; here each is refused, so that tests notice.
  if (saving.seen.has(draft.id)) throw fail.duplicateId(raw);
  saving.seen.add(draft.id);
  if (saving.tools.locks.isTaken(draft.id)) throw fail.locked();
  if (!deleted && stored.IsDeleted === true) throw fail.deleted();
  draft.before = stored;
};
