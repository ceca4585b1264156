/** The plan of a reassignment: owners first, then what follows them. Reads, and writes only local files. */
import type { Connection } from '@salesforce/core';
import { readRecords, type OrgIdentity } from '../../org/read/index.js';
import {
  createRowSet,
  CsvWriter,
  fingerprint,
  PLAN_FORMAT,
  type Plan,
  type PlanStep,
  type RunFolder,
  type UpdateRowsStep,
} from '../../runs/index.js';
import { createAssignmentsStep } from '../assignments/index.js';
import { readLeads } from '../distribute/select-leads.js';
import type { LeadRow } from '../distribute/types.js';
import { openLeadsOf } from '../open-leads.js';
import { callsOfPlan } from '../owner-calls.js';
import { accountsOf } from '../owner-names.js';
import { OWNER_FIELD, OWNER_STEP, ownersStep } from '../owners-step.js';
import { activitySteps, type ActivityMode } from './activities.js';
import type { NewOwner, Notify, ReassignDetails } from './details.js';
import type { ReassignSnapshot } from './request.js';

export const REASSIGN_KIND = 'lead.reassign';

/** What mails the new owners: steps before and behind the change of owners, and what the plan says of it. */
export type Notifying = {
  notify: Notify;
  before: PlanStep[];
  after: PlanStep[];
  /** The way by which the change of owners itself sends the mails; absent where they go apart. */
  byWrite?: UpdateRowsStep['mail'];
  /** Mails by new owner. */
  mails: ReadonlyMap<string, number | null>;
  warnings: string[];
};

export type ReassignPlanning = {
  conn: Connection;
  org: OrgIdentity;
  folder: RunFolder;
  snapshot: ReassignSnapshot;
  activities: ActivityMode;
  /** Record each assignment in the org. */
  record: boolean;
  /** Plans the mails for the leads that move; absent where nobody is mailed. */
  notifying?: (moves: Moves) => Promise<Notifying>;
  warnings: readonly string[];
  onProgress: (read: number, total: number) => void;
};

/** What changes hands: the rows of the step, and how many each new owner gets. */
export type Moves = { owners: UpdateRowsStep; first: string; leads: ReadonlyMap<string, number> };

/** Hash of what a plan relies on: that its new owners can take leads, and what they are mailed. */
export const reassignFingerprint = (
  owners: ReadonlyArray<{ id: string; kind: string }>,
  notify: Pick<Notify, 'route' | 'fingerprint'> | null
): string =>
  fingerprint({
    owners: owners.map(({ id, kind }) => `${kind} ${id}`).sort(),
    notify: notify && { route: notify.route, content: notify.fingerprint },
  });

/** Plans the run. A selection in which nothing changes gives a plan without steps. */
export async function buildReassign(request: ReassignPlanning): Promise<Plan> {
  const { org, folder, snapshot } = request;
  const found = await collect(request);
  const inactive = await inactiveOf(request.conn, [...found.former.keys()]);
  const made = found.moved === 0 ? NOTHING(request.activities) : await makeSteps(request, found, inactive);
  const { steps, notify, activities } = made;
  const owners = await ownersOf(request, found, made.mails);
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: REASSIGN_KIND,
    title: `Give ${found.moved} leads to ${found.given.size} owners`,
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: reassignFingerprint(owners, notify),
    steps,
    warnings: [...request.warnings, ...made.warnings],
    cost: { ...callsOfPlan(steps), emails: notify?.mails ?? 0, licences: 0 },
    details: {
      selection: snapshot.selection.text,
      selected: found.selected,
      moved: found.moved,
      unchanged: [...found.unchanged.values()].reduce((sum, leads) => sum + leads, 0),
      skipped: found.skipped,
      rejected: snapshot.rejected.length,
      owners,
      activities,
      ofInactive: [...inactive].reduce((sum, id) => sum + (found.former.get(id) ?? 0), 0),
      notify,
      recorded: steps.find(({ id }) => id === 'assignments') ? found.moved : 0,
    } satisfies ReassignDetails,
  };
  await folder.writePlan(plan);
  return plan;
}

type Found = {
  selected: number;
  moved: number;
  since: string;
  first: string;
  skipped: Record<string, number>;
  /** Leads by new owner: those that he gets, and those that are his already. */
  given: Map<string, number>;
  unchanged: Map<string, number>;
  /** Leads that change hands, by former owner. */
  former: Map<string, number>;
};

const count = (counts: Map<string, number>, key: string): unknown => counts.set(key, (counts.get(key) ?? 0) + 1);

