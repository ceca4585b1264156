/** Types of the arguments `where` and `orderBy`, one of each for an object. */
import { GraphQLInputObjectType, GraphQLList, GraphQLNonNull, type GraphQLInputFieldConfigMap } from 'graphql';
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import { operatorType } from './filters.js';
import { OrderByClause } from './orders.js';
import type { Sight } from './sight.js';

type Member = (field: FieldDef) => GraphQLInputObjectType | undefined;

const filterMember: Member = (field) => (field.filterable ? operatorType(field) : undefined);
const orderMember: Member = (field) => (field.sortable ? OrderByClause : undefined);

const combiners = (type: GraphQLInputObjectType): GraphQLInputFieldConfigMap => {
  const list = new GraphQLList(new GraphQLNonNull(type));
  return { and: { type: list }, or: { type: list }, not: { type } };
};

export class InputTypes {
  private readonly known = new Map<string, GraphQLInputObjectType>();

  public constructor(private readonly sight: Sight) {}

  public filter(def: ObjectDef): GraphQLInputObjectType {
    return this.make(`${def.name}_Filter`, (type) => ({
      ...combiners(type),
      ...this.members(def, filterMember, (parent) => this.filter(parent)),
    }));
  }

  public order(def: ObjectDef): GraphQLInputObjectType {
    return this.make(`${def.name}_OrderBy`, () => {
      const members = this.members(def, orderMember, (parent) => this.order(parent));
      // A type must have a member; everything can be ordered by its id.
      return Object.keys(members).length > 0 ? members : { Id: { type: OrderByClause } };
    });
  }

  /** Types refer to each other and to themselves, so that their members are made when they are asked for. */
  private make(
    name: string,
    fields: (type: GraphQLInputObjectType) => GraphQLInputFieldConfigMap
  ): GraphQLInputObjectType {
    let type = this.known.get(name);
    if (!type) {
      const made: GraphQLInputObjectType = new GraphQLInputObjectType({ name, fields: () => fields(made) });
      this.known.set(name, (type = made));
    }
    return type;
  }

  private members(
    def: ObjectDef,
    member: Member,
    ofParent: (parent: ObjectDef) => GraphQLInputObjectType
  ): GraphQLInputFieldConfigMap {
    const members: GraphQLInputFieldConfigMap = {};
    for (const field of [def.fields.get('id')!, ...this.sight.named(def)]) {
      const type = member(field);
      if (type) members[field.name] = { type };
    }
    for (const { relationshipName: name } of this.sight.relationships(def)) {
      const parent = this.sight.parentOf(def, name!);
      if (parent) members[name!] = { type: ofParent(parent) };
    }
    return members;
  }
}
