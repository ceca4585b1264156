/** Who is behind a target: groups in groups, roles with what is below them, and the paths that lead outside. */
import type { Group, Target } from '../model.js';
import { GROUP_TYPE, nodeKey, nodeLabel, SHARED_TO, SHARED_TO_TYPE, type NodeKind } from '../targets.js';
import { leafOf, type Leaf } from './leaves.js';
import type { World } from './world.js';

/** Somebody who can be shared with. `id` is that of the group, role or user behind it. */
export type Node = { kind: NodeKind; key: string; label: string; id?: string; name: string; problem?: string };

/** A way from a target to people outside: the target first, the node that is outside or has them below it last. */
export type Chain = { nodes: Node[]; outside: string; named: string[] };

export type Reach = {
  chains: Chain[];
  /** Ways that lead outside as soon as somebody is there. */
  asleep: Chain[];
  /** Places in `World.outsiders`, each once. */
  outsiders: number[];
  /** Why it is not known who is reached. */
  unknown: string[];
};

/** A node and the way to it. */
type Way = { node: Node; before?: Way };

/** Kinds whose members are rows of GroupMember. */
const LISTS: ReadonlySet<NodeKind> = new Set<NodeKind>(['Group', 'Queue']);

export class Graph {
  private readonly reaches = new Map<string, Reach>();
  private readonly leaves = new Map<string, Leaf>();
  private readonly lists = new Map<string, Node[]>();
  /** People above inactive ones, by node. */
  private readonly inactive = new Map<string, number[]>();
  private readonly owned = new Map<string, ReadonlySet<string>>();

  public constructor(public readonly world: World) {}

  /** The nodes that an element of SharedTo names. */
  public ofTarget({ element, names }: Target): Node[] {
    const kind = SHARED_TO[element] ?? 'Unknown';
    if (kind === 'Unknown')
      return [unknownNode(`${element}:${names.join(', ')}`, `<${element}> is not a known target`)];
    return (names.length > 0 ? names : ['']).map((name) => this.ofName(kind, name));
  }

  /** The node that a folder share names. */
  public ofShare(type: string, name: string): Node {
    const kind = SHARED_TO_TYPE[type];
    return kind ? this.ofName(kind, name) : unknownNode(`${type}:${name}`, `"${type}" is not a known kind of share`);
  }

  public ofName(kind: NodeKind, name: string): Node {
    const { groupsByName, rolesByName, peopleByName } = this.world;
    if (kind === 'Group') return this.found(kind, name, groupsByName.get(`Regular:${name}`));
    if (kind === 'Queue') return this.found(kind, name, groupsByName.get(`Queue:${name}`));
    if (kind.startsWith('Role')) {
      const role = rolesByName.get(name);
      return node(kind, role?.developerName ?? name, role?.id, role?.name, role ? undefined : `no role "${name}"`);
    }
    if (kind === 'User' || kind === 'Guest' || kind.startsWith('Manager')) {
      const person = peopleByName.get(name);
      return node(kind, name, person?.id, person?.name, person ? undefined : `no user "${name}"`);
    }
    return node(kind, name);
  }

  /** The node of a user or of a row of Group. */
  public ofId(id: string): Node {
    const group = this.world.groups.get(id);
    if (group) return this.ofGroup(group);
    const person = this.world.people.get(id);
    if (person) return node('User', person.username, id, person.name);
    return unknownNode(id, `no user and no group has the id ${id}`);
  }

  private ofGroup(group: Group): Node {
    const kind = GROUP_TYPE[group.type];
    const related = group.relatedId ?? '';
    if (!kind)
      return unknownNode(`${group.type}:${group.developerName}`, `"${group.type}" is not a known kind of group`);
    if (LISTS.has(kind)) return node(kind, group.developerName, group.id, group.name);
    if (kind.startsWith('Role')) {
      const role = this.world.roles.get(related);
      return node(kind, role?.developerName ?? related, role?.id, role?.name, role ? undefined : `no role ${related}`);
    }
    if (kind.startsWith('Manager')) {
      const person = this.world.people.get(related);
      return node(
        kind,
        person?.username ?? related,
        person?.id,
        person?.name,
        person ? undefined : `no user ${related}`
      );
    }
    return node(kind, group.developerName, group.id, group.name);
  }

  private found(kind: NodeKind, name: string, group: Group | undefined): Node {
    return node(kind, name, group?.id, group?.name, group ? undefined : `no ${kind.toLowerCase()} "${name}"`);
  }

  /**
   * Everybody outside who is behind a node. Access also goes to those above in the role hierarchy, except where a list
   * that is shared with says otherwise; for people outside that is the portal roles above theirs.
   */
  public reach(start: Node): Reach {
    const known = this.reaches.get(start.key);
    if (known) return known;
    const reach = this.gather(this.ways(start), this.includesBosses(start));
    this.reaches.set(start.key, reach);
    return reach;
  }

