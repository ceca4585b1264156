import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { RunFolder } from './store/folder.js';

export const movedSchema = z.object({ received: z.number().int(), gave: z.number().int() });

/** What a step came to, in rows, components or members. `changed` rows were left alone because somebody had changed them since the plan. */
export const stepResultSchema = z.object({
  step: z.string(),
  kind: z.enum([
    'update-rows',
    'assign-rows',
    'records',
    'deploy',
    'members',
    'await-access',
    'site-members',
    'publish-site',
    'send-login',
    'notify',
    'rotation-counts',
  ]),
  /** Object and field of an update; empty for other kinds. */
  object: z.string(),
  field: z.string(),
  rows: z.number().int(),
  done: z.number().int(),
  changed: z.number().int(),
  failed: z.number().int(),
  pending: z.number().int(),
  /** Rows each value received and gave. */
  moved: z.record(z.string(), movedSchema),
  /** Failures by Salesforce error code. */
  errors: z.array(z.object({ code: z.string(), message: z.string(), rows: z.number().int() })),
});

/** Proof that the org holds what the run says. `agrees` is null where it could not be asked. */
export const verificationSchema = z.object({
  method: z.string(),
  agrees: z.boolean().nullable(),
  differences: z.array(z.string()),
});

export const receiptSchema = z.object({
  run: z.string(),
  kind: z.string(),
  plan: z.string(),
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string(), username: z.string() }),
  startedAt: z.string(),
  endedAt: z.string(),
  state: z.enum(['done', 'partly-done', 'stopped']),
  /** Why a stopped run stopped. */
  reason: z.string().optional(),
  failure: z
    .enum(['refused', 'unknown', 'expired', 'limit', 'timeout', 'lock-held', 'lock-lost', 'lock-stale'])
    .optional(),
  steps: z.array(stepResultSchema),
  verification: verificationSchema.optional(),
  /** What could not be excluded, in a sentence. */
  window: z.string(),
  /** Run that undid this one. */
  undoneBy: z.string().optional(),
});

export type StepResult = z.infer<typeof stepResultSchema>;
export type Verification = z.infer<typeof verificationSchema>;
export type Receipt = z.infer<typeof receiptSchema>;

/** The receipt of a run, or undefined while it has none. */
export async function readReceipt(folder: RunFolder): Promise<Receipt | undefined> {
  const text = await readFile(folder.receipt, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : receiptSchema.parse(JSON.parse(text));
}
