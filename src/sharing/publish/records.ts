/** `Sharing_Finding__c`: what the org holds of findings, and what a finding is there. */
import type { Connection } from '@salesforce/core';
import { asPackageMissing, normalStamp, queryAll, select } from '../../org/read/index.js';
import type { DecidedFinding } from '../decisions/index.js';

export const FINDING = 'Sharing_Finding__c';

/** Fields that the command line writes; decisions are people's. */
export const FINDING_FIELDS = [
  'Finding_Key__c',
  'Kind__c',
  'Object__c',
  'Source_Name__c',
  'Path__c',
  'Severity__c',
  'Records_Exposed__c',
  'Digest__c',
  'State__c',
] as const;

const DECISION_FIELDS = [
  'Decision__c',
  'Decision_Reason__c',
  'Decided_By__r.Username',
  'Proposal_Exported__c',
] as const;

/** State of a record whose finding the last review did not find. */
export const GONE = 'gone';

type Cell = string | null;

/** A record of the org. */
export type StoredFinding = {
  id: string;
  key: string;
  /** Values of FINDING_FIELDS. */
  cells: Cell[];
  stamp: string;
  /** What somebody has decided in the org; undefined where nobody has. */
  proposal?: {
    decision: 'keep' | 'convert' | 'defer';
    reason?: string;
    by?: string;
    digest: string;
    isExported: boolean;
  };
};

type Row = Record<(typeof FINDING_FIELDS)[number], string | number | null> & {
  Id: string;
  SystemModstamp: string;
  Decision__c: string | null;
  Decision_Reason__c: string | null;
  Decided_By__r: { Username: string } | null;
  Proposal_Exported__c: boolean;
};

const textOf = (value: string | number | null): Cell => (value === null ? null : String(value));

const isDecision = (value: string | null): value is 'keep' | 'convert' | 'defer' =>
  value === 'keep' || value === 'convert' || value === 'defer';

function storedOf(row: Row): StoredFinding {
  const { Decision__c: decision, Decision_Reason__c: reason, Decided_By__r: author } = row;
  const proposal = isDecision(decision)
    ? {
        decision,
        ...(reason === null ? {} : { reason }),
        ...(author === null ? {} : { by: author.Username }),
        digest: String(row.Digest__c ?? ''),
        isExported: row.Proposal_Exported__c,
      }
    : undefined;
  return {
    id: row.Id,
    key: String(row.Finding_Key__c),
    cells: FINDING_FIELDS.map((field) => textOf(row[field])),
    stamp: normalStamp(row.SystemModstamp),
    ...(proposal ? { proposal } : {}),
  };
}

/** All findings that the org holds. @throws PackageMissing where it has no such object, or it is hidden */
export async function readFindings(conn: Connection): Promise<StoredFinding[]> {
  const query = select({
    from: FINDING,
    fields: ['Id', 'SystemModstamp', ...FINDING_FIELDS, ...DECISION_FIELDS],
    orderBy: ['Id'],
  });
  try {
    return (await queryAll<Row>(conn, query)).map(storedOf);
  } catch (error) {
    throw asPackageMissing(error);
  }
}

const LONGEST_PATH = 4000;
const LONGEST_NAME = 255;

/** Values of FINDING_FIELDS for a finding. Each way outside is a line. */
export const cellsOf = ({ finding, state }: DecidedFinding): Cell[] => [
  finding.key,
  finding.kind,
  finding.object,
  finding.source.label.slice(0, LONGEST_NAME),
  finding.chains
    .map((chain) => chain.join(' > '))
    .join('\n')
    .slice(0, LONGEST_PATH),
  finding.severity,
  finding.recordsKnown ? String(finding.records) : null,
  finding.digest,
  state,
];
