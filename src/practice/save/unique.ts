/** Unique fields. */
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { Draft, Saving } from './context.js';
import { fail } from './failures.js';
import { idsByValue } from './references.js';

const uniques = new WeakMap<ObjectDef, FieldDef[]>();

const uniqueOf = (def: ObjectDef): FieldDef[] => {
  let fields = uniques.get(def);
  if (!fields) uniques.set(def, (fields = [...def.fields.values()].filter((field) => field.unique)));
  return fields;
};

/** @throws PlatformError DUPLICATE_VALUE where another live record has the value of a unique field. */
export const checkUnique = (saving: Saving, draft: Draft): void => {
  for (const field of uniqueOf(saving.def)) {
    const value = draft.changes[field.name];
    if (value === undefined || value === null) continue;
    const other = idsByValue(saving.tools, saving.def, field, value).find((id) => id !== draft.id);
    if (other) throw fail.duplicateValue(field.name, other);
  }
};
