/** `uiapi { aggregate { Lead(groupBy: …) … } }` (GraphQL API guide, Aggregate Schema). */
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  type FieldNode,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
} from 'graphql';
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { ResultRecord } from '../contracts.js';
import { PlatformError } from '../errors.js';
import { queryOptions } from '../rest/objects.js';
import { plainValue, shower } from '../ui-api/values.js';
import { connectionOf, type Connection } from './connection.js';
import { orderTerms } from './orders.js';
import { below, fieldsIn } from './plan.js';
import type { RecordTypes } from './records.js';
import { FloatScalar, isNumeric, Long, scalarOf } from './scalars.js';
import { filterText, firstOf, positionOf } from './soql.js';
import { PageInfo } from './values.js';
import type { World } from './world.js';

/** Functions by their names here. */
const FUNCTIONS: Readonly<Record<string, string>> = {
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
const camel = (name: string): string =>
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
const keyOf = (field: FieldDef, what: string): string => `${field.name}_${what}`.replaceAll(/__+/g, '_');

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

const fieldType = (def: ObjectDef, field: FieldDef): GraphQLObjectType<ResultRecord, World> => {
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

type Args = Readonly<Record<string, unknown>>;
type Clause = { group?: boolean; function?: string };

/** Grouped values: their alias and their text. */
const groupsOf = (def: ObjectDef, args: Args): Map<string, string> => {
  const groups = new Map<string, string>();
  for (const [name, clause] of Object.entries((args.groupBy ?? {}) as Record<string, Clause>)) {
    const field = def.fields.get(name.toLowerCase())!;
    if (clause.function !== undefined)
      groups.set(keyOf(field, camel(clause.function)), `${clause.function}(${field.name})`);
    else if (clause.group === true) groups.set(keyOf(field, 'value'), field.name);
  }
  return groups;
};

/** How a member of a field's aggregate is written; undefined where there is nothing to select for it. */
const memberText = (field: FieldDef, what: string, groups: ReadonlyMap<string, string>): string | undefined => {
  const made = FUNCTIONS[what] ? `${FUNCTIONS[what]}(${field.name})` : groups.get(keyOf(field, what));
  if (made === undefined && what !== '__typename') {
    throw new PlatformError('INVALID_AGGREGATE', `${field.name} must be grouped or aggregated to be shown by ${what}`);
  }
  return made;
};

/** What is selected below `aggregate`: alias and text of each value. */
const valuesOf = (
  def: ObjectDef,
  info: GraphQLResolveInfo,
  groups: ReadonlyMap<string, string>
): Map<string, string> => {
  const values = new Map(groups);
  const add = (field: FieldDef, what: string): void => {
    const text = memberText(field, what, groups);
    if (text !== undefined) values.set(keyOf(field, what), text);
  };
  const selected = below(info, info.fieldNodes, 'edges', 'node', 'aggregate').flatMap((node) =>
    fieldsIn(info, '', node.selectionSet)
  );
  for (const { name, selectionSet } of selected) {
    const field = def.fields.get(name.value.toLowerCase());
    const members = field ? fieldsIn(info, '', selectionSet) : [];
    for (const member of members) {
      add(field!, member.name.value === 'displayValue' ? 'value' : member.name.value);
    }
  }
  return values;
};

/** Reads groups. @throws PlatformError what queries are refused with */
const resolve = (
  def: ObjectDef,
  types: RecordTypes,
  args: Args,
  world: World,
  info: GraphQLResolveInfo
): Connection => {
  const [node] = info.fieldNodes as [FieldNode];
  const { queries } = world.org;
  const filter = filterText(def, args, { world, parentOf: types.parentOf });
  const groups = groupsOf(def, args);
  const values = valuesOf(def, info, groups);
  if (values.size === 0) values.set('all', 'COUNT(Id)');
  const selected = [...values].map(([key, text]) => `${text} ${key}`).join(', ');
  const grouped = groups.size > 0 ? ` GROUP BY ${[...groups.values()].join(', ')}` : '';
  const terms = orderTerms(node, world, true);
  const order = terms.length > 0 ? ` ORDER BY ${terms.join(', ')}` : '';
  const soql = `SELECT ${selected} FROM ${def.name}${filter}${grouped}${order}`;
  const { records } = queries.whole(soql, queryOptions(world.call));
  const [from, first] = [positionOf(args.after), firstOf(args)];
  // Without groups it counts records, as the guide's example does (Aggregate Examples).
  const count = (): number =>
    groups.size > 0
      ? records.length
      : queries.query(`SELECT COUNT() FROM ${def.name}${filter}`, queryOptions(world.call)).totalSize;
  return connectionOf(records.slice(from), { from, first }, count);
};

const groupByType = (def: ObjectDef, fields: readonly FieldDef[]): GraphQLInputObjectType | undefined => {
  const members = fields
    .filter((field) => field.groupable || isDate(field))
    .map((field) => [field.name, { type: isDate(field) ? GroupByDateFunction : GroupByClause }]);
  if (members.length === 0) return undefined;
  return new GraphQLInputObjectType({ name: `${def.name}_GroupBy`, fields: Object.fromEntries(members) as never });
};

/** The field of an object under `aggregate`; undefined where the request names none of its fields. */
export const aggregateField = (def: ObjectDef, types: RecordTypes): GraphQLFieldConfig<unknown, World> => {
  const id = def.fields.get('id')!;
  const fields = [id, ...types.named(def)];
  const row = new GraphQLObjectType<ResultRecord, World>({
    name: `${def.name}Aggregate`,
    fields: Object.fromEntries(
      fields.map((field) => [field.name, { type: fieldType(def, field), resolve: (record: ResultRecord) => record }])
    ) as GraphQLFieldConfigMap<ResultRecord, World>,
  });
  const result = new GraphQLObjectType<ResultRecord, World>({
    name: `${def.name}Result`,
    fields: { aggregate: { type: row, resolve: (record) => record } },
  });
  const edge = new GraphQLObjectType<Connection['edges'][number], World>({
    name: `${def.name}AggregateEdge`,
    fields: { node: { type: result }, cursor: { type: new GraphQLNonNull(GraphQLString) } },
  });
  const connection = new GraphQLObjectType<Connection, World>({
    name: `${def.name}AggregateConnection`,
    fields: {
      edges: { type: new GraphQLList(edge) },
      pageInfo: { type: new GraphQLNonNull(PageInfo) },
      totalCount: { type: GraphQLInt },
      pageResultCount: { type: GraphQLInt },
    },
  });
  const groupBy = groupByType(def, types.named(def));
  return {
    type: connection,
    args: { ...types.args(def), ...(groupBy ? { groupBy: { type: groupBy } } : {}) },
    resolve: (_, args: Args, world, info) => resolve(def, types, args, world, info),
  };
};
