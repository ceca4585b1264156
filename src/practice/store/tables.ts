/** Tables and indexes behind the objects of the catalogue. */
import type { DatabaseSync } from 'node:sqlite';
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import { quoted } from './identifiers.js';

/** Computed by `EntityDefinition` and its like; such objects have no rows of their own. */
const VIRTUAL = new Set(['EntityDefinition', 'FieldDefinition', 'Name', 'UserRecordAccess']);

/**
 * References that nearly every row shares with every other. An index on them is written for each row and would find
 * nothing faster than a scan.
 */
const UNSELECTIVE = new Set(['CreatedById', 'LastModifiedById']);

/** Whether an object is computed and has no table. */
export const isVirtual = (def: ObjectDef): boolean => VIRTUAL.has(def.name);

/** Whether a field is composed of others on read and has no column of its own. */
export const isCompound = (field: FieldDef): boolean => field.type === 'address' || field.type === 'location';

/** Fields of an object that are columns of its table. */
export const columnsOf = (def: ObjectDef): FieldDef[] => [...def.fields.values()].filter((field) => !isCompound(field));

/** SQLite type of a column: ids compare exactly, other text without case, as SOQL does. */
const columnType = (field: FieldDef): string => {
  switch (field.type) {
    case 'boolean':
    case 'int':
    case 'long':
      return 'INTEGER';
    case 'double':
    case 'currency':
    case 'percent':
      return 'REAL';
    case 'id':
    case 'reference':
    case 'date':
    case 'datetime':
    case 'time':
    case 'base64':
      return 'TEXT';
    default:
      return field.caseSensitive ? 'TEXT' : 'TEXT COLLATE NOCASE';
  }
};

const columnSql = (field: FieldDef): string =>
  `${quoted(field.name)} ${columnType(field)}${field.type === 'id' ? ' PRIMARY KEY NOT NULL' : ''}`;

const isIndexed = (field: FieldDef): boolean =>
  (field.type === 'reference' && !UNSELECTIVE.has(field.name)) ||
  field.name === 'SystemModstamp' ||
  field.nameField ||
  field.unique ||
  field.externalId;

/** Flags that counts by a reference ask for: with them in its index SQLite need not read the rows. */
const COUNTED_BY = ['IsDeleted', 'IsConverted', 'IsClosed'];

const indexSql = (def: ObjectDef, field: FieldDef): string => {
  const column = quoted(field.name);
  const flags = field.name === 'OwnerId' ? COUNTED_BY.filter((name) => def.fields.has(name.toLowerCase())) : [];
  // A partial index costs nothing for the many rows in which an optional reference is empty.
  const where = field.nillable ? ` WHERE ${column} IS NOT NULL` : '';
  return `CREATE INDEX IF NOT EXISTS ${quoted(`${def.name}.${field.name}`)} ON ${quoted(def.name)} (${[column, ...flags.map(quoted)].join(', ')})${where}`;
};

/** Creates the table of an object with its indexes, or adds the columns it lacks. */
export const ensureTable = (db: DatabaseSync, def: ObjectDef): void => {
  if (isVirtual(def)) return;
  const present = new Set(
    db
      .prepare('SELECT name FROM pragma_table_info(?)')
      .all(def.name)
      .map((row) => String(row.name).toLowerCase())
  );
  const wanted = columnsOf(def);
  const missing = wanted.filter((field) => !present.has(field.name.toLowerCase()));
  if (missing.length === 0) return;
  if (present.size === 0) db.exec(`CREATE TABLE ${quoted(def.name)} (${wanted.map(columnSql).join(', ')})`);
  else for (const field of missing) db.exec(`ALTER TABLE ${quoted(def.name)} ADD COLUMN ${columnSql(field)}`);
  for (const field of missing.filter(isIndexed)) db.exec(indexSql(def, field));
};
