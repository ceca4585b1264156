/** Result of `partner enable`. */
import { z } from 'zod';
import type { OrgIdentity } from '../../org/read/index.js';
import { receiptSchema, type Plan, type Receipt } from '../../runs/index.js';
import { csvResult, csvSchema } from '../csv-result.js';
import { partnerState } from '../partner-state.js';
import { rejectedSchema, shownRejected, type RejectedRow } from '../rejected.js';
import type { Decided } from './decide.js';
import { enableDetailsSchema } from './plan.js';
import type { EnableSnapshot } from './read.js';

const accountSchema = z.object({
  /** Line of the CSV file. */
  line: z.number().int().optional(),
  /** Absent for an account that is to be made. */
  id: z.string().optional(),
  name: z.string(),
  action: z.enum(['create', 'enable', 'change-owner', 'unchanged']),
  ownerBefore: z.string().optional(),
  owner: z.string(),
  ownerId: z.string(),
});

export const partnerEnableResultSchema = z.object({
  org: z.object({ id: z.string(), name: z.string(), domain: z.string(), kind: z.string() }),
  state: z.enum(['planned', 'nothing-to-do', 'done', 'partly-done', 'stopped']),
  summary: enableDetailsSchema,
  /** All accounts asked for. Absent where a saved plan was applied: its rows lie beside it. */
  accounts: z.array(accountSchema).optional(),
  /** Rows that were not carried out, before or by the org. */
  rejected: z.array(rejectedSchema),
  rejectedFile: z.string().optional(),
  csv: csvSchema.optional(),
  warnings: z.array(z.string()),
  cost: z.object({ apiCalls: z.number().int(), formula: z.string() }),
  planFile: z.string().optional(),
  run: z.string().optional(),
  receipt: receiptSchema.optional(),
});

export type PartnerEnableResult = z.infer<typeof partnerEnableResultSchema>;

type Input = {
  org: OrgIdentity;
  plan: Plan;
  snapshot?: EnableSnapshot;
  rejected: readonly RejectedRow[];
  rejectedFile?: string;
  planFile?: string;
  receipt?: Receipt;
};

export function partnerEnableResult({ org, plan, snapshot, rejected, receipt, ...files }: Input): PartnerEnableResult {
  const { id, name, domain, kind } = org;
  const planned = plan.steps.length > 0 ? 'planned' : 'nothing-to-do';
  const done = receipt && partnerState(receipt, rejected);
  return {
    org: { id, name, domain, kind },
    state: done ?? planned,
    summary: enableDetailsSchema.parse(plan.details),
    accounts: snapshot?.decided.map(accountOf),
    rejected: rejected.map(shownRejected),
    csv: snapshot?.csv && csvResult(snapshot.csv, snapshot.unused),
    warnings: plan.warnings,
    cost: { apiCalls: plan.cost.apiCalls, formula: plan.cost.formula },
    ...files,
    run: receipt?.run,
    receipt,
  };
}

const accountOf = (one: Decided): z.infer<typeof accountSchema> => ({
  line: one.wish.line,
  id: one.account?.id,
  name: one.name,
  action: one.action,
  ownerBefore: one.account?.owner?.name,
  owner: one.owner.name,
  ownerId: one.owner.id,
});
