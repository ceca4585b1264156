/** What is lost with each account. Pure. */
import type { Group, SharingSnapshot, Target } from '../../sharing/model.js';
import { SHARED_TO, SHARED_TO_TYPE } from '../../sharing/targets.js';
import { rowsBy, type PartnerUserRow, type PortalRoleRow } from '../portal.js';
import type { OwnedAccount } from '../owned-accounts.js';
import type { Loss } from './details.js';
import type { DisableSnapshot } from './read.js';

/** Partner users that the platform deactivates at most when the account is no partner any more (platform-facts C1). */
export const DEACTIVATED_AT_ONCE = 15;

/** Losses of accounts, in their order. */
export function lossesOf(snapshot: DisableSnapshot, accounts: readonly OwnedAccount[]): Loss[] {
  const { portalRoles, users, openLeads, sharing } = snapshot;
  const known: Known = {
    snapshot,
    roles: portalRoles.known ? rowsBy(portalRoles.value, ({ PortalAccountId }) => PortalAccountId) : undefined,
    people: users.known ? rowsBy(users.value, ({ AccountId }) => AccountId) : undefined,
    leads: openLeads.known ? new Map(openLeads.value.map(({ OwnerId, total }) => [OwnerId, total])) : undefined,
    index: indexOf(sharing),
  };
  return accounts.map((account) => lossOf(known, account));
}

type Known = {
  snapshot: DisableSnapshot;
  roles: Map<string, PortalRoleRow[]> | undefined;
  people: Map<string, PartnerUserRow[]> | undefined;
  leads: Map<string, number> | undefined;
  index: Index;
};

function lossOf(known: Known, { id, name, owner }: OwnedAccount): Loss {
  const staff = known.people && (known.people.get(id) ?? []);
  return {
    id,
    name,
    manager: owner,
    users: staff ? usersIn(staff) : null,
    openLeads: staff && known.leads ? sum(staff.map(({ Id }) => known.leads?.get(Id) ?? 0)) : null,
    userMemberships: listsWith(known.index, staff?.map(({ Id }) => Id) ?? []),
    ...lossOfRoles(known, known.roles && (known.roles.get(id) ?? [])),
  };
}

type RoleLoss = Pick<Loss, 'portalRoles' | 'groups' | 'memberships' | 'shares' | 'definitions'>;

function lossOfRoles({ snapshot, index }: Known, roles: readonly PortalRoleRow[] | undefined): RoleLoss {
  if (!roles) return { portalRoles: null, groups: null, memberships: [], shares: null, definitions: null };
  const groups = roles.flatMap(({ Id }) => index.groupsOfRole.get(Id) ?? []);
  const ids = groups.map((group) => group.id);
  return {
    portalRoles: roles.map(({ Name }) => Name).sort(),
    groups: groups.length,
    memberships: listsWith(index, ids),
    shares: sharesWith(snapshot, ids),
    definitions: snapshot.sharing.definitionsKnown ? definitionsNaming(snapshot.sharing, roles) : null,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function usersIn(staff: readonly PartnerUserRow[]): NonNullable<Loss['users']> {
  const active = staff
    .filter(({ IsActive }) => IsActive)
    .map(({ Id, Name, Username }) => ({ id: Id, name: Name, username: Username }));
  return {
    active,
    inactive: staff.length - active.length,
    beyond: Math.max(0, active.length - DEACTIVATED_AT_ONCE),
  };
}

type Index = {
  groupsOfRole: Map<string, Group[]>;
  groups: Map<string, Group>;
  listsOf: Map<string, string[]>;
};

function indexOf({ groups, memberships }: SharingSnapshot): Index {
  const listsOf = new Map<string, string[]>();
  for (const { groupId, memberId } of memberships) listsOf.set(memberId, [...(listsOf.get(memberId) ?? []), groupId]);
  return {
    groupsOfRole: rowsBy(groups, ({ relatedId }) => relatedId ?? ''),
    groups: new Map(groups.map((group) => [group.id, group])),
    listsOf,
  };
}

/** Public groups and queues that have one of these as a member, each once, by name. */
function listsWith({ groups, listsOf }: Index, members: readonly string[]): Loss['memberships'] {
  const ids = new Set(members.flatMap((member) => listsOf.get(member) ?? []));
  return [...ids]
    .flatMap((id) => groups.get(id) ?? [])
    .map(({ type, name }) => ({ kind: type === 'Queue' ? ('queue' as const) : ('group' as const), name }))
    .sort((a, b) => (a.kind === b.kind ? (a.name < b.name ? -1 : 1) : a.kind < b.kind ? -1 : 1));
}

function sharesWith({ shares }: DisableSnapshot, groups: readonly string[]): Loss['shares'] {
  const ids = new Set(groups);
  const found = [...shares].flatMap(([object, rows]) => {
    if (!rows.known) return [];
    const number = sum(rows.value.map((row) => (ids.has(row.UserOrGroupId) ? row.total : 0)));
    return number > 0 ? [{ object, shares: number }] : [];
  });
  const isKnown = [...shares.values()].every(({ known }) => known);
  return isKnown || found.length > 0 ? found : null;
}

/** Sharing rules, folders and list views that name one of the roles, by its developer name (platform-facts B3). */
function definitionsNaming(
  { rules, folders, listViews }: SharingSnapshot,
  roles: readonly PortalRoleRow[]
): NonNullable<Loss['definitions']> {
  const names = new Set(roles.map(({ DeveloperName }) => DeveloperName));
  const inTargets = (targets: readonly Target[] = []): boolean =>
    targets.some(({ element, names: named }) => isRole(SHARED_TO[element]) && named.some((name) => names.has(name)));
  return [
    ...rules
      .filter(({ to, from }) => inTargets([to, ...(from ? [from] : [])]))
      .map(({ object, label, name }) => ({ kind: 'rule' as const, name: `${object}: ${label || name}` })),
    ...folders
      .filter(
        ({ to, shares }) =>
          inTargets(to) || shares.some(({ type, name }) => isRole(SHARED_TO_TYPE[type]) && names.has(name))
      )
      .map(({ content, label }) => ({ kind: 'folder' as const, name: `${content} ${label}` })),
    ...listViews
      .filter(({ to }) => inTargets(to))
      .map(({ object, label }) => ({ kind: 'list-view' as const, name: `${object} ${label}` })),
  ];
}

const isRole = (kind: string | undefined): boolean => kind?.startsWith('Role') ?? false;
