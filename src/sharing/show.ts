/** A review on the terminal: a table a step, what is not known, and what to do next. */
import type { DecisionSession } from './decisions/index.js';
import { edgeText } from './analyse/fixes.js';
import type { SharingReviewResult } from './result.js';
import { usersOf } from './words.js';

type Row = Record<string, string | number>;

/** Where lines go; a command prints them. */
export type Printer = {
  log(line: string): void;
  warn(line: string): void;
  table(options: { title: string; data: Row[]; columns: string[] }): void;
};

type Shown = SharingReviewResult['findings'][number];

const TITLES = { 1: 'Step 1: sharing rules', 2: 'Step 2: folders', 3: 'Step 3: everything else' } as const;

export function showReview(result: SharingReviewResult, session: DecisionSession, username: string, to: Printer): void {
  for (const step of [1, 2, 3] as const) {
    const findings = result.findings.filter((one) => one.step === step);
    if (step < 3 && !result.known.definitions) to.warn(`${TITLES[step]}: not known, because they could not be read.`);
    else if (findings.length === 0) to.log(`${TITLES[step]}: nothing leads outside.`);
    else
      to.table({
        title: TITLES[step],
        data: findings.map(rowOf),
        columns: ['severity', 'source', 'target', 'reaches', 'records', 'decision'],
      });
  }
  for (const warning of result.warnings) to.warn(warning);
  for (const { source, reason } of result.notes) to.warn(`Not known: ${source}. ${reason}`);
  showChanges(result, to);
  showPromotion(session, to);
  showConflicts(result, to);
  showSummary(result, username, to);
}

const rowOf = (finding: Shown): Row => ({
  severity: finding.severity,
  source: finding.source.label,
  target: finding.target,
  reaches: usersOf(finding),
  records: finding.recordsKnown ? finding.records : '',
  decision: finding.state === 'reopened' ? 'open (changed)' : finding.decision,
});

function showChanges({ findings, gone }: SharingReviewResult, to: Printer): void {
  for (const { key, before } of findings.filter(({ state }) => state === 'reopened')) {
    const changes = before!.differences.map(({ field, was, is }) => `${field} was ${was}, is ${is}`).join('; ');
    to.warn(`${key} was decided as ${before!.decision}, but has changed since: ${changes}`);
  }
  if (gone.length > 0)
    to.log(`${gone.length} decided finding(s) are not there any more: ${gone.map(({ key }) => key).join(', ')}`);
}

function showPromotion({ promotion }: DecisionSession, to: Printer): void {
  if (!promotion) return;
  const { same, different, notHere, undecided } = promotion;
  to.log(
    `Of the other org's decisions ${same.length} hold here, ${different.length} are about something that is different here, ${notHere.length} are about what is not here. ${undecided.length} finding(s) are only here.`
  );
}

function showConflicts({ conflicts }: SharingReviewResult, to: Printer): void {
  for (const { edge, converted, kept } of conflicts) {
    to.warn(
      `These decisions cannot all be carried out. "${edgeText(edge)}" is asked for by ${converted.join(', ')}, and would close what is kept: ${kept.join(', ')}`
    );
  }
}

function showSummary(
  { summary, people, dormant, managers, files, counted }: SharingReviewResult,
  username: string,
  to: Printer
): void {
  const { findings, high, latent, undecided, deferred, keep, convert } = summary;
  to.log('');
  to.log(
    `${findings} finding(s), ${high} of them high, ${latent} only for partners to be; ${dormant.length} way(s) reach nothing today.`
  );
  to.log(`Decisions: ${convert} convert, ${keep} keep, ${deferred} put off, ${undecided} open.`);
  to.log(`People from outside: ${people.partners} partners, ${people.customers} customers, ${people.guests} guests.`);
  if (managers.length > 0) to.log(`Partners to be are projected below: ${managers.join(', ')}.`);
  else to.log('No channel manager is known, so it is not known where partners will stand. Name them with --managers.');
  if (!counted) to.log('Records were not counted (--no-counts).');
  if (files.report) to.log(`Report: ${files.report}`);
  if (files.csv) to.log(`Table: ${files.csv}`);
  if (files.decisions)
    to.log(
      `Decisions are in ${files.decisions}. Carry them out with: sf channel sharing apply --target-org ${username} --decisions ${files.decisions}`
    );
  else to.log('Keep decisions with --decisions FILE.');
}
