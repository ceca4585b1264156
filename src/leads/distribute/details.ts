import { z } from 'zod';

/** One member of a distribution, as plans and results show it. */
export const memberSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['Queue', 'User']),
  weight: z.number().int(),
  cap: z.number().int().optional(),
  before: z.number().int(),
  assigned: z.number().int(),
  moved: z.number().int(),
  share: z.number(),
  deviation: z.number(),
});

export const remainderSchema = z.object({ unit: z.number().int(), deficits: z.record(z.string(), z.number().int()) });

/** What a distribution keeps in its plan besides the rows. */
export const detailsSchema = z.object({
  selection: z.string(),
  selected: z.number().int(),
  assigned: z.number().int(),
  unchanged: z.number().int(),
  skipped: z.record(z.string(), z.number().int()),
  members: z.array(memberSchema),
  /** Largest deviation from the exact share at any sampled prefix, in leads. */
  worstDeviation: z.number(),
  /** Deviation of each member along the run, sampled. */
  samples: z.array(z.object({ lead: z.number().int(), deviations: z.array(z.number()) })),
  /** Run whose remainder this one repays. */
  carriedFrom: z.string().optional(),
  remainder: remainderSchema,
});

export type DistributionDetails = z.infer<typeof detailsSchema>;
