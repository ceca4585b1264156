/** Turns a selection of leads and a set of targets into a plan with its row set. Reads, and writes only local files. */
import type { Connection } from '@salesforce/core';
import { all, compare, countOf, isIn, queryAll, select, type OrgIdentity } from '../../org/read/index.js';
import {
  createRowSet,
  CsvWriter,
  fileHash,
  fingerprint,
  PLAN_FORMAT,
  type Plan,
  type RunFolder,
} from '../../runs/index.js';
import type { Remainder } from '../rotation/deficits.js';
import type { DistributionDetails } from './details.js';
import { DISTRIBUTE_KIND } from './history.js';
import { DistributionPlanner, type Decision } from './planner.js';
import { readLeads } from './select-leads.js';
import type { LeadRow, Selection, Target } from './types.js';

export const OWNER_STEP = 'owners';

export type DistributionRequest = {
  conn: Connection;
  org: OrgIdentity;
  selection: Selection;
  targets: readonly Target[];
  /** Sentences about the members for the plan. */
  warnings: string[];
  carried?: { run: string; remainder: Remainder };
  /** Where plan and row set are written. */
  folder: RunFolder;
  /** Told how many leads were read, of how many. */
  onProgress: (read: number, total: number) => void;
};

/** Hash of what the plan relies on: who takes part, with which weight and cap. */
export const targetsFingerprint = (targets: readonly Target[]): string =>
  fingerprint(targets.map(({ id, kind, weight, cap }) => ({ id, kind, weight, cap })));

/** Plans the distribution. A selection without leads gives a plan without rows. */
export async function buildDistribution(request: DistributionRequest): Promise<Plan> {
  const { conn, org, targets, folder, selection } = request;
  const before = await openLeads(conn, targets);
  const result = await decideAll(request);
  const summary = result.planner.summary(before);
  const rows = summary.members.reduce((sum, { moved }) => sum + moved, 0);
  const details: DistributionDetails = {
    selection: selection.text,
    selected: result.selected,
    assigned: summary.assigned,
    unchanged: summary.assigned - rows,
    skipped: summary.skipped,
    members: summary.members,
    worstDeviation: summary.worst,
    samples: summary.samples,
    carriedFrom: request.carried?.run,
    remainder: summary.remainder,
  };
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: DISTRIBUTE_KIND,
    title: `Give ${rows} leads to ${targets.length} owners`,
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: targetsFingerprint(targets),
    steps: [
      {
        id: OWNER_STEP,
        kind: 'update-rows',
        title: 'Change the owners',
        object: 'Lead',
        field: 'OwnerId',
        rows: { file: folder.rows(OWNER_STEP), count: rows, sha256: await fileHash(folder.rows(OWNER_STEP)) },
        since: result.since,
        values: targets.map(({ id }) => id),
        undo: 'exact',
      },
    ],
    warnings: request.warnings,
    cost: { ...callsFor(rows), emails: 0, licences: 0 },
    details,
  };
  await folder.writePlan(plan);
  return plan;
}

type Decided = { planner: DistributionPlanner; selected: number; since: string };

async function decideAll({
  conn,
  selection,
  targets,
  carried,
  folder,
  onProgress,
}: DistributionRequest): Promise<Decided> {
  await using rows = await createRowSet(folder.rows(OWNER_STEP), 'OwnerId');
  await using skipped = await CsvWriter.create(folder.skipped, ['Id', 'OwnerId', 'Reason']);
  let planner: DistributionPlanner | undefined;
  let selected = 0;
  let total = 0;
  let since = '';
  for await (const page of readLeads(conn, selection, (leads) => (total = leads))) {
    for (const lead of page.leads) {
      planner ??= new DistributionPlanner(targets, carried?.remainder, lead.id);
      if (lead.stamp > since) since = lead.stamp;
      record(lead, planner.decide(lead), rows, skipped);
    }
    planner ??= new DistributionPlanner(targets, carried?.remainder, '');
    for (const id of page.missing) {
      planner.skip('not-found');
      skipped.add([id, '', 'not-found']);
    }
    selected += page.leads.length + page.missing.length;
    await rows.flush();
    await skipped.flush();
    onProgress(selected, total);
  }
  await rows.close();
  await skipped.close();
  return { planner: planner ?? new DistributionPlanner(targets, carried?.remainder, ''), selected, since };
}

function record(lead: LeadRow, decision: Decision, rows: CsvWriter, skipped: CsvWriter): void {
  if (decision.action === 'assign') {
    rows.add([lead.id, decision.target.id, lead.ownerId, lead.stamp, decision.reason]);
  } else {
    const reason = decision.action === 'skip' ? decision.reason : `unchanged: ${decision.reason}`;
    skipped.add([lead.id, lead.ownerId, reason]);
  }
}

/** Open leads that each target owns now. */
async function openLeads(conn: Connection, targets: readonly Target[]): Promise<Record<string, number>> {
  const where = all(
    compare('IsConverted', '=', false),
    isIn(
      'OwnerId',
      targets.map(({ id }) => id)
    )
  );
  const soql = select({ from: 'Lead', fields: ['OwnerId', countOf('Id', 'total')], where, groupBy: ['OwnerId'] });
  const counts = await queryAll<{ OwnerId: string; total: number }>(conn, soql);
  return Object.fromEntries(counts.map(({ OwnerId, total }) => [OwnerId, total]));
}

/** API calls that applying takes at least (see docs/limits.md). */
function callsFor(rows: number): { apiCalls: number; formula: string } {
  if (rows === 0) return { apiCalls: 0, formula: 'nothing to write' };
  if (rows <= 200) return { apiCalls: 3, formula: '1 drift query + 1 collection call + 1 verification' };
  const jobs = Math.ceil(rows / 50_000);
  return {
    apiCalls: 2 + jobs * 6,
    formula: `2 counts + ${jobs} Bulk job${jobs > 1 ? 's' : ''} × 6 (drift query, create, upload, close, status, results); each further look at a job is one more`,
  };
}
