/** `uiapi { objectInfos(apiNames: […]) { … } }`: what UI API says of objects, as far as the schema here has it. */
import {
  GraphQLBoolean,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
} from 'graphql';
import { PlatformError } from '../errors.js';
import { objectInfo } from '../ui-api/object-info.js';
import { MASTER, shownObject } from '../ui-api/objects.js';
import { picklistBody } from '../ui-api/picklists.js';
import type { World } from './world.js';

type Json = Record<string, unknown>;
type Fields = GraphQLFieldConfigMap<Json, World>;

const texts = (...names: string[]): Fields => Object.fromEntries(names.map((name) => [name, { type: GraphQLString }]));
const flags = (...names: string[]): Fields => Object.fromEntries(names.map((name) => [name, { type: GraphQLBoolean }]));
const counts = (...names: string[]): Fields => Object.fromEntries(names.map((name) => [name, { type: GraphQLInt }]));

const ApiName: Fields = { ApiName: { type: new GraphQLNonNull(GraphQLString), resolve: ({ apiName }) => apiName } };

const ReferenceToInfo = new GraphQLObjectType<Json, World>({
  name: 'ReferenceToInfo',
  fields: { ...ApiName, nameFields: { type: new GraphQLList(GraphQLString) } },
});

const ofField: Fields = {
  ...ApiName,
  ...texts('label', 'dataType', 'compoundFieldName', 'relationshipName'),
  ...flags('calculated', 'compound', 'createable', 'custom', 'filterable', 'nameField', 'polymorphicForeignKey'),
  ...flags('reference', 'required', 'sortable', 'unique', 'updateable'),
  ...counts('length', 'precision', 'scale'),
  referenceToInfos: { type: new GraphQLList(ReferenceToInfo) },
};

const isPicklist = ({ dataType }: Json): boolean => dataType === 'Picklist' || dataType === 'MultiPicklist';

/** Interface and object types differ in their resolvers alone. */
const bare = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, { type }]) => [name, { type }]));

const FieldInterface = new GraphQLInterfaceType({
  name: 'Field',
  fields: bare(ofField) as never,
  resolveType: (field: Json) => (isPicklist(field) ? 'PicklistField' : 'StandardField'),
});

const StandardField = new GraphQLObjectType<Json, World>({
  name: 'StandardField',
  interfaces: [FieldInterface],
  fields: ofField,
});

const PicklistValue = new GraphQLObjectType<Json, World>({ name: 'PicklistValue_', fields: texts('label', 'value') });

const PicklistByType = new GraphQLObjectType<Json, World>({
  name: 'PicklistValueByRecordTypeID',
  fields: {
    ...texts('recordTypeID'),
    defaultValue: { type: PicklistValue },
    picklistValues: { type: new GraphQLList(PicklistValue) },
  },
});

/** Values of a picklist for the only record type that there is. */
const picklistsOf = (field: Json, { call, org, session }: World): Json[] => {
  const def = session.view(org.catalog.require(String(field.objectName)));
  const { defaultValue, values } = picklistBody(call.base, def, def.fields.get(String(field.apiName).toLowerCase())!);
  return [{ recordTypeID: MASTER, defaultValue, picklistValues: values }];
};

const PicklistField = new GraphQLObjectType<Json, World>({
  name: 'PicklistField',
  interfaces: [FieldInterface],
  fields: {
    ...ofField,
    picklistValuesByRecordTypeIDs: {
      type: new GraphQLList(PicklistByType),
      resolve: (field, _args, world) => picklistsOf(field, world),
    },
  },
});

const ChildRelationship = new GraphQLObjectType<Json, World>({
  name: 'ChildRelationship',
  fields: texts('childObjectApiName', 'fieldName', 'relationshipName'),
});

const fieldsOf = (info: Json, apiNames: readonly string[] | undefined): Json[] => {
  const fields = Object.values(info.fields as Record<string, Json>);
  const wanted = apiNames?.map((name) => name.toLowerCase());
  return fields
    .filter(({ apiName }) => wanted?.includes(String(apiName).toLowerCase()) ?? true)
    .map((field) => ({ ...field, objectName: info.apiName }));
};

const ObjectInfo = new GraphQLObjectType<Json, World>({
  name: 'ObjectInfo',
  fields: {
    ...ApiName,
    ...texts('label', 'labelPlural', 'keyPrefix', 'defaultRecordTypeId'),
    ...flags('createable', 'custom', 'deletable', 'feedEnabled', 'layoutable', 'queryable', 'searchable', 'updateable'),
    nameFields: { type: new GraphQLList(GraphQLString) },
    childRelationships: { type: new GraphQLList(ChildRelationship) },
    fields: {
      type: new GraphQLList(FieldInterface),
      args: { apiNames: { type: new GraphQLList(GraphQLString) } },
      resolve: (info, { apiNames }: { apiNames?: string[] }) => fieldsOf(info, apiNames),
    },
  },
});

/** Types behind the interface, which the schema must be told of. */
export const FIELD_TYPES = [StandardField, PicklistField];

/** The field of `uiapi`. Objects that the user does not see are null, each with an error. */
export const objectInfosField: GraphQLFieldConfig<unknown, World> = {
  type: new GraphQLList(ObjectInfo),
  args: { apiNames: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(GraphQLString))) } },
  resolve: (_, { apiNames }: { apiNames: string[] }, { org, session }) =>
    apiNames.map((name) => {
      try {
        return objectInfo(org.catalog, session, shownObject(org, session, name));
      } catch (error) {
        if (error instanceof PlatformError) return error;
        throw error;
      }
    }),
};
