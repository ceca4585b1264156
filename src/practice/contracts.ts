/**
 * What the rooms of the practice org promise each other. The protocol rooms (rest, soap, bulk, tooling) speak only
 * through these types; nothing here knows HTTP.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Catalog, FieldDef, FieldType, ObjectDef } from './catalog/types.js';
import type { SaveError } from './errors.js';
import type { SaveTools } from './save/context.js';
import type { Sharing } from './sharing/types.js';

/** A stored value: text, number, boolean or null. Dates are text (`2026-11-24`, `2026-11-24T04:02:26.000+0000`). */
export type Value = string | number | boolean | null;

/** A record as it is stored: canonical field name to value. */
export type Row = Record<string, Value>;

/** A record as a client sent it: field names in any case, nested `{ ExtId__c: 'x' }` for a parent by external id. */
export type InputRecord = Record<string, unknown>;

/** Who calls. Made from a session id by the access room. */
export type Session = {
  id: string;
  user: { Id: string; Username: string; ProfileId: string; UserType: string };
  /** Opened for the components in a browser: UI API and GraphQL answer without the permission `ApiEnabled`. */
  browser?: boolean;
  /** System permission of profile or permission sets, such as `ModifyAllData` or `ViewSetup`. */
  has(permission: string): boolean;
  /** Object permission of profile or permission sets. */
  can(action: 'read' | 'create' | 'edit' | 'delete' | 'viewAll' | 'modifyAll', object: ObjectDef): boolean;
  /** The object with the fields that this user sees; of those that he may only read, none can be written. */
  view(object: ObjectDef): ObjectDef;
};

/** The SQLite file behind the org. All calls are synchronous, so one `transaction` is one platform transaction. */
export type Store = {
  readonly db: DatabaseSync;
  readonly file: string;
  /** Prepared statement, kept for reuse. */
  sql(text: string): StatementSync;
  /** Runs `work` in a transaction; inside another one, in a savepoint. An exception rolls back and goes on. */
  transaction<T>(work: () => T): T;
  /** Creates the table of an object, or adds the columns it lacks. Table and columns bear the API names, quoted. */
  ensureTable(def: ObjectDef): void;
  /** Next record id of 18 characters for a key prefix, rising in base-62 order. Never reused. */
  nextId(prefix: string): string;
  /**
   * One record by its id, with the booleans as booleans; also a deleted one, if `deleted`. `fields` narrows it to some
   * fields, by canonical name; pass the same array each time, the prepared statement is kept by its identity.
   */
  find(def: ObjectDef, id: string, deleted?: boolean, fields?: readonly string[]): Row | undefined;
  /** Writes the columns given; the save room has checked them. */
  insert(def: ObjectDef, row: Row): void;
  update(def: ObjectDef, id: string, changes: Row): void;
  /** A read-only connection that sees one moment of the data until it is closed, for cursors and exports. */
  snapshot(): DatabaseSync;
  close(): void;
};

/** Now by the org's clock, which tests may move. Second resolution, as the platform stores it. */
export type Clock = { now(): Date; stamp(): string };

// ---------------------------------------------------------------------------------------------------------- queries

/** One selected column, in the order of the SELECT; relationship paths and aliases are already resolved. */
export type Column = {
  /** As it is shown: `Id`, `Owner.Name`, `expr0`, `total`. */
  name: string;
  /** Path of the value in the result object, `['Owner', 'Name']`. */
  path: string[];
  /** Display name of bulk CSV, such as `Owner.Name` or `expr0`. */
  header: string;
  /** Field it comes from; absent for most aggregates. */
  field?: FieldDef;
  aggregate: boolean;
  /** Type of the value as `describe` names it: `int` for COUNT, the field's type otherwise. */
  type: FieldType;
  /** Text of an aggregate without an alias, such as `count(Id)`. */
  expression?: string;
  /** Columns of a child subquery, whose own name is that of the relationship. */
  children?: Column[];
};

/** A record of a REST answer: attributes, fields, nested parents, child query results. */
export type ResultRecord = { attributes: { type: string; url?: string }; [field: string]: unknown };

export type QueryPage = {
  totalSize: number;
  done: boolean;
  records: ResultRecord[];
  /** Locator such as `01gxx0000000001AAA-2000`, where there is more. */
  locator?: string;
};

/** Rows of a query in flat form, for CSV: values in the order of `columns`, already formatted as text or null. */
export type FlatQuery = { columns: Column[]; entity: string; rows: Iterable<Value[]>; close(): void };

export type QueryOptions = {
  session: Session;
  /** Include deleted records (`queryAll`). */
  all?: boolean;
  tooling?: boolean;
  /** API version for `attributes.url`, such as `66.0`. */
  version?: string;
  /** Rows a page, 200 to 2,000 (Sforce-Query-Options: batchSize). */
  batchSize?: number;
  /** Only for `whole`: so many rows from there, in place of LIMIT and OFFSET of the text and without their bounds. */
  slice?: { offset: number; limit: number };
};

/** The reading side. @throws PlatformError MALFORMED_QUERY, INVALID_TYPE, INVALID_FIELD, INVALID_QUERY_LOCATOR … */
export type QueryEngine = {
  query(soql: string, options: QueryOptions): QueryPage;
  /** All records at once, as the connection sees them right now; for code that runs inside a transaction. */
  whole(soql: string, options: QueryOptions): QueryPage;
  more(locator: string, options: QueryOptions): QueryPage;
  /** Column metadata of `query?columns=true`, without running the query. */
  columns(
    soql: string,
    options: QueryOptions
  ): { columns: Column[]; entity: string; idSelected: boolean; groupBy: boolean };
  /** Whole result as a stream of flat rows on a snapshot, for Bulk 2.0 query jobs. */
  flat(soql: string, options: QueryOptions): FlatQuery;
  /** Chosen fields of one record by id, as `GET sobjects/Lead/{id}?fields=` answers, or undefined. */
  record(def: ObjectDef, id: string, fields: string[] | undefined, options: QueryOptions): ResultRecord | undefined;
};

