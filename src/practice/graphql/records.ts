/** Types of records: their fields, parents and lists, as far as a request names them. */
import {
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  GraphQLUnionType,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLFieldConfigMap,
  type GraphQLInputFieldConfigMap,
} from 'graphql';
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { PracticeOrg, QueryPage, ResultRecord, Session } from '../contracts.js';
import { isShown, nameField } from '../ui-api/objects.js';
import { childConnection, type Connection } from './connection.js';
import { operatorType } from './filters.js';
import { OrderByClause } from './orders.js';
import { scalarOf } from './scalars.js';
import { PageInfo, valuesOf, valueType } from './values.js';
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

const isScalar = ({ type }: FieldDef): boolean => !['address', 'location', 'base64', 'anyType', 'id'].includes(type);

export class RecordTypes {
  private readonly objects = new Map<string, GraphQLObjectType<ResultRecord, World>>();
  private readonly connections = new Map<string, GraphQLObjectType<Connection, World>>();
  private readonly filters = new Map<string, GraphQLInputObjectType>();
  private readonly orders = new Map<string, GraphQLInputObjectType>();

  public constructor(
    private readonly org: PracticeOrg,
    private readonly session: Session,
    private readonly names: ReadonlySet<string>
  ) {}

  public get common(): GraphQLInterfaceType {
    return RecordType;
  }

  /** The object behind a relationship where it is one object that the user sees. */
  public readonly parentOf = (def: ObjectDef, name: string): ObjectDef | undefined => {
    const field = [...def.fields.values()].find((one) => one.relationshipName === name);
    const [only, ...others] = field ? this.targets(field) : [];
    return others.length > 0 ? this.org.catalog.object('Name') : only;
  };

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

  public connection(def: ObjectDef): GraphQLObjectType<Connection, World> {
    let type = this.connections.get(def.name);
    if (!type) {
      const edge = new GraphQLObjectType<Connection['edges'][number], World>({
        name: `${def.name}Edge`,
        fields: () => ({ node: { type: this.object(def) }, cursor: { type: new GraphQLNonNull(GraphQLString) } }),
      });
      type = new GraphQLObjectType<Connection, World>({
        name: `${def.name}Connection`,
        fields: {
          edges: { type: new GraphQLList(edge) },
          pageInfo: { type: new GraphQLNonNull(PageInfo) },
          totalCount: { type: GraphQLInt },
          pageResultCount: { type: GraphQLInt },
        },
      });
      this.connections.set(def.name, type);
    }
    return type;
  }

  /** Arguments of a list. */
  public args(def: ObjectDef): GraphQLFieldConfigArgumentMap {
    return {
      first: { type: GraphQLInt },
      after: { type: GraphQLString },
      where: { type: this.filter(def) },
      orderBy: { type: this.order(def) },
    };
  }

  public filter(def: ObjectDef): GraphQLInputObjectType {
    return this.input(this.filters, def, 'Filter', (field) => field.filterable && { type: operatorType(field) });
  }

  public order(def: ObjectDef): GraphQLInputObjectType {
    return this.input(this.orders, def, 'OrderBy', (field) => field.sortable && { type: OrderByClause });
  }

  /** Fields of an object that the request names. */
  public named(def: ObjectDef): FieldDef[] {
    return [...def.fields.values()].filter((field) => this.names.has(field.name) && isScalar(field));
  }

  private input(
    known: Map<string, GraphQLInputObjectType>,
    def: ObjectDef,
    suffix: 'Filter' | 'OrderBy',
    member: (field: FieldDef) => false | { type: GraphQLInputObjectType }
  ): GraphQLInputObjectType {
    let type = known.get(def.name);
    if (!type) {
      const fields = (): GraphQLInputFieldConfigMap => {
        const all = suffix === 'Filter' ? this.combiners(type!) : {};
        for (const field of this.identified(def)) {
          const made = member(field);
          if (made) all[field.name] = made;
        }
        for (const { name, target } of this.related(def))
          all[name] = { type: this.input(known, target, suffix, member) };
        // A type without members is not allowed; this one cannot be named in SOQL either.
        return Object.keys(all).length > 0 ? all : { Id: { type: OrderByClause } };
      };
      known.set(def.name, (type = new GraphQLInputObjectType({ name: `${def.name}_${suffix}`, fields })));
    }
    return type;
  }

  private combiners(type: GraphQLInputObjectType): GraphQLInputFieldConfigMap {
    const list = new GraphQLList(new GraphQLNonNull(type));
    return { and: { type: list }, or: { type: list }, not: { type } };
  }

  private identified(def: ObjectDef): FieldDef[] {
    const id = def.fields.get('id');
    return id && this.names.has('Id') ? [id, ...this.named(def)] : this.named(def);
  }

  /** Parents whose fields may stand in filters and orders. */
  private related(def: ObjectDef): Array<{ name: string; target: ObjectDef }> {
    return this.relationships(def).flatMap(({ relationshipName }) => {
      const target = this.parentOf(def, relationshipName!);
      return target ? [{ name: relationshipName!, target }] : [];
    });
  }

  private relationships(def: ObjectDef): FieldDef[] {
    return [...def.fields.values()].filter(
      ({ relationshipName }) => relationshipName !== undefined && this.names.has(relationshipName)
    );
  }

  /** Objects behind a reference that the user sees. */
  private targets(field: FieldDef): ObjectDef[] {
    return field.referenceTo
      .map((name) => this.org.catalog.object(name))
      .filter((def) => def !== undefined)
      .filter((def) => isShown(def, this.session))
      .map((def) => this.session.view(def));
  }

  private recordFields(def: ObjectDef): GraphQLFieldConfigMap<ResultRecord, World> {
    const fields: GraphQLFieldConfigMap<ResultRecord, World> = commonFields();
    const title = nameField(def);
    if (title && this.names.has('DisplayValue')) fields.DisplayValue = this.displayValue(title);
    for (const field of this.named(def)) fields[field.name] = this.valueField(field);
    for (const field of this.relationships(def)) {
      const made = this.parentField(def, field);
      if (made) fields[field.relationshipName!] = made;
    }
    for (const whole of this.org.catalog.objects()) {
      if (!isShown(whole, this.session)) continue;
      const child = this.session.view(whole);
      for (const { childRelationshipName: name, referenceTo } of child.fields.values()) {
        if (name && this.names.has(name) && referenceTo.includes(def.name)) fields[name] = this.childField(name, child);
      }
    }
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
    const targets = this.targets(field);
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

  /** Scalar of a field for what is written. */
  public static scalar(field: FieldDef): ReturnType<typeof scalarOf> {
    return scalarOf(field);
  }
}
