import { z } from 'zod';
import { SIGNS } from '../holding/index.js';
import { LEFT } from './classify.js';

const count = z.number().int();

/** One owner who loses leads. */
const ownerSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['Queue', 'User']),
  leads: count,
  /** Hours for which he has held the oldest of them; the least that is known. */
  oldest: z.number(),
});

/** What was asked for, so that a saved plan can be judged again. */
export const pullbackRequestSchema = z.object({
  /** Such as `3d`. */
  untouched: z.string(),
  /** Signs that do not count. */
  ignored: z.array(z.enum(SIGNS)),
  fromOwners: z.array(z.string()),
  to: z.string().optional(),
  rotation: z.string().optional(),
  /** Also from partner users who can take leads out of the rotation's queues. */
  claimed: z.boolean().optional(),
  where: z.string().optional(),
});

/** What a plan keeps besides its rows. */
export const pullbackDetailsSchema = z.object({
  request: pullbackRequestSchema,
  /** Whose leads, in words. */
  selection: z.string(),
  to: z.object({ id: z.string(), name: z.string() }),
  /** Leads that were looked at. */
  looked: count,
  untouched: count,
  /** Leads that stay, by reason. */
  left: z.partialRecord(z.enum(LEFT), count),
  owners: z.array(ownerSchema),
  /** The leads that were held longest, with the signs that are missing. */
  examples: z.array(z.object({ lead: z.string(), owner: z.string(), reason: z.string() })),
  /** Whether each is recorded in Lead_Assignment__c. */
  recorded: z.boolean(),
});

export type PullbackRequest = z.infer<typeof pullbackRequestSchema>;
export type PullbackDetails = z.infer<typeof pullbackDetailsSchema>;
