/** Whether an org is as its decisions file says; pure. */
import { z } from 'zod';
import type { Decision, DecidedFinding, Merged } from '../decisions/index.js';
import type { Finding } from '../finding.js';

/**
 * Why an exposure is news: `new`, nobody decided about it; `reopened`, it is no longer what was decided about;
 * `still-open`, it was to be closed and is not, or is back.
 */
export const NEWS = ['new', 'reopened', 'still-open'] as const;

export const exposureSchema = z.object({
  key: z.string(),
  news: z.enum([...NEWS, 'deferred']),
  severity: z.string(),
  object: z.string(),
  source: z.string(),
  target: z.string(),
  records: z.number().int().nullable(),
  externalUsers: z.number().int().nullable(),
  latent: z.boolean(),
  /** What can be done. */
  fix: z.string(),
  /** What has changed since the decision. */
  differences: z.array(z.string()),
});

export type Exposure = z.infer<typeof exposureSchema>;

export type Verdict = {
  /** Exposures that fail the check. */
  news: Exposure[];
  /** Exposures of which somebody said "later". They do not fail the check. */
  deferred: Exposure[];
  kept: number;
  /** Decisions about exposures that are gone. */
  gone: string[];
};

/** Sorts findings by their decisions. A decision in the file counts only for what it was made about. */
export function judge({ decided, gone }: Merged): Verdict {
  const verdict: Verdict = { news: [], deferred: [], kept: 0, gone: gone.map(({ key }) => key) };
  for (const one of decided) {
    const kind = newsOf(one);
    if (kind === undefined) verdict.kept += 1;
    else (kind === 'deferred' ? verdict.deferred : verdict.news).push(exposureOf(one, kind));
  }
  return verdict;
}

const BY_DECISION: Readonly<Record<Decision, Exposure['news'] | undefined>> = {
  keep: undefined,
  convert: 'still-open',
  defer: 'deferred',
  open: 'new',
};

const newsOf = ({ state, decision }: DecidedFinding): Exposure['news'] | undefined =>
  state === 'decided' ? BY_DECISION[decision] : state;

function exposureOf({ finding, before }: DecidedFinding, news: Exposure['news']): Exposure {
  const { key, severity, object, source, target, latent, fix } = finding;
  return {
    key,
    news,
    severity,
    object,
    source: source.label,
    target,
    records: known(finding.recordsKnown, finding.records),
    externalUsers: known(finding.usersKnown, finding.externalUsers),
    latent,
    fix: fix.text,
    differences: (before?.differences ?? []).map(({ field, was, is }) => `${field}: ${was} → ${is}`),
  };
}

const known = (isKnown: Finding['recordsKnown'], count: number): number | null => (isKnown ? count : null);
