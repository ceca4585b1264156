import { z } from 'zod';

/** Format of plan files; raised when an older program could misread one. */
export const PLAN_FORMAT = 1;

/** Whether a step can be taken back: fully, as far as others left things alone, or not at all. */
const undoSchema = z.enum(['exact', 'best-effort', 'none']);

/** A file beside the plan, with its hash. */
const fileSchema = z.object({ file: z.string(), sha256: z.string() });

/** A step that sets one field of many records. Its rows are in a CSV file beside the plan, sorted by id. */
export const updateRowsStepSchema = z.object({
  id: z.string(),
  kind: z.literal('update-rows'),
  title: z.string(),
  object: z.string(),
  field: z.string(),
  rows: z.object({ file: z.string(), count: z.number().int(), sha256: z.string() }),
  /** Latest SystemModstamp of the snapshot: rows changed after the snapshot have this stamp or a later one. */
  since: z.string(),
  /** The different new values, where they are few: verification counts by them. */
  values: z.array(z.string()),
  /**
   * Sends new owners a mail with the write itself, by the e-mail header of SOAP or the Apex of our package; such rows go 200 a
   * call, however many.
   */
  mail: z.enum(['soap', 'apex']).optional(),
  undo: undoSchema,
});

/**
 * A step that runs an assignment rule over records that exist: each is written once more with a value that it has, and with
 * the rule. Its rows are those of an `update-rows` step of the owner, with the value to write in place of the new owner.
 */
export const assignRowsStepSchema = z.object({
  id: z.string(),
  kind: z.literal('assign-rows'),
  title: z.string(),
  object: z.string(),
  /** Field that is written with the value that it has. */
  field: z.string(),
  rule: z.object({ id: z.string(), name: z.string() }),
  /** Ids of the queues and users that the rule gives records to, as far as they are known. */
  targets: z.array(z.string()),
  rows: z.object({ file: z.string(), count: z.number().int(), sha256: z.string() }),
  /** Latest SystemModstamp of the snapshot, as for `update-rows`. */
  since: z.string(),
  undo: undoSchema,
});

/**
 * A step that deploys metadata. The zip lies beside the plan, and with it the zip of the mirror deploy that takes the
 * step back, where there is a way back.
 */
export const deployStepSchema = z.object({
  id: z.string(),
  kind: z.literal('deploy'),
  title: z.string(),
  zip: fileSchema,
  undoZip: fileSchema.optional(),
  /** What the deploy does to each component. */
  components: z.array(
    z.object({ type: z.string(), fullName: z.string(), action: z.enum(['create', 'change', 'delete']) })
  ),
  undo: undoSchema,
});

/** One change of the members of a group or queue. Ids of Group and User rows, names for people. */
export const memberChangeSchema = z.object({
  group: z.string(),
  groupName: z.string(),
  add: z.string().optional(),
  remove: z.string().optional(),
  text: z.string(),
});

/** A step that changes members of public groups and queues. */
export const membersStepSchema = z.object({
  id: z.string(),
  kind: z.literal('members'),
  title: z.string(),
  changes: z.array(memberChangeSchema),
  undo: undoSchema,
});

/**
 * A step that writes nothing: it looks until no user of the samples can read his record any more. There is no API to wait
 * for the recalculation of sharing (platform-facts, addenda).
 */
export const awaitAccessStepSchema = z.object({
  id: z.string(),
  kind: z.literal('await-access'),
  title: z.string(),
  samples: z.array(z.object({ object: z.string(), record: z.string(), user: z.string(), about: z.string() })),
  undo: undoSchema,
});

/**
 * A step that inserts, updates or deletes records with several fields each, by sObject collections. Its rows are in a CSV
 * file beside the plan. A cell `#3` of a field with `from`, or of the id with `idFrom`, stands for the record that line 3
 * (from 0) of that earlier step made.
 */
