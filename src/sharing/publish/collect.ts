/** Decisions that people proposed in the org, taken into the decisions file and marked as taken. */
import { z } from 'zod';
import type { OrgIdentity } from '../../org/read/index.js';
import {
  callsOfRecords,
  createRecordsStep,
  fingerprint,
  PLAN_FORMAT,
  totalCalls,
  type Plan,
  type RunFolder,
} from '../../runs/index.js';
import { decideAs, type DecidedFinding } from '../decisions/index.js';
import { FINDING, type StoredFinding } from './records.js';

export const COLLECT_KIND = 'sharing.collect';

const proposalSchema = z.object({
  key: z.string(),
  decision: z.enum(['keep', 'convert', 'defer']),
  reason: z.string().optional(),
  by: z.string().optional(),
});

export const collectDetailsSchema = z.object({
  /** Taken into the file. */
  taken: z.array(proposalSchema),
  /** Left alone: why, in words. */
  left: z.array(proposalSchema.extend({ why: z.string() })),
});

export type CollectDetails = z.infer<typeof collectDetailsSchema>;

export type Collected = CollectDetails & { decided: DecidedFinding[]; records: StoredFinding[] };

/**
 * Decides findings as the org proposes. The file wins where it says something else already, unless `prefersOrg`.
 * @param decided findings of the review with the decisions of the file
 * @param stored what the org holds
 */
export function collectProposals(
  decided: readonly DecidedFinding[],
  stored: readonly StoredFinding[],
  prefersOrg: boolean
): Collected {
  const records = stored.filter(({ proposal }) => proposal !== undefined && !proposal.isExported);
  const byKey = new Map(records.map((record) => [record.key, record]));
  const taken: CollectDetails['taken'] = [];
  const left: CollectDetails['left'] = [];
  const done: StoredFinding[] = [];
  const next = decided.map((item) => {
    const record = byKey.get(item.finding.key);
    if (!record?.proposal) return item;
    byKey.delete(item.finding.key);
    const { decision, reason, by, digest } = record.proposal;
    const proposal = { key: record.key, decision, ...(reason ? { reason } : {}), ...(by ? { by } : {}) };
    const why = refusalOf(item, digest, decision, prefersOrg);
    if (why !== undefined) {
      left.push({ ...proposal, why });
      return item;
    }
    taken.push(proposal);
    done.push(record);
    return decideAs(item, { decision, reason, by });
  });
  for (const { key, proposal } of byKey.values()) {
    left.push({ key, decision: proposal!.decision, why: 'the last review does not find it any more' });
  }
  return { decided: next, taken, left, records: done };
}

function refusalOf(item: DecidedFinding, digest: string, decision: string, prefersOrg: boolean): string | undefined {
  if (digest !== item.finding.digest)
    return 'it is about a finding that has changed since; publish again and decide anew';
  if (item.state === 'decided' && item.decision !== decision && !prefersOrg) {
    return `the file says ${item.decision}; --prefer-org takes the decision of the org`;
  }
  return undefined;
}

/** What a saved plan relies on: the proposals that are open. */
export const collectFingerprint = (stored: readonly StoredFinding[]): string =>
  fingerprint(
    stored.filter(({ proposal }) => proposal && !proposal.isExported).map(({ id, proposal }) => ({ id, proposal }))
  );

/** The plan that marks proposals as taken. Writes its rows into the run folder. */
export async function buildCollectPlan(
  org: OrgIdentity,
  folder: RunFolder,
  { taken, left, records }: Collected,
  stored: readonly StoredFinding[]
): Promise<Plan> {
  const rows = records.map(({ id, key, stamp }) => ({ id, values: ['true'], was: ['false'], stamp, label: key }));
  const step = {
    ...{
      id: 'taken',
      title: 'Mark proposals as taken',
      object: FINDING,
      operation: 'update' as const,
      undo: 'exact' as const,
    },
    fields: [{ name: 'Proposal_Exported__c', type: 'boolean' as const }],
    ...{ key: [], keyIsUnique: false, takeBack: 'delete' as const },
  };
  const steps = rows.length > 0 ? [await createRecordsStep(folder, step, rows)] : [];
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: COLLECT_KIND,
    title: `Take ${taken.length} proposals into the decisions file`,
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: collectFingerprint(stored),
    steps,
    warnings: left.map(({ key, decision, why }) => `${key}: the proposal "${decision}" is left alone: ${why}.`),
    cost: { ...totalCalls(steps.map((one) => callsOfRecords(one))), emails: 0, licences: 0 },
    details: { taken, left } satisfies CollectDetails,
  };
  await folder.writePlan(plan);
  return plan;
}
