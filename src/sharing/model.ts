/**
 * What the review knows of an org, as plain data. `read/` fills it, `analyse/` works on it alone, so that every finding
 * can be tested without an org.
 */

/** Kind of a person from outside the company. */
export type OutsideKind = 'partner' | 'customer' | 'guest';

export type Role = {
  id: string;
  name: string;
  developerName: string;
  parentId?: string;
  portal: 'None' | 'Partner' | 'CustomerPortal';
  /** Executive, Manager, User or PersonAccount. */
  portalRole?: string;
  accountId?: string;
};

/** A row of Group; `type` as the platform names it (platform-facts B6). */
export type Group = {
  id: string;
  type: string;
  name: string;
  developerName: string;
  relatedId?: string;
  includesBosses: boolean;
};

export type Membership = { groupId: string; memberId: string };

export type Person = {
  id: string;
  name: string;
  username: string;
  userType: string;
  active: boolean;
  roleId?: string;
  managerId?: string;
  accountId?: string;
  profileId?: string;
  nickname?: string;
  superUser?: boolean;
};

/** `sharedTo` or `sharedFrom` as metadata has it: the name of the element and what it names (platform-facts B3). */
export type Target = { element: string; names: string[] };

export type Criterion = { field: string; operation: string; value: string };

export type Rule = {
  object: string;
  name: string;
  label: string;
  kind: 'owner' | 'criteria' | 'guest' | 'territory';
  access: string;
  to: Target;
  from?: Target;
  criteria: Criterion[];
  booleanFilter?: string;
  /** `includeRecordsOwnedByAll`, or `includeHVUOwnedRecords` of guest rules. */
  allOwners: boolean;
  /** Rules on Account: access they give to contacts, opportunities and cases. */
  children?: { contact: string; opportunity: string; case: string };
};

/** `type` is a `sharedToType` (platform-facts B5). */
export type FolderShare = { access: string; type: string; name: string };

export type FolderContent = 'Report' | 'Dashboard' | 'Document' | 'Email' | 'EmailTemplate';

export type Folder = {
  content: FolderContent;
  name: string;
  label: string;
  accessType: string;
  publicAccess?: string;
  /** Whom it is shared with in the older way: any number of elements of SharedTo. */
  to?: Target[];
  shares: FolderShare[];
};

/** `to` is absent or empty where everybody sees the list view (platform-facts B2). */
export type ListView = { object: string; name: string; label: string; scope: string; to?: Target[] };

export type Default = { object: string; label: string; internal: string; external: string };

/** Shares made by hand, by a program or for a team, grouped by whom they are for. */
export type ManualShare = {
  object: string;
  targetId: string;
  cause: string;
  access: string;
  records: number;
  /** Shares of accounts: objects whose records that belong to the account are opened too. */
  opens?: string[];
};

export type TeamMember = { object: string; userId: string; records: number };

/** A profile or a permission set with what matters here. */
export type PermissionSource = {
  id: string;
  name: string;
  label: string;
  /** Present where the source is a profile. */
  profile?: { id: string; name: string; userType: string };
  viewAllData: boolean;
  modifyAllData: boolean;
  objects: Record<string, { read: boolean; viewAll: boolean; modifyAll: boolean }>;
};

export type Assignment = { userId: string; sourceId: string };

/** A sharing set gives users of some profiles the records that look up to their account or contact. */
export type SharingSet = {
  name: string;
  label: string;
  profiles: string[];
  mappings: Array<{ object: string; access: string; field: string }>;
};

export type AccountRelationshipRule = { name: string; label: string; object: string; access: string; type: string };

export type Settings = {
  digitalExperiences: boolean;
  /** Off: the internal org-wide default holds for people from outside too. */
  externalSharingModel: boolean;
  partnerRelationshipManagement: boolean;
  partnerSuperUser: boolean;
  accountRelationships: boolean;
  externalAccountHierarchy: boolean;
  portalUserVisibility: boolean;
  siteUserVisibility: boolean;
};

/** Something that could not be read or understood, and why; it is never left out silently. */
export type Note = { source: string; reason: string };

/** Numbers of records, where they were counted. */
export type Counts = {
  /** By object: records of each owner. */
  owners: Record<string, Record<string, number>>;
  /** By object without an owner, or whose owners could not be counted one by one. */
  totals: Record<string, number>;
  /** By `Object.Rule`: records that match a criteria-based or guest rule. */
  rules: Record<string, number>;
  /** By content of a folder and its name: what lies in it. */
  folders: Record<string, number>;
};

export type SnapshotOrg = { id: string; name: string; domain: string; kind: string; createdDate: string };

export type SharingSnapshot = {
  org: SnapshotOrg;
  readAt: string;
  /** Absent where they could not be read. */
  settings?: Settings;
  roles: Role[];
  groups: Group[];
  memberships: Membership[];
  people: Person[];
  /** Owners of accounts that are partners. */
  partnerOwners: string[];
  /** False where rules, folders, list views and settings could not be read: then there being none means nothing. */
  definitionsKnown: boolean;
  rules: Rule[];
  folders: Folder[];
  listViews: ListView[];
  /** Queue's group id to the objects that it serves. */
  queueObjects: Record<string, string[]>;
  defaults: Default[];
  /** Object whose sharing follows a parent, to its parents. */
  parents: Record<string, string[]>;
  manualShares: ManualShare[];
  teams: TeamMember[];
  /** False where permissions could not be read: then everybody is taken to read every object. */
  permissionsKnown: boolean;
  permissions: PermissionSource[];
  assignments: Assignment[];
  /** Absent where territories were not read: then who is in them is not known. */
  territories?: { outsiders: Record<string, string[]>; parents: Record<string, string> };
  sharingSets: SharingSet[];
  relationshipRules: AccountRelationshipRule[];
  counts: Counts;
  notes: Note[];
};

const KINDS: Readonly<Record<string, OutsideKind>> = {
  PowerPartner: 'partner',
  PowerCustomerSuccess: 'customer',
  CustomerSuccess: 'customer',
  CspLitePortal: 'customer',
  CSPLitePortal: 'customer',
  SelfService: 'customer',
  Guest: 'guest',
};

/** Kind of outsider that a `User.UserType` stands for; undefined for people of the company. */
export const outsideKind = (userType: string): OutsideKind | undefined => KINDS[userType];

/** User types from outside, as they are asked for. */
export const OUTSIDE_TYPES: readonly string[] = Object.keys(KINDS);

/** High-volume users: in no group, not even in the one of all customers. */
export const isHighVolume = (userType: string): boolean => /^CspLitePortal$/i.test(userType);

/** Their owners have no role, so that rules without `includeRecordsOwnedByAll` leave their records out. */
export const ROLELESS_TYPES: readonly string[] = ['CspLitePortal', 'CSPLitePortal', 'Guest'];

/** Nothing read yet: what a test or a reader begins with. */
export function emptySnapshot(org: SnapshotOrg, readAt = ''): SharingSnapshot {
  return {
    org,
    readAt,
    roles: [],
    groups: [],
    memberships: [],
    people: [],
    partnerOwners: [],
    definitionsKnown: true,
    rules: [],
    folders: [],
    listViews: [],
    queueObjects: {},
    defaults: [],
    parents: {},
    manualShares: [],
    teams: [],
    permissionsKnown: true,
    permissions: [],
    assignments: [],
    sharingSets: [],
    relationshipRules: [],
    counts: { owners: {}, totals: {}, rules: {}, folders: {} },
    notes: [],
  };
}
