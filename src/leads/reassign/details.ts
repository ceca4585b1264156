/** What a reassignment keeps in its plan besides its rows. */
import { z } from 'zod';

const count = z.number().int();

/** A new owner, as plans and results show him. */
export const newOwnerSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['Queue', 'User']),
  /** Whether it is a user of a partner. */
  partner: z.boolean(),
  /** Leads that he gets, and those that are his already. */
  leads: count,
  unchanged: count,
  /** Open leads that he has now, and will have. */
  before: count,
  after: count,
  /** Mails that are sent because of it; null where nobody can count them. */
  mails: count.nullable(),
});

export const activitiesSchema = z.object({
  mode: z.enum(['keep', 'move']),
  tasks: count,
  events: count,
  /** Open activities that stay where they are, because a queue cannot own them. */
  toQueues: count,
  /** Open activities of inactive users, whom the org makes no owner again. */
  ofInactive: count,
  /** Objects that could not be read. */
  unread: z.array(z.string()),
});

/** What is mailed to new owners, and how. */
export const notifySchema = z.object({
  route: z.enum(['apex', 'alert', 'soap']),
  /** API name of the e-mail alert, and whether the plan brings it. */
  alert: z.string().nullable(),
  template: z.string().nullable(),
  brings: z.array(z.string()),
  /** Where `--template` was passed: what it said. */
  wanted: z.string().nullable(),
  /** Mails of the plan; null where nobody can count them. */
  mails: count.nullable(),
  /** Who else gets each mail. */
  others: z.array(z.string()),
  /** The mail as it looks for the first lead. */
  sample: z.object({ lead: z.string(), subject: z.string(), body: z.string() }).nullable(),
  /** Mails that the org still allows today; null where it does not tell. */
  left: count.nullable(),
  fingerprint: z.string(),
});

export const reassignDetailsSchema = z.object({
  selection: z.string(),
  selected: count,
  moved: count,
  unchanged: count,
  /** Leads that are not part of the plan, by reason. */
  skipped: z.record(z.string(), count),
  /** Rows of the file that cannot be carried out. */
  rejected: count,
  owners: z.array(newOwnerSchema),
  activities: activitiesSchema,
  /** Leads whose former owner is inactive: no undo gives them back. */
  ofInactive: count,
  /** Null where nobody is mailed. */
  notify: notifySchema.nullable(),
  /** Leads whose assignment is recorded in the org. */
  recorded: count,
});

export type NewOwner = z.infer<typeof newOwnerSchema>;
export type Activities = z.infer<typeof activitiesSchema>;
export type Notify = z.infer<typeof notifySchema>;
export type ReassignDetails = z.infer<typeof reassignDetailsSchema>;
