/**
 * Formula fields. Their values are stored with the record, so that queries can filter and sort by them; they are computed
 * anew when something that they read changes, which is always in a save of the record itself.
 */
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { Row, Store, Value } from '../contracts.js';
import { readSome } from '../save/stored.js';
import { quoted } from '../store/identifiers.js';
import { compileFormula, type Formula } from './compile.js';
import { rounded } from './functions.js';
import type { Kind } from './parts.js';
import { FormulaProblem } from './problem.js';

/** Longest text of a formula field. */
const TEXT_LENGTH = 1300;

type FormulaField = { name: string; formula: Formula; toStored: (value: Value) => Value };

/** What fields of a type hold. */
const RESULTS: Partial<Record<FieldDef['type'], Kind>> = {
  boolean: 'boolean',
  currency: 'number',
  date: 'date',
  datetime: 'datetime',
  double: 'number',
  percent: 'number',
  string: 'text',
};

const storing = (field: FieldDef): FormulaField['toStored'] => {
  switch (RESULTS[field.type]) {
    case 'number':
      return (value) => (value === null ? null : rounded(Number(value), field.scale));
    case 'boolean':
      return (value) => value === true;
    case 'text':
      return (value) => (value === null || value === '' ? null : String(value).slice(0, TEXT_LENGTH));
    default:
      return (value) => value;
  }
};

const compiled = (def: ObjectDef, field: FieldDef): FormulaField => ({
  name: field.name,
  formula: compileFormula(def, field.formula!.text, { blankAsBlank: field.formula!.blankAsBlank }),
  toStored: storing(field),
});

/** Fields in an order in which each follows those that it reads. @throws FormulaProblem where there is none */
const inOrder = (fields: FormulaField[]): FormulaField[] => {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const ordered = new Set<FormulaField>();
  const visit = (field: FormulaField, path: readonly FormulaField[]): void => {
    if (ordered.has(field)) return;
    if (path.includes(field)) throw new FormulaProblem(`The formula of ${field.name} refers to itself`);
    for (const name of field.formula.fields) if (byName.has(name)) visit(byName.get(name)!, [...path, field]);
    ordered.add(field);
  };
  for (const field of fields) visit(field, []);
  return [...ordered];
};

const known = new WeakMap<ObjectDef, FormulaField[]>();

/** Formula fields of an object, each behind those that it reads. @throws FormulaProblem */
const formulaFields = (def: ObjectDef): FormulaField[] => {
  let fields = known.get(def);
  if (!fields) {
    fields = inOrder([...def.fields.values()].filter(({ formula }) => formula).map((field) => compiled(def, field)));
    known.set(def, fields);
  }
  return fields;
};

/** @throws FormulaProblem where a field's formula gives another type than its own, or cannot be computed. */
export const checkFormulaField = (def: ObjectDef, field: FieldDef): void => {
  const { formula } = formulaFields(def).find(({ name }) => name === field.name)!;
  const wanted = RESULTS[field.type];
  if (!wanted) throw new FormulaProblem(`Formula fields of type ${field.type} are not supported by the practice org`);
  if (formula.kind === wanted || formula.kind === 'null') return;
  throw new FormulaProblem(
    `Formula result is data type (${formula.kind}), incompatible with expected data type (${wanted})`
  );
};

/** Names of formula fields that read a field. */
export const readersOf = (def: ObjectDef, name: string): string[] =>
  formulaFields(def).flatMap((field) => (field.formula.fields.includes(name) ? [field.name] : []));

const compute = (fields: FormulaField[], row: Row, changes: Row): void => {
  for (const { name, formula, toStored } of fields) changes[name] = row[name] = toStored(formula.run(row));
};

/** Puts the values of all formula fields into a new record. */
export const fillFormulas = (def: ObjectDef, row: Row): void => compute(formulaFields(def), row, row);

/** Fields that must be computed anew when others change, in order. */
const touchedBy = (fields: FormulaField[], changes: Row): FormulaField[] => {
  const moving = new Set(Object.keys(changes));
  return fields.filter(({ name, formula }) => {
    if (!formula.fields.some((one) => moving.has(one))) return false;
    moving.add(name);
    return true;
  });
};

/** Adds to the changes of a stored record the formula fields that read one of them. */
export const followChanges = (store: Store, def: ObjectDef, id: string, changes: Row): void => {
  const fields = formulaFields(def);
  if (fields.length === 0) return;
  const touched = touchedBy(fields, changes);
  if (touched.length === 0) return;
  const needed = [...new Set(touched.flatMap(({ formula }) => formula.fields))].sort();
  compute(touched, { ...readSome(store, def, id, needed), ...changes }, changes);
};

/** Records of one slice of a table. */
const SLICE = 5000;

/** Computes a formula field, and those that read it, for every record of the object. */
export const computeAll = (store: Store, def: ObjectDef, name: string): void => {
  const touched = [
    ...formulaFields(def).filter((field) => field.name === name),
    ...touchedBy(formulaFields(def), { [name]: null }),
  ];
  const reads = [...new Set(touched.flatMap(({ formula }) => formula.fields))];
  const columns = ['Id', ...reads].map(quoted).join(', ');
  const select = store.db.prepare(
    `SELECT ${columns} FROM ${quoted(def.name)} WHERE "Id" > ? ORDER BY "Id" LIMIT ${SLICE}`
  );
  const sets = touched.map((field) => `${quoted(field.name)} = ?`).join(', ');
  const update = store.db.prepare(`UPDATE ${quoted(def.name)} SET ${sets} WHERE "Id" = ?`);
  for (let last = ''; ;) {
    const rows = select.all(last) as Row[];
    for (const row of rows) {
      compute(touched, row, {});
      const values = touched.map((field) => row[field.name]!);
      update.run(...values.map((value) => (typeof value === 'boolean' ? Number(value) : value)), String(row.Id));
    }
    if (rows.length < SLICE) return;
    last = String(rows.at(-1)!.Id);
  }
};
