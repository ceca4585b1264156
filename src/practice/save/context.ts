/** What every step of a save works with. */
import type { Catalog, FieldDef, ObjectDef } from '../catalog/types.js';
import type {
  Clock,
  InputRecord,
  Outbox,
  Preferences,
  Row,
  SaveOperation,
  SaveOptions,
  Store,
  TransactionScope,
  Value,
  Variants,
} from '../contracts.js';
import type { SaveError } from '../errors.js';
import type { ComponentStore } from '../metadata/types.js';
import type { OwnerDirectory } from '../rules/owners.js';
import type { RecordAccess, Sharing } from '../sharing/types.js';
import type { MailLinks } from '../sites/links.js';
import type { RowLocks } from './row-locks.js';

/** Permissions of any user, not only of the one who calls. */
export type Permissions = {
  has(userId: string, permission: string): boolean;
  can(userId: string, action: PermissionAction, def: ObjectDef): boolean;
  /** The object without the fields that the user does not see; those that he may not change cannot be written. */
  view(userId: string, def: ObjectDef): ObjectDef;
  /** Whether he may call an Apex class from outside, by its name in any case. */
  mayUseClass(userId: string, name: string): boolean;
  /** Developer names of the custom permissions that profile and permission sets give. */
  customPermissions(userId: string): ReadonlySet<string>;
};

export type PermissionAction = 'read' | 'create' | 'edit' | 'delete' | 'viewAll' | 'modifyAll';

/** Work that the platform does after it has answered. */
export type Background = {
  /** Notes work; it is done `delay` milliseconds later, or a moment later. */
  later(kind: string, recordId: string, delay?: number): void;
  /** Records for which work of a kind has been noted and not been done yet. */
  waiting(kind: string): string[];
  cancel(kind: string, recordId: string): void;
};

/** What the entry of a rule does with a record: nothing where it has no target. */
export type Assignment = {
  ownerId?: string;
  /** Full name of the template of the mail to the new owner. */
  template?: string;
};

/** Answers who gets a lead or case. */
export type Assigner = {
  /** Drops what is out of date. Called when a save begins. */
  refresh(): void;
  /**
   * @param rule id of the rule to run, or `active`.
   * @returns what the first entry that takes the stored record does, or undefined where none does.
   * @throws PlatformError INVALID_ASSIGNMENT_RULE where the id names no rule for this object.
   */
  match(def: ObjectDef, recordId: string, rule: string): Assignment | undefined;
};

/** What triggers do around a save. */
export type Triggers = {
  runsOn(def: ObjectDef, operation: SaveOperation): boolean;
  /** Triggers before the save: the records as these leave them, and the errors that they put on them. */
  before(saving: Saving, records: readonly InputRecord[]): Array<{ record: InputRecord; errors: SaveError[] }>;
  /** Triggers behind it; errors go into the drafts. */
  after(saving: Saving, drafts: readonly Draft[]): void;
  /** The save is over, whatever became of it: what its triggers share ends, and what they ordered runs when it is committed. */
  ended(saving: Saving): void;
};

/** Rooms that the saver and its rules use. */
export type SaveTools = {
  store: Store;
  catalog: Catalog;
  clock: Clock;
  outbox: Outbox;
  /** Codes in the links of mails. */
  links: MailLinks;
  preferences: Preferences;
  variants: Variants;
  permissions: Permissions;
  background: Background;
  owners: OwnerDirectory;
  /** Metadata that is kept as it was deployed. */
  components: ComponentStore;
  /** Who may do what with which record. */
  sharing: Sharing;
  /** Runs assignment rules. */
  assigner: Assigner;
  /** Absent where the org runs no Apex. */
  triggers?: Triggers;
  /** Records that transactions of Apex hold. */
  locks: RowLocks;
  /** Writes every saved row to the write log. */
  logWrites: boolean;
};

/** One call of the saver, at most 200 records of one object. */
export type Saving = {
  readonly tools: SaveTools;
  readonly def: ObjectDef;
  readonly operation: SaveOperation;
  readonly options: SaveOptions;
  readonly scope: TransactionScope;
  readonly userId: string;
  /** Time of the transaction, as it is stored. */
  readonly now: string;
  /** Ids seen in this call. */
  readonly seen: Set<string>;
  /** Stored values read ahead for all records of the call, by id. */
  ahead: Map<string, Row> | undefined;
  /** Access to the records of the call, looked up once for all of them; `unlimited` where nothing limits the caller. */
  access: ReadonlyMap<string, RecordAccess> | 'unlimited';
  /** References of this call that were looked up already: field and text as sent, to the canonical id. */
  readonly references: Map<string, string>;
  /** What the client sent, all records of the call. */
  readonly records: readonly InputRecord[];
  /** Records that those of the call refer to and whether the caller sees them; by object, looked up once for all. */
  readonly referable: Map<string, ReadonlySet<string>>;
};

/** One record on its way. */
export type Draft = {
  readonly index: number;
  readonly input: InputRecord;
  /** Canonical id; empty until a new record has been written. */
  id: string;
  created: boolean;
  /** Values that the client sent, by canonical field name. */
  sent: Row;
  /** Values to write, by canonical field name. */
  changes: Row;
  /** Stored values before the save: all of them, or those that the rules of the object ask for. */
  before: Row;
  errors: SaveError[];
  /** The new owner has been told by the mail of an assignment rule. */
  mailed?: boolean;
  /** Set by a rule where the platform answers with a record that exists already. */
  existing?: string;
};

/** Whether an update really changes a field. */
export const changed = (draft: Draft, field: string): boolean =>
  Object.hasOwn(draft.changes, field) && draft.changes[field] !== draft.before[field];

/** Value of a field as it will be after the save. */
export const valueOf = (draft: Draft, field: string): Value =>
  (Object.hasOwn(draft.changes, field) ? draft.changes[field] : draft.before[field]) ?? null;

/** Text of a field after the save, or undefined where it is empty. */
export const textOf = (draft: Draft, field: string): string | undefined => {
  const value = valueOf(draft, field);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** A field by its name in any case. */
export const fieldOf = (def: ObjectDef, name: string): FieldDef | undefined => def.fields.get(name.toLowerCase());

/** Whether a save comes from the org itself and not from a client, so that read-only fields may be written. */
export const isInternal = (options: SaveOptions): boolean =>
  options.source === 'scenario' || options.source === 'metadata';
