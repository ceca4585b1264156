/** Folders and list views name any number of targets: which of them lead outside, and what remains without those. */
import type { Target } from '../model.js';
import { mergeTargets } from '../targets.js';
import { convertible } from './fixes.js';
import type { Node, Reach } from './graph.js';
import type { Context } from './settle.js';

/** Whether anybody from outside is behind it, or will be. */
export const leads = ({ chains, asleep }: Reach): boolean => chains.length + asleep.length > 0;

/** What leads outside through a list of members is closed in that list. */
export const isList = ({ kind }: Node): boolean => kind === 'Group' || kind === 'Queue';

/** All nodes that some targets name, each once. */
export const nodesOf = ({ graph }: Context, targets: readonly Target[]): Node[] => [
  ...new Map(targets.flatMap((target) => graph.ofTarget(target)).map((node) => [node.key, node])).values(),
];

/** Everybody behind some nodes. */
export function together(reaches: readonly Reach[]): Reach {
  if (reaches.length === 1) return reaches[0]!;
  return {
    chains: reaches.flatMap(({ chains }) => chains),
    asleep: reaches.flatMap(({ asleep }) => asleep),
    outsiders: [...new Set(reaches.flatMap(({ outsiders }) => outsiders))],
    unknown: reaches.flatMap(({ unknown }) => unknown),
  };
}

/** Names of nodes in one text that is the same in every org. */
export const keysOf = (nodes: readonly Node[]): string =>
  nodes
    .map(({ key }) => key)
    .sort()
    .join(', ');

/** All targets that remain: trees of roles without their outside branches, nothing for people from outside. */
export function remaining(ctx: Context, to: readonly Target[], bad: readonly Node[]): Target[] {
  const outside = new Set(bad.map(({ key }) => key));
  const kept = to.flatMap(({ element, names }) =>
    ctx.graph.ofTarget({ element, names }).flatMap((node, at): Target[] => {
      if (!outside.has(node.key)) return [{ element, names: names.slice(at, at + 1) }];
      return convertible(node, ctx.world) ? [{ element: 'roleAndSubordinatesInternal', names: [node.name] }] : [];
    })
  );
  return mergeTargets(kept);
}

/** What becomes of the targets that lead outside, for people. */
export const changesOf = ({ world }: Context, bad: readonly Node[]): string =>
  bad
    .map((node) =>
      convertible(node, world)
        ? `${node.label} becomes Roles and Internal Subordinates: ${node.name}`
        : `${node.label} is removed`
    )
    .join('; ');

/** The same for keys of fixes. What is shared with people of the company does not change what was decided. */
export const changeKeys = ({ world }: Context, bad: readonly Node[]): string =>
  bad
    .map((node) => (convertible(node, world) ? `roleAndSubordinatesInternal:${node.name}` : `-${node.key}`))
    .sort()
    .join(', ');