  /** The same for each member of a list by itself; the users named in it are one member, under the list's own node. */
  public reachOfMembers(list: Node): Array<{ member: Node; reach: Reach }> {
    const bosses = this.includesBosses(list);
    const named = { member: list, reach: this.gather([{ node: list }], bosses) };
    const members = this.membersOf(list).map((member) => ({
      member,
      reach: this.gather(this.ways(member, { node: list }), bosses),
    }));
    return [named, ...members];
  }

  private includesBosses({ id }: Node): boolean {
    return this.world.groups.get(id ?? '')?.includesBosses ?? true;
  }

  private gather(ways: readonly Way[], bosses: boolean): Reach {
    const result: Reach = { chains: [], asleep: [], outsiders: [], unknown: [] };
    const seen = new Set<number>();
    for (const way of ways) {
      const leaf = this.leaf(way.node);
      if (leaf.unknown !== undefined) result.unknown.push(leaf.unknown);
      const above = bosses ? this.aboveInactive(way.node) : [];
      if (leaf.outsiders.length + above.length > 0 || leaf.unknown !== undefined)
        result.chains.push(chainOf(way, leaf));
      else if (leaf.open) result.asleep.push(chainOf(way, leaf));
      for (const index of leaf.outsiders) this.add(seen, index, bosses);
      for (const index of above) seen.add(index);
    }
    result.outsiders = [...seen];
    return result;
  }

  /** Members of a list that are not users, by name, so that ways are the same in every org. */
  private membersOf({ kind, id, key }: Node): Node[] {
    if (!LISTS.has(kind)) return [];
    const known = this.lists.get(key);
    if (known) return known;
    const nodes = (this.world.members.get(id ?? '') ?? [])
      .flatMap((member) => (this.world.people.has(member) ? [] : [this.ofId(member)]))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    this.lists.set(key, nodes);
    return nodes;
  }

  /** Shortest way to each node, and to each list for the users named in it. Circles end. */
  private ways(start: Node, before?: Way): Way[] {
    const ways: Way[] = [{ node: start, before }];
    const seen = new Set([start.key]);
    for (const way of ways) {
      for (const node of this.membersOf(way.node)) {
        if (seen.has(node.key)) continue;
        seen.add(node.key);
        ways.push({ node, before: way });
      }
    }
    return ways;
  }

  private leaf(node: Node): Leaf {
    const known = this.leaves.get(node.key);
    if (known) return known;
    const leaf = leafOf(this.world, node);
    this.leaves.set(node.key, leaf);
    return leaf;
  }

  private add(seen: Set<number>, index: number, bosses: boolean): void {
    if (seen.has(index)) return;
    seen.add(index);
    if (!bosses) return;
    for (const boss of this.above(this.world.outsiders[index]!.person.roleId)) seen.add(boss);
  }

  /** Those above somebody who is inactive: what is shared with him is shared with them all the same. */
  private aboveInactive(node: Node): number[] {
    const known = this.inactive.get(node.key);
    if (known) return known;
    const bosses = new Set<number>();
    for (const id of this.leaf(node).everybody()) {
      const person = this.world.people.get(id);
      if (person && !person.active) for (const boss of this.above(person.roleId)) bosses.add(boss);
    }
    this.inactive.set(node.key, [...bosses]);
    return [...bosses];
  }

  /** People in the portal roles above a portal role. */
  private above(roleId: string | undefined): number[] {
    const { roles, outsidersByRole } = this.world;
    const bosses: number[] = [];
    let role = roles.get(roleId ?? '');
    for (let steps = 0; role && role.portal !== 'None' && steps < 10; steps++) {
      role = roles.get(role.parentId ?? '');
      if (role && role.portal !== 'None') bosses.push(...(outsidersByRole.get(role.id) ?? []));
    }
    return bosses;
  }

  /** Ids of all owners behind a node, people of the company and queues included: the source of an owner-based rule. */
  public owners(start: Node): ReadonlySet<string> {
    const known = this.owned.get(start.key);
    if (known) return known;
    const owners = new Set<string>();
    // A queue as a source stands for what it owns itself, not for what its members own.
    if (start.kind === 'Queue') owners.add(start.id ?? '');
    else for (const { node } of this.ways(start)) for (const id of this.leaf(node).everybody()) owners.add(id);
    this.owned.set(start.key, owners);
    return owners;
  }
}

function node(kind: NodeKind, name: string, id?: string, label = name, problem?: string): Node {
  return { kind, key: nodeKey(kind, name), label: nodeLabel(kind, label), id, name, problem };
}

const unknownNode = (name: string, problem: string): Node => node('Unknown', name, undefined, name, problem);

function chainOf(way: Way, { outside, named, unknown }: Leaf): Chain {
  const nodes: Node[] = [];
  for (let at: Way | undefined = way; at; at = at.before) nodes.push(at.node);
  return { nodes: nodes.reverse(), outside: unknown === undefined ? outside : `Not known: ${unknown}`, named };
}
