import { z } from 'zod';
import type { Plan, Receipt, RunFolder } from '../../runs/index.js';
import { plannedRows, stepResultSchema, verificationSchema } from '../../runs/index.js';
import { detailsSchema, memberSchema } from './details.js';
import { OWNER_STEP } from '../owners-step.js';

/** Result of `sf channel lead distribute --json`. */
export const distributeResultSchema = z.object({
  /** Run id; null for a dry run or when nothing was to be changed. */
  run: z.string().nullable(),
  state: z.enum(['planned', 'nothing-to-do', 'done', 'partly-done', 'stopped']),
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string(), username: z.string() }),
  selected: z.number().int(),
  assigned: z.number().int(),
  unchanged: z.number().int(),
  /** Leads that are not part of the plan, by reason. */
  skipped: z.record(z.string(), z.number().int()),
  /** Largest distance from the exact share at any moment of the plan, in leads. */
  worstDeviation: z.number(),
  members: z.array(memberSchema),
  balance: detailsSchema.shape.balance,
  rotation: detailsSchema.shape.rotation,
  /** Queue for leads that no member can take, and how many those are. */
  fallback: detailsSchema.shape.fallback,
  from: detailsSchema.shape.from,
  recorded: detailsSchema.shape.recorded,
  carriedFrom: detailsSchema.shape.carriedFrom,
  /** Lock that the org keeps while the plan is applied; null where it keeps none. */
  lock: z.string().nullable(),
  cost: z.object({
    apiCalls: z.number().int(),
    formula: z.string(),
    emails: z.number().int(),
    licences: z.number().int(),
  }),
  warnings: z.array(z.string()),
  /** What became of the rows; null before they are written. */
  result: stepResultSchema.nullable(),
  verification: verificationSchema.nullable(),
  files: z.object({
    folder: z.string().nullable(),
    plan: z.string().nullable(),
    rows: z.string().nullable(),
    skipped: z.string().nullable(),
    outcomes: z.string().nullable(),
    receipt: z.string().nullable(),
    report: z.string().nullable(),
  }),
  /** Commands that make sense next. */
  next: z.array(z.string()),
});

export type DistributeResult = z.infer<typeof distributeResultSchema>;

type Outcome = { plan: Plan; folder?: RunFolder; receipt?: Receipt; planFile?: string };

/** The `--json` result of a plan, and of its run where there is one. */
export function distributeResult({ plan, folder, receipt, planFile }: Outcome): DistributeResult {
  const details = detailsSchema.parse(plan.details);
  const { selected, assigned, unchanged, skipped, worstDeviation, members } = details;
  const { balance, rotation, fallback, from, recorded, carriedFrom } = details;
  const moves = plannedRows(plan) > 0;
  return {
    run: receipt?.run ?? null,
    state: receipt?.state ?? (moves ? 'planned' : 'nothing-to-do'),
    org: plan.org,
    selected,
    assigned,
    unchanged,
    skipped,
    worstDeviation,
    members,
    ...{ balance, rotation, fallback, from, recorded, carriedFrom },
    lock: plan.lock?.key ?? null,
    cost: plan.cost,
    warnings: plan.warnings,
    result: receipt?.steps[0] ?? null,
    verification: receipt?.verification ?? null,
    files: { ...filesOf(folder), plan: planFile ?? folder?.plan ?? null },
    next: nextCommands(plan, receipt, planFile),
  };
}

function filesOf(folder: RunFolder | undefined): Omit<DistributeResult['files'], 'plan'> {
  if (!folder) return { folder: null, rows: null, skipped: null, outcomes: null, receipt: null, report: null };
  const { path, skipped, receipt, report } = folder;
  return {
    folder: path,
    rows: folder.rows(OWNER_STEP),
    skipped,
    outcomes: folder.outcomes(OWNER_STEP),
    receipt,
    report,
  };
}

/** Commands that make sense after a plan, or after its run. */
export function nextCommands(plan: Plan, receipt?: Receipt, planFile?: string): string[] {
  const org = `--target-org ${plan.org.username}`;
  if (!receipt) return planFile ? [`sf channel lead distribute ${org} --plan ${planFile}`] : [];
  const show = `sf channel run show ${receipt.run}`;
  return receipt.state === 'done'
    ? [show, `sf channel run undo ${receipt.run} ${org}`]
    : [show, `sf channel run resume ${receipt.run} ${org}`];
}
