/** What the results of commands have in common that prove, beyond the run itself, what became of partners. */
import { z } from 'zod';
import { stepResultSchema, verificationSchema, type Plan, type Receipt } from '../runs/index.js';

/** Properties of a `--json` result. */
export const provedShape = {
  /** Id of the run; null for a dry run, or where nothing had to be done. */
  run: z.string().nullable(),
  state: z.enum(['nothing-to-do', 'planned', 'done', 'partly-done', 'stopped']),
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string(), username: z.string() }),
  warnings: z.array(z.string()),
  cost: z.object({
    apiCalls: z.number().int(),
    formula: z.string(),
    emails: z.number().int(),
    licences: z.number().int(),
  }),
  steps: z.array(stepResultSchema),
  verification: verificationSchema.nullable(),
};

type Proved = { [K in keyof typeof provedShape]: z.infer<(typeof provedShape)[K]> };

type Proof = { differences: readonly string[] };

/** Their values for a plan, and for its run and proof where there are some. A proof with differences is done in part. */
export function provedResult(plan: Plan, receipt: Receipt | undefined, proof: Proof | undefined): Proved {
  return {
    run: receipt?.run ?? null,
    state: stateOf(plan, receipt, proof),
    org: plan.org,
    warnings: plan.warnings,
    cost: plan.cost,
    steps: receipt?.steps ?? [],
    verification: receipt?.verification ?? null,
  };
}

function stateOf({ steps }: Plan, receipt: Receipt | undefined, proof: Proof | undefined): Proved['state'] {
  if (!receipt) return steps.length > 0 ? 'planned' : 'nothing-to-do';
  return receipt.state === 'done' && proof && proof.differences.length > 0 ? 'partly-done' : receipt.state;
}
