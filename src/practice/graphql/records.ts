/** Types of records: their fields, parents and lists, as far as a request names them. */
import {
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  GraphQLUnionType,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLFieldConfigMap,
} from 'graphql';
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { QueryPage, ResultRecord } from '../contracts.js';
import { nameField } from '../ui-api/objects.js';
import { childConnection } from './connection.js';
import { InputTypes } from './inputs.js';
import type { Sight } from './sight.js';
import { connectionType, valuesOf, valueType } from './values.js';
import { withRole, type World } from './world.js';

type RecordField = GraphQLFieldConfig<ResultRecord, World>;

/** What every record has; fragments may be written on it. */
const commonFields = (): Record<string, RecordField> => ({
  Id: { type: new GraphQLNonNull(GraphQLID) },
  ApiName: { type: new GraphQLNonNull(GraphQLString), resolve: ({ attributes }) => attributes.type },
  WeakEtag: { type: GraphQLFloat, resolve: ({ SystemModstamp: at }) => (typeof at === 'string' ? Date.parse(at) : 0) },
});

const RecordType = new GraphQLInterfaceType({
  name: 'Record',
  fields: {
    Id: { type: new GraphQLNonNull(GraphQLID) },
    ApiName: { type: new GraphQLNonNull(GraphQLString) },
    WeakEtag: { type: GraphQLFloat },
  },
  resolveType: (record: ResultRecord) => record.attributes.type,
});

export class RecordTypes {
  private readonly objects = new Map<string, GraphQLObjectType<ResultRecord, World>>();
  private readonly connections = new Map<string, GraphQLObjectType>();
  private readonly inputs: InputTypes;

  public constructor(public readonly sight: Sight) {
    this.inputs = new InputTypes(sight);
  }

  public get common(): GraphQLInterfaceType {
    return RecordType;
  }

  public object(def: ObjectDef): GraphQLObjectType<ResultRecord, World> {
    let type = this.objects.get(def.name);
    if (!type) {
      type = new GraphQLObjectType<ResultRecord, World>({
        name: def.name,
        interfaces: [RecordType],
        fields: () => this.recordFields(def),
      });
      this.objects.set(def.name, type);
    }
    return type;
  }

  public connection(def: ObjectDef): GraphQLObjectType {
    let type = this.connections.get(def.name);
    if (!type) this.connections.set(def.name, (type = connectionType(def.name, () => this.object(def))));
    return type;
  }

  /** Arguments of a list. */
  public args(def: ObjectDef): GraphQLFieldConfigArgumentMap {
    return {
      first: { type: GraphQLInt },
      after: { type: GraphQLString },
      where: { type: this.inputs.filter(def) },
      orderBy: { type: this.inputs.order(def) },
    };
  }

  private recordFields(def: ObjectDef): GraphQLFieldConfigMap<ResultRecord, World> {
    const fields: GraphQLFieldConfigMap<ResultRecord, World> = commonFields();
    const title = nameField(def);
    if (title && this.sight.names.has('DisplayValue')) fields.DisplayValue = this.displayValue(title);
    for (const field of this.sight.named(def)) fields[field.name] = this.valueField(field);
    for (const field of this.sight.relationships(def)) {
      const made = this.parentField(def, field);
      if (made) fields[field.relationshipName!] = made;
    }
    for (const { name, child } of this.sight.lists(def)) fields[name] = this.childField(name, child);
    return fields;
  }

  private displayValue(field: FieldDef): RecordField {
    return { type: GraphQLString, ...withRole({ kind: 'field', field }), resolve: (record) => record[field.name] };
  }

  private valueField(field: FieldDef): RecordField {
    let values: ReturnType<typeof valuesOf> | undefined;
    return {
      type: valueType(field),
      ...withRole({ kind: 'field', field }),
      resolve: (record, _args, { locale }) => (values ??= valuesOf(field, locale))(record[field.name]),
    };
  }

  private parentField(def: ObjectDef, field: FieldDef): RecordField | undefined {
    const targets = this.sight.targets(field);
    const name = field.relationshipName!;
    const [only] = targets;
    if (!only) return undefined;
    const resolve = (record: ResultRecord): unknown => record[name] ?? null;
    if (field.referenceTo.length === 1) {
      return { type: this.object(only), ...withRole({ kind: 'parent', name, def: only }), resolve };
    }
    const types = targets.map((target) => this.object(target));
    const known = new Set(targets.map((target) => target.name));
    const union = new GraphQLUnionType({
      name: `${def.name}_${name}`,
      types,
      resolveType: (record: ResultRecord) => record.attributes.type,
    });
    // A parent of a kind that the user does not see is none.
    const seen = (record: ResultRecord): unknown => {
      const parent = record[name] as ResultRecord | null | undefined;
      return parent && known.has(parent.attributes.type) ? parent : null;
    };
    return { type: union, ...withRole({ kind: 'parents', name }), resolve: seen };
  }

  private childField(name: string, child: ObjectDef): RecordField {
    return {
      type: this.connection(child),
      args: this.args(child),
      ...withRole({ kind: 'children', name, child }),
      resolve: (record, args: Readonly<Record<string, unknown>>) =>
        childConnection(args, (record[name] ?? null) as QueryPage | null),
    };
  }
}
