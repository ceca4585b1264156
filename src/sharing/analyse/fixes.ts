/** What can be done about a way outside, with the data that a deploy needs. */
import type { Edge, Finding, Fix } from '../finding.js';
import { edgeKey } from '../finding.js';
import { nodeKey, nodeLabel } from '../targets.js';
import type { Chain, Node } from './graph.js';
import type { World } from './world.js';

type Suggestion = Finding['suggestion'];

export const CONVERT: Suggestion = {
  decision: 'convert',
  reason: 'People of the company keep their access; only people from outside lose it.',
};

export const DECIDE: Suggestion = {
  decision: 'defer',
  reason: 'Somebody gave this to people from outside by name. Decide whether they still need it.',
};

export const keep = (reason: string): Suggestion => ({ decision: 'keep', reason });

/** Whether the node is a tree of company roles whose outside branches can be left out. */
export function convertible({ kind, id, problem }: Node, { roles }: World): boolean {
  return kind === 'RoleAndSubordinates' && problem === undefined && roles.get(id ?? '')?.portal === 'None';
}

/** Many rules share with the same group, whose ways are the same. */
const known = new WeakMap<readonly Chain[], Edge[]>();

/** The memberships that must change so that no way leads outside. */
export function edgesOf(chains: readonly Chain[], world: World): Edge[] {
  const before = known.get(chains);
  if (before) return before;
  const edges = findEdges(chains, world);
  known.set(chains, edges);
  return edges;
}

function findEdges(chains: readonly Chain[], world: World): Edge[] {
  const edges = new Map<string, Edge>();
  for (const chain of chains) {
    const edge = edgeOf(chain, world);
    if (edge) edges.set(edgeKey(edge), edge);
  }
  return [...edges.values()].sort((a, b) => (edgeKey(a) < edgeKey(b) ? -1 : 1));
}

function edgeOf({ nodes, named }: Chain, world: World): Edge | undefined {
  const last = nodes.at(-1)!;
  const list = named.length > 0 ? last : nodes.at(-2);
  if (!list || (list.kind !== 'Group' && list.kind !== 'Queue')) return undefined;
  const base = { listKind: list.kind, list: list.name } as const;
  if (named.length > 0) return { ...base, memberKind: 'User', member: '*', users: named };
  const replacement = convertible(last, world)
    ? ({ kind: 'RoleAndSubordinatesInternal', name: last.name } as const)
    : undefined;
  return { ...base, memberKind: last.kind, member: last.name, users: [], replacement };
}

/** One sentence a membership. */
export function edgeText({ listKind, list, memberKind, member, users, replacement }: Edge): string {
  const where = nodeLabel(listKind, list).toLowerCase().startsWith('queue') ? `queue ${list}` : `public group ${list}`;
  const who = member === '*' ? `${users.length} user(s) from outside` : nodeLabel(memberKind as Node['kind'], member);
  if (!replacement) return `Take ${who} out of ${where}.`;
  return `In ${where}, put ${nodeLabel(replacement.kind, replacement.name)} in the place of ${who}.`;
}

/** A change of memberships. What else it closes stands in the table of uses. */
export function memberFix(kind: 'swap-member' | 'queue-member', edges: Edge[]): { fix: Fix; fixKey: string } {
  const text = edges.map(edgeText).join(' ');
  const fixKey = edges
    .map(
      (edge) => `${edgeKey(edge)} = ${edge.replacement ? nodeKey(edge.replacement.kind, edge.replacement.name) : ''}`
    )
    .join('; ');
  return { fix: { kind, text, edges }, fixKey: `${kind} ${fixKey}` };
}

export function byHand(...steps: string[]): { fix: Fix; fixKey: string } {
  return { fix: { kind: 'by-hand', text: steps.join(' '), steps }, fixKey: 'by-hand' };
}

/** Suggestion for a change of memberships: sure only where people of the company keep everything. */
export const suggestFor = (edges: readonly Edge[]): Suggestion =>
  edges.length > 0 && edges.every(({ replacement }) => replacement !== undefined) ? CONVERT : DECIDE;
