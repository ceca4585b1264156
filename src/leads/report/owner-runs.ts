/** Runs of this computer that gave leads of an org to others, and what they wrote. */
import {
  readAssigned,
  readReceipt,
  UNDO_KIND,
  writtenRows,
  type Plan,
  type Receipt,
  type RunFolder,
} from '../../runs/index.js';
import { detailsSchema, DISTRIBUTE_KIND, type DistributionDetails } from '../distribute/index.js';
import { PULLBACK_KIND } from '../pullback/index.js';
import { REASSIGN_KIND } from '../reassign/index.js';
import type { EventOutcome, OwnerEvent } from './event.js';
import { spanOfRun, type Span } from './known.js';

export type OwnerRun = {
  folder: RunFolder;
  plan: Plan;
  receipt: Receipt;
  span: Span;
  /** Undone, or the undo of another: its leads are back, so neither counts. */
  isUndone: boolean;
  /** Of a distribution. */
  details?: DistributionDetails;
};

/** Runs that ended since a moment, in the order of their ends, and the ids of those that have not ended. */
export async function readOwnerRuns(
  folders: readonly RunFolder[],
  orgId: string,
  since: number
): Promise<{ runs: OwnerRun[]; unended: string[] }> {
  const runs: OwnerRun[] = [];
  const unended: string[] = [];
  for (const folder of folders) {
    // A folder without a plan that this program can read is none of its runs.
    const plan = await folder.readPlan().catch(() => undefined);
    if (plan?.org.id !== orgId || !plan.steps.some(givesLeads)) continue;
    const receipt = await readReceipt(folder);
    if (!receipt) unended.push(folder.id);
    else if (Date.parse(receipt.endedAt) >= since) runs.push(ownerRun(folder, plan, receipt));
  }
  // Ids have seconds only.
  return { runs: runs.sort((a, b) => Date.parse(a.receipt.endedAt) - Date.parse(b.receipt.endedAt)), unended };
}

function ownerRun(folder: RunFolder, plan: Plan, receipt: Receipt): OwnerRun {
  const details = plan.kind === DISTRIBUTE_KIND ? detailsSchema.safeParse(plan.details).data : undefined;
  const isUndone = receipt.undoneBy !== undefined || plan.kind === UNDO_KIND;
  return { folder, plan, receipt, span: spanOfRun(receipt), isUndone, ...(details ? { details } : {}) };
}

type Step = Plan['steps'][number];

const givesLeads = (step: Step): boolean =>
  (step.kind === 'update-rows' && step.object === 'Lead' && step.field === 'OwnerId') ||
  (step.kind === 'assign-rows' && step.object === 'Lead');

/** Rows in a page. */
const PAGE = 2000;

/** What a run changed, in pages: rows that the org has confirmed. */
export async function* eventsOfRun(run: OwnerRun): AsyncGenerator<OwnerEvent[]> {
  const { receipt, details, plan } = run;
  const same = {
    at: Date.parse(receipt.endedAt),
    source: 'run' as const,
    run: receipt.run,
    rotation: details?.rotation?.key ?? '',
    outcome: OUTCOME_OF[plan.kind] ?? ('' as const),
  };
  let page: OwnerEvent[] = [];
  for await (const change of changesOf(run)) {
    if (change.from === change.to) continue;
    page.push({ ...change, ...same });
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  yield page;
}

/** As the same runs record it in an org that has the package. */
const OUTCOME_OF: Readonly<Record<string, EventOutcome>> = {
  [DISTRIBUTE_KIND]: 'Offered',
  [REASSIGN_KIND]: 'Offered',
  [PULLBACK_KIND]: 'PulledBack',
};

type Change = Pick<OwnerEvent, 'lead' | 'from' | 'to' | 'reason'>;

async function* changesOf({ folder, plan }: OwnerRun): AsyncGenerator<Change> {
  for (const step of plan.steps.filter(givesLeads)) {
    if (step.kind === 'update-rows') {
      for await (const { id: lead, was: from, value: to, reason } of writtenRows(folder, step))
        yield { lead, from, to, reason };
    } else if (step.kind === 'assign-rows') {
      const reason = ruleOf(step);
      for await (const { id: lead, before: from, after: to } of readAssigned(folder, step.id))
        yield { lead, from, to, reason };
    }
  }
}

/** The org does not say by which entry of the rule a lead went. */
const ruleOf = ({ rule }: Extract<Step, { kind: 'assign-rows' }>): string => `assignment rule ${rule.name}`;
