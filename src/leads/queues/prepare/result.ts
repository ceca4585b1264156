/** Result of `queue prepare`. */
import { z } from 'zod';
import { planResult, planResultSchema, type PlanRun } from '../../plan-result.js';
import { prepareDetailsSchema } from './plan.js';
import type { Proof } from './proof.js';

export const queuePrepareResultSchema = planResultSchema(prepareDetailsSchema).extend({
  /** Whether one of the partners reads a lead of the queue. Absent where nothing was applied. */
  proof: z
    .object({
      user: z.string(),
      lead: z.string().nullable(),
      reads: z.boolean().nullable(),
      reason: z.string().optional(),
    })
    .optional(),
});

export type QueuePrepareResult = z.infer<typeof queuePrepareResultSchema>;

export const queuePrepareResult = (run: PlanRun, proof?: Proof): QueuePrepareResult => ({
  ...planResult(run, prepareDetailsSchema.parse(run.plan.details)),
  ...(proof ? { proof } : {}),
});
