/** Reading the stored values that a save needs, and only those. */
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { Row, Store, Value } from '../contracts.js';
import { quoted } from '../store/identifiers.js';
import { fieldOf } from './context.js';

type Selection = { one: string; many: string; names: string[]; booleans: string[] };

/** Records that one statement reads at once. */
const BATCH = 200;

const selections = new WeakMap<ObjectDef, Map<string, Selection>>();

const select = (def: ObjectDef, names: readonly string[]): Selection => {
  const fields = ['Id', 'IsDeleted', ...names].map((name) => fieldOf(def, name)).filter((field) => field !== undefined);
  const distinct = [...new Set<FieldDef>(fields)];
  const from = `SELECT ${distinct.map((field) => quoted(field.name)).join(', ')} FROM ${quoted(def.name)} WHERE "Id"`;
  return {
    one: `${from} = ?`,
    many: `${from} IN (${Array(BATCH).fill('?').join(', ')})`,
    names: distinct.map((field) => field.name),
    booleans: distinct.filter((field) => field.type === 'boolean').map((field) => field.name),
  };
};

const selectionOf = (def: ObjectDef, names: readonly string[]): Selection => {
  let known = selections.get(def);
  if (!known) selections.set(def, (known = new Map<string, Selection>()));
  const key = names.join();
  let selection = known.get(key);
  if (!selection) known.set(key, (selection = select(def, names)));
  return selection;
};

const withBooleans = (row: Row, selection: Selection): Row => {
  for (const name of selection.booleans) row[name] = row[name] === 1;
  return row;
};

/**
 * Some fields of a stored record, deleted or not; undefined where there is none.
 * @param names fields wanted; `Id` and `IsDeleted` come along.
 */
export const readSome = (store: Store, def: ObjectDef, id: string, names: readonly string[]): Row | undefined => {
  const selection = selectionOf(def, names);
  const row = store.sql(selection.one).get(id) as Row | undefined;
  return row && withBooleans(row, selection);
};

/** The same for many records at once, by id; ids that are not found are missing in the map. */
export const readMany = (store: Store, def: ObjectDef, ids: string[], names: readonly string[]): Map<string, Row> => {
  const selection = selectionOf(def, names);
  const rows = new Map<string, Row>();
  for (let from = 0; from < ids.length; from += BATCH) {
    const batch: Array<string | null> = ids.slice(from, from + BATCH);
    while (batch.length < BATCH) batch.push(null);
    const statement = store.sql(selection.many);
    // Arrays cost half of what objects made by the driver do.
    statement.setReturnArrays(true);
    for (const values of statement.all(...batch) as unknown as Value[][]) {
      const row: Row = {};
      for (let i = 0; i < selection.names.length; i++) row[selection.names[i]!] = values[i]!;
      rows.set(String(row.Id), withBooleans(row, selection));
    }
  }
  return rows;
};
