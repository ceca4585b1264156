/** Result of `sf channel lead reassign --json`. */
import { z } from 'zod';
import { rejectedSchema, shownRejected, type RejectedRow } from '../../partners/rejected.js';
import { receiptSchema, type Plan, type Receipt, type RunFolder } from '../../runs/index.js';
import { OWNER_STEP } from '../owners-step.js';
import { planResult, planResultSchema } from '../plan-result.js';
import type { OrgIdentity } from '../../org/read/index.js';
import { reassignDetailsSchema } from './details.js';

export const leadReassignResultSchema = planResultSchema(reassignDetailsSchema).extend({
  cost: z.object({ apiCalls: z.number().int(), formula: z.string(), emails: z.number().int() }),
  /** Rows of the file that were not carried out. */
  rejected: z.array(rejectedSchema),
  files: z.object({
    plan: z.string().nullable(),
    rows: z.string().nullable(),
    outcomes: z.string().nullable(),
    skipped: z.string().nullable(),
    rejected: z.string().nullable(),
  }),
  receipt: receiptSchema.optional(),
  /** Commands that make sense next. */
  next: z.array(z.string()),
});

export type LeadReassignResult = z.infer<typeof leadReassignResultSchema>;

type Input = {
  org: OrgIdentity;
  plan: Plan;
  planFile?: string;
  folder?: RunFolder;
  receipt?: Receipt;
  rejected: readonly RejectedRow[];
  rejectedFile?: string;
};

/** The result of a plan, and of its run where there is one. */
export function leadReassignResult(input: Input): LeadReassignResult {
  const { plan, planFile, folder, receipt, rejected, rejectedFile } = input;
  const result = planResult(input, reassignDetailsSchema.parse(plan.details));
  return {
    ...result,
    cost: { ...result.cost, emails: plan.cost.emails },
    rejected: rejected.map(shownRejected),
    files: {
      plan: planFile ?? folder?.plan ?? null,
      rows: folder?.rows(OWNER_STEP) ?? null,
      outcomes: folder?.outcomes(OWNER_STEP) ?? null,
      skipped: folder?.skipped ?? null,
      rejected: rejectedFile ?? null,
    },
    next: nextCommands(plan, receipt, planFile),
  };
}

function nextCommands({ org }: Plan, receipt: Receipt | undefined, planFile: string | undefined): string[] {
  const target = `--target-org ${org.username}`;
  if (!receipt) return planFile ? [`sf channel lead reassign ${target} --plan ${planFile}`] : [];
  const word = receipt.state === 'done' ? 'undo' : 'resume';
  return [`sf channel run show ${receipt.run}`, `sf channel run ${word} ${receipt.run} ${target}`];
}
