import { z } from 'zod';

/** What a plan keeps besides its deploy. */
export const publishDetailsSchema = z.object({
  /** Key of the rotation. */
  key: z.string(),
  action: z.enum(['publish', 'remove']),
  rule: z.object({
    name: z.string(),
    /** What becomes of it. */
    change: z.enum(['create', 'change', 'unchanged', 'delete']),
  }),
  /** Field with the slot of a lead, and the number that it is made of. */
  field: z.string(),
  number: z.string(),
  /** Queues by slot, the first slot first. */
  slots: z.array(z.string()),
  /** Condition of the rotation in the words of the rule; empty for every lead. */
  filter: z.string(),
  /** Place of our first entry among all of them, counted from 1; null where none is left. */
  place: z.number().int().nullable(),
  /** Entries of others, byte for byte as the org holds them, by rule. */
  foreign: z.record(z.string(), z.array(z.string())),
  /** What the rule does not keep of the rotation. */
  notKept: z.array(z.string()),
});

export type PublishDetails = z.infer<typeof publishDetailsSchema>;
