/** Findings as CSV for a spreadsheet. Cells that a spreadsheet would run as a formula are made harmless. */
import { writeFile } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import type { SharingReportFinding } from './sharing-types.js';

const COLUMNS = [
  'Key',
  'Step',
  'Severity',
  'Kind',
  'Object',
  'Source',
  'Access',
  'Target',
  'Ways',
  'External users',
  'Partner roles to be',
  'Records',
  'Latent',
  'Needs conversion',
  'Not known',
  'Fix',
  'Decision',
  'Reason',
  'Decided by',
];

/** Text of the file. Counts that are not known are empty. */
export function sharingCsv(findings: readonly SharingReportFinding[]): string {
  const rows = findings.map((finding) => [
    finding.key,
    finding.step,
    finding.severity,
    finding.kind,
    finding.object,
    finding.source.label,
    finding.access,
    finding.target,
    finding.chains.map((chain) => chain.join(' > ')).join('\n'),
    finding.usersKnown ? finding.externalUsers : '',
    finding.projectedRoles,
    finding.recordsKnown ? finding.records : '',
    finding.latent ? 'yes' : 'no',
    finding.needsConversion ? 'yes' : 'no',
    finding.unknown ?? '',
    finding.fix.text,
    finding.decision,
    finding.reason ?? '',
    finding.by ?? '',
  ]);
  return stringify([COLUMNS, ...rows], { escape_formulas: true });
}

export async function writeSharingCsv(file: string, findings: readonly SharingReportFinding[]): Promise<void> {
  await writeFile(file, sharingCsv(findings), { mode: 0o600 });
}
