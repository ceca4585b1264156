/** Who is in which group (platform-facts B6): memberships of users, and users behind groups. */
import {
  isInternalUser,
  reportsOf,
  roleAndAbove,
  rolesBelow,
  usersBelow,
  type GroupNode,
  type OrgGraph,
  type UserNode,
} from './graph.js';

/** Customer portal users that groups may have; high-volume users are in none (F). */
const CUSTOMERS: ReadonlySet<string> = new Set(['PowerCustomerSuccess', 'CustomerSuccess']);

/** Types of which every user of a kind is a member. */
const KINDS: Readonly<Record<string, (user: UserNode) => boolean>> = {
  Organization: isInternalUser,
  PRMOrganization: (user) => user.type === 'PowerPartner',
  AllCustomerPortal: (user) => CUSTOMERS.has(user.type),
};

const EXPLICIT: ReadonlySet<string> = new Set(['Regular', 'Queue']);

/** Whether access of a group's members goes to those above them; public groups and queues tell it themselves. */
const includesBosses = (group: GroupNode): boolean => !EXPLICIT.has(group.type) || group.bosses;

/** Groups of a role that its users are in; of those above it the ones with subordinates. */
const roleGroups = (graph: OrgGraph, roleId: string): string[] => {
  const isPortal = graph.roles.get(roleId)?.portal ?? false;
  return [...roleAndAbove(graph, roleId)].flatMap((id) =>
    (graph.groupsOf.get(id) ?? [])
      .filter(({ type }) => {
        if (type === 'Role') return id === roleId;
        return type === 'RoleAndSubordinates' || (type === 'RoleAndSubordinatesInternal' && !isPortal);
      })
      .map((group) => group.id)
  );
};

const ofManager = (graph: OrgGraph, group: GroupNode): UserNode[] => {
  const leader = graph.users.get(group.related ?? '');
  if (!leader) return [];
  // A manager's group of subordinates has the manager too.
  return [leader, ...reportsOf(graph, leader.id)].filter(isInternalUser);
};

const above = (graph: OrgGraph, userId: string): UserNode[] => {
  const found = new Set<UserNode>();
  for (let user = graph.users.get(userId); user?.manager;) {
    user = graph.users.get(user.manager);
    if (!user || found.has(user) || user.id === userId) break;
    found.add(user);
  }
  return [...found];
};

/** Users of a group whose members are not written down. */
const computedUsers = (graph: OrgGraph, group: GroupNode): UserNode[] => {
  const kind = KINDS[group.type];
  if (kind) return [...graph.users.values()].filter(kind);
  const related = group.related ?? '';
  const ofRole = (ids: Iterable<string>): UserNode[] => [...ids].flatMap((id) => graph.usersOfRole.get(id) ?? []);
  switch (group.type) {
    case 'Role':
      return ofRole([related]);
    case 'RoleAndSubordinates':
      return ofRole([related, ...rolesBelow(graph, related)]);
    case 'RoleAndSubordinatesInternal':
      return ofRole([related, ...rolesBelow(graph, related)].filter((id) => !graph.roles.get(id)?.portal));
    case 'Manager':
      return above(graph, related);
    case 'ManagerAndSubordinatesInternal':
      return ofManager(graph, group);
    default:
      return [];
  }
};

/**
 * Whose records a group stands for as the source of a rule: ids of its users, and of queues. A queue stands for what it
 * owns itself, not for what its members own.
 */
export const insideGroup = (graph: OrgGraph, groupId: string): Set<string> => {
  const inside = new Set<string>([groupId]);
  const open = [groupId];
  while (open.length > 0) {
    const id = open.pop()!;
    const group = graph.groups.get(id);
    if (!group || group.type === 'Queue') continue;
    const next = EXPLICIT.has(group.type)
      ? (graph.members.get(id) ?? [])
      : computedUsers(graph, group).map((user) => user.id);
    for (const member of next) {
      if (inside.has(member)) continue;
      inside.add(member);
      if (graph.groups.has(member)) open.push(member);
    }
  }
  return inside;
};

/** Groups that at least one of these users is in, at any depth. */
const groupsAround = (graph: OrgGraph, users: readonly UserNode[]): Set<string> => {
  const around = new Set<string>();
  const open: string[] = users.map((user) => user.id);
  for (const role of new Set(users.map((user) => user.role))) if (role) open.push(...roleGroups(graph, role));
  for (const [type, isOfKind] of Object.entries(KINDS)) {
    if (users.some(isOfKind)) open.push(...(graph.groupsOfType.get(type) ?? []).map(({ id }) => id));
  }
  const ids = new Set(open);
  for (const type of ['Manager', 'ManagerAndSubordinatesInternal']) {
    for (const group of graph.groupsOfType.get(type) ?? []) {
      if (computedUsers(graph, group).some((user) => ids.has(user.id))) open.push(group.id);
    }
  }
  while (open.length > 0) {
    const id = open.pop()!;
    if (graph.groups.has(id)) {
      if (around.has(id)) continue;
      around.add(id);
    }
    open.push(...(graph.memberships.get(id) ?? []));
  }
  return around;
};

/** What reaches a user: whom he is above of, and what is shared with whom so that he has it too. */
export type Reach = {
  user: UserNode;
  /** Users below him in the role hierarchy. */
  below: ReadonlySet<string>;
  /** Ids of users and groups; what is shared with one of them is shared with him. */
  targets: ReadonlySet<string>;
  /** Queues whose records he has. */
  queues: ReadonlySet<string>;
};

/** Works out what reaches a user. */
export const reachOf = (graph: OrgGraph, user: UserNode): Reach => {
  const subordinates = usersBelow(graph, user);
  const below = new Set(subordinates.map(({ id }) => id));
  const targets = groupsAround(graph, [user]);
  for (const id of groupsAround(graph, subordinates)) if (includesBosses(graph.groups.get(id)!)) targets.add(id);
  const queues = new Set([...targets].filter((id) => graph.groups.get(id)?.type === 'Queue'));
  targets.add(user.id);
  for (const id of below) targets.add(id);
  return { user, below, targets, queues };
};
