/** `mutation { uiapi { LeadUpdate(input: …) { Record { … } } } }` (GraphQL API guide, Mutations Schema). */
import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  type GraphQLInputFieldConfigMap,
  type GraphQLResolveInfo,
} from 'graphql';
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { InputRecord, ResultRecord, SaveOperation } from '../contracts.js';
import { PlatformError } from '../errors.js';
import { saveRecords } from '../http/save.js';
import { queryOptions } from '../rest/objects.js';
import { quote } from '../soql/literals.js';
import { below, planFor } from './plan.js';
import type { RecordTypes } from './records.js';
import { IdOrRef, scalarOf } from './scalars.js';
import { columnsOf } from './soql.js';
import type { World } from './world.js';

type Verb = 'Create' | 'Update' | 'Delete';

const OPERATIONS: Readonly<Record<Verb, SaveOperation>> = { Create: 'create', Update: 'update', Delete: 'delete' };

export const MutationsInput = new GraphQLInputObjectType({
  name: 'UIAPIMutationsInput',
  fields: { allOrNone: { type: GraphQLBoolean, default: { value: true } } },
});

const RecordDeleteInput = new GraphQLInputObjectType({
  name: 'RecordDeleteInput',
  fields: { Id: { type: new GraphQLNonNull(IdOrRef) } },
});

const RecordDeletePayload = new GraphQLObjectType<{ Id: string }, World>({
  name: 'RecordDeletePayload',
  fields: { Id: { type: GraphQLID } },
});

/** @throws PlatformError what the record could not be saved for */
const save = (world: World, def: ObjectDef, verb: Verb, record: InputRecord): string => {
  const { call } = world;
  const options = call.saveOptions({ assignment: 'none' });
  const [result] = saveRecords(call.rooms, call.occasion, OPERATIONS[verb], def.name, [record], options);
  const [error] = result!.errors;
  if (error) throw new PlatformError(error.statusCode, error.message, 400, error.fields);
  return result!.id ?? String(record.Id);
};

/** The record as it is now, with what is asked for below `Record`. */
const saved = (
  world: World,
  def: ObjectDef,
  id: string,
  types: RecordTypes,
  info: GraphQLResolveInfo
): ResultRecord | null => {
  const type = info.schema.getType(def.name) as GraphQLObjectType;
  const plan = planFor(info, type, below(info, info.fieldNodes, 'Record'));
  const columns = columnsOf(plan, { world, parentOf: types.sight.parentOf }).join(', ');
  const soql = `SELECT ${columns} FROM ${def.name} WHERE Id = ${quote(id)}`;
  return world.org.queries.whole(soql, queryOptions(world.call)).records[0] ?? null;
};

const representation = (
  def: ObjectDef,
  verb: Verb,
  fields: readonly FieldDef[]
): GraphQLInputObjectType | undefined => {
  const writable = fields.filter((field) => (verb === 'Create' ? field.createable : field.updateable));
  const members = writable.map((field) => [field.name, { type: scalarOf(field) }]);
  if (members.length === 0) return undefined;
  return new GraphQLInputObjectType({
    name: `${def.name}${verb}Representation`,
    fields: Object.fromEntries(members) as GraphQLInputFieldConfigMap,
  });
};

type Input = { input: { Id?: string } & Readonly<Record<string, InputRecord | undefined>> };

const writeField = (
  def: ObjectDef,
  types: RecordTypes,
  verb: 'Create' | 'Update'
): GraphQLFieldConfig<unknown, World> | undefined => {
  const record = representation(def, verb, types.sight.named(def));
  if (!record) return undefined;
  const id: GraphQLInputFieldConfigMap = verb === 'Update' ? { Id: { type: new GraphQLNonNull(IdOrRef) } } : {};
  const input = new GraphQLInputObjectType({
    name: `${def.name}${verb}Input`,
    fields: { [def.name]: { type: new GraphQLNonNull(record) }, ...id },
  });
  const payload = new GraphQLObjectType<{ Record: ResultRecord | null }, World>({
    name: `${def.name}${verb}Payload`,
    fields: { Record: { type: types.object(def) } },
  });
  return {
    type: payload,
    args: { input: { type: new GraphQLNonNull(input) } },
    resolve: (_, args: Input, world, info) => {
      const sent = { ...args.input[def.name], ...(args.input.Id === undefined ? {} : { Id: args.input.Id }) };
      return { Record: saved(world, def, save(world, def, verb, sent), types, info) };
    },
  };
};

const deleteField = (def: ObjectDef): GraphQLFieldConfig<unknown, World> => ({
  type: RecordDeletePayload,
  args: { input: { type: new GraphQLNonNull(RecordDeleteInput) } },
  resolve: (_, { input }: { input: { Id: string } }, world) => ({ Id: save(world, def, 'Delete', { Id: input.Id }) }),
});

/** The mutations of an object that the request names and that the user may do to some record. */
export const mutationFields = (
  def: ObjectDef,
  types: RecordTypes,
  names: ReadonlySet<string>
): GraphQLFieldConfigMap<unknown, World> => {
  const fields: GraphQLFieldConfigMap<unknown, World> = {};
  for (const verb of ['Create', 'Update', 'Delete'] as const) {
    if (!names.has(def.name + verb)) continue;
    const field = verb === 'Delete' ? deleteField(def) : writeField(def, types, verb);
    if (field) fields[def.name + verb] = field;
  }
  return fields;
};
