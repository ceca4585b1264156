/** The decisions file: what was decided about each finding, kept in git and promoted from org to org. */
import { FINDING_KINDS, type Subject } from '../finding.js';

export const DECISIONS_FORMAT = 'channel-desk/sharing-decisions/1';

/** `open`: nobody has decided. `defer`: somebody has, to decide later; only that counts as put off. */
export const DECISIONS = ['keep', 'convert', 'defer', 'open'] as const;

export type Decision = (typeof DECISIONS)[number];

/** What was decided about one finding. `about` describes the finding and is not to be edited: its digest is kept. */
export type DecisionEntry = {
  key: string;
  decision: Decision;
  /** Must be there for `keep`. */
  reason?: string;
  /** Who decided. */
  by?: string;
  /** One sentence for people who read the file. */
  finding: string;
  about: Subject;
  digest: string;
};

/** The org in which the decisions were made. */
export type DecisionsOrg = { id: string; domain: string; kind: string };

export type DecisionsFile = {
  org: DecisionsOrg;
  /** When the file was last written, ISO text. */
  writtenAt: string;
  entries: DecisionEntry[];
  /** Decisions about findings that were not found in the last review; they are kept in case these come back. */
  notFound: DecisionEntry[];
};

/** What a key begins with, by kind of finding. */
const PREFIXES: Readonly<Record<Subject['kind'], string>> = {
  rule: 'rule',
  folder: 'folder',
  'list-view': 'listview',
  queue: 'queue',
  default: 'default',
  manual: 'manual',
  permission: 'permission',
  'sharing-set': 'sharingset',
  'super-user': 'superuser',
  team: 'team',
  hierarchy: 'hierarchy',
  implicit: 'implicit',
  relationship: 'relationship',
  visibility: 'visibility',
};

/** Whether a key is one that a finding of this kind may have. */
export const isKeyOf = (key: string, kind: Subject['kind']): boolean => key.startsWith(`${PREFIXES[kind]}:`);

/** Whether a key is one that any finding may have. */
export const isKey = (key: string): boolean => FINDING_KINDS.some((kind) => isKeyOf(key, kind));
