/** Findings as CSV for a spreadsheet. */
import type { SharingReportFinding } from './sharing-types.js';
import { tableCsv, writeTableCsv, type Cell } from './table-csv.js';

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

/** One row a finding. Counts that are not known are empty. */
const rowsOf = (findings: readonly SharingReportFinding[]): Cell[][] =>
  findings.map((finding) => [
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

/** Text of the file. */
export const sharingCsv = (findings: readonly SharingReportFinding[]): string => tableCsv(COLUMNS, rowsOf(findings));

export const writeSharingCsv = (file: string, findings: readonly SharingReportFinding[]): Promise<void> =>
  writeTableCsv(file, COLUMNS, rowsOf(findings));
