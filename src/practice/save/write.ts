/** Creating and updating one record: check, complete, rules, write, rules. */
import { PlatformError, type SaveError } from '../errors.js';
import { fillFormulas, followChanges } from '../formula/fields.js';
import { rulesOf } from '../rules/index.js';
import { type Draft, type Saving } from './context.js';
import { applyDefaults, composeName, missingFields, stampAudit } from './defaults.js';
import { fail } from './failures.js';
import { enter } from './mixed-dml.js';
import { drawNumbers } from './numbers.js';
import { requireChange } from './record-access.js';
import { fieldRefusals, readValues, shapeOf, type Shape } from './shape.js';
import { findTarget, sentId } from './target.js';
import { checkUnique } from './unique.js';

/** A record of which several fields are wrong; each is reported. */
export class ManyErrors extends Error {}

const takeValues = (saving: Saving, draft: Draft, shape: Shape, refused: readonly SaveError[]): void => {
  const errors = shape.errors.length > 0 ? shape.errors : refused;
  if (errors.length > 0) {
    draft.errors.push(...errors);
    throw new ManyErrors();
  }
  draft.sent = readValues(saving, shape, draft.input, draft.errors);
  if (draft.errors.length > 0) throw new ManyErrors();
  draft.changes = { ...draft.sent };
};

const requireFields = (saving: Saving, draft: Draft, creating: boolean): void => {
  const missing = missingFields(saving, draft, creating);
  if (missing.length > 0) throw fail.missing(missing);
};

const enterScope = (saving: Saving, draft: Draft, creating: boolean): void => {
  const isSetup = rulesOf(saving.def).isSetup?.(draft, creating) ?? saving.def.setup;
  // C6: a user without a role is no setup, and keeps nothing else of its kind out.
  if (isSetup || !saving.def.setup) enter(saving.scope, saving.def.name, isSetup);
};

/** @throws PlatformError, ManyErrors */
export const createRecord = (saving: Saving, draft: Draft): void => {
  const { def, tools } = saving;
  const rules = rulesOf(def);
  const shape = shapeOf(saving, draft.input, true);
  if (shape.idKey !== undefined) throw fail.idOnInsert();
  takeValues(saving, draft, shape, fieldRefusals(saving, draft, true));
  applyDefaults(saving, draft);
  rules.complete?.(draft, saving);
  requireFields(saving, draft, true);
  rules.beforeCreate?.(draft, saving);
  draft.created = true;
  if (draft.existing !== undefined) {
    draft.id = draft.existing;
    return;
  }
  checkUnique(saving, draft);
  enterScope(saving, draft, true);
  composeName(saving, draft);
  drawNumbers(tools.store, def, draft.changes, saving.now);
  stampAudit(def, draft.changes, saving.userId, saving.now, true);
  draft.id = tools.store.nextId(def.keyPrefix);
  draft.changes.Id = draft.id;
  fillFormulas(def, draft.changes);
  tools.store.insert(def, draft.changes);
  rules.afterCreate?.(draft, saving);
};

/** Applies values that were read already to a record that was found already. */
const applyUpdate = (saving: Saving, draft: Draft): void => {
  const { def, tools } = saving;
  const rules = rulesOf(def);
  requireFields(saving, draft, false);
  rules.beforeUpdate?.(draft, saving);
  checkUnique(saving, draft);
  enterScope(saving, draft, false);
  composeName(saving, draft);
  stampAudit(def, draft.changes, saving.userId, saving.now, false);
  followChanges(tools.store, def, draft.id, draft.changes);
  tools.store.update(def, draft.id, draft.changes);
  rules.afterUpdate?.(draft, saving);
};

/** @param id of a record that an upsert has found by its key; else it is taken from the record. */
export const updateRecord = (saving: Saving, draft: Draft, id?: string): void => {
  const keyField = id === undefined ? '' : saving.options.externalIdField;
  const shape = shapeOf(saving, draft.input, false, keyField);
  findTarget(saving, draft, id ?? sentId(saving, draft, shape.idKey));
  takeValues(saving, draft, shape, fieldRefusals(saving, draft, false, keyField));
  requireChange(saving, draft);
  applyUpdate(saving, draft);
};

/** Gives a record that was just saved to the owner whom an assignment rule names (platform-facts D). */
export const giveTo = (saving: Saving, draft: Draft, ownerId: string): void => {
  const { changes, before } = draft;
  const stored = { ...before, ...changes };
  draft.before = stored;
  draft.changes = { OwnerId: ownerId };
  try {
    applyUpdate(saving, draft);
  } finally {
    // Later steps see one change, from what was stored before the call to what is stored after it.
    draft.changes = { ...changes, ...draft.changes };
    draft.before = before;
  }
};

/** Whether an error belongs to the record, and is not a fault of the program. */
export const isRecordError = (error: unknown): error is PlatformError | ManyErrors =>
  error instanceof PlatformError || error instanceof ManyErrors;
