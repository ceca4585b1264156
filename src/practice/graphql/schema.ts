/** The schema of one request: what its document names, as far as its user sees it. */
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  specifiedDirectives,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
} from 'graphql';
import type { ObjectDef } from '../catalog/types.js';
import type { PracticeOrg, Session } from '../contracts.js';
import { aggregateField } from './aggregates.js';
import { rootConnection } from './connection.js';
import { mutationFields, MutationsInput } from './mutations.js';
import { FIELD_TYPES, objectInfosField } from './object-infos.js';
import { OPTIONAL } from './optional.js';
import { RecordTypes } from './records.js';
import { Sight } from './sight.js';
import type { World } from './world.js';

type Fields = GraphQLFieldConfigMap<unknown, World>;

const all = (): object => ({});

/** Scopes that queries here know; the platform has more. */
const scopeOf = (def: ObjectDef): GraphQLEnumType =>
  new GraphQLEnumType({
    name: `${def.name.toUpperCase()}_SCOPE`,
    values: { EVERYTHING: { value: 'everything' }, ...(def.fields.has('ownerid') ? { MINE: { value: 'mine' } } : {}) },
  });

const queryField = (def: ObjectDef, types: RecordTypes): GraphQLFieldConfig<unknown, World> => ({
  type: types.connection(def),
  args: { ...types.args(def), scope: { type: scopeOf(def) }, upperBound: { type: GraphQLInt } },
  resolve: (_, args: Readonly<Record<string, unknown>>, world, info) =>
    rootConnection(def, args, world, info, types.sight.parentOf),
});

/** A type must have a field; this one is there where the request names no object that the user sees. */
const orNothing = (fields: Fields): Fields =>
  Object.keys(fields).length > 0 ? fields : { _nothing: { type: GraphQLBoolean } };

const uiapi = (defs: readonly ObjectDef[], types: RecordTypes): GraphQLObjectType<unknown, World> => {
  const query = new GraphQLObjectType<unknown, World>({
    name: 'RecordQuery',
    fields: () => orNothing(Object.fromEntries(defs.map((def) => [def.name, queryField(def, types)]))),
  });
  const aggregate = new GraphQLObjectType<unknown, World>({
    name: 'RecordQueryAggregate',
    fields: () => orNothing(Object.fromEntries(defs.map((def) => [def.name, aggregateField(def, types)]))),
  });
  return new GraphQLObjectType<unknown, World>({
    name: 'UIAPI',
    fields: {
      query: { type: new GraphQLNonNull(query), resolve: all },
      aggregate: { type: new GraphQLNonNull(aggregate), resolve: all },
      objectInfos: objectInfosField,
    },
  });
};

const mutation = (defs: readonly ObjectDef[], types: RecordTypes, names: ReadonlySet<string>): GraphQLObjectType => {
  const mutations = new GraphQLObjectType<unknown, World>({
    name: 'UIAPIMutations',
    fields: () => orNothing(Object.assign({}, ...defs.map((def) => mutationFields(def, types, names))) as Fields),
  });
  return new GraphQLObjectType<unknown, World>({
    name: 'Mutation',
    fields: { uiapi: { type: new GraphQLNonNull(mutations), args: { input: { type: MutationsInput } }, resolve: all } },
  });
};

/** @param names all names of the request, see `namesIn` */
export const schemaFor = (org: PracticeOrg, session: Session, names: ReadonlySet<string>): GraphQLSchema => {
  const sight = new Sight(org, session, names);
  const types = new RecordTypes(sight);
  const defs = sight.objects();
  const query = new GraphQLObjectType<unknown, World>({
    name: 'Query',
    fields: { uiapi: { type: new GraphQLNonNull(uiapi(defs, types)), resolve: all } },
  });
  return new GraphQLSchema({
    query,
    mutation: mutation(defs, types, names),
    types: [types.common, ...FIELD_TYPES],
    directives: [OPTIONAL, ...specifiedDirectives.filter(({ name }) => ['skip', 'include'].includes(name))],
  });
};
