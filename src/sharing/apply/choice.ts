/** Which decisions are carried out here, and what stands against it. */
import type { Finding, Fix } from '../finding.js';
import {
  findConflicts,
  type Conflict,
  type DecidedFinding,
  type DecisionEntry,
  type Merged,
} from '../decisions/index.js';

export type Choice = {
  /** Findings to close, each by its fix. */
  convert: Finding[];
  kept: DecidedFinding[];
  /** Put off: somebody decided to decide later. */
  deferred: DecidedFinding[];
  /** Not decided, or decided about something that has changed since. */
  open: DecidedFinding[];
  /** Decided "convert", but only a person can do it. */
  byHand: Finding[];
  /** Decisions about what this org does not have. */
  notHere: DecisionEntry[];
  /** One membership that one decision keeps and another takes away. */
  conflicts: Conflict[];
};

/** Sorts the decisions by what is to be done. Ways outside that reach nothing today are closed too, if so decided. */
export function choose(merged: Merged): Choice {
  const { decided, dormant, gone } = merged;
  const sleeping = dormant.flatMap(({ dormant: finding, entry }): DecidedFinding[] =>
    entry?.digest === finding.digest ? [{ finding, state: 'decided', decision: entry.decision }] : []
  );
  const wanted = [...decided, ...sleeping].flatMap((one) => (one.decision === 'convert' ? [one.finding] : []));
  return {
    convert: wanted.filter(({ fix }) => fix.kind !== 'by-hand'),
    byHand: wanted.filter(({ fix }) => fix.kind === 'by-hand'),
    kept: decided.filter(({ decision }) => decision === 'keep'),
    deferred: decided.filter(({ decision }) => decision === 'defer'),
    open: decided.filter(({ decision }) => decision === 'open'),
    notHere: gone,
    conflicts: findConflicts([...decided, ...sleeping]),
  };
}

type FixOf<K extends Fix['kind']> = Extract<Fix, { kind: K }>;

/** The fixes of some kinds, each once. */
export function fixesOf<K extends Fix['kind']>(findings: readonly Finding[], ...kinds: K[]): Array<FixOf<K>> {
  const wanted: readonly string[] = kinds;
  const fixes = findings.flatMap(({ fix }) => (wanted.includes(fix.kind) ? [fix as FixOf<K>] : []));
  return [...new Map(fixes.map((fix) => [JSON.stringify(fix), fix])).values()];
}
