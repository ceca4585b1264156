/** `uiapi { query { Lead(first: 10) { edges … } } }`: one query for a connection, its pages and counts. */
import type { FieldNode, GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import type { ObjectDef } from '../catalog/types.js';
import type { QueryPage, ResultRecord } from '../contracts.js';
import { PlatformError } from '../errors.js';
import { queryOptions } from '../rest/objects.js';
import { orderTerms } from './orders.js';
import type { ParentOf } from './filters.js';
import { below, planFor } from './plan.js';
import { columnsOf, cursorAt, filterText, firstOf, orderText, positionOf } from './soql.js';
import type { World } from './world.js';

type Args = Readonly<Record<string, unknown>>;

/** Records that can be reached without an upper bound (GraphQL API guide, Paginate with Record Connections). */
const REACH = 4000;
/** Pages with an upper bound (Paginate with Upper-Bound Limit). */
const BOUNDED = { least: 200, most: 2000 };

type Edge = { node: ResultRecord; cursor: string };

export type Connection = {
  edges: Edge[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  pageResultCount: number;
  totalCount: () => number;
};

/** A page of records of which one more may have been read, to know whether there are others. */
export const connectionOf = (
  records: readonly ResultRecord[],
  place: { from: number; first: number; reach?: number },
  totalCount: () => number
): Connection => {
  const { from, first, reach = Infinity } = place;
  const shown = records.slice(0, Math.max(0, Math.min(first, reach - from)));
  const edges = shown.map((node, at) => ({ node, cursor: cursorAt(from + at + 1) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: records.length > shown.length && from + shown.length < reach,
      hasPreviousPage: from > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    pageResultCount: edges.length,
    totalCount,
  };
};

/** @throws PlatformError INVALID_FIRST */
const reachOf = (args: Args, first: number): number => {
  if (args.upperBound === null || args.upperBound === undefined) return REACH;
  if (first >= BOUNDED.least && first <= BOUNDED.most) return Number(args.upperBound);
  const bounds = `${BOUNDED.least} and ${BOUNDED.most}`;
  throw new PlatformError('INVALID_FIRST', `With upperBound, first must be between ${bounds}, not ${first}`);
};

/** Reads the page that a field asks for. @throws PlatformError what queries are refused with, INVALID_CURSOR, INVALID_FIRST */
export const rootConnection = (
  def: ObjectDef,
  args: Args,
  world: World,
  info: GraphQLResolveInfo,
  parentOf: ParentOf
): Connection => {
  const tools = { world, parentOf };
  const [node] = info.fieldNodes as [FieldNode];
  const type = info.schema.getType(def.name) as GraphQLObjectType;
  const plan = planFor(info, type, below(info, info.fieldNodes, 'edges', 'node'));
  const filter = filterText(def, args, tools);
  const [from, first] = [positionOf(args.after), firstOf(args)];
  const reach = reachOf(args, first);
  const order = orderText(orderTerms(node, world));
  const soql = `SELECT ${columnsOf(plan, tools).join(', ')} FROM ${def.name}${filter}${order}`;
  const { queries } = world.org;
  const { records } = queries.whole(soql, queryOptions(world.call, { slice: { offset: from, limit: first + 1 } }));
  const count = (): number =>
    queries.query(`SELECT COUNT() FROM ${def.name}${filter}`, queryOptions(world.call)).totalSize;
  return connectionOf(records, { from, first, reach }, count);
};

/** A list below a record, out of what its query has brought. */
export const childConnection = (args: Args, page: QueryPage | null): Connection => {
  const records = page?.records ?? [];
  const [from, first] = [positionOf(args.after), firstOf(args)];
  return connectionOf(records.slice(from), { from, first }, () => records.length);
};
