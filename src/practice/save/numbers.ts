/** Auto-number fields. A number is drawn when a record is made; a transaction that is rolled back gives it back. */
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { Row, Store } from '../contracts.js';

/** Display format of an auto-number field, such as `L-{0000}`; the platform's case numbers have eight digits. */
const formatted = (field: FieldDef, value: number): string => {
  const format = typeof field.defaultValue === 'string' ? field.defaultValue : '{00000000}';
  return format.replace(/\{(0+)\}/, (_all, zeros: string) => String(value).padStart(zeros.length, '0'));
};

/** Creates the counters. */
export const createNumbers = (store: Store): void => {
  store.db.exec(
    'CREATE TABLE IF NOT EXISTS practice_number (field TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID'
  );
};

/** Gives a new record its numbers. */
export const drawNumbers = (store: Store, def: ObjectDef, changes: Row): void => {
  for (const field of def.fields.values()) {
    if (!field.autoNumber) continue;
    const row = store
      .sql(
        'INSERT INTO practice_number (field, last) VALUES (?, 1) ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last'
      )
      .get(`${def.name}.${field.name}`);
    changes[field.name] = formatted(field, Number(row!.last));
  }
};