export const recordsStepSchema = z.object({
  id: z.string(),
  kind: z.literal('records'),
  title: z.string(),
  object: z.string(),
  operation: z.enum(['insert', 'update', 'delete']),
  fields: z.array(
    z.object({ name: z.string(), type: z.enum(['text', 'boolean']).default('text'), from: z.string().optional() })
  ),
  idFrom: z.string().optional(),
  /** Of an insert: fields that together tell the records apart. What a lost reply has done is read back by them. */
  key: z.array(z.string()).default([]),
  /** Of an insert: whether the org itself refuses a second record with the key. Otherwise it is looked for before. */
  keyIsUnique: z.boolean().default(false),
  /**
   * Of an insert: what takes it back. Users cannot be deleted (platform-facts C3). `nothing`: an update that leaves records as
   * they were before the run, whatever the platform did to them on the way.
   */
  takeBack: z.enum(['delete', 'deactivate', 'nothing']).default('delete'),
  /**
   * Id of an earlier `update-rows` step: a row is written only where the line of that step that it names was done. Without
   * a stamp such a row is left alone where it holds neither its value before nor its new one.
   */
  onlyIfDone: z.string().optional(),
  /** Records that such records point to by now are left as they are when the step is taken back. */
  keepIf: z.array(z.object({ object: z.string(), field: z.string(), why: z.string() })).optional(),
  rows: z.object({ file: z.string(), count: z.number().int(), sha256: z.string() }),
  undo: undoSchema,
});

/** What is to become of one profile or permission set among the members of a site. */
export const siteMemberChangeSchema = z.object({
  /** Id of the profile or permission set, and its name for people. */
  parent: z.string(),
  parentName: z.string(),
  /** `wait`: it was asked for before the plan, so an undo leaves it. */
  change: z.enum(['add', 'wait', 'remove']),
  text: z.string(),
});

/** A step that changes the profiles and permission sets whose users are members of a site, and waits until they are. */
export const siteMembersStepSchema = z.object({
  id: z.string(),
  kind: z.literal('site-members'),
  title: z.string(),
  site: z.string(),
  siteName: z.string(),
  changes: z.array(siteMemberChangeSchema),
  /**
   * Before a deploy of the site's file, which names all members: those that it names. The step stops where the org holds
   * others, as the deploy would take back what somebody did.
   */
  exactly: z.array(z.string()).optional(),
  undo: undoSchema,
});

/** A step that publishes a site and waits for the job. */
export const publishSiteStepSchema = z.object({
  id: z.string(),
  kind: z.literal('publish-site'),
  title: z.string(),
  site: z.string(),
  siteName: z.string(),
  /** Jobs that had published the site before the plan: none of them is the one whose reply was lost. */
  knownJobs: z.array(z.string()),
  undo: undoSchema,
});

/**
 * A step that sends each user a mail with a login: the password is reset, which mails the link (platform-facts C7). Its rows
 * are those of a `records` step without fields. A mail cannot be called back, and none is ever sent twice.
 */
export const sendLoginStepSchema = z.object({
  id: z.string(),
  kind: z.literal('send-login'),
  title: z.string(),
  idFrom: z.string().optional(),
  rows: z.object({ file: z.string(), count: z.number().int(), sha256: z.string() }),
  undo: undoSchema,
});

/**
 * A step that mails the owners of records by an e-mail alert of the org, 200 records a call (platform-facts D1). Its rows are
 * those of a `records` step without fields. No mail is ever sent twice: where a reply is lost, nobody can tell.
 */
export const notifyStepSchema = z.object({
  id: z.string(),
  kind: z.literal('notify'),
  title: z.string(),
  object: z.string(),
  /** API name of the alert. */
  alert: z.string(),
  /** Id of the `update-rows` step that gives the owners: who did not get the record gets no mail. */
  onlyIfDone: z.string(),
  rows: z.object({ file: z.string(), count: z.number().int(), sha256: z.string() }),
  undo: undoSchema,
});

