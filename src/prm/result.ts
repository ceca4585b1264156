import { z } from 'zod';
import { stepResultSchema, verificationSchema, type Receipt, type RunFolder } from '../runs/index.js';
import { checkSchema } from './preflight.js';
import { prmDetailsSchema, settingChangeSchema } from './plan.js';
import type { Prepared } from './prepare.js';
import { proofSchema, type Proof } from './proof.js';

/** What `sf channel prm enable --json` answers. */
export const prmEnableResultSchema = z.object({
  /** Id of the run; null for a dry run, or where nothing had to be done. */
  run: z.string().nullable(),
  state: z.enum(['already-enabled', 'planned', 'refused', 'done', 'partly-done', 'stopped']),
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string(), username: z.string() }),
  checks: z.array(checkSchema),
  changes: z.array(settingChangeSchema),
  partnerRoles: z.number().int().nullable(),
  result: stepResultSchema.nullable(),
  verification: verificationSchema.nullable(),
  proof: proofSchema.nullable(),
  files: z.object({ plan: z.string().nullable(), receipt: z.string().nullable() }),
  next: z.array(z.string()),
});

export type PrmEnableResult = z.infer<typeof prmEnableResultSchema>;

type Outcome = {
  prepared: Prepared;
  state: PrmEnableResult['state'];
  receipt?: Receipt;
  folder?: RunFolder;
  proof?: Proof;
  planFile?: string;
  /** Receipt of the rehearsal that this was. */
  receiptFile?: string;
};

/** The `--json` result of a plan, and of its run where there is one. */
export function prmResult({
  prepared,
  state,
  receipt,
  folder,
  proof,
  planFile,
  receiptFile,
}: Outcome): PrmEnableResult {
  const { plan, checks, changes } = prepared;
  return {
    run: receipt?.run ?? null,
    state,
    org: plan.org,
    checks,
    changes,
    partnerRoles: prmDetailsSchema.parse(plan.details).partnerRoles,
    result: receipt?.steps[0] ?? null,
    verification: receipt?.verification ?? null,
    proof: proof ?? null,
    files: { plan: planFile ?? folder?.plan ?? null, receipt: receiptFile ?? null },
    next: nextCommands(state, plan.org.username, receipt?.run),
  };
}

function nextCommands(state: PrmEnableResult['state'], username: string, run: string | undefined): string[] {
  const review = `sf channel sharing review --target-org ${username}`;
  if (state === 'done' || state === 'already-enabled') return [review];
  if (run !== undefined) return [`sf channel run resume ${run} --target-org ${username}`];
  return [review, `sf channel prm enable --target-org ${username}`];
}
