/** Result of `sf channel rotation publish-rule --json`. */
import { z } from 'zod';
import { receiptSchema, type Plan, type Receipt } from '../../runs/index.js';
import { publishDetailsSchema } from './details.js';
import { publishProofSchema, type PublishProof } from './proof.js';

export const rotationPublishRuleResultSchema = z.object({
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string(), username: z.string() }),
  state: z.enum(['planned', 'nothing-to-do', 'done', 'partly-done', 'stopped']),
  summary: publishDetailsSchema,
  warnings: z.array(z.string()),
  cost: z.object({ apiCalls: z.number().int(), formula: z.string() }),
  /** Null before the run, and where the rules could not be read again. */
  proof: publishProofSchema.nullable(),
  planFile: z.string().optional(),
  run: z.string().optional(),
  receipt: receiptSchema.optional(),
});

export type RotationPublishRuleResult = z.infer<typeof rotationPublishRuleResultSchema>;

type Input = { plan: Plan; planFile?: string; receipt?: Receipt; proof?: PublishProof };

export function rotationPublishRuleResult({ plan, planFile, receipt, proof }: Input): RotationPublishRuleResult {
  return {
    org: plan.org,
    state: receipt?.state ?? (plan.steps.length > 0 ? 'planned' : 'nothing-to-do'),
    summary: publishDetailsSchema.parse(plan.details),
    warnings: plan.warnings,
    cost: { apiCalls: plan.cost.apiCalls, formula: plan.cost.formula },
    proof: proof ?? null,
    planFile,
    ...(receipt ? { run: receipt.run, receipt } : {}),
  };
}