async function collect({ conn, folder, snapshot, onProgress }: ReassignPlanning): Promise<Found> {
  await using rows = await createRowSet(folder.rows(OWNER_STEP), OWNER_FIELD);
  await using skipped = await CsvWriter.create(folder.skipped, ['Id', 'OwnerId', 'Reason']);
  const found: Found = {
    ...{ selected: 0, moved: 0, since: '', first: '', skipped: {} },
    ...{ given: new Map<string, number>(), unchanged: new Map<string, number>(), former: new Map<string, number>() },
  };
  let total = 0;
  for await (const { leads, missing } of readLeads(conn, snapshot.selection, (all) => (total = all))) {
    for (const lead of leads) decide(snapshot, lead, { found, rows, skipped });
    for (const id of missing) skip({ found, skipped }, id, '', 'not-found');
    found.selected += leads.length + missing.length;
    await rows.flush();
    await skipped.flush();
    onProgress(found.selected, total);
  }
  await rows.close();
  await skipped.close();
  return found;
}

type Files = { found: Found; rows: CsvWriter; skipped: CsvWriter };

function decide({ givenFor }: ReassignSnapshot, lead: LeadRow, files: Files): void {
  const { found, rows, skipped } = files;
  const { id, ownerId, stamp } = lead;
  if (stamp > found.since) found.since = stamp;
  if (lead.converted) return skip(files, id, ownerId, 'converted');
  const { owner, reason } = givenFor(id);
  if (ownerId === owner.id) {
    count(found.unchanged, owner.id);
    skipped.add([id, ownerId, `unchanged: ${owner.name} has it already`]);
    return;
  }
  count(found.given, owner.id);
  count(found.former, ownerId);
  found.moved += 1;
  if (found.first === '') found.first = id;
  rows.add([id, owner.id, ownerId, stamp, reason]);
}

function skip({ found, skipped }: Pick<Files, 'found' | 'skipped'>, id: string, owner: string, reason: string): void {
  found.skipped[reason] = (found.skipped[reason] ?? 0) + 1;
  skipped.add([id, owner, reason]);
}

/** Users among former owners who are not active: the org makes none of them an owner again (platform-facts D). */
async function inactiveOf(conn: Connection, owners: readonly string[]): Promise<Set<string>> {
  const values = owners.filter((id) => id.startsWith('005'));
  const fields = ['Id', 'IsActive'];
  const users = await readRecords<{ Id: string; IsActive: boolean }>(conn, { from: 'User', fields, by: 'Id', values });
  return new Set(users.filter(({ IsActive }) => !IsActive).map(({ Id }) => Id));
}

type Made = Pick<ReassignDetails, 'activities' | 'notify'> & {
  steps: PlanStep[];
  warnings: string[];
  mails: ReadonlyMap<string, number | null>;
};

const NOTHING = (mode: ActivityMode): Made => ({
  activities: { mode, tasks: 0, events: 0, toQueues: 0, ofInactive: 0, unread: [] },
  notify: null,
  steps: [],
  warnings: [],
  mails: new Map(),
});

async function makeSteps(request: ReassignPlanning, found: Found, inactive: ReadonlySet<string>): Promise<Made> {
  const { conn, folder, record, snapshot } = request;
  const { moved: count, since, given } = found;
  const owners = await ownersStep(folder, { count, since, values: [...given.keys()] });
  const notifying = await request.notifying?.({ owners, first: found.first, leads: found.given });
  if (notifying?.byWrite) owners.mail = notifying.byWrite;
  const { steps, activities } = await activitySteps(conn, folder, owners, request.activities, inactive);
  const accounts = accountsOf(snapshot.owners);
  const recorded = record
    ? [await createAssignmentsStep(folder, { source: owners, outcome: 'Offered', accounts })]
    : [];
  return {
    activities,
    notify: notifying?.notify ?? null,
    steps: [...(notifying?.before ?? []), owners, ...steps, ...recorded, ...(notifying?.after ?? [])],
    warnings: notifying?.warnings ?? [],
    mails: notifying?.mails ?? new Map(),
  };
}

async function ownersOf(
  { conn, snapshot }: ReassignPlanning,
  { given, unchanged }: Found,
  mails: Made['mails']
): Promise<NewOwner[]> {
  const open = await openLeadsOf(
    conn,
    snapshot.owners.map(({ id }) => id)
  );
  return snapshot.owners
    .map(({ id, name, kind, accountId }) => {
      const [leads, before] = [given.get(id) ?? 0, open.get(id) ?? 0];
      const counts = { leads, unchanged: unchanged.get(id) ?? 0, before, after: before + leads };
      return { id, name, kind, partner: accountId !== undefined, ...counts, mails: mails.has(id) ? mails.get(id)! : 0 };
    })
    .sort((a, b) => b.leads - a.leads || (a.name < b.name ? -1 : 1));
}
