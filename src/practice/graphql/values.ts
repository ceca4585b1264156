/** Values in answers: `Name { value displayValue }`, and how they are taken from records of queries. */
import {
  GraphQLBoolean,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  type GraphQLFieldConfigMap,
  type GraphQLOutputType,
  type GraphQLScalarType,
} from 'graphql';
import type { FieldDef } from '../catalog/types.js';
import { labelOf, plainValue, shower, type Locale } from '../ui-api/values.js';
import { FloatScalar, scalarOf } from './scalars.js';

/** A value of a field. Its texts are made when they are asked for. */
export class FieldValue {
  public constructor(
    private readonly field: FieldDef,
    private readonly raw: unknown,
    private readonly show: (value: unknown) => string | null
  ) {}

  public get value(): unknown {
    return plainValue(this.field.type, this.raw);
  }
  public get displayValue(): string | null {
    return this.show(this.raw);
  }
  public get label(): string | null {
    return labelOf(this.field, this.raw);
  }
  public get timestamp(): number | null {
    return typeof this.raw === 'string' ? Date.parse(this.raw) : null;
  }
}

/** Makes values of one field for readers of one locale. */
export const valuesOf = (field: FieldDef, locale: Locale): ((raw: unknown) => FieldValue) => {
  const show = shower(field, locale);
  return (raw) => new FieldValue(field, raw ?? null, show);
};

const types = new Map<GraphQLScalarType, GraphQLObjectType>();

const memberTypes = (scalar: GraphQLScalarType): GraphQLFieldConfigMap<FieldValue, unknown> => ({
  value: { type: scalar },
  displayValue: { type: GraphQLString },
  ...(scalar.name === 'Picklist' || scalar.name === 'MultiPicklist' ? { label: { type: GraphQLString } } : {}),
  ...(scalar.name === 'DateTime' || scalar.name === 'Date' ? { timestamp: { type: FloatScalar } } : {}),
});

/** `StringValue`, `PicklistValue` and their like; one for each scalar, shared by all schemas. */
export const valueType = (field: FieldDef): GraphQLObjectType => {
  const scalar = scalarOf(field);
  let type = types.get(scalar);
  if (!type)
    types.set(scalar, (type = new GraphQLObjectType({ name: `${scalar.name}Value`, fields: memberTypes(scalar) })));
  return type;
};

/** Where a page lies in the whole. */
export const PageInfo = new GraphQLObjectType({
  name: 'PageInfo',
  fields: {
    hasNextPage: { type: GraphQLBoolean },
    hasPreviousPage: { type: GraphQLBoolean },
    startCursor: { type: GraphQLString },
    endCursor: { type: GraphQLString },
  },
});

/** Type of a page: `LeadConnection`, `LeadAggregateConnection`. @param node type of what it holds, asked for when it is needed */
export const connectionType = (name: string, node: () => GraphQLOutputType): GraphQLObjectType => {
  const edge = new GraphQLObjectType({
    name: `${name}Edge`,
    fields: () => ({ node: { type: node() }, cursor: { type: new GraphQLNonNull(GraphQLString) } }),
  });
  return new GraphQLObjectType({
    name: `${name}Connection`,
    fields: {
      edges: { type: new GraphQLList(edge) },
      pageInfo: { type: new GraphQLNonNull(PageInfo) },
      totalCount: { type: GraphQLInt },
      pageResultCount: { type: GraphQLInt },
    },
  });
};
