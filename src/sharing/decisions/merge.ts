/** Brings decisions and findings together: what is new, what is decided, what must be looked at again. */
import type { Dormant, Finding, Subject } from '../finding.js';
import type { Decision, DecisionEntry, DecisionsFile, DecisionsOrg } from './format.js';

/**
 * `new`: not in the file. `decided`: as the file says. `reopened`: what was decided about is no longer what is there, so
 * the decision is open again. `dormant`: reaches nothing today; its decision waits.
 */
export type DecisionState = 'new' | 'decided' | 'reopened';

export type DecidedFinding = {
  finding: Finding;
  state: DecisionState;
  decision: Decision;
  reason?: string;
  by?: string;
  /** The former decision, where it is open again, and what has changed. */
  before?: { decision: Decision; reason?: string; differences: Difference[]; entry: DecisionEntry };
};

/** A field of the description that is not what it was. */
export type Difference = { field: keyof Subject; was: string; is: string };

export type Merged = {
  decided: DecidedFinding[];
  /** Decisions about ways outside that reach nothing today; the finding belongs to the last review. */
  dormant: Array<{ dormant: Dormant; entry?: DecisionEntry }>;
  /** Decisions about findings that are not there. */
  gone: DecisionEntry[];
};

export type Reviewed = { findings: readonly Finding[]; dormant: readonly Dormant[] };

/** Every finding with its decision; what the file does not know is open. */
export function mergeDecisions({ findings, dormant }: Reviewed, file: DecisionsFile | undefined): Merged {
  const entries = new Map([...(file?.notFound ?? []), ...(file?.entries ?? [])].map((entry) => [entry.key, entry]));
  const decided = findings.map((finding) => decide(finding, entries.get(finding.key)));
  const asleep = dormant.map((one) => ({ dormant: one, entry: entries.get(one.key) }));
  const known = new Set([...findings, ...dormant].map(({ key }) => key));
  return { decided, dormant: asleep, gone: [...entries.values()].filter(({ key }) => !known.has(key)) };
}

function decide(finding: Finding, entry: DecisionEntry | undefined): DecidedFinding {
  if (!entry || entry.decision === 'open') return { finding, state: 'new', decision: 'open' };
  const { decision, reason, by, digest, about } = entry;
  if (digest === finding.digest) return { finding, state: 'decided', decision, reason, by };
  const before = { decision, reason, differences: differencesOf(about, finding.subject), entry };
  return { finding, state: 'reopened', decision: 'open', before };
}

/** The finding with a decision that somebody made now. */
export const decideAs = (
  { finding }: DecidedFinding,
  made: { decision: Exclude<Decision, 'open'>; reason?: string; by?: string }
): DecidedFinding => ({ finding, state: 'decided', ...made });

/** What differs between two descriptions of a finding. */
export function differencesOf(was: Subject, is: Subject): Difference[] {
  const text = (value: Subject[keyof Subject]): string => (Array.isArray(value) ? value.join('; ') : value);
  const fields = ['kind', 'object', 'target', 'access', 'paths', 'fix'] as const;
  return fields
    .map((field) => ({ field, was: text(was[field]), is: text(is[field]) }))
    .filter((one) => one.was !== one.is);
}

/** The file that says the same, and remembers decisions whose findings are asleep or gone. */
export function fileOf({ decided, dormant, gone }: Merged, org: DecisionsOrg, writtenAt: string): DecisionsFile {
  return {
    org,
    writtenAt,
    entries: decided.map(entryOf),
    notFound: [...dormant.flatMap(({ entry }) => entry ?? []), ...gone],
  };
}

/** The entry of a finding. One that is open again keeps its former decision until somebody decides anew. */
export function entryOf({ finding, state, decision, reason, by, before }: DecidedFinding): DecisionEntry {
  if (state === 'reopened' && before) return before.entry;
  return {
    key: finding.key,
    decision,
    reason,
    by,
    finding: describe(finding),
    about: finding.subject,
    digest: finding.digest,
  };
}

/** A finding in one sentence without numbers. */
export const describe = ({ source, target, access }: Finding): string => `${source.label} gives ${access} to ${target}`;
