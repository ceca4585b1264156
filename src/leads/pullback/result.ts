/** Result of `sf channel lead pullback --json`. */
import type { z } from 'zod';
import { planResult, planResultSchema, type PlanRun } from '../plan-result.js';
import { pullbackDetailsSchema } from './details.js';

export const leadPullbackResultSchema = planResultSchema(pullbackDetailsSchema);

export type LeadPullbackResult = z.infer<typeof leadPullbackResultSchema>;

export const leadPullbackResult = (run: PlanRun): LeadPullbackResult =>
  planResult(run, pullbackDetailsSchema.parse(run.plan.details));
