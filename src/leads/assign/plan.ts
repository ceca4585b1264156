/** The plan of running a rule over leads. Reads, and writes only local files. */
import type { Connection } from '@salesforce/core';
import { IDS_A_QUERY, REST_ROWS, type OrgIdentity } from '../../org/read/index.js';
import {
  callsOfJobs,
  createRowSet,
  CsvWriter,
  fileHash,
  fingerprint,
  PLAN_FORMAT,
  type AssignRowsStep,
  type Plan,
  type RunFolder,
} from '../../runs/index.js';
import { readLeads } from '../distribute/select-leads.js';
import type { LeadRow, Selection } from '../distribute/types.js';
import type { AssignDetails, AssignEntry } from './details.js';
import { conditionText, targetText } from './entry.js';
import { forecast, type Forecast } from './forecast.js';
import { targetKey, type ChosenRule } from './rule.js';

export const ASSIGN_KIND = 'lead.assign';

export const ASSIGN_STEP = 'assign';

/**
 * Field that is written with the value that it has. An update has to carry a field; this one every lead has, and nothing
 * but a new name changes it.
 */
export const WRITTEN_FIELD = 'LastName';

export type AssignRequest = {
  conn: Connection;
  org: OrgIdentity;
  selection: Selection;
  rule: ChosenRule;
  folder: RunFolder;
  onProgress: (read: number, total: number) => void;
};

/** Hash of what the plan relies on: the rule, and what it says. */
export const ruleFingerprint = ({ id, active, entries, targets }: ChosenRule): string =>
  fingerprint({ id, active, entries: entries ?? null, targets: [...targets].sort(([a], [b]) => (a < b ? -1 : 1)) });

/** Plans the run. */
export async function buildAssignPlan(request: AssignRequest): Promise<Plan> {
  const { conn, org, selection, rule, folder } = request;
  const collected = await collect(request);
  const known = rule.entries && (await forecast(conn, selection, rule.entries, collected.rows));
  const details = detailsOf(request, collected, known);
  const step = await stepOf(folder, rule, collected);
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: ASSIGN_KIND,
    title: `Run the assignment rule ${rule.name} over ${collected.rows} leads`,
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: ruleFingerprint(rule),
    steps: collected.rows > 0 ? [step] : [],
    warnings: warningsOf(rule, known),
    cost: { ...callsFor(collected.rows), emails: mailsOf(details), licences: 0 },
    details,
  };
  await folder.writePlan(plan);
  return plan;
}

type Collected = { rows: number; selected: number; since: string; skipped: Record<string, number> };

async function collect({ conn, selection, folder, onProgress }: AssignRequest): Promise<Collected> {
  await using rows = await createRowSet(folder.rows(ASSIGN_STEP), WRITTEN_FIELD);
  await using skipped = await CsvWriter.create(folder.skipped, ['Id', 'OwnerId', 'Reason']);
  const result: Collected = { rows: 0, selected: 0, since: '', skipped: {} };
  const skip = (id: string, owner: string, reason: string): void => {
    result.skipped[reason] = (result.skipped[reason] ?? 0) + 1;
    skipped.add([id, owner, reason]);
  };
  let total = 0;
  for await (const { leads, missing } of readLeads(conn, selection, (count) => (total = count), [WRITTEN_FIELD])) {
    for (const lead of leads) {
      if (lead.stamp > result.since) result.since = lead.stamp;
      if (lead.converted) skip(lead.id, lead.ownerId, 'converted');
      else addRow(rows, lead, result);
    }
    for (const id of missing) skip(id, '', 'not-found');
    result.selected += leads.length + missing.length;
    await rows.flush();
    await skipped.flush();
    onProgress(result.selected, total);
  }
  await rows.close();
  await skipped.close();
  return result;
}

/** The value before is the owner: it is he whom the rule may change. */
function addRow(rows: CsvWriter, { id, ownerId, stamp, more: [name = ''] = [] }: LeadRow, result: Collected): void {
  rows.add([id, name, ownerId, stamp, 'runs the rule']);
  result.rows += 1;
}

async function stepOf(folder: RunFolder, rule: ChosenRule, { rows, since }: Collected): Promise<AssignRowsStep> {
  const file = folder.rows(ASSIGN_STEP);
  return {
    id: ASSIGN_STEP,
    kind: 'assign-rows',
    title: `Run ${rule.name}`,
    object: 'Lead',
    field: WRITTEN_FIELD,
    rule: { id: rule.id, name: rule.name },
    targets: [...new Set([...rule.targets.values()].map(({ id }) => id))],
    rows: { file, count: rows, sha256: await fileHash(file) },
    since,
    undo: 'exact',
  };
}

function detailsOf(
  { selection, rule }: AssignRequest,
  { selected, skipped }: Collected,
  known: Forecast | undefined
): AssignDetails {
  const { id, name, active, entries, targets } = rule;
  return {
    selection: selection.text,
    selected,
    skipped,
    rule: { id, name, active },
    entries:
      entries?.map((entry, at): AssignEntry => {
        const { leads = null, why } = known?.entries[at] ?? {};
        return {
          number: at + 1,
          condition: conditionText(entry),
          target: targetText(entry),
          targetId: (entry.target && targets.get(targetKey(entry.target))?.id) ?? null,
          leads,
          ...(why ? { why } : {}),
          mails: entry.template !== undefined && entry.target !== undefined,
        };
      }) ?? null,
    unmatched: known?.unmatched ?? null,
    names: Object.fromEntries([...targets.values()].map((target) => [target.id, target.name])),
  };
}

/** Mails that are known of; entries that cannot be counted may send more. */
const mailsOf = ({ entries }: AssignDetails): number =>
  (entries ?? []).reduce((sum, { mails, leads }) => sum + (mails ? (leads ?? 0) : 0), 0);

function warningsOf(rule: ChosenRule, known: Forecast | undefined): string[] {
  const { entries, targets, active, name } = rule;
  const missing = (entries ?? []).flatMap(({ target }) =>
    target && !targets.has(targetKey(target)) ? target.name : []
  );
  const unknown = known?.entries.find(({ why }) => why !== undefined);
  return [
    ...(active ? [] : [`${name} is not active. It runs all the same, for the leads of this plan alone.`]),
    ...(entries ? [] : ['The entries of the rule cannot be read, so nobody knows before where leads go.']),
    ...(missing.length > 0 ? [`The org has no queue or user for: ${[...new Set(missing)].join(', ')}.`] : []),
    ...(unknown?.why ? [`How many leads some entries take is not known before: ${unknown.why}`] : []),
    ...((known?.unmatched ?? 0) > 0
      ? [
          `No entry takes ${known!.unmatched} of the leads. They keep their owner, or go to the default lead owner of the org.`,
        ]
      : []),
  ];
}

/** API calls that applying takes at least. */
function callsFor(rows: number): { apiCalls: number; formula: string } {
  if (rows === 0) return { apiCalls: 0, formula: 'nothing to write' };
  if (rows <= 200) return { apiCalls: 3, formula: '1 drift query + 1 collection call + 1 look at the owners' };
  const jobs = callsOfJobs(rows);
  const looks = rows <= REST_ROWS ? Math.ceil(rows / IDS_A_QUERY) : 5;
  return {
    apiCalls: looks + jobs.calls,
    formula: `${jobs.formula} + ${looks} to read the owners; each further look at a job is one more`,
  };
}
