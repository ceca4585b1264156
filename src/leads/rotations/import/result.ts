/** Result of `rotation import`. */
import type { z } from 'zod';
import { planResult, planResultSchema, type PlanRun } from '../../plan-result.js';
import { importDetailsSchema } from './plan.js';

export const rotationImportResultSchema = planResultSchema(importDetailsSchema);

export type RotationImportResult = z.infer<typeof rotationImportResultSchema>;

export const rotationImportResult = (run: PlanRun): RotationImportResult =>
  planResult(run, importDetailsSchema.parse(run.plan.details));
