import { z } from 'zod';
import { stepResultSchema, verificationSchema, type Plan, type Receipt, type RunFolder } from '../../runs/index.js';
import { disableDetailsSchema, type DisableDetails } from './details.js';
import { disableProofSchema, type DisableProof } from './proof.js';

/** What `sf channel partner disable --json` answers. */
export const partnerDisableResultSchema = z.object({
  /** Id of the run; null for a dry run, or where nothing had to be done. */
  run: z.string().nullable(),
  state: z.enum(['nothing-to-do', 'planned', 'done', 'partly-done', 'stopped']),
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string(), username: z.string() }),
  losses: disableDetailsSchema,
  warnings: z.array(z.string()),
  cost: z.object({
    apiCalls: z.number().int(),
    formula: z.string(),
    emails: z.number().int(),
    licences: z.number().int(),
  }),
  steps: z.array(stepResultSchema),
  verification: verificationSchema.nullable(),
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
    run: receipt?.run ?? null,
    state: stateOf(plan, receipt, proof),
    org: plan.org,
    losses,
    warnings: plan.warnings,
    cost: plan.cost,
    steps: receipt?.steps ?? [],
    verification: receipt?.verification ?? null,
    proof: proof ?? null,
    files: { plan: planFile ?? folder?.plan ?? null },
    next: nextCommands(plan.org.username, losses, receipt, proof),
  };
}

function stateOf({ steps }: Plan, receipt?: Receipt, proof?: DisableProof): PartnerDisableResult['state'] {
  if (!receipt) return steps.length > 0 ? 'planned' : 'nothing-to-do';
  return receipt.state === 'done' && proof && proof.differences.length > 0 ? 'partly-done' : receipt.state;
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
