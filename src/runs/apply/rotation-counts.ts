/** Applies a `rotation-counts` step: what members of a rotation remember, from what the run really wrote. */
import type { Connection } from '@salesforce/core';
import { RunStopped } from '../errors.js';
import { readRecords } from '../../org/read/index.js';
import { COLLECTION_ROWS, saveCollection } from '../../org/write/collections.js';
import type { CountedMember, RotationCountsStep } from '../plan.js';
import type { Verification } from '../receipt.js';
import { openUnits } from '../store/journal.js';
import { persist } from './context.js';
import { changesOf, countsAfter, type CountChange, type MemberCounts } from './counts.js';
import { movedBy } from './followed.js';
import { isSettled, wholeResult, type StepEnd, type StepRequest } from './step.js';

type Request = StepRequest<RotationCountsStep>;

const OBJECT = 'Lead_Rotation_Member__c';

type Row = { Id: string; Period_Start__c: string | null } & Record<
  'Assigned_Count__c' | 'Period_Count__c' | 'Deficit__c',
  number | null
>;

/** What the records of the members hold now, in their order. @throws RunStopped `lock-stale` where one is gone */
export async function readCounts(conn: Connection, members: readonly CountedMember[]): Promise<MemberCounts[]> {
  const fields = ['Id', 'Assigned_Count__c', 'Period_Count__c', 'Period_Start__c', 'Deficit__c'];
  const values = members.map(({ record }) => record);
  const rows = await readRecords<Row>(conn, { from: OBJECT, fields, by: 'Id', values });
  const byId = new Map(rows.map((row) => [row.Id, row]));
  return members.map(({ record, name }) => {
    const row = byId.get(record);
    if (!row) throw new RunStopped('lock-stale', new Error(`${name} is no member of the rotation any more.`));
    return {
      assigned: row.Assigned_Count__c ?? 0,
      deficit: row.Deficit__c ?? 0,
      periodCount: row.Period_Count__c ?? 0,
      periodStart: row.Period_Start__c,
    };
  });
}

/** A plan over counts that another run has changed since would give leads to those who were owed them before. @throws RunStopped */
export async function requireCounts(conn: Connection, { members }: RotationCountsStep): Promise<void> {
  const now = await readCounts(conn, members);
  const other = members.find(({ was }, at) => !isSame(was, now[at]!));
  if (other) {
    const text = `Leads were given to ${other.name} after the plan was made, so the plan does not count them.`;
    throw new RunStopped('lock-stale', new Error(text));
  }
}

const isSame = (a: CountedMember['was'], b: MemberCounts): boolean =>
  a.assigned === b.assigned && a.deficit === b.deficit && a.periodCount === b.periodCount;

/** Brings the step to its end. A step that was seen through is not written again. */
export async function applyCounts(request: Request): Promise<StepEnd> {
  const { step, lines } = request;
  if (isSettled(lines)) return { state: 'done', result: wholeResult(step, 'done') };
  const moved = await movedBy(request.folder, step.source);
  const changes = changesOf(step, moved);
  if (changes.every(({ assigned, deficit }) => assigned === 0 && deficit === 0)) return settle(request, 0);
  const unit = openUnits(lines)[0]?.unit;
  const now = await persist(request, () => readCounts(request.conn, step.members));
  if (unit !== undefined && isWritten(step, now, changes)) return settle(request, unit);
  return write(request, unit, now, changes);
}

/** Whether an earlier process wrote the counts before it was killed: they hold the plan's start and the changes together. */
const isWritten = (step: RotationCountsStep, now: readonly MemberCounts[], changes: readonly CountChange[]): boolean =>
  step.members.every(({ was }, at) => {
    const { assigned, deficit } = changes[at]!;
    return now[at]!.assigned === was.assigned + assigned && now[at]!.deficit === was.deficit + deficit;
  });

async function write(
  request: Request,
  open: number | undefined,
  now: readonly MemberCounts[],
  changes: readonly CountChange[]
): Promise<StepEnd> {
  const { step, journal } = request;
  const wanted = countsAfter(step, now, changes);
  const unit = open ?? request.nextUnit();
  const size = step.members.length;
  if (open === undefined) {
    await journal.append({ t: 'unit', unit, step: step.id, mode: 'counts', from: 0, to: size - 1, rows: size });
  }
  const failed = await send(request, wanted);
  if (failed !== undefined) throw new RunStopped('refused', new Error(failed));
  const verification = await prove(request, wanted);
  return { ...(await settle(request, unit)), verification };
}

/** Absolute values: to write them twice does the same. @returns what the org says against one of them */
async function send(request: Request, wanted: readonly MemberCounts[]): Promise<string | undefined> {
  const records = wanted.map(({ assigned, deficit, periodCount, periodStart }, at) => ({
    id: request.step.members[at]!.record,
    fields: {
      Assigned_Count__c: assigned,
      Deficit__c: deficit,
      Period_Count__c: periodCount,
      Period_Start__c: periodStart,
    },
  }));
  for (let at = 0; at < records.length; at += COLLECTION_ROWS) {
    await request.guard();
    const chunk = records.slice(at, at + COLLECTION_ROWS);
    const results = await persist(request, () => saveCollection(request.conn, 'update', OBJECT, chunk));
    const bad = results.find(({ success }) => !success);
    if (bad) return bad.errors[0]?.message ?? 'The org gave no reason.';
  }
  return undefined;
}

async function prove(request: Request, wanted: readonly MemberCounts[]): Promise<Verification> {
  const method = `read the counts of ${wanted.length} members again`;
  const now = await persist(request, () => readCounts(request.conn, request.step.members));
  const differences = request.step.members
    .filter((_, at) => !isSame(wanted[at]!, now[at]!))
    .map(({ name }) => `${name} remembers other counts than the run wrote.`);
  return { method, agrees: differences.length === 0, differences };
}

async function settle({ step, journal }: Request, unit: number): Promise<StepEnd> {
  await journal.append({ t: 'settled', unit, step: step.id, outcomeBytes: 0 });
  return { state: 'done', result: wholeResult(step, 'done') };
}
