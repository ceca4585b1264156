/** Result of `sf channel lead notify-probe --json`. */
import { z } from 'zod';
import { planResultSchema } from '../plan-result.js';
import { probeDetailsSchema } from './probe-plan.js';
import { probeSchema } from './probes.js';

export const leadNotifyProbeResultSchema = planResultSchema(probeDetailsSchema.nullable())
  .partial({ warnings: true, cost: true })
  .extend({
    state: z.enum(['planned', 'nothing-to-do', 'done', 'partly-done', 'stopped', 'answered']),
    /** The probe as it is recorded; null before it was made. */
    probe: probeSchema.nullable(),
  });

export type LeadNotifyProbeResult = z.infer<typeof leadNotifyProbeResultSchema>;
