/** What a selection asks of a record: read from the document before the query is made, so that there is one query for all. */
import {
  getArgumentValues,
  isObjectType,
  isUnionType,
  Kind,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type SelectionSetNode,
} from 'graphql';
import type { ObjectDef } from '../catalog/types.js';
import { PlatformError } from '../errors.js';
import { roleOf } from './world.js';

export type ChildPlan = {
  child: ObjectDef;
  node: FieldNode;
  args: Readonly<Record<string, unknown>>;
  plan: Plan;
  all: boolean;
};

export type Plan = {
  fields: Set<string>;
  parents: Map<string, Plan>;
  /** Parents of several kinds: a plan for each kind. */
  kinds: Map<string, Map<string, Plan>>;
  children: Map<string, ChildPlan>;
};

type Info = Pick<GraphQLResolveInfo, 'fragments' | 'schema' | 'variableValues'>;

export const emptyPlan = (): Plan => ({
  fields: new Set(['Id']),
  parents: new Map(),
  kinds: new Map(),
  children: new Map(),
});

/** Fields of a selection that a record of the type has, those of fragments too. */
export const fieldsIn = (info: Info, type: string, set: SelectionSetNode | undefined): FieldNode[] =>
  (set?.selections ?? []).flatMap((selection): FieldNode[] => {
    if (selection.kind === Kind.FIELD) return [selection];
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value];
    const condition = fragment?.typeCondition?.name.value;
    const applies = condition === undefined || condition === type || condition === 'Record';
    return fragment && applies ? fieldsIn(info, type, fragment.selectionSet) : [];
  });

/** The selections below some names, one inside the other, of all fields of these names. */
export const below = (info: Info, nodes: readonly FieldNode[], ...path: string[]): FieldNode[] =>
  path.reduce(
    (found, name) =>
      found.flatMap((node) => fieldsIn(info, '', node.selectionSet).filter((one) => one.name.value === name)),
    [...nodes]
  );

const twice = (name: string): PlatformError =>
  new PlatformError(
    'OPERATION_NOT_SUPPORTED',
    `${name} with different arguments in one record is not supported by the practice org`
  );

const addChildren = (info: Info, type: GraphQLObjectType, plan: Plan, node: FieldNode): void => {
  const field = type.getFields()[node.name.value]!;
  const role = roleOf(field);
  if (role?.kind !== 'children') return;
  const args = getArgumentValues(field, node, info.variableValues);
  const known = plan.children.get(role.name);
  if (known && JSON.stringify([known.args, known.node.arguments]) !== JSON.stringify([args, node.arguments]))
    throw twice(role.name);
  const child = info.schema.getType(role.child.name) as GraphQLObjectType;
  const inner = known?.plan ?? emptyPlan();
  for (const one of below(info, [node], 'edges', 'node')) addSelection(info, child, inner, one.selectionSet);
  const all = (known?.all ?? false) || below(info, [node], 'totalCount').length > 0;
  plan.children.set(role.name, { child: role.child, node, args, plan: inner, all });
};

const addKinds = (info: Info, type: GraphQLObjectType, plan: Plan, node: FieldNode, name: string): void => {
  const union = type.getFields()[node.name.value]!.type;
  if (!isUnionType(union)) return;
  const kinds = plan.kinds.get(name) ?? new Map<string, Plan>();
  for (const kind of union.getTypes()) {
    const own = kinds.get(kind.name) ?? emptyPlan();
    addSelection(info, kind, own, node.selectionSet);
    kinds.set(kind.name, own);
  }
  plan.kinds.set(name, kinds);
};

const addParent = (info: Info, type: GraphQLObjectType, plan: Plan, node: FieldNode, name: string): void => {
  const parent = type.getFields()[node.name.value]!.type;
  if (!isObjectType(parent)) return;
  const own = plan.parents.get(name) ?? emptyPlan();
  addSelection(info, parent, own, node.selectionSet);
  plan.parents.set(name, own);
};

/** Fields behind what every record has: `DisplayValue` is the name, `WeakEtag` the time of the last change. */
const COMMON: Readonly<Record<string, string>> = { WeakEtag: 'SystemModstamp' };

function addSelection(info: Info, type: GraphQLObjectType, plan: Plan, set: SelectionSetNode | undefined): void {
  for (const node of fieldsIn(info, type.name, set)) {
    const field = type.getFields()[node.name.value];
    const role = field && roleOf(field);
    if (role?.kind === 'field') plan.fields.add(role.field.name);
    else if (role?.kind === 'parent') addParent(info, type, plan, node, role.name);
    else if (role?.kind === 'parents') addKinds(info, type, plan, node, role.name);
    else if (role?.kind === 'children') addChildren(info, type, plan, node);
    else if (COMMON[node.name.value]) plan.fields.add(COMMON[node.name.value]!);
  }
}

/** The plan for records that stand below some fields. */
export const planFor = (info: Info, type: GraphQLObjectType, nodes: readonly FieldNode[]): Plan => {
  const plan = emptyPlan();
  for (const node of nodes) addSelection(info, type, plan, node.selectionSet);
  return plan;
};
