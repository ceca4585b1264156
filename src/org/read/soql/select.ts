import { name, type Condition } from './literal.js';

export type Select = {
  from: string;
  /** Field paths, or aggregates made by `countOf` and `maxOf`. */
  fields: readonly string[];
  where?: Condition;
  groupBy?: readonly string[];
  orderBy?: readonly string[];
  limit?: number;
};

const AGGREGATE = /^(COUNT|MAX)\([A-Za-z0-9_.]+\) [a-z]+$/;

/** `COUNT(field) alias` for the field list of `select`. */
export const countOf = (field: string, alias: string): string => `COUNT(${name(field)}) ${name(alias)}`;

/** `MAX(field) alias` for the field list of `select`. */
export const maxOf = (field: string, alias: string): string => `MAX(${name(field)}) ${name(alias)}`;

/** A whole query. @throws RangeError where a name cannot be a field or object. */
export function select({ from, fields, where, groupBy, orderBy, limit }: Select): string {
  const columns = fields.map((field) => (AGGREGATE.test(field) ? field : name(field))).join(', ');
  const parts = [`SELECT ${columns} FROM ${name(from)}`];
  if (where) parts.push(`WHERE ${where}`);
  if (groupBy) parts.push(`GROUP BY ${groupBy.map(name).join(', ')}`);
  if (orderBy) parts.push(`ORDER BY ${orderBy.map(name).join(', ')}`);
  if (limit !== undefined) parts.push(`LIMIT ${Math.trunc(limit)}`);
  return parts.join(' ');
}
