/** Result of `rotation import`. */
import { z } from 'zod';
import type { OrgIdentity } from '../../../org/read/index.js';
import { receiptSchema, type Plan, type Receipt } from '../../../runs/index.js';
import { importDetailsSchema } from './plan.js';

export const rotationImportResultSchema = z.object({
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string() }),
  state: z.enum(['planned', 'nothing-to-do', 'done', 'partly-done', 'stopped']),
  summary: importDetailsSchema,
  warnings: z.array(z.string()),
  cost: z.object({ apiCalls: z.number().int(), formula: z.string() }),
  planFile: z.string().optional(),
  run: z.string().optional(),
  receipt: receiptSchema.optional(),
});

export type RotationImportResult = z.infer<typeof rotationImportResultSchema>;

type Input = { org: OrgIdentity; plan: Plan; planFile?: string; receipt?: Receipt };

export function rotationImportResult({
  org: { id, domain, kind },
  plan,
  planFile,
  receipt,
}: Input): RotationImportResult {
  return {
    org: { id, domain, kind },
    state: receipt?.state ?? (plan.steps.length > 0 ? 'planned' : 'nothing-to-do'),
    summary: importDetailsSchema.parse(plan.details),
    warnings: plan.warnings,
    cost: { apiCalls: plan.cost.apiCalls, formula: plan.cost.formula },
    planFile,
    run: receipt?.run,
    receipt,
  };
}
