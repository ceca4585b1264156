/**
 * What the sharing room promises the others: where sharing rules, org-wide defaults and folder shares are kept, and who
 * may do what with a record because of them.
 */
import type { ObjectDef } from '../catalog/types.js';
import type { Author } from '../rules/records.js';
import type { RecordFilter } from '../soql/context.js';

export type RuleKind = 'owner' | 'criteria' | 'guest' | 'territory';

export type RuleAccess = 'Read' | 'Edit';

/** One condition of a criteria-based rule; operations as metadata names them, such as `equals`. */
export type RuleCriterion = {
  field: string;
  operation: string;
  value: string;
  /** Field of the same record to compare with, in place of the value. Only assignment rules have it. */
  valueField?: string;
};

/** Access that a rule on accounts gives to what belongs to them; `None`, `Read` or `Edit`. */
export type AccountSettings = { caseAccessLevel: string; contactAccessLevel: string; opportunityAccessLevel: string };

/** A sharing rule (platform-facts B4). Targets and sources are ids, so that renaming a role does not lose them. */
export type SharingRule = {
  id: string;
  /** API name of the object. */
  object: string;
  /** Unique within the object. */
  name: string;
  kind: RuleKind;
  label: string;
  description?: string;
  access: RuleAccess;
  /** Id of the Group row behind `sharedTo`, or of the user of a guest rule. */
  target: string;
  /** Owner rules: id of the Group row behind `sharedFrom`. */
  source?: string;
  criteria: RuleCriterion[];
  booleanFilter?: string;
  /** `includeRecordsOwnedByAll` or `includeHVUOwnedRecords`. */
  allOwners: boolean;
  /** Rules on Account. */
  accountSettings?: AccountSettings;
  modifiedAt: string;
  modifiedBy: string;
};

export type NewRule = Omit<SharingRule, 'id' | 'modifiedAt' | 'modifiedBy'>;

/** Sharing rules as they are defined. What they give follows when the recalculation that each change starts is over. */
export type RuleStore = {
  /** Rules that are defined now, by object and name; all objects without one. */
  list(object?: string): SharingRule[];
  find(object: string, name: string): SharingRule | undefined;
  /**
   * Adds a rule or changes what may change of one that exists. Starts a recalculation.
   * @returns the id and whether the rule is new
   */
  put(author: Author, rule: NewRule): { id: string; created: boolean };
  /** Takes a rule away; its access ends with the recalculation. @returns whether it was there */
  remove(author: Author, object: string, name: string): boolean;
  /** Whether rules of this object are locked by a recalculation: of the object, or of one that locks together with it. */
  isLocked(object: string): boolean;
};

/** Values of `sharingModel` and `externalSharingModel` (platform-facts A4). */
export type SharingModel =
  | 'Private'
  | 'Read'
  | 'ReadSelect'
  | 'ReadWrite'
  | 'ReadWriteTransfer'
  | 'FullAccess'
  | 'ControlledByParent'
  | 'ControlledByLeadOrContact'
  | 'ControlledByCampaign';

export type OrgDefault = { internal: SharingModel; external: SharingModel };

export type DefaultStore = {
  of(def: ObjectDef): OrgDefault;
  /**
   * Sets one or both; what is narrowed takes effect with the recalculation.
   * @throws PlatformError where external would be more open than internal
   */
  set(author: Author, def: ObjectDef, models: Partial<OrgDefault>): void;
};

export type FolderAccess = 'View' | 'EditAllContents' | 'Manage';

/** Somebody a folder is shared with: a Group row or a user. */
export type FolderShare = { id: string; folder: string; sharedWith: string; access: FolderAccess };

export type FolderStore = {
  shares(folderId: string): FolderShare[];
  /** Replaces all shares of a folder. Ids of shares that stay are kept. */
  replace(folderId: string, shares: ReadonlyArray<Omit<FolderShare, 'id' | 'folder'>>): void;
  add(folderId: string, share: Omit<FolderShare, 'id' | 'folder'>): string;
  change(shareId: string, access: FolderAccess): boolean;
  remove(shareId: string): boolean;
};

/** What a user may do with one record, as UserRecordAccess tells it. */
export type RecordAccess = { read: boolean; edit: boolean; delete: boolean; transfer: boolean; all: boolean };

/** The sharing room. */
export type Sharing = {
  readonly rules: RuleStore;
  readonly defaults: DefaultStore;
  readonly folders: FolderStore;
  /** Access of any user to one record, by everything that gives access. Nothing for a record that does not exist. */
  access(userId: string, def: ObjectDef, recordId: string): RecordAccess;
  /** The same for many records of one object; a record that does not exist has no entry. */
  accessTo(userId: string, def: ObjectDef, recordIds: readonly string[]): Map<string, RecordAccess>;
  /** Users in a group or queue, also by groups and roles in it. */
  usersIn(groupId: string): string[];
  /** Which rows of an object a session may see, for queries. Undefined where it may see all. */
  readonly filter: RecordFilter;
  /** The end of a recalculation, which background work brings about. */
  finish(object: string): void;
  /** Ends all recalculations at once, as if they had been over long ago. */
  finishAll(): void;
  /** A group is gone: its shares, folder shares and rules go with it. */
  forgetGroup(author: Author, groupId: string): void;
};
