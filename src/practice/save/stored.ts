/** Reading the stored values that a save needs, and only those. */
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { Row, Store } from '../contracts.js';
import { quoted } from '../store/identifiers.js';
import { fieldOf } from './context.js';

type Selection = { sql: string; booleans: string[] };

const selections = new WeakMap<ObjectDef, Map<string, Selection>>();

const select = (def: ObjectDef, names: readonly string[]): Selection => {
  const fields = ['Id', 'IsDeleted', ...names].map((name) => fieldOf(def, name)).filter((field) => field !== undefined);
  const distinct = [...new Set<FieldDef>(fields)];
  return {
    sql: `SELECT ${distinct.map((field) => quoted(field.name)).join(', ')} FROM ${quoted(def.name)} WHERE "Id" = ?`,
    booleans: distinct.filter((field) => field.type === 'boolean').map((field) => field.name),
  };
};

/**
 * Some fields of a stored record, deleted or not; undefined where there is none.
 * @param names fields wanted; `Id` and `IsDeleted` come along.
 */
export const readSome = (store: Store, def: ObjectDef, id: string, names: readonly string[]): Row | undefined => {
  let known = selections.get(def);
  if (!known) selections.set(def, (known = new Map()));
  const key = names.join();
  let selection = known.get(key);
  if (!selection) known.set(key, (selection = select(def, names)));
  const row = store.sql(selection.sql).get(id) as Row | undefined;
  if (row) for (const name of selection.booleans) row[name] = row[name] === 1;
  return row;
};
