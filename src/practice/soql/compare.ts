/** One comparison of a filter, with SOQL's rules for null, text, ids and dates. Always true or false, as far as NOT can tell. */
import type { FieldType } from '../catalog/types.js';
import { isId, to18 } from '../store/ids.js';
import type { Literal, Operator } from './ast.js';
import { fragment, joined, placeIn, type Context, type Fragment, type Param, type Typed } from './context.js';
import { dayRange, isDay, storedDatetime, type DayRange } from './dates.js';
import { malformed, queryError } from './errors.js';
import { stringValue } from './tokens.js';

type Kind = 'text' | 'id' | 'boolean' | 'number' | 'date' | 'datetime' | 'multipicklist';

/** A literal that has been checked against the field: one value, or the days of a date literal. */
type Operand = { value: Param } | { range: DayRange };

const KINDS: Partial<Record<FieldType, Kind>> = {
  id: 'id',
  reference: 'id',
  boolean: 'boolean',
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'datetime',
  multipicklist: 'multipicklist',
};

const ORDERED = new Set<Operator>(['<', '<=', '>', '>=']);

/** From this many values on a list is one parameter, so that the SQL text stays the same whatever its length. */
const LONG_LIST = 4;

export const kindOf = (type: FieldType): Kind => KINDS[type] ?? 'text';

const wrongType = (context: Context, left: Typed, at: number): Error => {
  const kind = kindOf(left.type);
  const name = kind === 'datetime' ? 'dateTime' : kind === 'number' ? left.type : kind === 'text' ? 'string' : kind;
  const quotes = kind === 'text' || kind === 'id' || kind === 'multipicklist' ? 'should' : 'should not';
  return queryError(
    'INVALID_FIELD',
    `value of filter criterion for field '${left.name}' must be of type ${name} and ${quotes} be enclosed in quotes`,
    placeIn(context, at)
  );
};

const wrongOperator = (context: Context, left: Typed, at: number): Error =>
  queryError('INVALID_QUERY_FILTER_OPERATOR', `invalid operator on ${left.type} field`, placeIn(context, at));

