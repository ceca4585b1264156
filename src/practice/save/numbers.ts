/** Auto-number fields. A number is drawn when a record is made; a transaction that is rolled back gives it back. */
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { Row, Store } from '../contracts.js';
import { quoted } from '../store/identifiers.js';

/** The platform's case numbers have eight digits. */
const USUAL = '{00000000}';

const PARTS = /\{(0+|YYYY|YY|MM|DD)\}/g;

/** Display format of an auto-number field, such as `L-{0000}`. */
const formatOf = ({ displayFormat, defaultValue }: FieldDef): string =>
  displayFormat ?? (typeof defaultValue === 'string' ? defaultValue : USUAL);

const ofDay = (part: string, now: string): string => {
  const [year, month, day] = [now.slice(0, 4), now.slice(5, 7), now.slice(8, 10)];
  return { YYYY: year, YY: year.slice(2), MM: month, DD: day }[part]!;
};

const formatted = (field: FieldDef, value: number, now: string): string =>
  formatOf(field).replace(PARTS, (_all, part: string) =>
    part.startsWith('0') ? String(value).padStart(part.length, '0') : ofDay(part, now)
  );

/** Whether a text can be the format of an auto-number: one place for the number, and dates. */
export const isNumberFormat = (format: string): boolean =>
  format.match(/\{0+\}/g)?.length === 1 && !/[{}]/.test(format.replace(PARTS, ''));

/** Creates the counters. */
export const createNumbers = (store: Store): void => {
  store.db.exec(
    'CREATE TABLE IF NOT EXISTS practice_number (field TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID'
  );
};

const counter = (def: ObjectDef, field: FieldDef): string => `${def.name}.${field.name}`;

/** Gives a new record its numbers. */
export const drawNumbers = (store: Store, def: ObjectDef, changes: Row, now: string): void => {
  for (const field of def.fields.values()) {
    if (!field.autoNumber) continue;
    const row = store
      .sql(
        'INSERT INTO practice_number (field, last) VALUES (?, 1) ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last'
      )
      .get(counter(def, field));
    changes[field.name] = formatted(field, Number(row!.last), now);
  }
};

const setCounter = (store: Store, def: ObjectDef, field: FieldDef, last: number): void => {
  store.sql('INSERT OR REPLACE INTO practice_number (field, last) VALUES (?, ?)').run(counter(def, field), last);
};

/** Lets a new auto-number field begin at a number. */
export const startNumbers = (store: Store, def: ObjectDef, field: FieldDef, start: number): void =>
  setCounter(store, def, field, start - 1);

/** Numbers the records that are there already, the oldest first; new ones go on behind them. */
export const numberExisting = (store: Store, def: ObjectDef, field: FieldDef, start: number, now: string): void => {
  const digits = /\{(0+)\}/.exec(formatOf(field))![1]!.length;
  const [before = '', after = ''] = formatOf(field)
    .replace(PARTS, (all, part: string) => (part.startsWith('0') ? all : ofDay(part, now)))
    .split(/\{0+\}/);
  const table = quoted(def.name);
  const { changes } = store
    .sql(
      `UPDATE ${table} SET ${quoted(field.name)} = ? || printf('%0${digits}d', n.number) || ? FROM ` +
        `(SELECT "Id" AS id, row_number() OVER (ORDER BY "Id") + ? AS number FROM ${table}) AS n WHERE ${table}."Id" = n.id`
    )
    .run(before, after, start - 1);
  setCounter(store, def, field, start - 1 + Number(changes));
};

/** Forgets the counter of a field that is removed. */
export const forgetNumbers = (store: Store, def: ObjectDef, field: FieldDef): void => {
  store.sql('DELETE FROM practice_number WHERE field = ?').run(counter(def, field));
};
