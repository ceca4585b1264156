import { z } from 'zod';
import type { OrgIdentity } from '../../org/read/index.js';
import type { Decided } from '../decided.js';
import { exposureSchema, judge } from './verdict.js';

/** What `sf channel sharing check --json` answers. */
export const sharingCheckResultSchema = z.object({
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string(), username: z.string() }),
  decisions: z.string(),
  /** Everything could be read, and nothing is open that nobody decided to keep or to put off. */
  clean: z.boolean(),
  news: z.array(exposureSchema),
  deferred: z.array(exposureSchema),
  kept: z.number().int(),
  /** Decisions about exposures that are not there. */
  gone: z.array(z.string()),
  /** What could not be read, so that it is not known whether it is open. */
  unread: z.array(z.object({ source: z.string(), reason: z.string() })),
});

export type SharingCheckResult = z.infer<typeof sharingCheckResultSchema>;

/** The `--json` result of a check. */
export function checkResult(
  { id, domain, kind, username }: OrgIdentity,
  decisions: string,
  { merged, review }: Decided
): SharingCheckResult {
  const { news, deferred, kept, gone } = judge(merged);
  const org = { id, domain, kind, username };
  return {
    org,
    decisions,
    clean: news.length === 0 && review.notes.length === 0,
    news,
    deferred,
    kept,
    gone,
    unread: review.notes,
  };
}
