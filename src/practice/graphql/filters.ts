/** `where`: its types, and how it becomes the condition of a query. */
import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  type GraphQLInputType,
  type GraphQLScalarType,
} from 'graphql';
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import { PlatformError } from '../errors.js';
import { literalOf } from '../soql/literals.js';
import { DateScalar, DateTimeScalar, scalarOf } from './scalars.js';

const PERIODS = ['WEEK', 'MONTH', 'QUARTER', 'YEAR', 'FISCAL_QUARTER', 'FISCAL_YEAR'];

/** Days without a number, as SOQL names them. */
const LITERALS = [
  'YESTERDAY',
  'TODAY',
  'TOMORROW',
  'LAST_90_DAYS',
  'NEXT_90_DAYS',
  ...PERIODS.flatMap((period) => ['LAST', 'THIS', 'NEXT'].map((which) => `${which}_${period}`)),
];

const UNITS = ['days', 'weeks', 'months', 'quarters', 'years', 'fiscal_quarters', 'fiscal_years'];

const DateLiteral = new GraphQLEnumType({
  name: 'DateLiteral',
  values: Object.fromEntries(LITERALS.map((name) => [name, {}])),
});

/** Days with a number: `range: { last_n_days: 7 }`. That its members are written so is not verified. [M] */
const DateRange = new GraphQLInputObjectType({
  name: 'DateRange',
  fields: Object.fromEntries(
    UNITS.flatMap((unit) => [`last_n_${unit}`, `next_n_${unit}`, `n_${unit}_ago`]).map((name) => [
      name,
      { type: GraphQLInt },
    ])
  ),
});

const dateInput = (name: string, value: GraphQLScalarType): GraphQLInputObjectType =>
  new GraphQLInputObjectType({
    name,
    fields: { value: { type: value }, literal: { type: DateLiteral }, range: { type: DateRange } },
  });

const INPUTS = new Map<GraphQLScalarType, GraphQLInputType>([
  [DateScalar, dateInput('DateInput', DateScalar)],
  [DateTimeScalar, dateInput('DateTimeInput', DateTimeScalar)],
]);

/** Operators of SOQL by their names here. */
const COMPARISONS: Readonly<Record<string, string>> = {
  eq: '=',
  ne: '!=',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  like: 'LIKE',
};

const LISTS: Readonly<Record<string, string>> = { in: 'IN', nin: 'NOT IN', includes: 'INCLUDES', excludes: 'EXCLUDES' };

const operatorsFor = (scalar: GraphQLScalarType): string[] => {
  if (scalar.name === 'Boolean') return ['eq', 'ne'];
  if (scalar.name === 'MultiPicklist') return ['eq', 'ne', 'includes', 'excludes'];
  const ordered = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'nin'];
  const isText = ['String', 'Picklist', 'Email', 'PhoneNumber', 'Url', 'TextArea'].includes(scalar.name);
  return isText ? [...ordered, 'like'] : ordered;
};

const operators = new Map<GraphQLScalarType, GraphQLInputObjectType>();

/** `StringOperators`, `DateOperators` and their like. */
export const operatorType = (field: FieldDef): GraphQLInputObjectType => {
  const scalar = scalarOf(field);
  let type = operators.get(scalar);
  if (!type) {
    const one = INPUTS.get(scalar) ?? scalar;
    const fields = operatorsFor(scalar).map((name) => [name, { type: name in LISTS ? new GraphQLList(one) : one }]);
    const name = scalar.name === 'Int' ? 'Integer' : scalar.name === 'ID' ? 'Id' : scalar.name;
    type = new GraphQLInputObjectType({ name: `${name}Operators`, fields: Object.fromEntries(fields) as never });
    operators.set(scalar, type);
  }
  return type;
};

type Input = Readonly<Record<string, unknown>>;

const invalid = (message: string): PlatformError => new PlatformError('INVALID_FILTER', message);

const oneOf = (input: Input): [string, unknown] => {
  const entries = Object.entries(input).filter(([, value]) => value !== undefined);
  if (entries.length !== 1)
    throw invalid('A date has either a value, a literal or a range, and a range has one member');
  return entries[0]!;
};

const dateText = (field: FieldDef, input: Input): string => {
  const [kind, value] = oneOf(input);
  if (kind === 'value') return literalOf(field.type, value);
  if (kind === 'literal') return String(value);
  const [range, n] = oneOf(value as Input);
  return `${range.toUpperCase()}:${String(n)}`;
};

const operandText = (field: FieldDef, value: unknown, operator: string): string =>
  typeof value === 'object' && value !== null
    ? dateText(field, value as Input)
    : literalOf(field.type, value, operator === 'like');

const comparison = (field: FieldDef, path: string, operator: string, value: unknown): string => {
  const sign = LISTS[operator];
  if (sign === undefined) return `${path} ${COMPARISONS[operator]!} ${operandText(field, value, operator)}`;
  const list = (value ?? []) as unknown[];
  if (list.length === 0) throw invalid(`The list of ${operator} is empty`);
  return `${path} ${sign} (${list.map((one) => operandText(field, one, operator)).join(', ')})`;
};

/** Looks up the object behind a relationship of an object. */
export type ParentOf = (def: ObjectDef, relationship: string) => ObjectDef | undefined;

const joined = (parts: ReadonlyArray<string | undefined>, word: string): string | undefined => {
  const real = parts.filter((part) => part !== undefined);
  return real.length > 1 ? `(${real.join(` ${word} `)})` : real[0];
};

/**
 * The condition of a query. Members of one object are joined with AND, as are the operators of one field.
 * @returns undefined where nothing is asked
 * @throws PlatformError INVALID_FILTER, INVALID_FIELD
 */
export const conditionOf = (def: ObjectDef, where: Input, parentOf: ParentOf, prefix = ''): string | undefined => {
  const nested = (value: unknown): string | undefined => conditionOf(def, value as Input, parentOf, prefix);
  const parts = Object.entries(where).map(([name, value]): string | undefined => {
    if (value === null || value === undefined) return undefined;
    if (name === 'and' || name === 'or') return joined((value as unknown[]).map(nested), name.toUpperCase());
    if (name === 'not') {
      const inner = nested(value);
      return inner && `(NOT ${inner.startsWith('(') ? inner : `(${inner})`})`;
    }
    const field = def.fields.get(name.toLowerCase());
    if (field) {
      const each = Object.entries(value as Input).map(([operator, operand]) =>
        comparison(field, prefix + field.name, operator, operand)
      );
      return joined(each, 'AND');
    }
    return conditionOf(parentOf(def, name)!, value as Input, parentOf, `${prefix}${name}.`);
  });
  return joined(parts, 'AND');
};
