/** What the practice commands answer under --json. */
import { z } from 'zod';

const count = z.number().int();

export const practiceStartResultSchema = z.object({
  url: z.string(),
  port: count,
  pid: count,
  orgId: z.string(),
  username: z.string(),
  alias: z.string(),
  /** The org ran before this command. */
  alreadyRunning: z.boolean(),
});

export const practiceStopResultSchema = z.object({ stopped: z.boolean(), folder: z.string() });

export const practiceOpenResultSchema = z.object({
  /** Address for one visit within two minutes. */
  url: z.string(),
  /** The package was deployed by this command. */
  installed: z.boolean(),
  /** A browser took the address. */
  opened: z.boolean(),
});

export const practiceStatusResultSchema = z.object({
  running: z.boolean(),
  folder: z.string(),
  status: z
    .object({
      url: z.string(),
      port: count,
      started: z.string(),
      version: z.string(),
      pid: count,
      orgId: z.string(),
      now: z.string(),
      counts: z.record(z.string(), count),
      variants: z.record(z.string(), z.string()),
      apiUsage: z.string(),
      requests: count,
      faults: count,
      unsupported: z.array(z.object({ what: z.string(), count, last: z.string() })),
    })
    .nullable(),
});

export const practiceResetResultSchema = z.object({ reset: z.boolean(), counts: z.record(z.string(), count) });

export const practiceOutboxResultSchema = z.object({
  mails: z.array(
    z.object({
      id: count,
      at: z.string(),
      kind: z.string(),
      template: z.string().optional(),
      to: z.array(z.string()),
      from: z.string(),
      subject: z.string(),
      body: z.string(),
      link: z.string().optional(),
      relatedId: z.string().optional(),
      delivered: z.boolean(),
      reason: z.string().optional(),
    })
  ),
});

export type PracticeStartResult = z.infer<typeof practiceStartResultSchema>;
export type PracticeStopResult = z.infer<typeof practiceStopResultSchema>;
export type PracticeOpenResult = z.infer<typeof practiceOpenResultSchema>;
export type PracticeStatusResult = z.infer<typeof practiceStatusResultSchema>;
export type PracticeResetResult = z.infer<typeof practiceResetResultSchema>;
export type PracticeOutboxResult = z.infer<typeof practiceOutboxResultSchema>;
