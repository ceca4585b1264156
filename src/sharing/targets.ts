import type { Target } from './model.js';

/**
 * The ways in which metadata names somebody: `sharedTo` of rules and list views, `sharedToType` of folder shares, and
 * `Group.Type`. All become one kind, so that everything behind this knows one vocabulary (platform-facts B3, B5, B6).
 */
export type NodeKind =
  | 'Group'
  | 'Queue'
  | 'Role'
  | 'RoleAndSubordinates'
  | 'RoleAndSubordinatesInternal'
  | 'AllInternalUsers'
  | 'AllPartnerUsers'
  | 'AllCustomerPortalUsers'
  | 'Everyone'
  | 'User'
  | 'Guest'
  | 'Manager'
  | 'ManagerAndSubordinatesInternal'
  | 'Territory'
  | 'TerritoryAndSubordinates'
  | 'ChannelProgramGroup'
  | 'Unknown';

/** Elements of SharedTo. The plural ones hold several names. */
export const SHARED_TO: Readonly<Record<string, NodeKind>> = {
  allCustomerPortalUsers: 'AllCustomerPortalUsers',
  allInternalUsers: 'AllInternalUsers',
  allPartnerUsers: 'AllPartnerUsers',
  // Employees with a restricted licence: people of the company.
  allRestrictedEmployeeUsers: 'AllInternalUsers',
  channelProgramGroup: 'ChannelProgramGroup',
  channelProgramGroups: 'ChannelProgramGroup',
  group: 'Group',
  groups: 'Group',
  guestUser: 'Guest',
  managers: 'Manager',
  managerSubordinates: 'ManagerAndSubordinatesInternal',
  portalRole: 'Role',
  portalRoleAndSubordinates: 'RoleAndSubordinates',
  queue: 'Queue',
  role: 'Role',
  roles: 'Role',
  roleAndSubordinates: 'RoleAndSubordinates',
  rolesAndSubordinates: 'RoleAndSubordinates',
  roleAndSubordinatesInternal: 'RoleAndSubordinatesInternal',
  territory: 'Territory',
  territories: 'Territory',
  territoryAndSubordinates: 'TerritoryAndSubordinates',
  territoriesAndSubordinates: 'TerritoryAndSubordinates',
};

/** Values of `sharedToType`. */
export const SHARED_TO_TYPE: Readonly<Record<string, NodeKind>> = {
  Group: 'Group',
  Role: 'Role',
  RoleAndSubordinates: 'RoleAndSubordinates',
  RoleAndSubordinatesInternal: 'RoleAndSubordinatesInternal',
  Manager: 'Manager',
  ManagerAndSubordinatesInternal: 'ManagerAndSubordinatesInternal',
  Organization: 'AllInternalUsers',
  Territory: 'Territory',
  TerritoryAndSubordinates: 'TerritoryAndSubordinates',
  AllPrmUsers: 'AllPartnerUsers',
  User: 'User',
  PartnerUser: 'User',
  AllCspUsers: 'AllCustomerPortalUsers',
  CustomerPortalUser: 'User',
  PortalRole: 'Role',
  PortalRoleAndSubordinates: 'RoleAndSubordinates',
  ChannelProgramGroup: 'ChannelProgramGroup',
};

/** Values of `Group.Type`. Groups of the collaboration kind are lists of members like public groups. */
export const GROUP_TYPE: Readonly<Record<string, NodeKind>> = {
  Regular: 'Group',
  Queue: 'Queue',
  Role: 'Role',
  RoleAndSubordinates: 'RoleAndSubordinates',
  RoleAndSubordinatesInternal: 'RoleAndSubordinatesInternal',
  Organization: 'AllInternalUsers',
  PRMOrganization: 'AllPartnerUsers',
  AllCustomerPortal: 'AllCustomerPortalUsers',
  ChannelProgramGroup: 'ChannelProgramGroup',
  Manager: 'Manager',
  ManagerAndSubordinatesInternal: 'ManagerAndSubordinatesInternal',
  GuestUserGroup: 'Group',
  Territory: 'Territory',
  TerritoryAndSubordinates: 'TerritoryAndSubordinates',
  Personal: 'Group',
  CollaborationGroup: 'Group',
  Participant: 'Group',
  DataAnalytics: 'Group',
  SharingRecordCollGroup: 'Group',
};

/** Names of the kinds as Setup shows them. */
const WORDS: Readonly<Record<NodeKind, string>> = {
  Group: 'Public group',
  Queue: 'Queue',
  Role: 'Role',
  RoleAndSubordinates: 'Roles, Internal and Portal Subordinates',
  RoleAndSubordinatesInternal: 'Roles and Internal Subordinates',
  AllInternalUsers: 'All internal users',
  AllPartnerUsers: 'All partner users',
  AllCustomerPortalUsers: 'All customer portal users',
  Everyone: 'Everyone, people from outside included',
  User: 'User',
  Guest: 'Guest user',
  Manager: 'Managers of',
  ManagerAndSubordinatesInternal: 'Manager and internal subordinates',
  Territory: 'Territory',
  TerritoryAndSubordinates: 'Territory and subordinates',
  ChannelProgramGroup: 'Channel program',
  Unknown: 'Unknown target',
};

/** Kinds that name nobody: there is one of each in an org. */
const ALONE: ReadonlySet<NodeKind> = new Set<NodeKind>([
  'AllInternalUsers',
  'AllPartnerUsers',
  'AllCustomerPortalUsers',
  'Everyone',
]);

export const isAlone = (kind: NodeKind): boolean => ALONE.has(kind);

/** Name that is the same in every org: `RoleAndSubordinates:VP_Channel`. */
export const nodeKey = (kind: NodeKind, name: string): string => (isAlone(kind) ? kind : `${kind}:${name}`);

/** Name for people: `Roles, Internal and Portal Subordinates: VP Channel`. */
export const nodeLabel = (kind: NodeKind, name: string): string =>
  isAlone(kind) || name === '' ? WORDS[kind] : `${WORDS[kind]}: ${name}`;

/** Element of SharedTo that says the same for one name, for the metadata that a fix writes. */
export const ELEMENT: Readonly<Partial<Record<NodeKind, string>>> = {
  Group: 'group',
  Queue: 'queue',
  Role: 'role',
  RoleAndSubordinates: 'roleAndSubordinates',
  RoleAndSubordinatesInternal: 'roleAndSubordinatesInternal',
  AllInternalUsers: 'allInternalUsers',
};

/** One target an element, each name once. */
export function mergeTargets(targets: readonly Target[]): Target[] {
  const byElement = new Map<string, Set<string>>();
  for (const { element, names } of targets)
    byElement.set(element, new Set([...(byElement.get(element) ?? []), ...names]));
  return [...byElement].map(([element, names]) => ({ element, names: [...names] }));
}
