/** Results of commands that write queues. */
import { z } from 'zod';
import type { OrgIdentity } from '../../org/read/index.js';
import { receiptSchema, type Plan, type Receipt } from '../../runs/index.js';
import { membersDetailsSchema } from './change.js';
import { createDetailsSchema } from './create.js';

/** Shape of the results; `summary` is what the plan is about. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- zod infers it
export const resultSchema = <T extends z.ZodType>(summary: T) =>
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

export const queueCreateResultSchema = resultSchema(createDetailsSchema);
export const queueMembersResultSchema = resultSchema(membersDetailsSchema);

export type QueueCreateResult = z.infer<typeof queueCreateResultSchema>;
export type QueueMembersResult = z.infer<typeof queueMembersResultSchema>;

export type QueueRun = { org: OrgIdentity; plan: Plan; planFile?: string; receipt?: Receipt };

type QueueResult<S> = Omit<QueueCreateResult, 'summary'> & { summary: S };

/** What all of them say. */
export const queueResult = <S>(
  { org: { id, domain, kind }, plan, planFile, receipt }: QueueRun,
  summary: S
): QueueResult<S> => ({
  org: { id, domain, kind },
  state: receipt?.state ?? (plan.steps.length > 0 ? ('planned' as const) : ('nothing-to-do' as const)),
  summary,
  warnings: plan.warnings,
  cost: { apiCalls: plan.cost.apiCalls, formula: plan.cost.formula },
  planFile,
  run: receipt?.run,
  receipt,
});
