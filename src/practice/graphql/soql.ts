/** Queries out of plans. */
import { PlatformError } from '../errors.js';
import type { ObjectDef } from '../catalog/types.js';
import { conditionOf, type ParentOf } from './filters.js';
import { orderTerms } from './orders.js';
import type { ChildPlan, Plan } from './plan.js';
import type { World } from './world.js';

/** Records of a list below a record, and of a connection, unless `first` says otherwise. */
export const USUAL = 10;
export const MOST = 2000;

/** `djE6OQ==` is `v1:9`, as the guide shows cursors (Paginate with Record Connections). */
export const cursorAt = (position: number): string => Buffer.from(`v1:${position}`).toString('base64');

/** Records before a cursor and with it. @throws PlatformError INVALID_CURSOR */
export const positionOf = (cursor: unknown): number => {
  if (typeof cursor !== 'string' || cursor === '') return 0;
  const found = /^v1:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64').toString('latin1'));
  if (!found) throw new PlatformError('INVALID_CURSOR', `Invalid cursor: ${cursor}`);
  return Number(found[1]);
};

/** How many records a page has. @throws PlatformError INVALID_FIRST */
export const firstOf = (args: Readonly<Record<string, unknown>>): number => {
  const first = Number(args.first ?? USUAL);
  if (first < 0 || first > MOST) {
    throw new PlatformError('INVALID_FIRST', `first must be between 0 and ${MOST}, not ${first}`);
  }
  return first;
};

const ofKinds = (name: string, kinds: ReadonlyMap<string, Plan>): string => {
  const cases = [...kinds].map(([kind, plan]) => {
    if (plan.parents.size + plan.kinds.size + plan.children.size > 0) {
      throw new PlatformError(
        'OPERATION_NOT_SUPPORTED',
        `Relationships of ${name}, which may be of several kinds, are not supported by the practice org`
      );
    }
    return `WHEN ${kind} THEN ${[...plan.fields].join(', ')}`;
  });
  return `TYPEOF ${name} ${cases.join(' ')} ELSE Id END`;
};

type Tools = { world: World; parentOf: ParentOf };

const condition = (def: ObjectDef, where: unknown, { parentOf }: Tools): string => {
  const text = conditionOf(def, (where ?? {}) as Record<string, unknown>, parentOf);
  return text === undefined ? '' : ` WHERE ${text}`;
};

/** WHERE of a connection, with its scope before it. */
export const filterText = (def: ObjectDef, args: Readonly<Record<string, unknown>>, tools: Tools): string => {
  const scope = typeof args.scope === 'string' ? ` USING SCOPE ${args.scope}` : '';
  return scope + condition(def, args.where, tools);
};

/** So many as are shown, one more to know whether there are others, or all of them where they are counted. */
const childText = (name: string, { child, node, args, plan, all }: ChildPlan, tools: Tools): string => {
  const order = [...orderTerms(node, tools.world), 'Id'].join(', ');
  const limit = all ? '' : ` LIMIT ${positionOf(args.after) + firstOf(args) + 1}`;
  const columns = columnsOf(plan, tools).join(', ');
  return `(SELECT ${columns} FROM ${name}${condition(child, args.where, tools)} ORDER BY ${order}${limit})`;
};

/** What is selected for a plan. @throws PlatformError OPERATION_NOT_SUPPORTED */
export const columnsOf = (plan: Plan, tools: Tools, prefix = ''): string[] => {
  if (prefix !== '' && plan.children.size > 0) {
    throw new PlatformError(
      'OPERATION_NOT_SUPPORTED',
      `Lists below ${prefix.slice(0, -1)} are not supported by the practice org`
    );
  }
  return [
    ...[...plan.fields].map((name) => prefix + name),
    ...[...plan.parents].flatMap(([name, parent]) => columnsOf(parent, tools, `${prefix}${name}.`)),
    ...[...plan.kinds].map(([name, kinds]) => ofKinds(prefix + name, kinds)),
    ...[...plan.children].map(([name, child]) => childText(name, child, tools)),
  ];
};

/** ORDER BY that leaves no two records in an order of chance. */
export const orderText = (terms: readonly string[]): string =>
  ` ORDER BY ${[...terms, ...(terms.some((term) => /^Id\b/i.test(term)) ? [] : ['Id'])].join(', ')}`;
