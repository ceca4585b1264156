/**
 * What partner users and records come into or fall out of because portal roles move: sharing rules, queues, public groups
 * and folders that name roles with what is below them. Pure; who is behind a group is worked out as the sharing review
 * does it.
 */
import { Graph, type Node } from '../../sharing/analyse/graph.js';
import { buildWorld } from '../../sharing/analyse/world.js';
import type { Rule, SharingSnapshot } from '../../sharing/model.js';

/**
 * `records`: accounts and leads that move are shared by the rule from then on, or no longer; `owned`: what partner users
 * own is; `members`: partner users are in it, or are shared with. Numbers are records, or users.
 */
export type Shift = {
  kind: 'rule' | 'queue' | 'group' | 'folder';
  name: string;
  what: 'records' | 'owned' | 'members';
  gain: number;
  lose: number;
};

export type Move = {
  from: string;
  to: string;
  /** Role of the new manager. */
  toRole: string;
  /** Portal roles that hang below the role of the manager. */
  topRoles: readonly string[];
  /** Partner users of the accounts. */
  users: readonly string[];
  /** Records that change hands, by object. */
  records: Readonly<Record<string, number>>;
};

/** Everything that changes for somebody, rules first, by name. */
export function shiftsOf(snapshot: SharingSnapshot, move: Move): Shift[] {
  const [before, after] = [graphOf(snapshot), graphOf(moved(snapshot, move))];
  const users = new Set(move.users);
  const sides = { before, after, users, move };
  return [
    ...snapshot.rules.flatMap((rule) => shiftsOfRule(sides, rule)),
    ...snapshot.groups.flatMap(({ id, type, name }) => {
      if (type !== 'Queue' && type !== 'Regular') return [];
      return shiftOf(
        type === 'Queue' ? 'queue' : 'group',
        name,
        'members',
        members(sides, (graph) => [graph.ofId(id)])
      );
    }),
    ...snapshot.folders.flatMap(({ content, label, to = [], shares }) =>
      shiftOf(
        'folder',
        `${content} ${label}`,
        'members',
        members(sides, (graph) => [
          ...to.flatMap((target) => graph.ofTarget(target)),
          ...shares.map(({ type, name }) => graph.ofShare(type, name)),
        ])
      )
    ),
  ];
}

const graphOf = (snapshot: SharingSnapshot): Graph =>
  new Graph(buildWorld(snapshot, { managerRoles: [], partnerRoles: 1 }));

function moved(snapshot: SharingSnapshot, { topRoles, toRole }: Move): SharingSnapshot {
  const tops = new Set(topRoles);
  return {
    ...snapshot,
    roles: snapshot.roles.map((role) => (tops.has(role.id) ? { ...role, parentId: toRole } : role)),
  };
}

type Sides = { before: Graph; after: Graph; users: ReadonlySet<string>; move: Move };
type Difference = { gain: number; lose: number };

function shiftsOfRule(sides: Sides, rule: Rule): Shift[] {
  const name = `${rule.object}: ${rule.label || rule.name}`;
  const { from, to } = rule;
  const target = shiftOf(
    'rule',
    name,
    'members',
    members(sides, (graph) => graph.ofTarget(to))
  );
  if (!from) return target;
  return [
    ...shiftOf(
      'rule',
      name,
      'records',
      records(sides, rule.object, (graph) => graph.ofTarget(from))
    ),
    ...shiftOf(
      'rule',
      name,
      'owned',
      owned(sides, (graph) => graph.ofTarget(from))
    ),
    ...target,
  ];
}

const shiftOf = (kind: Shift['kind'], name: string, what: Shift['what'], { gain, lose }: Difference): Shift[] =>
  gain + lose > 0 ? [{ kind, name, what, gain, lose }] : [];

/** Records of the manager: the new owner is in the source and the old one is not, or the other way round. */
function records({ before, move }: Sides, object: string, nodes: (graph: Graph) => Node[]): Difference {
  const owners = ownersBehind(before, nodes(before));
  const number = move.records[object] ?? 0;
  const [was, is] = [owners.has(move.from), owners.has(move.to)];
  return { gain: is && !was ? number : 0, lose: was && !is ? number : 0 };
}

const owned = (sides: Sides, nodes: (graph: Graph) => Node[]): Difference =>
  difference(sides, (graph) => ownersBehind(graph, nodes(graph)));

const members = (sides: Sides, nodes: (graph: Graph) => Node[]): Difference =>
  difference(sides, (graph) => peopleBehind(graph, nodes(graph)));

function difference({ before, after, users }: Sides, people: (graph: Graph) => Set<string>): Difference {
  const [was, is] = [people(before), people(after)];
  const count = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
    [...users].filter((id) => a.has(id) && !b.has(id)).length;
  return { gain: count(is, was), lose: count(was, is) };
}

const ownersBehind = (graph: Graph, nodes: readonly Node[]): Set<string> =>
  new Set(nodes.flatMap((node) => [...graph.owners(node)]));

const peopleBehind = (graph: Graph, nodes: readonly Node[]): Set<string> =>
  new Set(nodes.flatMap((node) => graph.reach(node).outsiders.map((at) => graph.world.outsiders[at]!.person.id)));
