/** Turns a selection of leads and the way to spread them into a plan with its row set. Reads, and writes only local files. */
import type { Connection } from '@salesforce/core';
import { REST_ROWS, type OrgIdentity } from '../../org/read/index.js';
import {
  createRowSet,
  CsvWriter,
  PLAN_FORMAT,
  shrinkHeap,
  type Plan,
  type PlanStep,
  type RunFolder,
  type UpdateRowsStep,
} from '../../runs/index.js';
import { callsOfPlan } from '../owner-calls.js';
import { readOwners } from '../owner-names.js';
import { OWNER_FIELD, OWNER_STEP, ownersStep } from '../owners-step.js';
import type { RotationEngine } from '../rotation/engine.js';
import type { DistributionDetails } from './details.js';
import { DISTRIBUTE_KIND } from './history.js';
import { DistributionPlanner, type Decision, type PlanSummary } from './planner.js';
import { readLeads } from './select-leads.js';
import type { LeadRow, Selection } from './types.js';
import type { Way } from './way.js';

export type DistributionRequest = {
  conn: Connection;
  org: OrgIdentity;
  selection: Selection;
  way: Way;
  /** Sentences for the plan. */
  warnings: string[];
  /** What the plan says of where its rules are from. */
  about: Pick<DistributionDetails, 'carriedFrom' | 'rotation'>;
  /** Steps that follow the change of owners. */
  followUp: (owners: UpdateRowsStep, planned: Planned) => Promise<PlanStep[]>;
  /** Where plan and row set are written. */
  folder: RunFolder;
  /** Told how many leads were read, of how many. */
  onProgress: (read: number, total: number) => void;
};

/** What was decided. */
export type Planned = PlanSummary & {
  engine: RotationEngine;
  selected: number;
  since: string;
  rows: number;
  /** Leads that former owners lose, by their ids. */
  from: ReadonlyMap<string, number>;
};

/** Plans the distribution. A selection without leads gives a plan without steps. */
export async function buildDistribution(request: DistributionRequest): Promise<Plan> {
  const { conn, org, way, folder } = request;
  const planned = await decideAll(request);
  const steps = planned.rows === 0 ? [] : await stepsOf(request, planned);
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: DISTRIBUTE_KIND,
    title: titleOf(planned),
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: way.fingerprint,
    ...(way.lock ? { lock: way.lock } : {}),
    steps,
    warnings: request.warnings,
    cost: { ...callsOfPlan(steps), emails: 0, licences: 0 },
    details: { ...detailsOf(request, planned, steps), from: await formerOwners(conn, planned) },
  };
  await folder.writePlan(plan);
  return plan;
}

async function stepsOf({ way, folder, followUp }: DistributionRequest, planned: Planned): Promise<PlanStep[]> {
  const ids = [...way.seats.map(({ id }) => id), way.fallback?.id ?? ''];
  const values = [...new Set(ids)].filter((id) => id !== '');
  const owners = await ownersStep(folder, { count: planned.rows, since: planned.since, values });
  return [owners, ...(await followUp(owners, planned))];
}

function titleOf({ rows, members, fallback }: Planned): string {
  const receivers = members.filter(({ moved }) => moved > 0).length + (fallback.moved > 0 ? 1 : 0);
  return `Give ${rows} leads to ${receivers} owners`;
}

/** Who loses leads, the most first. */
async function formerOwners(conn: Connection, { from }: Planned): Promise<DistributionDetails['from']> {
  const owners = await readOwners(conn, from.keys());
  const named = [...from].map(([id, leads]) => ({ id, name: owners.get(id)?.name ?? id, leads }));
  return named.sort((a, b) => b.leads - a.leads || (a.name < b.name ? -1 : 1));
}

function detailsOf(
  { selection, way, about }: DistributionRequest,
  { selected, assigned, fallback, skipped, members, worst, samples, rows, engine }: Planned,
  steps: readonly PlanStep[]
): Omit<DistributionDetails, 'from'> {
  const { rotation } = about;
  const recorded = steps.flatMap((step) => (step.kind === 'records' ? [step.rows.count] : []));
  return {
    selection: selection.text,
    selected,
    assigned,
    unchanged: assigned + fallback.leads - rows,
    skipped,
    members,
    worstDeviation: worst,
    samples,
    ...about,
    ...(rotation ? {} : { owed: owedAfter(engine) }),
    balance: way.balance,
    ...(way.fallback ? { fallback: { id: way.fallback.id, name: way.fallback.name, leads: fallback.leads } } : {}),
    recorded: recorded[0] ?? 0,
  };
}

const owedAfter = (engine: RotationEngine): Record<string, number> =>
  Object.fromEntries([...engine.state()].map(([key, { deficit }]) => [key, deficit]));

async function decideAll({ conn, selection, way, folder, onProgress }: DistributionRequest): Promise<Planned> {
  await using rows = await createRowSet(folder.rows(OWNER_STEP), OWNER_FIELD);
  await using skipped = await CsvWriter.create(folder.skipped, ['Id', 'OwnerId', 'Reason']);
  const work = new Deciding(way, rows, skipped);
  let total = 0;
  const onTotal = (leads: number): void => {
    total = leads;
    if (leads > REST_ROWS) shrinkHeap();
  };
  for await (const page of readLeads(conn, selection, onTotal, way.fields)) {
    for (const lead of page.leads) work.decide(lead);
    for (const id of page.missing) work.miss(id);
    await rows.flush();
    await skipped.flush();
    onProgress(work.selected, total);
  }
  await rows.close();
  await skipped.close();
  return work.end();
}

/** Decides on leads as they come, and writes down what was decided. */
class Deciding {
  public selected = 0;
  private since = '';
  private rowCount = 0;
  private readonly from = new Map<string, number>();
  private planner?: DistributionPlanner;
  private engine?: RotationEngine;

  public constructor(
    private readonly way: Way,
    private readonly rows: CsvWriter,
    private readonly skipped: CsvWriter
  ) {}

  public decide(lead: LeadRow): void {
    this.selected += 1;
    if (lead.stamp > this.since) this.since = lead.stamp;
    this.record(lead, this.plannerFor(lead.id).decide(lead));
  }

  /** A lead that the org does not show. */
  public miss(id: string): void {
    this.selected += 1;
    this.plannerFor('').skip('not-found');
    this.skipped.add([id, '', 'not-found']);
  }

  public end(): Planned {
    const { selected, since, rowCount: rows, from } = this;
    const summary = this.plannerFor('').summary(this.way.open);
    return { ...summary, engine: this.engine!, selected, since, rows, from };
  }

  private plannerFor(seed: string): DistributionPlanner {
    const { seats, rules, fallback } = this.way;
    this.engine ??= this.way.engine(seed);
    this.planner ??= new DistributionPlanner({ engine: this.engine, seats, rules, fallback });
    return this.planner;
  }

  private record({ id, ownerId, stamp }: LeadRow, decision: Decision): void {
    if (decision.action === 'assign') {
      this.rowCount += 1;
      this.from.set(ownerId, (this.from.get(ownerId) ?? 0) + 1);
      this.rows.add([id, decision.target.id, ownerId, stamp, decision.reason]);
      return;
    }
    const { reason } = decision;
    const why = decision.action === 'skip' ? (decision.why ?? reason) : `unchanged: ${reason}`;
    this.skipped.add([id, ownerId, why]);
  }
}