// ----------------------------------------------------------------------------------------------------------- saving

export type SaveOperation = 'create' | 'update' | 'upsert' | 'delete' | 'undelete';

export type SaveOptions = {
  session: Session;
  allOrNone?: boolean;
  /** Field of the key for upsert; `Id` where absent. */
  externalIdField?: string;
  /** Lead and Case: run the active assignment rule, a given rule (18-character id), or none. */
  assignment: 'active' | 'none' | { ruleId: string };
  /** Mail flags of SOAP EmailHeader, Apex DMLOptions and UI API. REST and Bulk send none. */
  email?: { triggerUserEmail?: boolean; triggerOtherEmail?: boolean; triggerAutoResponseEmail?: boolean };
  /** API family, for rules that differ by it and for the write log. */
  source: 'rest' | 'soap' | 'bulk' | 'tooling' | 'metadata' | 'scenario' | 'apex';
  /** Number of the request in the request log that this write belongs to. */
  request?: number;
  /**
   * Shared by the saves of one composite request that runs inside one `store.transaction`, so that setup and ordinary
   * objects cannot mix in it (platform-facts C6). Absent: the save is a transaction of its own.
   */
  scope?: TransactionScope;
};

/** What a transaction has written so far; make one with `{}`. */
export type TransactionScope = { setup?: string; ordinary?: string };

export type SaveResult = { id: string | null; success: boolean; created: boolean; errors: SaveError[] };

/** The one way records change. At most 200 records a call are one transaction with triggers; results in order. */
export type Saver = {
  save(operation: SaveOperation, type: string, records: InputRecord[], options: SaveOptions): SaveResult[];
};

/** A mail that the platform would have sent. */
export type OutboxMail = {
  id: number;
  at: string;
  /** Why: `new-user`, `password-reset`, `welcome`, `owner-change`, `assignment`, `email-alert`, `email-simple`. */
  kind: string;
  /** Developer name of the template, where the platform uses one. */
  template?: string;
  to: string[];
  from: string;
  subject: string;
  /** With the link as its last line, where there is one. */
  body: string;
  /** Address that the recipient opens. It is sent as a path and listed with the server's address before it. */
  link?: string;
  /** Record it is about. */
  relatedId?: string;
  /** False where deliverability of the org held it back; `reason` says why. */
  delivered: boolean;
  reason?: string;
};

export type Outbox = {
  /** Address before the links of mails; the server sets it, so that links lead to where it listens now. */
  origin: () => string;
  /** @param thrownAway why the platform throws it away whatever the deliverability is */
  send(mail: Omit<OutboxMail, 'id' | 'at' | 'delivered' | 'reason'>, thrownAway?: string): void;
  list(filter?: { kind?: string; to?: string }): OutboxMail[];
  clear(): void;
};

/** Sessions by token. Tokens look like `00D…!…` (org-wire-protocol). */
export type Access = {
  /** @throws PlatformError INVALID_SESSION_ID (401). */
  session(token: string): Session;
  /**
   * A new session for an active user, by username or id. Where it counts as a `login`, a user of a partner or customer
   * must be a member of a Live site, of this one where it is named. @throws PlatformError INVALID_LOGIN
   */
  open(user: string, login?: boolean, networkId?: string): Session;
  /** A session as the components of a page in the browser have it. @throws PlatformError INVALID_LOGIN */
  openBrowser(user: string): Session;
  expire(token: string): void;
  /** Ends every session opened so far, as an administrator who ends all sessions does. */
  expireAll(): void;
};

/** Counters behind `/limits` and the `Sforce-Limit-Info` header. */
export type Limits = {
  /** @throws PlatformError REQUEST_LIMIT_EXCEEDED (403) where the daily calls are used up. */
  countRequest(): void;
  use(name: string, amount: number): void;
  remaining(name: string): number;
  all(): Record<string, { Max: number; Remaining: number }>;
  usage(): string;
  /** Overrides a maximum, for tests. */
  setMax(name: string, max: number): void;
};

/** Open questions of platform-facts that the org answers either way; name to chosen variant. */
export type Variants = Readonly<Record<string, string>>;

/** Named org preferences, such as `Communities.enableEnablePRM`; the metadata room sets them when settings are deployed. */
export type Preferences = {
  get(name: string): string | undefined;
  on(name: string): boolean;
  set(name: string, value: string | boolean | number): void;
};

/** Everything the protocol rooms work with. Assembled in `org.ts`. */
export type PracticeOrg = {
  readonly id: string;
  readonly store: Store;
  readonly catalog: Catalog;
  readonly queries: QueryEngine;
  readonly saver: Saver;
  readonly outbox: Outbox;
  readonly access: Access;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly variants: Variants;
  readonly preferences: Preferences;
  /** What the rooms work with that write by themselves. */
  readonly tools: SaveTools;
  readonly sharing: Sharing;
  /** Writes each saved row down in `practice_write_log`, in the same transaction. Off unless set. */
  logWrites: boolean;
  /** Finishes background work that is under way, such as adding members to a site; it also runs by itself, later. */
  settle(): void;
  close(): void;
};
