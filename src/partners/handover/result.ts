import { z } from 'zod';
import { stepResultSchema, verificationSchema, type Plan, type Receipt, type RunFolder } from '../../runs/index.js';
import { handoverDetailsSchema } from './details.js';
import { handoverProofSchema, type HandoverProof } from './proof.js';
import { sharesFile } from './shares.js';

/** What `sf channel partner handover --json` answers. */
export const partnerHandoverResultSchema = z.object({
  /** Id of the run; null for a dry run, or where nothing had to be done. */
  run: z.string().nullable(),
  state: z.enum(['nothing-to-do', 'planned', 'done', 'partly-done', 'stopped']),
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string(), username: z.string() }),
  handover: handoverDetailsSchema,
  warnings: z.array(z.string()),
  cost: z.object({
    apiCalls: z.number().int(),
    formula: z.string(),
    emails: z.number().int(),
    licences: z.number().int(),
  }),
  steps: z.array(stepResultSchema),
  verification: verificationSchema.nullable(),
  proof: handoverProofSchema.nullable(),
  /** `manualShares`: shares that ended with the old owner, to be given again by hand. */
  files: z.object({ plan: z.string().nullable(), manualShares: z.string().nullable() }),
  next: z.array(z.string()),
});

export type PartnerHandoverResult = z.infer<typeof partnerHandoverResultSchema>;

type Outcome = { plan: Plan; folder?: RunFolder; receipt?: Receipt; proof?: HandoverProof; planFile?: string };

/** The `--json` result of a plan, and of its run where there is one. */
export function handoverResult({ plan, folder, receipt, proof, planFile }: Outcome): PartnerHandoverResult {
  const handover = handoverDetailsSchema.parse(plan.details);
  const { accounts, leads } = handover.effects.manualShares;
  const hasShares = (accounts ?? 0) + (leads ?? 0) > 0;
  return {
    run: receipt?.run ?? null,
    state: stateOf(plan, receipt, proof),
    org: plan.org,
    handover,
    warnings: plan.warnings,
    cost: plan.cost,
    steps: receipt?.steps ?? [],
    verification: receipt?.verification ?? null,
    proof: proof ?? null,
    files: {
      plan: planFile ?? folder?.plan ?? null,
      manualShares: folder && receipt && hasShares ? sharesFile(folder) : null,
    },
    next: nextCommands(plan.org.username, receipt),
  };
}

function stateOf({ steps }: Plan, receipt?: Receipt, proof?: HandoverProof): PartnerHandoverResult['state'] {
  if (!receipt) return steps.length > 0 ? 'planned' : 'nothing-to-do';
  return receipt.state === 'done' && proof && proof.differences.length > 0 ? 'partly-done' : receipt.state;
}

function nextCommands(username: string, receipt: Receipt | undefined): string[] {
  const list = `sf channel partner list --target-org ${username}`;
  if (!receipt) return [list];
  const verb = receipt.state === 'done' ? 'undo' : 'resume';
  return [list, `sf channel run ${verb} ${receipt.run} --target-org ${username}`];
}
