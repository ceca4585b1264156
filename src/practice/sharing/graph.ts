/** Users, roles and groups of the org as they are related, read as a whole and kept while nothing about them changes. */
import type { Store } from '../contracts.js';
import { watchTables } from '../access/generation.js';

export type UserNode = {
  id: string;
  active: boolean;
  type: string;
  role: string | null;
  account: string | null;
  manager: string | null;
  portalRole: string | null;
  superUser: boolean;
};

export type RoleNode = {
  id: string;
  parent: string | null;
  portal: boolean;
  /** What owners of accounts in this role may do with what belongs to the accounts: `None`, `Read` or `Edit`. */
  ofAccountOwner: Readonly<Record<string, string>>;
};

export type GroupNode = { id: string; type: string; related: string | null; bosses: boolean };

export type OrgGraph = {
  users: ReadonlyMap<string, UserNode>;
  usersOfRole: ReadonlyMap<string, UserNode[]>;
  reports: ReadonlyMap<string, UserNode[]>;
  roles: ReadonlyMap<string, RoleNode>;
  rolesUnder: ReadonlyMap<string, RoleNode[]>;
  groups: ReadonlyMap<string, GroupNode>;
  groupsOf: ReadonlyMap<string, GroupNode[]>;
  groupsOfType: ReadonlyMap<string, GroupNode[]>;
  /** Members of public groups and queues. */
  members: ReadonlyMap<string, string[]>;
  /** Public groups and queues that a user or group is a member of. */
  memberships: ReadonlyMap<string, string[]>;
};

const WATCHED = [
  'User',
  'UserRole',
  'Group',
  'GroupMember',
  'practice_sharing_rule',
  'practice_org_default',
  'practice_preference',
];

/** Another number after each change of what access rests on, other than the records themselves and permissions. */
export const watchSharing = (store: Store): (() => number) => watchTables(store, 'practice_sharing_mark', WATCHED);

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const grouped = <T>(items: Iterable<T>, key: (item: T) => string | null): Map<string, T[]> => {
  const map = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    if (name === null) continue;
    const list = map.get(name);
    if (list) list.push(item);
    else map.set(name, [item]);
  }
  return map;
};

const byId = <T extends { id: string }>(items: T[]): Map<string, T> => new Map(items.map((item) => [item.id, item]));

const readUsers = (store: Store): UserNode[] =>
  store
    .sql(
      'SELECT "Id", "IsActive", "UserType", "UserRoleId", "AccountId", "ManagerId", "PortalRole", "IsPrmSuperUser" FROM "User"'
    )
    .all()
    .map((row) => ({
      id: String(row.Id),
      active: row.IsActive === 1,
      type: String(row.UserType),
      role: text(row.UserRoleId),
      account: text(row.AccountId),
      manager: text(row.ManagerId),
      portalRole: text(row.PortalRole),
      superUser: row.IsPrmSuperUser === 1,
    }));

const readRoles = (store: Store): RoleNode[] =>
  store
    .sql(
      'SELECT "Id", "ParentRoleId", "PortalType", "CaseAccessForAccountOwner", "ContactAccessForAccountOwner", ' +
        '"OpportunityAccessForAccountOwner" FROM "UserRole"'
    )
    .all()
    .map((row) => ({
      id: String(row.Id),
      parent: text(row.ParentRoleId),
      portal: row.PortalType !== null && row.PortalType !== 'None',
      ofAccountOwner: {
        Case: text(row.CaseAccessForAccountOwner) ?? 'None',
        Contact: text(row.ContactAccessForAccountOwner) ?? 'None',
        Opportunity: text(row.OpportunityAccessForAccountOwner) ?? 'None',
      },
    }));

const readGroups = (store: Store): GroupNode[] =>
  store
    .sql('SELECT "Id", "Type", "RelatedId", "DoesIncludeBosses" FROM "Group"')
    .all()
    .map((row) => ({
      id: String(row.Id),
      type: String(row.Type),
      related: text(row.RelatedId),
      bosses: row.DoesIncludeBosses === 1,
    }));

/** Reads the graph. */
export const readGraph = (store: Store): OrgGraph => {
  const [users, roles, groups] = [readUsers(store), readRoles(store), readGroups(store)];
  const rows = store.sql('SELECT "GroupId" AS g, "UserOrGroupId" AS m FROM "GroupMember"').all();
  const pairs = rows.map((row) => ({ group: String(row.g), member: String(row.m) }));
  const names = (map: Map<string, typeof pairs>, side: 'group' | 'member'): Map<string, string[]> =>
    new Map([...map].map(([id, list]) => [id, list.map((pair) => pair[side])]));
  return {
    users: byId(users),
    usersOfRole: grouped(users, (user) => user.role),
    reports: grouped(users, (user) => user.manager),
    roles: byId(roles),
    rolesUnder: grouped(roles, (role) => role.parent),
    groups: byId(groups),
    groupsOf: grouped(groups, (group) => group.related),
    groupsOfType: grouped(groups, (group) => group.type),
    members: names(
      grouped(pairs, (pair) => pair.group),
      'member'
    ),
    memberships: names(
      grouped(pairs, (pair) => pair.member),
      'group'
    ),
  };
};

/** Whether a user belongs to the company itself. */
export const isInternalUser = (user: UserNode): boolean => user.type === 'Standard';

/** Roles below a role, at any depth. A circle, which the platform refuses, ends where it began. */
export const rolesBelow = (graph: OrgGraph, roleId: string): Set<string> => {
  const below = new Set<string>();
  const open = [roleId];
  while (open.length > 0) {
    for (const { id } of graph.rolesUnder.get(open.pop()!) ?? []) {
      if (below.has(id) || id === roleId) continue;
      below.add(id);
      open.push(id);
    }
  }
  return below;
};

/** A role and those above it. */
export const roleAndAbove = (graph: OrgGraph, roleId: string): Set<string> => {
  const chain = new Set<string>();
  for (let id: string | null = roleId; id !== null && !chain.has(id); id = graph.roles.get(id)?.parent ?? null) {
    chain.add(id);
  }
  return chain;
};

/** Users whose role is below that of a user. */
export const usersBelow = (graph: OrgGraph, user: UserNode): UserNode[] => {
  if (user.role === null) return [];
  return [...rolesBelow(graph, user.role)].flatMap((role) => graph.usersOfRole.get(role) ?? []);
};

/** Users who report to a user, directly or not. */
export const reportsOf = (graph: OrgGraph, userId: string): Set<UserNode> => {
  const found = new Set<UserNode>();
  const open = [userId];
  while (open.length > 0) {
    for (const user of graph.reports.get(open.pop()!) ?? []) {
      if (found.has(user) || user.id === userId) continue;
      found.add(user);
      open.push(user.id);
    }
  }
  return found;
};
