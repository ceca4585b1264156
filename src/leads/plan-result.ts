/** Results of commands that carry a plan out, where nothing but the plan's own summary is special about them. */
import { z } from 'zod';
import type { OrgIdentity } from '../org/read/index.js';
import { receiptSchema, type Plan, type Receipt } from '../runs/index.js';

/** Shape of the results; `summary` is what the plan is about. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- zod infers it
export const planResultSchema = <T extends z.ZodType>(summary: T) =>
  z.object({
    org: z.object({ id: z.string(), domain: z.string(), kind: z.string() }),
    state: z.enum(['planned', 'nothing-to-do', 'done', 'partly-done', 'stopped']),
    summary,
    warnings: z.array(z.string()),
    cost: z.object({ apiCalls: z.number().int(), formula: z.string() }),
    planFile: z.string().optional(),
    run: z.string().optional(),
    receipt: receiptSchema.optional(),
  });

/** A plan, and what came of it where it was applied. */
export type PlanRun = { org: OrgIdentity; plan: Plan; planFile?: string; receipt?: Receipt };

type PlanResult<S> = Omit<z.infer<ReturnType<typeof planResultSchema>>, 'summary'> & { summary: S };

/** What all of them say. */
export const planResult = <S>(
  { org: { id, domain, kind }, plan, planFile, receipt }: PlanRun,
  summary: S
): PlanResult<S> => ({
  org: { id, domain, kind },
  state: receipt?.state ?? (plan.steps.length > 0 ? ('planned' as const) : ('nothing-to-do' as const)),
  summary,
  warnings: plan.warnings,
  cost: { apiCalls: plan.cost.apiCalls, formula: plan.cost.formula },
  planFile,
  run: receipt?.run,
  receipt,
});
