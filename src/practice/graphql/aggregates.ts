/** `uiapi { aggregate { Lead(groupBy: …) … } }` (GraphQL API guide, Aggregate Schema). */
import {
  GraphQLObjectType,
  type FieldNode,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  type GraphQLResolveInfo,
} from 'graphql';
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { ResultRecord } from '../contracts.js';
import { PlatformError } from '../errors.js';
import { queryOptions } from '../rest/objects.js';
import { camel, fieldType, FUNCTIONS, groupByType, keyOf } from './aggregate-types.js';
import { connectionOf, type Connection } from './connection.js';
import { orderTerms } from './orders.js';
import { below, fieldsIn } from './plan.js';
import type { RecordTypes } from './records.js';
import { filterText, firstOf, positionOf } from './soql.js';
import { connectionType } from './values.js';
import type { World } from './world.js';

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
  const filter = filterText(def, args, { world, parentOf: types.sight.parentOf });
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

/** The field of an object under `aggregate`. */
export const aggregateField = (def: ObjectDef, types: RecordTypes): GraphQLFieldConfig<unknown, World> => {
  const named = types.sight.named(def);
  const row = new GraphQLObjectType<ResultRecord, World>({
    name: `${def.name}Aggregate`,
    fields: Object.fromEntries(
      [def.fields.get('id')!, ...named].map((field) => [
        field.name,
        { type: fieldType(def, field), resolve: (record: ResultRecord) => record },
      ])
    ) as GraphQLFieldConfigMap<ResultRecord, World>,
  });
  const result = new GraphQLObjectType<ResultRecord, World>({
    name: `${def.name}Result`,
    fields: { aggregate: { type: row, resolve: (record) => record } },
  });
  const groupBy = groupByType(def, named);
  return {
    type: connectionType(`${def.name}Aggregate`, () => result),
    args: { ...types.args(def), ...(groupBy ? { groupBy: { type: groupBy } } : {}) },
    resolve: (_, args: Args, world, info) => resolve(def, types, args, world, info),
  };
};
