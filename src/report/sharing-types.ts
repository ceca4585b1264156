/** What the reports of a sharing review show. Made by the domain; nothing here knows where it comes from. */
export type SharingReportFinding = {
  key: string;
  step: 1 | 2 | 3;
  kind: string;
  object: string;
  source: { type: string; name: string; label: string };
  target: string;
  access: string;
  chains: ReadonlyArray<readonly string[]>;
  externalUsers: number;
  usersKnown: boolean;
  projectedRoles: number;
  records: number;
  recordsKnown: boolean;
  latent: boolean;
  unknown?: string;
  severity: 'high' | 'medium' | 'low' | 'info';
  needsConversion: boolean;
  suggestion: { decision: string; reason: string };
  fix: { kind: string; text: string };
  decision: string;
  reason?: string;
  by?: string;
  state: string;
};

export type SharingReport = {
  org: { name: string; domain: string; kind: string };
  at: string;
  conversion: { needed: boolean; text: string };
  people: { partners: number; customers: number; guests: number; projected: number };
  managers: readonly string[];
  findings: readonly SharingReportFinding[];
  dormant: ReadonlyArray<{ key: string; source: { label: string }; target: string; why: string }>;
  notes: ReadonlyArray<{ source: string; reason: string }>;
  conflicts: ReadonlyArray<{ edge: string; converted: readonly string[]; kept: readonly string[] }>;
  known: { definitions: boolean; permissions: boolean };
};
