/** What the run commands answer under --json. */
import { z } from 'zod';
import { receiptSchema } from './receipt.js';
import { runSummarySchema } from './summary.js';

export const runListResultSchema = z.object({ runs: z.array(runSummarySchema) });

export const runShowResultSchema = z.object({
  run: runSummarySchema,
  receipt: receiptSchema.nullable(),
  warnings: z.array(z.string()),
});

export const runResumeResultSchema = z.object({ run: runSummarySchema, receipt: receiptSchema.nullable() });

export const runUndoResultSchema = z.object({
  /** The run that was undone. */
  undoes: z.string(),
  /** The run that did it; null for a dry run or when there was nothing to restore. */
  run: z.string().nullable(),
  state: z.enum(['planned', 'nothing-to-do', 'done', 'partly-done', 'stopped']),
  /** Records that still hold what the run wrote. */
  restorable: z.number().int(),
  /** Records that do not; they are left alone. */
  left: z.number().int(),
  receipt: receiptSchema.nullable(),
});

export type RunListResult = z.infer<typeof runListResultSchema>;
export type RunShowResult = z.infer<typeof runShowResultSchema>;
export type RunResumeResult = z.infer<typeof runResumeResultSchema>;
export type RunUndoResult = z.infer<typeof runUndoResultSchema>;
