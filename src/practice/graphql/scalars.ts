/** Scalars of the schema, by the names that the platform's own has (GraphQL API guide, Field Types). */
import {
  GraphQLBoolean,
  GraphQLError,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLScalarType,
  GraphQLString,
} from 'graphql';
import type { FieldDef } from '../catalog/types.js';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isDay: Check = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
const isMoment: Check = (value) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/.test(value);

const scalar = (name: string, check: Check): GraphQLScalarType => {
  const take = (value: unknown): unknown => {
    if (check(value)) return value;
    throw new GraphQLError(`${JSON.stringify(value)} is no value of the type ${name}`);
  };
  return new GraphQLScalarType({ name, coerceInputValue: take, coerceOutputValue: (value) => value });
};

const text = (name: string): GraphQLScalarType => scalar(name, isText);
const number = (name: string): GraphQLScalarType => scalar(name, isNumber);

export const Long = number('Long');
const Double = number('Double');
const LongTextArea = text('LongTextArea');
export const IdOrRef = text('IdOrRef');
export const DateScalar = scalar('Date', isDay);
export const DateTimeScalar = scalar('DateTime', isMoment);

const SCALARS: Partial<Record<FieldDef['type'], GraphQLScalarType>> = {
  id: GraphQLID,
  reference: GraphQLID,
  boolean: GraphQLBoolean,
  int: GraphQLInt,
  long: Long,
  double: Double,
  currency: number('Currency'),
  percent: number('Percent'),
  date: DateScalar,
  datetime: DateTimeScalar,
  time: text('Time'),
  picklist: text('Picklist'),
  multipicklist: text('MultiPicklist'),
  textarea: text('TextArea'),
  email: text('Email'),
  phone: text('PhoneNumber'),
  url: text('Url'),
  encryptedstring: text('EncryptedString'),
};

const LONG = 255;

/** The scalar behind a field. Its name begins the names of the types around it: `StringValue`, `StringOperators`. */
export const scalarOf = (field: FieldDef): GraphQLScalarType =>
  field.type === 'textarea' && field.length > LONG ? LongTextArea : (SCALARS[field.type] ?? GraphQLString);

/** Numbers that sums and averages may be taken of. */
export const isNumeric = ({ type }: FieldDef): boolean =>
  ['int', 'long', 'double', 'currency', 'percent'].includes(type);

export const FloatScalar = GraphQLFloat;
