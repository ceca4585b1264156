import { z } from 'zod';
import type { Plan, Receipt, RunFolder } from '../../runs/index.js';
import { provedResult, provedShape } from '../proved-result.js';
import { disableDetailsSchema, type DisableDetails } from './details.js';
import { disableProofSchema, type DisableProof } from './proof.js';

/** What `sf channel partner disable --json` answers. */
export const partnerDisableResultSchema = z.object({
  ...provedShape,
  losses: disableDetailsSchema,
  proof: disableProofSchema.nullable(),
  files: z.object({ plan: z.string().nullable() }),
  next: z.array(z.string()),
});

export type PartnerDisableResult = z.infer<typeof partnerDisableResultSchema>;

type Outcome = { plan: Plan; folder?: RunFolder; receipt?: Receipt; proof?: DisableProof; planFile?: string };

/** The `--json` result of a plan, and of its run where there is one. */
export function disableResult({ plan, folder, receipt, proof, planFile }: Outcome): PartnerDisableResult {
  const losses = disableDetailsSchema.parse(plan.details);
  return {
    ...provedResult(plan, receipt, proof),
    losses,
    proof: proof ?? null,
    files: { plan: planFile ?? folder?.plan ?? null },
    next: nextCommands(plan.org.username, losses, receipt, proof),
  };
}

/** Accounts that a command in a list of hints may name. */
const MOST_NAMED = 10;

function nextCommands(username: string, losses: DisableDetails, receipt?: Receipt, proof?: DisableProof): string[] {
  const org = `--target-org ${username}`;
  if (receipt && receipt.state !== 'done') return [`sf channel run resume ${receipt.run} ${org}`];
  const commands = [`sf channel partner list ${org}`];
  const lead = leadCommand(org, losses);
  if (lead) commands.push(lead);
  const left = proof?.stillActive ?? [];
  if (left.length > 0 && losses.named.length <= MOST_NAMED) {
    const accounts = losses.named.map((id) => `--account ${id}`).join(' ');
    commands.push(`sf channel partner disable ${org} ${accounts} --deactivate-rest`);
  }
  return commands;
}

/** How the leads of the users come to somebody who works on them: by their owners, who are known by id. */
function leadCommand(org: string, { accounts }: DisableDetails): string | undefined {
  const owners = accounts.filter(({ openLeads }) => (openLeads ?? 0) > 0).flatMap(({ users }) => users?.active ?? []);
  if (owners.length === 0 || owners.length > MOST_NAMED) return undefined;
  const ids = owners.map(({ id }) => `'${id}'`).join(',');
  return `sf channel lead distribute ${org} --where "IsConverted = false AND OwnerId IN (${ids})" --to QUEUE`;
}
