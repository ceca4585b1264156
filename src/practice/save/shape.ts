/**
 * Reads the field names of a record once and keeps what they mean: all rows of a CSV file and most records of a
 * request have the same names.
 */
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { InputRecord, Row, Value } from '../contracts.js';
import { PlatformError, type SaveError } from '../errors.js';
import { isOwnerChecked } from '../rules/index.js';
import { isCompound } from '../store/tables.js';
import { isInternal, type Draft, type Saving } from './context.js';
import { fail, toSaveError } from './failures.js';
import { resolveByKey, resolveReference } from './references.js';
import { checkFor, coerce } from './values.js';

type Slot = { key: string; field: FieldDef; read: (saving: Saving, raw: unknown) => Value };

/** What the names of a record mean for one operation. */
export type Shape = {
  /** Key under which the record carries its id. */
  idKey: string | undefined;
  slots: Slot[];
  /** Errors that every record of this shape has: fields unknown or not writable. */
  errors: SaveError[];
};

const empty = (raw: unknown): boolean => raw === null || raw === undefined || raw === '';

const referenceSlot = (def: ObjectDef, field: FieldDef): Slot['read'] => {
  // The rules of these objects look owners up themselves, through a cache that outlives the call.
  if (field.name === 'OwnerId' && isOwnerChecked(def)) {
    return (saving, raw) => {
      if (empty(raw)) return null;
      return typeof raw === 'string' ? raw : coerce(field, raw, saving.options.source);
    };
  }
  return (saving, raw) => {
    if (empty(raw)) return null;
    if (typeof raw === 'object') return coerce(field, raw, saving.options.source);
    return resolveReference(saving, field, typeof raw === 'string' ? raw : JSON.stringify(raw));
  };
};

const fieldSlot = (def: ObjectDef, key: string, field: FieldDef): Slot => {
  if (field.type === 'reference') return { key, field, read: referenceSlot(def, field) };
  const check = checkFor(field);
  return { key, field, read: (saving, raw) => coerce(field, raw, saving.options.source, check) };
};

const byRelationship = (def: ObjectDef, name: string): FieldDef | undefined => {
  for (const field of def.fields.values()) {
    if (field.relationshipName?.toLowerCase() === name) return field;
  }
  return undefined;
};

/** Object that a parent key belongs to; polymorphic references name it, as in `User:Owner.Username`. */
const parentOf = (saving: Saving, field: FieldDef, type: string | undefined): ObjectDef => {
  const name = type ?? field.referenceTo[field.referenceTo.length - 1] ?? '';
  return saving.tools.catalog.require(name);
};

const typeIn = (nested: Record<string, unknown>): string | undefined => {
  const attributes = nested.attributes;
  const type =
    typeof attributes === 'object' && attributes !== null ? (attributes as { type?: unknown }).type : undefined;
  return typeof type === 'string' ? type : undefined;
};

/** Nested parent of JSON and SOAP: `{ Account: { Ext__c: 'x' } }`. */
const nestedSlot = (key: string, field: FieldDef): Slot => ({
  key,
  field,
  read: (saving, raw) => {
    if (empty(raw)) return null;
    if (typeof raw !== 'object') throw fail.unknownField(saving.def, key);
    const nested = raw as Record<string, unknown>;
    const keys = Object.keys(nested).filter((name) => name !== 'attributes' && name !== 'type');
    if (keys.length !== 1) throw fail.of('INVALID_FIELD', `One external ID field is needed in ${key}`, [field.name]);
    return resolveByKey(saving, parentOf(saving, field, typeIn(nested)), keys[0]!, nested[keys[0]!]);
  },
});

/** Parent column of CSV: `Account.Ext__c`. */
const dottedSlot = (def: ObjectDef, key: string): Slot | undefined => {
  const found = /^(?:(\w+):)?(\w+)\.(\w+)$/.exec(key);
  const field = found && byRelationship(def, found[2]!.toLowerCase());
  if (!field) return undefined;
  return {
    key,
    field,
    read: (saving, raw) =>
      empty(raw) ? null : resolveByKey(saving, parentOf(saving, field, found[1]), found[3]!, raw),
  };
};

