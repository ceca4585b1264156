/** Result of `sf channel lead assign --json`. */
import { z } from 'zod';
import { receiptSchema, type Plan, type Receipt, type RunFolder } from '../../runs/index.js';
import { assignDetailsSchema } from './details.js';
import { ASSIGN_STEP } from './plan.js';
import { wentSchema, type Went } from './went.js';

export const leadAssignResultSchema = z.object({
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string(), username: z.string() }),
  state: z.enum(['planned', 'nothing-to-do', 'done', 'partly-done', 'stopped']),
  summary: assignDetailsSchema,
  /** Where leads went; null before the run, and where it could not be read. */
  went: wentSchema.nullable(),
  warnings: z.array(z.string()),
  cost: z.object({ apiCalls: z.number().int(), formula: z.string(), emails: z.number().int() }),
  files: z.object({
    plan: z.string().nullable(),
    outcomes: z.string().nullable(),
    owners: z.string().nullable(),
    skipped: z.string().nullable(),
  }),
  run: z.string().optional(),
  receipt: receiptSchema.optional(),
  /** Commands that make sense next. */
  next: z.array(z.string()),
});

export type LeadAssignResult = z.infer<typeof leadAssignResultSchema>;

type Input = { plan: Plan; planFile?: string; folder?: RunFolder; receipt?: Receipt; went?: Went };

export function leadAssignResult({ plan, planFile, folder, receipt, went }: Input): LeadAssignResult {
  const { apiCalls, formula, emails } = plan.cost;
  return {
    org: plan.org,
    state: receipt?.state ?? (plan.steps.length > 0 ? 'planned' : 'nothing-to-do'),
    summary: assignDetailsSchema.parse(plan.details),
    went: went ?? null,
    warnings: plan.warnings,
    cost: { apiCalls, formula, emails },
    files: {
      plan: planFile ?? folder?.plan ?? null,
      outcomes: folder?.outcomes(ASSIGN_STEP) ?? null,
      owners: folder?.stepFile(ASSIGN_STEP, 'owners.csv') ?? null,
      skipped: folder?.skipped ?? null,
    },
    ...(receipt ? { run: receipt.run, receipt } : {}),
    next: nextCommands(plan, receipt, planFile),
  };
}

function nextCommands({ org }: Plan, receipt: Receipt | undefined, planFile: string | undefined): string[] {
  const target = `--target-org ${org.username}`;
  if (!receipt) return planFile ? [`sf channel lead assign ${target} --plan ${planFile}`] : [];
  const word = receipt.state === 'done' ? 'undo' : 'resume';
  return [`sf channel run show ${receipt.run}`, `sf channel run ${word} ${receipt.run} ${target}`];
}
