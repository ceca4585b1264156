/** Checking that a reference names a record that exists and may stand there. */
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { PlatformError } from '../errors.js';
import { quoted } from '../store/identifiers.js';
import { isId, prefixOf, to18 } from '../store/ids.js';
import { coerce } from './values.js';
import { fieldOf, type Saving, type SaveTools } from './context.js';
import { fail } from './failures.js';
import { mayRefer } from './record-access.js';

/** `deleted` tells a record in the recycle bin from one that never was. */
export const existence = (tools: SaveTools, def: ObjectDef, id: string): 'live' | 'deleted' | 'missing' => {
  const bin = def.fields.has('isdeleted') ? '"IsDeleted"' : '0';
  const row = tools.store.sql(`SELECT ${bin} AS deleted FROM ${quoted(def.name)} WHERE "Id" = ?`).get(id);
  if (!row) return 'missing';
  return row.deleted === 1 ? 'deleted' : 'live';
};

const look = (saving: Saving, field: FieldDef, raw: string): string => {
  if (!isId(raw)) throw fail.malformedReference(field, raw);
  const id = to18(raw);
  const target = saving.tools.catalog.byPrefix(prefixOf(id));
  if (!target || (field.referenceTo.length > 0 && !field.referenceTo.includes(target.name))) {
    throw fail.wrongReference(field, raw);
  }
  const state = existence(saving.tools, target, id);
  if (state === 'deleted') throw fail.of('ENTITY_IS_DELETED', 'entity is deleted', [field.name]);
  if (state === 'missing') throw fail.noTarget(field.name);
  if (!mayRefer(saving, target, id)) throw fail.unseenRecord(field.name);
  return id;
};

/**
 * The canonical id behind a reference that a client sent; looked up once a call.
 * @throws PlatformError MALFORMED_ID, FIELD_INTEGRITY_EXCEPTION (wrong object), INVALID_CROSS_REFERENCE_KEY,
 * ENTITY_IS_DELETED.
 */
export const resolveReference = (saving: Saving, field: FieldDef, raw: string): string => {
  const key = `${field.name} ${raw}`;
  let id = saving.references.get(key);
  if (id === undefined) {
    id = look(saving, field, raw);
    saving.references.set(key, id);
  }
  return id;
};

/** Ids of the live records whose field holds a value, at most three: enough to tell one from many. */
export const idsByValue = (tools: SaveTools, def: ObjectDef, field: FieldDef, value: unknown): string[] => {
  const live = def.fields.has('isdeleted') ? ' AND "IsDeleted" = 0' : '';
  const sql = `SELECT "Id" FROM ${quoted(def.name)} WHERE ${quoted(field.name)} = ?${live} ORDER BY "Id" LIMIT 3`;
  return tools.store
    .sql(sql)
    .all(value as string)
    .map((row) => String(row.Id));
};

/** Whether clients may find records by this field: `Id`, external ids and the platform's lookup fields. */
export const isKeyField = (field: FieldDef): boolean => field.externalId || field.idLookup || field.type === 'id';

/**
 * The parent that a record names by a key instead of an id, as in `{ Account: { Ext__c: 'x' } }`.
 * @throws PlatformError INVALID_FIELD where no parent has the key or the field is no key, DUPLICATE_EXTERNAL_ID.
 */
export const resolveByKey = (saving: Saving, def: ObjectDef, keyName: string, raw: unknown): string => {
  const key = fieldOf(def, keyName);
  if (!key) throw fail.unknownField(def, keyName);
  if (!isKeyField(key)) {
    throw fail.of(
      'INVALID_FIELD',
      `Field name provided, ${keyName} does not match an External ID, Salesforce Id, or indexed field for ${def.name}`
    );
  }
  const value = key.type === 'id' ? to18(String(raw)) : coerce(key, raw, saving.options.source);
  const ids = idsByValue(saving.tools, def, key, value);
  if (ids.length === 0) throw fail.noForeignKey(String(raw), key.name, def.name);
  if (ids.length > 1) throw manyMatches(key, ids);
  return ids[0]!;
};

/** More than one record has the key. */
export const manyMatches = (key: FieldDef, ids: string[]): PlatformError =>
  fail.of(
    'DUPLICATE_EXTERNAL_ID',
    `${key.name}: more than one record found for external id field: [${ids.join(', ')}]`,
    [key.name]
  );