const idOperand = (context: Context, literal: Literal & { kind: 'string' }): Operand => {
  const text = stringValue(literal.raw, false, context.soql, literal.at);
  if (text === '') return { value: null };
  if (isId(text)) return { value: to18(text) };
  throw queryError('INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${String(text)}`, placeIn(context, literal.at));
};

const dateOperand = (context: Context, left: Typed, literal: Literal): Operand => {
  if (literal.kind === 'dateLiteral') {
    const range = dayRange(literal.name, literal.n, context.now);
    if (!range) throw malformed(`unexpected token: '${literal.name}'`, placeIn(context, literal.at));
    return { range };
  }
  if (kindOf(left.type) !== literal.kind) throw wrongType(context, left, literal.at);
  const text = 'text' in literal ? literal.text : '';
  const value = literal.kind === 'date' ? (isDay(text) ? text : undefined) : storedDatetime(text);
  if (value === undefined) throw malformed(`Invalid date: ${text}`, placeIn(context, literal.at));
  return { value };
};

/** Checks a literal against the type of the field. An empty string is null to SOQL. */
const operand = (context: Context, left: Typed, literal: Literal, pattern: boolean): Operand => {
  if (literal.kind === 'null') return { value: null };
  const kind = kindOf(left.type);
  if (kind === 'date' || kind === 'datetime') return dateOperand(context, left, literal);
  if (kind === 'id' && literal.kind === 'string') return idOperand(context, literal);
  if ((kind === 'text' || kind === 'multipicklist') && literal.kind === 'string') {
    return { value: stringValue(literal.raw, pattern, context.soql, literal.at) || null };
  }
  if (kind === 'boolean' && literal.kind === 'boolean') return { value: Number(literal.value) };
  if (kind === 'number' && literal.kind === 'number') return { value: Number(literal.text) };
  throw wrongType(context, left, literal.at);
};

/** The edge of a day as the field stores it. */
const edge = (left: Typed, day: string): string =>
  kindOf(left.type) === 'datetime' ? `${day}T00:00:00.000+0000` : day;

const compareRange = (left: Typed, operator: Operator, range: DayRange): Fragment => {
  const [start, end] = [edge(left, range.start), edge(left, range.end)];
  switch (operator) {
    case '<':
      return fragment(`${left.sql} < ?`, ...left.params, start);
    case '<=':
      return fragment(`${left.sql} < ?`, ...left.params, end);
    case '>':
      return fragment(`${left.sql} >= ?`, ...left.params, end);
    case '>=':
      return fragment(`${left.sql} >= ?`, ...left.params, start);
    default: {
      const inside = fragment(`(${left.sql} >= ? AND ${left.sql} < ?)`, ...left.params, start, ...left.params, end);
      return operator === '=' ? inside : fragment(`${inside.sql} IS NOT TRUE`, ...inside.params);
    }
  }
};

const compareValue = (left: Typed, operator: Operator, value: Param): Fragment => {
  if (operator === '=') {
    return value === null
      ? fragment(`${left.sql} IS NULL`, ...left.params)
      : fragment(`${left.sql} = ?`, ...left.params, value);
  }
  // Rows without a value differ from every value.
  if (operator === '!=') return fragment(`${left.sql} IS NOT ?`, ...left.params, value);
  return fragment(`${left.sql} ${operator} ?`, ...left.params, value);
};

const inList = (left: Typed, values: Param[]): Fragment => {
  const present = values.filter((value): value is string | number => typeof value !== 'symbol' && value !== null);
  const parts: Fragment[] = [];
  if (present.length >= LONG_LIST) {
    parts.push(fragment(`${left.sql} IN (SELECT value FROM json_each(?))`, ...left.params, JSON.stringify(present)));
  } else if (present.length > 0) {
    parts.push(fragment(`${left.sql} IN (${present.map(() => '?').join(', ')})`, ...left.params, ...present));
  }
  if (present.length < values.length) parts.push(fragment(`${left.sql} IS NULL`, ...left.params));
  const any = joined(parts, ' OR ');
  return parts.length === 1 ? any : fragment(`(${any.sql})`, ...any.params);
};

const compareList = (left: Typed, operator: Operator, operands: Operand[]): Fragment => {
  const values = operands.flatMap((one): Param[] => ('value' in one ? [one.value] : []));
  const ranges = operands.flatMap((one) => ('range' in one ? [compareRange(left, '=', one.range)] : []));
  const any = joined([...(values.length > 0 ? [inList(left, values)] : []), ...ranges], ' OR ');
  return operator === 'IN'
    ? fragment(`(${any.sql})`, ...any.params)
    : fragment(`(${any.sql}) IS NOT TRUE`, ...any.params);
};

/** INCLUDES ('A;B', 'C'): A and B together, or C. */
const compareSet = (left: Typed, operator: Operator, operands: Operand[]): Fragment => {
  const alternatives = operands.map((one) => {
    const choices = String('value' in one ? (one.value ?? '') : '').split(';');
    const all = choices.map((choice) =>
      fragment(`instr(lower(';' || ${left.sql} || ';'), lower(?)) > 0`, ...left.params, `;${choice.trim()};`)
    );
    const part = joined(all, ' AND ');
    return fragment(`(${part.sql})`, ...part.params);
  });
  const any = joined(alternatives, ' OR ');
  return fragment(operator === 'INCLUDES' ? `(${any.sql})` : `(${any.sql}) IS NOT TRUE`, ...any.params);
};

/** Operators that a kind of field refuses. */
const allowed = (kind: Kind, operator: Operator): boolean => {
  if (operator === 'LIKE') return kind === 'text';
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') return kind === 'multipicklist';
  return !ORDERED.has(operator) || (kind !== 'boolean' && kind !== 'multipicklist');
};

/** Rows written before a checkbox existed hold nothing in it, and count as unchecked. */
const readBoolean = (left: Typed): Typed =>
  left.type === 'boolean' ? { ...left, sql: `coalesce(${left.sql}, 0)` } : left;

/**
 * SQL of one comparison.
 * @throws PlatformError INVALID_FIELD for a value of the wrong type, INVALID_QUERY_FILTER_OPERATOR for an operator
 * that the type does not know or an impossible id
 */
export const compare = (
  context: Context,
  plain: Typed,
  operator: Operator,
  values: Literal[],
  at: number
): Fragment => {
  const left = readBoolean(plain);
  if (!allowed(kindOf(left.type), operator)) throw wrongOperator(context, left, at);
  const operands = values.map((literal) => operand(context, left, literal, operator === 'LIKE'));
  if (operator === 'IN' || operator === 'NOT IN') return compareList(left, operator, operands);
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') return compareSet(left, operator, operands);
  const [one] = operands as [Operand];
  if ('range' in one) return compareRange(left, operator, one.range);
  if (operator === 'LIKE') return fragment(`${left.sql} LIKE ? ESCAPE '\\'`, ...left.params, one.value);
  return compareValue(left, operator, one.value);
};
