/** `orderBy`: its types, and how it becomes ORDER BY. The first member that is written counts first. */
import { GraphQLEnumType, GraphQLInputObjectType, valueFromASTUntyped, type FieldNode } from 'graphql';
import { PlatformError } from '../errors.js';
import type { World } from './world.js';

const ResultOrder = new GraphQLEnumType({ name: 'ResultOrder', values: { ASC: {}, DESC: {} } });
const NullOrder = new GraphQLEnumType({ name: 'NullOrder', values: { FIRST: {}, LAST: {} } });

const AggregateOrderFunction = new GraphQLEnumType({
  name: 'AggregateOrderByNumberFunction',
  values: { AVG: {}, COUNT: {}, COUNT_DISTINCT: {}, MAX: {}, MIN: {}, SUM: {} },
});

/** One type serves records and aggregates; the platform has several, with `function` in those for aggregates alone. */
export const OrderByClause = new GraphQLInputObjectType({
  name: 'OrderByClause',
  fields: {
    order: { type: ResultOrder },
    nulls: { type: NullOrder },
    function: { type: AggregateOrderFunction },
  },
});

type Clause = { order?: string; nulls?: string; function?: string };
type Input = Readonly<Record<string, unknown>>;

/** The argument as it was written, in the order in which it was: coercion sorts members by their definition. */
const written = (node: FieldNode, world: World): Input | undefined => {
  const argument = node.arguments?.find(({ name }) => name.value === 'orderBy');
  if (!argument) return undefined;
  const value = valueFromASTUntyped(argument.value, world.variables) as Input | null | undefined;
  return value ?? undefined;
};

const isClause = (value: Input): boolean =>
  Object.values(value).every((one) => typeof one !== 'object' || one === null) && Object.keys(value).length > 0;

const term = (path: string, clause: Clause, aggregates: boolean): string => {
  if (clause.function !== undefined && !aggregates) {
    throw new PlatformError('INVALID_ORDER', 'Functions order aggregates alone');
  }
  const value = clause.function === undefined ? path : `${clause.function}(${path})`;
  const nulls = clause.nulls === undefined ? '' : ` NULLS ${clause.nulls}`;
  return `${value} ${clause.order ?? 'ASC'}${nulls}`;
};

const terms = (input: Input, prefix: string, aggregates: boolean): string[] =>
  Object.entries(input).flatMap(([name, value]) => {
    if (typeof value !== 'object' || value === null) return [];
    const inner = value as Input;
    return isClause(inner) ? [term(prefix + name, inner, aggregates)] : terms(inner, `${prefix}${name}.`, aggregates);
  });

/** Terms of ORDER BY. @throws PlatformError INVALID_ORDER */
export const orderTerms = (node: FieldNode, world: World, aggregates = false): string[] =>
  terms(written(node, world) ?? {}, '', aggregates);
