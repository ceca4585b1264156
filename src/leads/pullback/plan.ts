/** The plan of a pull-back: owners first, then a record of each in the org. Reads, and writes only local files. */
import type { Connection } from '@salesforce/core';
import type { OrgIdentity } from '../../org/read/index.js';
import {
  createRowSet,
  CsvWriter,
  fingerprint,
  PLAN_FORMAT,
  type Plan,
  type PlanStep,
  type RunFolder,
} from '../../runs/index.js';
import { BYTES_A_RECORD, createAssignmentsStep } from '../assignments/index.js';
import { hoursOf, readHeld, standingOf, type Held, type Standing } from '../holding/index.js';
import { callsOfPlan } from '../owner-calls.js';
import { accountsOf } from '../owner-names.js';
import { OWNER_FIELD, OWNER_STEP, ownersStep } from '../owners-step.js';
import { leftReason, type LeftReason } from './classify.js';
import type { PullbackDetails } from './details.js';
import type { PullbackSnapshot } from './request.js';

export const PULLBACK_KIND = 'lead.pullback';

/** Leads that the plan shows one by one. */
const EXAMPLES = 10;

/** Hash of what the plan relies on: where the leads go, and whether that is recorded. */
export const pullbackFingerprint = ({ to, recorded }: Pick<PullbackSnapshot, 'to' | 'recorded'>): string =>
  fingerprint({ to: to.id, recorded });

export type PullbackPlanning = {
  conn: Connection;
  org: OrgIdentity;
  folder: RunFolder;
  snapshot: PullbackSnapshot;
  onProgress: (looked: number) => void;
};

/** Plans the run. */
export async function buildPullback(request: PullbackPlanning): Promise<Plan> {
  const { org, folder, snapshot } = request;
  const { to, scope, recorded } = snapshot;
  const found = await collect(request);
  const steps = found.untouched === 0 ? [] : await stepsOf(folder, snapshot, found);
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: PULLBACK_KIND,
    title: `Pull ${found.untouched} untouched leads back to ${to.name}`,
    createdAt: new Date(snapshot.judging.now).toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: pullbackFingerprint(snapshot),
    steps,
    warnings: warningsOf(snapshot, found.untouched),
    cost: { ...callsOfPlan(steps), emails: 0, licences: 0 },
    details: {
      request: snapshot.request,
      selection: [scope.text, ...(snapshot.request.where === undefined ? [] : [snapshot.request.where])].join(' and '),
      to: { id: to.id, name: to.name },
      looked: found.looked,
      untouched: found.untouched,
      left: found.left,
      owners: ownersOf(snapshot, found),
      examples: examplesOf(snapshot, found),
      recorded,
    } satisfies PullbackDetails,
  };
  await folder.writePlan(plan);
  return plan;
}

type Oldest = { lead: string; ownerId: string; held: number; reason: string };

type Found = {
  looked: number;
  untouched: number;
  since: string;
  left: Partial<Record<LeftReason, number>>;
  /** By owner: leads, and milliseconds of the one that was held longest. */
  owners: Map<string, { leads: number; held: number }>;
  oldest: Oldest[];
};

/** Why a lead stays where it is, or undefined; with what is known of it. */
export function judge(
  { judging, limit, to }: PullbackSnapshot,
  { lead, evidence }: Held
): { left: LeftReason | undefined; standing: Standing } {
  const standing = standingOf(lead, evidence, judging);
  return { left: lead.ownerId === to.id ? 'there-already' : leftReason(standing, limit), standing };
}

async function collect({ conn, folder, snapshot, onProgress }: PullbackPlanning): Promise<Found> {
  const { scope, where, judging, to } = snapshot;
  await using rows = await createRowSet(folder.rows(OWNER_STEP), OWNER_FIELD);
  await using skipped = await CsvWriter.create(folder.skipped, ['Id', 'OwnerId', 'Reason']);
  const found: Found = { looked: 0, untouched: 0, since: '', left: {}, owners: new Map(), oldest: [] };
  for await (const page of readHeld(conn, scope, judging.sources, where)) {
    for (const held of page) {
      const { left, standing } = judge(snapshot, held);
      const { id, ownerId, stamp } = held.lead;
      if (stamp > found.since) found.since = stamp;
      if (left === undefined) {
        rows.add([id, to.id, ownerId, stamp, standing.reason]);
        count(found, { lead: id, ownerId, held: standing.held, reason: standing.reason });
        continue;
      }
      found.left[left] = (found.left[left] ?? 0) + 1;
      skipped.add([id, ownerId, `${left}: ${standing.reason}`]);
    }
    found.looked += page.length;
    await rows.flush();
    await skipped.flush();
    onProgress(found.looked);
  }
  await rows.close();
  await skipped.close();
  return found;
}

function count(found: Found, one: Oldest): void {
  const { leads = 0, held = 0 } = found.owners.get(one.ownerId) ?? {};
  found.owners.set(one.ownerId, { leads: leads + 1, held: Math.max(held, one.held) });
  found.untouched += 1;
  if (found.oldest.length === EXAMPLES && one.held <= found.oldest.at(-1)!.held) return;
  found.oldest = [...found.oldest, one].sort((a, b) => b.held - a.held).slice(0, EXAMPLES);
}

async function stepsOf(
  folder: RunFolder,
  { to, recorded, rotation, scope }: PullbackSnapshot,
  { untouched, since }: Found
): Promise<PlanStep[]> {
  const title = `Give untouched leads to ${to.name}`;
  const owners = await ownersStep(folder, { title, count: untouched, since, values: [to.id] });
  if (!recorded) return [owners];
  const accounts = accountsOf(scope.owners);
  const request = { source: owners, outcome: 'PulledBack' as const, accounts };
  return [owners, await createAssignmentsStep(folder, { ...request, ...(rotation ? { rotation: rotation.id } : {}) })];
}

function ownersOf({ scope }: PullbackSnapshot, { owners }: Found): PullbackDetails['owners'] {
  const known = new Map(scope.owners.map((owner) => [owner.id, owner]));
  return [...owners]
    .map(([id, { leads, held }]) => ({
      id,
      name: known.get(id)?.name ?? id,
      kind: known.get(id)?.kind ?? ('User' as const),
      leads,
      oldest: hoursOf(held),
    }))
    .sort((a, b) => b.leads - a.leads || b.oldest - a.oldest || (a.name < b.name ? -1 : 1));
}

function examplesOf({ scope }: PullbackSnapshot, { oldest }: Found): PullbackDetails['examples'] {
  const names = new Map(scope.owners.map(({ id, name }) => [id, name]));
  return oldest.map(({ lead, ownerId, reason }) => ({ lead, owner: names.get(ownerId) ?? ownerId, reason }));
}

function warningsOf({ notes, recorded, rotation }: PullbackSnapshot, untouched: number): string[] {
  const takesBack = rotation && !rotation.rotation.neverBackTo.includes('pulled-back');
  const storage = `${Math.ceil((untouched * BYTES_A_RECORD) / 1024)} KB`;
  const told: Array<[boolean, string]> = [
    [
      !recorded && untouched > 0,
      'Pulled-back leads are not recorded in the org, because Lead_Assignment__c is missing or you may not write it. A rotation may give a lead back to the same partner.',
    ],
    [recorded && untouched > 0, `Each is recorded in Lead_Assignment__c, which takes about ${storage} of storage.`],
    [
      takesBack === true,
      `The rotation ${rotation?.rotation.key} may give them back to the same members: its neverBackTo has no pulled-back.`,
    ],
  ];
  return [...notes, ...told.flatMap(([holds, text]) => (holds ? [text] : []))];
}
