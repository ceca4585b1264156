/** What results say of repairs. */
import { z } from 'zod';
import { receiptSchema } from '../../runs/index.js';
import { repairDetailsSchema } from './details.js';

export const repairResultSchema = z.object({
  /** What could be repaired. */
  offered: repairDetailsSchema,
  /** What the plan repairs. */
  chosen: repairDetailsSchema,
  state: z.enum(['nothing-to-repair', 'nothing-chosen', 'planned', 'done', 'partly-done', 'stopped']),
  planFile: z.string().optional(),
  run: z.string().optional(),
  receipt: receiptSchema.optional(),
});

export type RepairResult = z.infer<typeof repairResultSchema>;
