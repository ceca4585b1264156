/** Result of `queue prepare`. */
import { z } from 'zod';
import { queueResult, resultSchema, type QueueRun } from '../result.js';
import { prepareDetailsSchema } from './plan.js';
import type { Proof } from './proof.js';

export const queuePrepareResultSchema = resultSchema(prepareDetailsSchema).extend({
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

export const queuePrepareResult = (run: QueueRun, proof?: Proof): QueuePrepareResult => ({
  ...queueResult(run, prepareDetailsSchema.parse(run.plan.details)),
  ...(proof ? { proof } : {}),
});
