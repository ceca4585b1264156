/** Types of aggregates: what may be shown of a field, and what may be grouped. */
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLObjectType,
  GraphQLString,
  type GraphQLFieldConfig,
  type GraphQLOutputType,
} from 'graphql';
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { ResultRecord } from '../contracts.js';
import { plainValue, shower } from '../ui-api/values.js';
import { FloatScalar, isNumeric, Long, scalarOf } from './scalars.js';
import type { World } from './world.js';

/** Functions by their names here. */
export const FUNCTIONS: Readonly<Record<string, string>> = {
  avg: 'AVG',
  count: 'COUNT',
  countDistinct: 'COUNT_DISTINCT',
  max: 'MAX',
  min: 'MIN',
  sum: 'SUM',
};

const DATE_FUNCTIONS = [
  'CALENDAR_MONTH',
  'CALENDAR_QUARTER',
  'CALENDAR_YEAR',
  'DAY_IN_MONTH',
  'DAY_IN_WEEK',
  'DAY_IN_YEAR',
  'DAY_ONLY',
  'FISCAL_MONTH',
  'FISCAL_QUARTER',
  'FISCAL_YEAR',
  'HOUR_IN_DAY',
  'WEEK_IN_MONTH',
  'WEEK_IN_YEAR',
];

const GroupByFunction = new GraphQLEnumType({
  name: 'GroupByFunction',
  values: Object.fromEntries(DATE_FUNCTIONS.map((name) => [name, {}])),
});
const GroupByClause = new GraphQLInputObjectType({
  name: 'GroupByClause',
  fields: { group: { type: GraphQLBoolean } },
});
const GroupByDateFunction = new GraphQLInputObjectType({
  name: 'GroupByDateFunction',
  fields: { group: { type: GraphQLBoolean }, function: { type: GroupByFunction } },
});

/** `CALENDAR_YEAR` to `calendarYear`: where a grouped part of a date stands in the answer. Not verified. [M] */
export const camel = (name: string): string =>
  name.toLowerCase().replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const isDate = ({ type }: FieldDef): boolean => type === 'date' || type === 'datetime';

type Cell = { value: unknown; displayValue: string | null };
type CellType = GraphQLObjectType<Cell, World>;

const cells = new Map<string, CellType>();

const cellType = (value: GraphQLOutputType): CellType => {
  const name = `${String(value)}AggregateResult`;
  let type = cells.get(name);
  if (!type) {
    type = new GraphQLObjectType<Cell, World>({
      name,
      fields: { value: { type: value }, displayValue: { type: GraphQLString } },
    });
    cells.set(name, type);
  }
  return type;
};

/** Alias of a selected value. */
export const keyOf = (field: FieldDef, what: string): string => `${field.name}_${what}`.replaceAll(/__+/g, '_');

type RowField = GraphQLFieldConfig<ResultRecord, World>;

/** A value of a row, shown as the field's own values are. */
const cellField = (field: FieldDef, what: string, type: GraphQLOutputType, show = field): RowField => ({
  type: cellType(type),
  resolve: (row, _args, { locale }) => {
    const raw = row[keyOf(field, what)] ?? null;
    return { value: plainValue(show.type, raw), displayValue: shower(show, locale)(raw) };
  },
});

const number = (field: FieldDef): FieldDef => ({ ...field, type: 'double', scale: 0 });

const functionsOf = (field: FieldDef): Record<string, RowField> => {
  const scalar = scalarOf(field);
  const counts = {
    count: cellField(field, 'count', Long, number(field)),
    countDistinct: cellField(field, 'countDistinct', Long, number(field)),
  };
  if (field.type === 'boolean') return counts;
  const ends = { min: cellField(field, 'min', scalar), max: cellField(field, 'max', scalar) };
  if (!isNumeric(field)) return { ...counts, ...ends };
  const sums = {
    sum: cellField(field, 'sum', FloatScalar, number(field)),
    avg: cellField(field, 'avg', FloatScalar, number(field)),
  };
  return { ...counts, ...ends, ...sums };
};

/** What can be shown of a field: its grouped value, and functions of it. */
export const fieldType = (def: ObjectDef, field: FieldDef): GraphQLObjectType<ResultRecord, World> => {
  const parts = isDate(field)
    ? DATE_FUNCTIONS.map((name) => [camel(name), cellField(field, camel(name), GraphQLInt, number(field))])
    : [];
  return new GraphQLObjectType<ResultRecord, World>({
    name: `${def.name}_${field.name}_Aggregate`,
    fields: {
      value: { type: scalarOf(field), resolve: (row) => plainValue(field.type, row[keyOf(field, 'value')] ?? null) },
      displayValue: {
        type: GraphQLString,
        resolve: (row, _args, { locale }) => shower(field, locale)(row[keyOf(field, 'value')] ?? null),
      },
      ...functionsOf(field),
      ...(Object.fromEntries(parts) as Record<string, RowField>),
    },
  });
};

/** Type of the argument `groupBy`; undefined where the request names nothing that could be grouped. */
export const groupByType = (def: ObjectDef, fields: readonly FieldDef[]): GraphQLInputObjectType | undefined => {
  const members = fields
    .filter((field) => field.groupable || isDate(field))
    .map((field) => [field.name, { type: isDate(field) ? GroupByDateFunction : GroupByClause }]);
  if (members.length === 0) return undefined;
  return new GraphQLInputObjectType({ name: `${def.name}_GroupBy`, fields: Object.fromEntries(members) as never });
};
