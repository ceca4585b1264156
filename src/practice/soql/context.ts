/** What the translation of one query works with, and the pieces of SQL it makes. */
import type { Catalog, FieldDef, FieldType, ObjectDef } from '../catalog/types.js';
import type { Session } from '../contracts.js';
import type { Condition } from './ast.js';
import { quoted } from '../store/identifiers.js';
import { isVirtual } from '../store/tables.js';
import { noSuchObject, type Place } from './errors.js';

/** Stands for the id of the parent record in the SQL of a child subquery. */
export const PARENT = Symbol('parent id');

export type Param = string | number | null | typeof PARENT;

/** A piece of SQL with the values for its question marks. */
export type Fragment = { sql: string; params: Param[] };

/** An expression of known type. `field` is set where it is a plain field. */
export type Typed = Fragment & { type: FieldType; name: string; field?: FieldDef };

/**
 * The place where record-level sharing joins in: an extra condition on the rows of an object that this session may
 * see, or undefined where it may see all. `alias` is the quoted table name to use.
 */
export type RecordFilter = (def: ObjectDef, session: Session, alias: string) => Fragment | undefined;

/** Rows of an object that is computed and not stored; the WHERE of its query may decide which. */
export type VirtualRows = (
  def: ObjectDef,
  where?: Condition
) => Array<Record<string, string | number | boolean | null>>;

export type Context = {
  soql: string;
  catalog: Catalog;
  session: Session;
  now: Date;
  /** Include deleted records. */
  all: boolean;
  tooling: boolean;
  recordFilter: RecordFilter;
  virtualRows: VirtualRows;
};

export const fragment = (sql: string, ...params: Param[]): Fragment => ({ sql, params });

/** Joins pieces with a word such as ` AND `. */
export const joined = (parts: Fragment[], word: string): Fragment => ({
  sql: parts.map((part) => part.sql).join(word),
  params: parts.flatMap((part) => part.params),
});

/** Operands that SQLite takes side by side; it builds a chain of them as deep as it is long, and has a limit of 1,000. */
const CHAIN = 200;

/** Joins any number of conditions with AND or OR, in brackets. */
export const bracketed = (parts: Fragment[], word: string): Fragment => {
  if (parts.length > CHAIN) {
    const half = Math.ceil(parts.length / 2);
    return bracketed([bracketed(parts.slice(0, half), word), bracketed(parts.slice(half), word)], word);
  }
  const all = joined(parts, word);
  return fragment(`(${all.sql})`, ...all.params);
};

export const placeIn = (context: Context, at: number): Place => ({ soql: context.soql, at });

/** Whether this session can query an object at all. */
export const readable = (context: Context, def: ObjectDef): boolean =>
  def.queryable && (context.tooling || !def.tooling) && context.session.can('read', def);

/** The object of a FROM as the session sees it. @throws PlatformError INVALID_TYPE where it is unknown or may not be read */
export const requireObject = (context: Context, name: string, at: number): ObjectDef => {
  const def = context.catalog.object(name);
  if (!def || !readable(context, def)) throw noSuchObject(name, placeIn(context, at));
  return context.session.view(def);
};

/** The table of an object; for a computed one its rows as a table. */
export const tableSource = (context: Context, def: ObjectDef, where?: Condition): Fragment => {
  if (!isVirtual(def)) return fragment(quoted(def.name));
  const columns = [...def.fields.values()].map((field) => {
    const value = `json_extract(value, '$.${field.name}')`;
    return `${field.type === 'id' || field.type === 'reference' ? value : `${value} COLLATE NOCASE`} AS ${quoted(field.name)}`;
  });
  return fragment(`(SELECT ${columns.join(', ')} FROM json_each(?))`, JSON.stringify(context.virtualRows(def, where)));
};