/** What a member of a rotation is to remember after the owners of leads were set. Deficits in units of the step. */
export const countedMemberSchema = z.object({
  /** Id of its record. */
  record: z.string(),
  /** Id of the queue or user, as the owners' step writes it. */
  target: z.string(),
  name: z.string(),
  weight: z.number().int(),
  /** What the record held when the plan was made. */
  was: z.object({ assigned: z.number().int(), deficit: z.number().int(), periodCount: z.number().int() }),
  /** What is added where every planned lead is written. */
  planned: z.object({ assigned: z.number().int(), deficit: z.number().int() }),
  /** Leads of it that the owners' step writes; the others were its own already. */
  moved: z.number().int(),
  /** First day of the period that the leads count for. */
  periodStart: z.string(),
});

/** A step that writes what a rotation remembers of its members, from what the owners' step really wrote. */
export const rotationCountsStepSchema = z.object({
  id: z.string(),
  kind: z.literal('rotation-counts'),
  title: z.string(),
  rotation: z.string(),
  /** Id of the `update-rows` step that gives the owners. */
  source: z.string(),
  /** Parts of a lead in which deficits are kept. */
  unit: z.number().int(),
  /** `give`: the leads of the source are added; `take-back`: those that it takes away from members are taken off. */
  direction: z.enum(['give', 'take-back']),
  /** Whether the leads change what members are owed. They do where absent, and do not where open leads are balanced. */
  keepsDebts: z.boolean().optional(),
  members: z.array(countedMemberSchema),
  undo: undoSchema,
});

export const planStepSchema = z.discriminatedUnion('kind', [
  updateRowsStepSchema,
  assignRowsStepSchema,
  recordsStepSchema,
  deployStepSchema,
  membersStepSchema,
  awaitAccessStepSchema,
  siteMembersStepSchema,
  publishSiteStepSchema,
  sendLoginStepSchema,
  notifyStepSchema,
  rotationCountsStepSchema,
]);

/** `key` is unique in the org; `what` names the thing for people. */
export const lockSchema = z.object({ key: z.string(), what: z.string() });

export const planSchema = z.object({
  format: z.literal(PLAN_FORMAT),
  kind: z.string(),
  title: z.string(),
  createdAt: z.iso.datetime(),
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string(), username: z.string() }),
  /** Hash of the configuration the plan relied on: settings, members, rules; not of row contents. */
  fingerprint: z.string(),
  /** What no other run may work on at the same time; the org keeps the lock (design: Fairness). */
  lock: lockSchema.optional(),
  steps: z.array(planStepSchema),
  warnings: z.array(z.string()),
  cost: z.object({
    apiCalls: z.number().int(),
    formula: z.string(),
    emails: z.number().int(),
    licences: z.number().int(),
  }),
  /** What the domain that made the plan wants to find again, such as members and shares. */
  details: z.record(z.string(), z.unknown()),
});

export type UpdateRowsStep = z.infer<typeof updateRowsStepSchema>;
export type AssignRowsStep = z.infer<typeof assignRowsStepSchema>;
export type RecordsStep = z.infer<typeof recordsStepSchema>;
export type SendLoginStep = z.infer<typeof sendLoginStepSchema>;
export type NotifyStep = z.infer<typeof notifyStepSchema>;
export type RotationCountsStep = z.infer<typeof rotationCountsStepSchema>;
export type CountedMember = z.infer<typeof countedMemberSchema>;
export type PlanLock = z.infer<typeof lockSchema>;
export type DeployStep = z.infer<typeof deployStepSchema>;
export type MemberChange = z.infer<typeof memberChangeSchema>;
export type MembersStep = z.infer<typeof membersStepSchema>;
export type AwaitAccessStep = z.infer<typeof awaitAccessStepSchema>;
export type SiteMemberChange = z.infer<typeof siteMemberChangeSchema>;
export type SiteMembersStep = z.infer<typeof siteMembersStepSchema>;
export type PublishSiteStep = z.infer<typeof publishSiteStepSchema>;
export type PlanStep = z.infer<typeof planStepSchema>;
export type Plan = z.infer<typeof planSchema>;
export type PlannedComponent = DeployStep['components'][number];

/** Steps that say what became of each row. */
export type StepWithRows = UpdateRowsStep | AssignRowsStep | RecordsStep | SendLoginStep | NotifyStep;
