import { normalStamp } from '../stamp.js';

/** A piece of SOQL that was made by this module, so that its values are known to be escaped. */
export type Condition = string & { readonly soql: unique symbol };

const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** Text as a SOQL literal, quoted. The only way by which a value reaches a query. */
export function literal(value: string): string {
  return `'${value.replace(/[\\'\n\r\t\b\f]/g, (char) => ESCAPES[char] ?? char)}'`;
}

const FIELD = /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*$/;

/** A field path or object name, unchanged. @throws RangeError for text that cannot be one. */
export function name(path: string): string {
  if (!FIELD.test(path)) throw new RangeError(`"${path}" cannot be the name of a field or object.`);
  return path;
}

type Scalar = string | number | boolean | null | Date;

const scalar = (value: Scalar): string => {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? literal(value) : String(value);
};

/** `field = value`, and so on. Dates become date-time literals. */
export function compare(field: string, operator: '=' | '!=' | '<' | '>' | '<=' | '>=', value: Scalar): Condition {
  return `${name(field)} ${operator} ${scalar(value)}` as Condition;
}

/** `field IN (…)`; an empty list matches nothing. */
export function isIn(field: string, values: readonly string[]): Condition {
  return `${name(field)} IN (${values.length > 0 ? values.map(literal).join(',') : literal('')})` as Condition;
}

/** `field >= stamp`, where the stamp is a date-time as the API wrote it, such as `2026-11-24T04:00:00.000+0000`. */
export function since(field: string, stamp: string): Condition {
  const time = new Date(normalStamp(stamp));
  return compare(field, '>=', time);
}

export function all(...conditions: readonly Condition[]): Condition {
  return conditions.map((condition) => `(${condition})`).join(' AND ') as Condition;
}

export function any(...conditions: readonly Condition[]): Condition {
  return conditions.map((condition) => `(${condition})`).join(' OR ') as Condition;
}

/** `field NOT IN (SELECT …)`; a NOT around the condition would not be top level any more, which SOQL refuses. */
export function isNotInQuery(field: string, query: string): Condition {
  return `${name(field)} NOT IN (${query})` as Condition;
}

/** `field IN (SELECT …)`. The inner query comes from `select`. */
export function isInQuery(field: string, query: string): Condition {
  return `${name(field)} IN (${query})` as Condition;
}
