/** The plan of a publication: findings become records of the org, those that are gone are marked so. Decisions made in the org stay. */
import { z } from 'zod';
import type { OrgIdentity } from '../../org/read/index.js';
import {
  callsOfRecords,
  createRecordsStep,
  fingerprint,
  PLAN_FORMAT,
  totalCalls,
  type Plan,
  type RecordsStep,
  type RunFolder,
} from '../../runs/index.js';
import type { DecidedFinding } from '../decisions/index.js';
import { cellsOf, FINDING, FINDING_FIELDS, GONE, type StoredFinding } from './records.js';

export const PUBLISH_KIND = 'sharing.publish';

const count = z.number().int().nonnegative();

/** What a plan of a publication keeps besides its rows. */
export const publishDetailsSchema = z.object({
  findings: count,
  created: count,
  changed: count,
  unchanged: count,
  /** Records whose findings are not there any more. */
  gone: count,
  /** Decisions of the org that no decisions file has taken up yet. */
  proposals: count,
});

type Row = { id: string; values: Array<string | null>; was: Array<string | null>; stamp: string; label: string };

/** What is written for the findings of a review, beside what the org holds. */
export function publication(
  decided: readonly DecidedFinding[],
  stored: readonly StoredFinding[]
): { created: Row[]; changed: Row[]; gone: Row[]; unchanged: number } {
  const known = new Map(stored.map((one) => [one.key, one]));
  const [created, changed] = [[] as Row[], [] as Row[]];
  let unchanged = 0;
  for (const item of decided) {
    const values = cellsOf(item);
    const { key } = item.finding;
    const before = known.get(key);
    known.delete(key);
    if (!before) created.push({ id: '', values, was: [], stamp: '', label: key });
    else if (isSame(values, before.cells)) unchanged += 1;
    else changed.push(rowOf(before, values));
  }
  const left = [...known.values()].filter(({ cells }) => cells[STATE] !== GONE);
  return { created, changed, unchanged, gone: left.map((one) => rowOf(one, one.cells.with(STATE, GONE))) };
}

const STATE = FINDING_FIELDS.indexOf('State__c');

const rowOf = ({ id, key, cells, stamp }: StoredFinding, values: Array<string | null>): Row => ({
  ...{ id, values, was: cells, stamp },
  label: key,
});

const isSame = (values: ReadonlyArray<string | null>, cells: ReadonlyArray<string | null>): boolean =>
  values.every((value, at) => (value ?? '') === (cells[at] ?? ''));

/** What a saved plan relies on: the records as they are, not who decided what. */
export const publishFingerprint = (stored: readonly StoredFinding[]): string =>
  fingerprint(stored.map(({ id, cells }) => ({ id, cells })));

/** Writes the rows into the run folder and the plan beside them. */
export async function buildPublishPlan(
  org: OrgIdentity,
  folder: RunFolder,
  decided: readonly DecidedFinding[],
  stored: readonly StoredFinding[]
): Promise<Plan> {
  const { created, changed, gone, unchanged } = publication(decided, stored);
  const steps: RecordsStep[] = [];
  const fields = FINDING_FIELDS.map((name) => ({ name, type: 'text' as const }));
  const common = { object: FINDING, fields, takeBack: 'delete' as const };
  if (created.length > 0) {
    const step = {
      id: 'new-findings',
      title: 'Publish new findings',
      operation: 'insert' as const,
      undo: 'best-effort' as const,
    };
    steps.push(
      await createRecordsStep(folder, { ...step, ...common, key: ['Finding_Key__c'], keyIsUnique: true }, created)
    );
  }
  if (changed.length + gone.length > 0) {
    const step = {
      id: 'findings',
      title: 'Change published findings',
      operation: 'update' as const,
      undo: 'exact' as const,
    };
    steps.push(
      await createRecordsStep(folder, { ...step, ...common, key: [], keyIsUnique: false }, [...changed, ...gone])
    );
  }
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: PUBLISH_KIND,
    title: `Publish ${decided.length} findings (${created.length} new, ${changed.length} changed, ${gone.length} gone)`,
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: publishFingerprint(stored),
    steps,
    warnings: [],
    cost: { ...totalCalls(steps.map((step) => callsOfRecords(step))), emails: 0, licences: 0 },
    details: {
      findings: decided.length,
      ...{ created: created.length, changed: changed.length, unchanged, gone: gone.length },
      proposals: stored.filter(({ proposal }) => proposal && !proposal.isExported).length,
    } satisfies z.infer<typeof publishDetailsSchema>,
  };
  await folder.writePlan(plan);
  return plan;
}
