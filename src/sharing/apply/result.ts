import { z } from 'zod';
import { stepResultSchema, verificationSchema, type Receipt, type RunFolder } from '../../runs/index.js';
import type { Prepared } from './prepare.js';
import { applyDetailsSchema } from './plan.js';
import { closingProofSchema, type ClosingProof } from './proof.js';

const byKey = z.object({ key: z.string(), text: z.string() });

/** What `sf channel sharing apply --json` answers. */
export const sharingApplyResultSchema = z.object({
  /** Id of the run; null for a dry run, or where nothing had to be done. */
  run: z.string().nullable(),
  state: z.enum(['nothing-to-do', 'planned', 'done', 'partly-done', 'stopped']),
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string(), username: z.string() }),
  /** Findings that are closed, with what is done about each. */
  closes: z.array(byKey),
  /** Decided "convert", but only a person can do it: what to click. */
  byHand: z.array(byKey),
  kept: z.number().int(),
  /** Findings of which somebody said "later". */
  deferred: z.array(z.string()),
  /** Findings without a decision, or whose decision is about something else by now. */
  undecided: z.array(z.string()),
  /** Decisions about what this org does not have. */
  notHere: z.array(z.string()),
  /** Where the decisions come from another org: what is different here. */
  different: z.array(z.object({ key: z.string(), differences: z.array(z.string()) })),
  warnings: z.array(z.string()),
  cost: z.object({
    apiCalls: z.number().int(),
    formula: z.string(),
    emails: z.number().int(),
    licences: z.number().int(),
  }),
  steps: z.array(stepResultSchema),
  verification: verificationSchema.nullable(),
  proof: closingProofSchema.nullable(),
  /** `backup`: folder with the zips that bring everything back. */
  files: z.object({ plan: z.string().nullable(), backup: z.string().nullable() }),
  next: z.array(z.string()),
});

export type SharingApplyResult = z.infer<typeof sharingApplyResultSchema>;

type Outcome = {
  prepared: Prepared;
  folder?: RunFolder;
  receipt?: Receipt;
  proof?: ClosingProof;
  planFile?: string;
};

/** The `--json` result of a plan, and of its run where there is one. */
export function applyResult({ prepared, folder, receipt, proof, planFile }: Outcome): SharingApplyResult {
  const { plan, choice, decided } = prepared;
  return {
    run: receipt?.run ?? null,
    state: stateOf(prepared, receipt, proof),
    org: plan.org,
    closes: applyDetailsSchema.parse(plan.details).closes.map(({ key, fix: text }) => ({ key, text })),
    byHand: choice.byHand.map(({ key, fix }) => ({ key, text: fix.text })),
    kept: choice.kept.length,
    deferred: choice.deferred.map(({ finding }) => finding.key),
    undecided: choice.open.map(({ finding }) => finding.key),
    notHere: choice.notHere.map(({ key }) => key),
    different: (decided.promotion?.different ?? []).map(({ entry, differences }) => ({
      key: entry.key,
      differences: differences.map(({ field, was, is }) => `${field}: ${was} → ${is}`),
    })),
    warnings: plan.warnings,
    cost: plan.cost,
    steps: receipt?.steps ?? [],
    verification: receipt?.verification ?? null,
    proof: proof ?? null,
    files: { plan: planFile ?? folder?.plan ?? null, backup: folder?.path ?? null },
    next: nextCommands(plan.org.username, receipt),
  };
}

function stateOf({ plan }: Prepared, receipt?: Receipt, proof?: ClosingProof): SharingApplyResult['state'] {
  if (!receipt) return plan.steps.length > 0 ? 'planned' : 'nothing-to-do';
  return receipt.state === 'done' && proof && proof.open.length > 0 ? 'partly-done' : receipt.state;
}

function nextCommands(username: string, receipt: Receipt | undefined): string[] {
  if (!receipt) return [`sf channel sharing review --target-org ${username}`];
  if (receipt.state === 'stopped') return [`sf channel run resume ${receipt.run} --target-org ${username}`];
  return [
    `sf channel sharing check --target-org ${username} --decisions FILE`,
    `sf channel run undo ${receipt.run} --target-org ${username}`,
  ];
}
