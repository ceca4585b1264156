/** Rows of the tables on the screen. */
import type { LeadReportResult, ReportedOwner } from './result.js';

/** Owners that are shown; all of them are in the result. */
export const MOST_OWNERS = 20;

export const ownerRows = (owners: readonly ReportedOwner[]): Array<Record<string, string | number>> =>
  owners
    .slice(0, MOST_OWNERS)
    .map(({ name, got, lost, claimed, accepted, declined, pulledBack, openNow, convertedNow, untouchedNow }) => ({
      name,
      got,
      lost,
      claimed,
      accepted,
      declined,
      pulledBack,
      open: openNow,
      converted: convertedNow,
      untouched: untouchedNow ?? '',
    }));

type Row = Record<'what' | 'member' | 'weight' | 'given' | 'share' | 'off', string | number>;

/** Leads with two digits; what rounds to none has no sign. */
const distance = (leads: number): string => leads.toFixed(2).replace(/^-(0\.00)$/, '$1');

/** Members of distributions with their exact shares, then those of rotations with what they are owed. */
export function fairnessRows({ rotations, distributions }: LeadReportResult['fairness']): Row[] {
  const ofRuns = distributions.flatMap(({ run, members }) =>
    members.map(({ name: member, weight, given, share, deviation }) => ({
      what: run,
      member,
      weight,
      given,
      share: share.toFixed(2),
      off: distance(deviation),
    }))
  );
  const ofRotations = rotations.flatMap(({ key, members }) =>
    members.map(({ name: member, weight, given, owed }) => ({
      what: key,
      member,
      weight,
      given,
      share: '',
      // Who is owed a lead is behind by it.
      off: distance(-owed),
    }))
  );
  return [...ofRuns, ...ofRotations];
}
