import { z } from 'zod';

const count = z.number().int();

/** One entry of the rule, as plans and results show it. */
export const assignEntrySchema = z.object({
  /** Place in the rule, from 1. */
  number: count,
  condition: z.string(),
  target: z.string(),
  /** Id of the queue or user, where the org has it. */
  targetId: z.string().nullable(),
  /** Leads of the plan that it will take; null where that is not known before, with the reason. */
  leads: count.nullable(),
  why: z.string().optional(),
  mails: z.boolean(),
});

/** What a plan keeps besides its rows. */
export const assignDetailsSchema = z.object({
  selection: z.string(),
  selected: count,
  /** Leads that are not part of the plan, by reason. */
  skipped: z.record(z.string(), count),
  rule: z.object({ id: z.string(), name: z.string(), active: z.boolean() }),
  /** Null where the rule's definition cannot be read. */
  entries: z.array(assignEntrySchema).nullable(),
  /** Leads that no entry takes; null where that is not known before. */
  unmatched: count.nullable(),
  /** Names of those whom the rule gives leads to, by id. */
  names: z.record(z.string(), z.string()),
});

export type AssignEntry = z.infer<typeof assignEntrySchema>;
export type AssignDetails = z.infer<typeof assignDetailsSchema>;
