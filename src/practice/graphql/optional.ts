/**
 * `@optional`: fields that a request would rather go without than fail, as those that its user may not see (LWC guide, GraphQL
 * wire adapter: optional fields). Not verified: that a field which does not exist at all is left out in the same way.
 */
import {
  DirectiveLocation,
  GraphQLDirective,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
} from 'graphql';

export const OPTIONAL = new GraphQLDirective({ name: 'optional', locations: [DirectiveLocation.FIELD] });

const isOptional = ({ directives = [] }: FieldNode): boolean =>
  directives.some(({ name }) => name.value === OPTIONAL.name);

/** @returns the document without optional fields that the schema does not have */
export const withoutHidden = (schema: GraphQLSchema, document: DocumentNode): DocumentNode => {
  const types = new TypeInfo(schema);
  const Field = (node: FieldNode): null | undefined =>
    isOptional(node) && types.getParentType() && !types.getFieldDef() ? null : undefined;
  return visit(document, visitWithTypeInfo(types, { Field: { enter: Field } }));
};