/** What a name stands for, or undefined where the object has no such field. */
const slotFor = (def: ObjectDef, key: string): Slot | undefined => {
  const name = key.toLowerCase();
  const field = def.fields.get(name);
  if (field) return fieldSlot(def, key, field);
  const parent = byRelationship(def, name);
  return parent ? nestedSlot(key, parent) : dottedSlot(def, key);
};

const writable = (field: FieldDef, creating: boolean): boolean =>
  !field.autoNumber && !field.calculated && !isCompound(field) && (creating ? field.createable : field.updateable);

const compile = (saving: Saving, def: ObjectDef, keys: string[], creating: boolean, keyField: string): Shape => {
  const internal = isInternal(saving.options);
  const shape: Shape = { idKey: undefined, slots: [], errors: [] };
  const refused: string[] = [];
  for (const key of keys) {
    if (key === 'attributes') continue;
    if (key.toLowerCase() === 'id') {
      shape.idKey = key;
      continue;
    }
    const slot = slotFor(def, key);
    if (!slot) shape.errors.push(toSaveError(fail.unknownField(def, key)));
    else if (!creating && slot.field.name.toLowerCase() === keyField.toLowerCase()) continue;
    else if (internal ? isCompound(slot.field) : !writable(slot.field, creating)) refused.push(slot.field.name);
    else shape.slots.push(slot);
  }
  if (refused.length > 0) shape.errors.push(toSaveError(fail.notWritable(refused)));
  return shape;
};

const shapes = new WeakMap<ObjectDef, Map<string, Shape>>();

/** Shapes kept for one object; clients choose the names, so the number has a bound. */
const KEPT = 500;

/**
 * The shape of a record.
 * @param creating whether the record will be new: other fields may be written then.
 * @param keyField external id field of an upsert, which is no change where the record exists.
 */
export const shapeOf = (
  saving: Saving,
  input: InputRecord,
  creating: boolean,
  keyField = '',
  def = saving.def
): Shape => {
  let known = shapes.get(def);
  if (!known) shapes.set(def, (known = new Map<string, Shape>()));
  const keys = Object.keys(input);
  const signature = `${creating ? '+' : '='}${isInternal(saving.options) ? '!' : ''}${keyField}|${keys.join()}`;
  let shape = known.get(signature);
  if (!shape) {
    shape = compile(saving, def, keys, creating, keyField);
    if (known.size >= KEPT) known.clear();
    known.set(signature, shape);
  }
  return shape;
};

/** Objects as the callers of saves see them: asked for once a call, not once a record. */
const views = new WeakMap<Saving, ObjectDef>();

export const viewOf = (saving: Saving): ObjectDef => {
  let view = views.get(saving);
  if (!view) {
    view = isInternal(saving.options) ? saving.def : saving.options.session.view(saving.def);
    views.set(saving, view);
  }
  return view;
};

/**
 * What a client may not write of what it sent, by its permissions on fields. What triggers have put into the record since
 * is not its own doing.
 */
export const fieldRefusals = (
  saving: Saving,
  draft: Pick<Draft, 'index' | 'input'>,
  creating: boolean,
  keyField = ''
): SaveError[] => {
  const view = viewOf(saving);
  if (view === saving.def) return [];
  return shapeOf(saving, saving.records[draft.index] ?? draft.input, creating, keyField, view).errors;
};

/** Bulk API: an empty cell changes nothing, `#N/A` empties the field (Bulk 2.0 guide, platform-facts H). */
const bulkCell = (raw: unknown): unknown => (raw === '' ? undefined : raw === '#N/A' ? null : raw);

/** The values of a record by canonical field name; what is wrong with them goes into `errors`. */
export const readValues = (saving: Saving, shape: Shape, input: InputRecord, errors: SaveError[]): Row => {
  const values: Row = {};
  const bulk = saving.options.source === 'bulk';
  for (const slot of shape.slots) {
    const raw = bulk ? bulkCell(input[slot.key]) : input[slot.key];
    if (raw === undefined) continue;
    try {
      values[slot.field.name] = slot.read(saving, raw);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      errors.push(toSaveError(error));
    }
  }
  return values;
};

/** Names that an object does not have, as the header of a CSV file is checked before its rows are. */
export const unknownFields = (def: ObjectDef, names: string[]): string[] =>
  names.filter((name) => name.toLowerCase() !== 'id' && slotFor(def, name) === undefined);
