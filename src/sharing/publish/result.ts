/** Results of `sharing publish` and `sharing collect`. */
import type { z } from 'zod';
import { planResult, planResultSchema, type PlanRun } from '../../leads/plan-result.js';
import { collectDetailsSchema } from './collect.js';
import { publishDetailsSchema } from './plan.js';

export const sharingPublishResultSchema = planResultSchema(publishDetailsSchema);
export const sharingCollectResultSchema = planResultSchema(collectDetailsSchema);

export type SharingPublishResult = z.infer<typeof sharingPublishResultSchema>;
export type SharingCollectResult = z.infer<typeof sharingCollectResultSchema>;

export const sharingPublishResult = (run: PlanRun): SharingPublishResult =>
  planResult(run, publishDetailsSchema.parse(run.plan.details));

export const sharingCollectResult = (run: PlanRun): SharingCollectResult =>
  planResult(run, collectDetailsSchema.parse(run.plan.details));
