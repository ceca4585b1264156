import { z } from 'zod';
import type { Plan, Receipt, RunFolder } from '../../runs/index.js';
import { provedResult, provedShape } from '../proved-result.js';
import { handoverDetailsSchema } from './details.js';
import { handoverProofSchema, type HandoverProof } from './proof.js';
import { sharesFile } from './shares.js';

/** What `sf channel partner handover --json` answers. */
export const partnerHandoverResultSchema = z.object({
  ...provedShape,
  handover: handoverDetailsSchema,
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
    ...provedResult(plan, receipt, proof),
    handover,
    proof: proof ?? null,
    files: {
      plan: planFile ?? folder?.plan ?? null,
      manualShares: folder && receipt && hasShares ? sharesFile(folder) : null,
    },
    next: nextCommands(plan.org.username, receipt),
  };
}

function nextCommands(username: string, receipt: Receipt | undefined): string[] {
  const list = `sf channel partner list --target-org ${username}`;
  if (!receipt) return [list];
  const verb = receipt.state === 'done' ? 'undo' : 'resume';
  return [list, `sf channel run ${verb} ${receipt.run} --target-org ${username}`];
}
