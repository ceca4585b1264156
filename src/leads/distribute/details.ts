import { z } from 'zod';

/** One member of a distribution, as plans and results show it. */
export const memberSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['Queue', 'User']),
  weight: z.number().int(),
  cap: z.number().int().optional(),
  /** Why it can take no lead at all. */
  blocked: z.string().optional(),
  before: z.number().int(),
  assigned: z.number().int(),
  moved: z.number().int(),
  share: z.number(),
  deviation: z.number(),
});

/** What a distribution keeps in its plan besides the rows. */
export const detailsSchema = z.object({
  selection: z.string(),
  selected: z.number().int(),
  assigned: z.number().int(),
  unchanged: z.number().int(),
  skipped: z.record(z.string(), z.number().int()),
  members: z.array(memberSchema),
  /** Largest deviation from the exact share at any moment, in leads. */
  worstDeviation: z.number(),
  /** Deviation of each member along the run, sampled. */
  samples: z.array(z.object({ lead: z.number().int(), deviations: z.array(z.number()) })),
  /** Run whose remainder this one repays. */
  carriedFrom: z.string().optional(),
  /** What members are owed afterwards, by id, in units of 1/LEDGER_UNIT lead. Absent where a rotation remembers it. */
  owed: z.record(z.string(), z.number().int()).optional(),
  balance: z.enum(['assigned', 'open-leads']),
  /** The rotation that says who takes part, by its key and the id of its record. */
  rotation: z.object({ key: z.string(), name: z.string(), id: z.string() }).optional(),
  /** Queue that got what no member could take, and how many leads that were. */
  fallback: z.object({ id: z.string(), name: z.string(), leads: z.number().int() }).optional(),
  /** Who loses leads, the most first. */
  from: z.array(z.object({ id: z.string(), name: z.string(), leads: z.number().int() })),
  /** Leads whose assignment is recorded in the org. */
  recorded: z.number().int(),
});

export type DistributionDetails = z.infer<typeof detailsSchema>;
