import { z } from 'zod';

/** Format of plan files; raised when an older program could misread one. */
export const PLAN_FORMAT = 1;

/** A step that sets one field of many records. Its rows are in a CSV file beside the plan, sorted by id. */
export const updateRowsStepSchema = z.object({
  id: z.string(),
  kind: z.literal('update-rows'),
  title: z.string(),
  object: z.string(),
  field: z.string(),
  rows: z.object({ file: z.string(), count: z.number().int(), sha256: z.string() }),
  /** Latest SystemModstamp of the snapshot: rows changed after the snapshot have this stamp or a later one. */
  since: z.string(),
  /** The different new values, where they are few: verification counts by them. */
  values: z.array(z.string()),
  undo: z.enum(['exact', 'best-effort', 'none']),
});

export const planSchema = z.object({
  format: z.literal(PLAN_FORMAT),
  kind: z.string(),
  title: z.string(),
  createdAt: z.iso.datetime(),
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string(), username: z.string() }),
  /** Hash of the configuration the plan relied on: settings, members, rules; not of row contents. */
  fingerprint: z.string(),
  steps: z.array(updateRowsStepSchema),
  warnings: z.array(z.string()),
  cost: z.object({
    apiCalls: z.number().int(),
    formula: z.string(),
    emails: z.number().int(),
    licences: z.number().int(),
  }),
  /** What the domain that made the plan wants to find again, such as members and shares. */
  details: z.record(z.string(), z.unknown()),
});

export type UpdateRowsStep = z.infer<typeof updateRowsStepSchema>;
export type PlanStep = UpdateRowsStep;
export type Plan = z.infer<typeof planSchema>;

/** Rows that all steps change together. */
export const plannedRows = (plan: Plan): number => plan.steps.reduce((sum, step) => sum + step.rows.count, 0);
