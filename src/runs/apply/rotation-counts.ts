/** Applies a `rotation-counts` step: what members of a rotation remember, from what the run really wrote. */
import type { Connection } from '@salesforce/core';
import { isRetriable, RunStopped } from '../errors.js';
import { readRecords } from '../../org/read/index.js';
import { COLLECTION_ROWS, saveCollection, type RowError } from '../../org/write/collections.js';
import type { CountedMember, RotationCountsStep } from '../plan.js';
import type { Verification } from '../receipt.js';
import { openUnits, type Counted, type JournalLine } from '../store/journal.js';
import { pause, persist } from './context.js';
import { addedBy, changesOf, countAfter, type CountChange, type MemberCounts } from './counts.js';
import { movedBy } from './followed.js';
import { isSettled, wholeResult, type StepEnd, type StepRequest } from './step.js';

type Request = StepRequest<RotationCountsStep>;

const OBJECT = 'Lead_Rotation_Member__c';

type Row = { Id: string; Period_Start__c: string | null } & Record<
  'Assigned_Count__c' | 'Period_Count__c' | 'Deficit__c',
  number | null
>;

/** What the records of the members hold now, in their order; undefined for one that was taken out of the rotation. */
export async function readCounts(
  conn: Connection,
  members: ReadonlyArray<Pick<CountedMember, 'record'>>
): Promise<Array<MemberCounts | undefined>> {
  const fields = ['Id', 'Assigned_Count__c', 'Period_Count__c', 'Period_Start__c', 'Deficit__c'];
  const values = members.map(({ record }) => record);
  const rows = await readRecords<Row>(conn, { from: OBJECT, fields, by: 'Id', values });
  const byId = new Map(rows.map((row) => [row.Id, countsOf(row)]));
  return members.map(({ record }) => byId.get(record));
}

const countsOf = (row: Row): MemberCounts => ({
  assigned: row.Assigned_Count__c ?? 0,
  deficit: row.Deficit__c ?? 0,
  periodCount: row.Period_Count__c ?? 0,
  periodStart: row.Period_Start__c,
});

/** A plan over counts that another run has changed since would give leads to those who were owed them before. @throws RunStopped */
export async function requireCounts(conn: Connection, { members }: RotationCountsStep): Promise<void> {
  const now = await readCounts(conn, members);
  members.forEach(({ was, name }, at) => {
    const counts = now[at];
    if (counts && isSame(was, counts)) return;
    const text = counts
      ? `Leads were given to ${name} after the plan was made, so the plan does not count them.`
      : `${name} is no member of the rotation any more.`;
    throw new RunStopped('lock-stale', new Error(text));
  });
}

const isSame = (a: CountedMember['was'], b: MemberCounts): boolean =>
  a.assigned === b.assigned && a.deficit === b.deficit && a.periodCount === b.periodCount;

/**
 * Brings the step to its end. The journal has what each unit makes of the counts: nothing is added twice, and rows that
 * failed first and were written by a resumed run are added then.
 */
export async function applyCounts(request: Request): Promise<StepEnd> {
  const { step } = request;
  const [open] = openUnits(request.lines);
  if (open) await finish(request, open.unit, open.counts ?? []);
  const added = addedBy(countUnits(request.lines, open?.unit));
  const changes = changesOf(step, await movedBy(request.folder, step.source)).map(({ assigned, deficit }, at) => {
    const known = added.get(step.members[at]!.record) ?? { assigned: 0, deficit: 0 };
    return { assigned: assigned - known.assigned, deficit: deficit - known.deficit };
  });
  const result = wholeResult(step, 'done');
  if (changes.every(({ assigned, deficit }) => assigned === 0 && deficit === 0)) {
    if (!isSettled(request.lines) && !open) await settle(request, 0);
    return { state: 'done', result };
  }
  return { state: 'done', result, verification: await add(request, changes) };
}

/** What units of counts make of the members: those that were seen through, and one more. */
export function countUnits(lines: readonly JournalLine[], more?: number): Counted[][] {
  const settled = new Set(lines.flatMap((line) => (line.t === 'settled' ? [line.unit] : [])));
  return lines.flatMap((line) =>
    line.t === 'unit' && line.counts && (settled.has(line.unit) || line.unit === more) ? [line.counts] : []
  );
}

/** Where each member of a unit stands that a process has left open. */
export async function standOf(
  conn: Connection,
  counts: readonly Counted[]
): Promise<Array<'written' | 'open' | 'gone' | 'changed'>> {
  const now = await readCounts(conn, counts);
  return counts.map(({ from, to }, at) => {
    const held = now[at];
    if (!held) return 'gone';
    if (isSame(to, held)) return 'written';
    return isSame(from, held) ? 'open' : 'changed';
  });
}

/** Writes what a unit has left open. Counts that others changed meanwhile may hold those of this run or not. */
async function finish(request: Request, unit: number, counts: readonly Counted[]): Promise<void> {
  const stands = await persist(request, () => standOf(request.conn, counts));
  const changed = counts[stands.indexOf('changed')];
  if (changed) {
    const name = request.step.members.find(({ record }) => record === changed.record)?.name ?? changed.record;
    const text =
      `The counts of ${name} were changed while this run was interrupted, ` +
      `so nobody can tell whether its leads are in them. Look at the rotation, and correct its counts by hand.`;
    throw new RunStopped('lock-stale', new Error(text));
  }
  await write(
    request,
    unit,
    counts.filter((_, at) => stands[at] === 'open')
  );
}

/** Adds to the counts of all members that are still there. */
async function add(request: Request, changes: readonly CountChange[]): Promise<Verification> {
  const { step, journal } = request;
  const now = await persist(request, () => readCounts(request.conn, step.members));
  const counts = step.members.flatMap((member, at): Counted[] => {
    const from = now[at];
    return from ? [{ record: member.record, from, to: countAfter(member, from, changes[at]!) }] : [];
  });
  const unit = request.nextUnit();
  const size = step.members.length;
  await journal.append({ t: 'unit', unit, step: step.id, mode: 'counts', from: 0, to: size - 1, rows: size, counts });
  await write(request, unit, counts);
  return prove(request, counts);
}

async function write(request: Request, unit: number, counts: readonly Counted[]): Promise<void> {
  for (let at = 0; at < counts.length; at += COLLECTION_ROWS) {
    const failed = await send(request, counts.slice(at, at + COLLECTION_ROWS));
    if (failed) throw new RunStopped('refused', new Error(failed.message));
  }
  await settle(request, unit);
}

/** Absolute values: to write them twice does the same. @returns what the org says against one of them */
async function send(request: Request, counts: readonly Counted[]): Promise<RowError | undefined> {
  const records = counts.map(({ record, to }) => ({
    id: record,
    fields: {
      Assigned_Count__c: to.assigned,
      Deficit__c: to.deficit,
      Period_Count__c: to.periodCount,
      Period_Start__c: to.periodStart,
    },
  }));
  for (let pass = 1; ; pass++) {
    await request.guard();
    const results = await persist(request, () => saveCollection(request.conn, 'update', OBJECT, records));
    const [error] = results.flatMap(({ success, errors }) => (success ? [] : [errors[0] ?? NO_REASON]));
    if (!error || !isRetriable(error.statusCode) || pass > request.tuning.passes) return error;
    await pause(request, 'rows', records.length, pass);
  }
}

const NO_REASON: RowError = { statusCode: 'UNKNOWN', message: 'The org gave no reason.' };

async function prove(request: Request, counts: readonly Counted[]): Promise<Verification> {
  const method = `read the counts of ${counts.length} members again`;
  const stands = await persist(request, () => standOf(request.conn, counts));
  const differences = counts
    .filter((_, at) => stands[at] !== 'written')
    .map(({ record }) => request.step.members.find((member) => member.record === record)?.name ?? record)
    .map((name) => `${name} remembers other counts than the run wrote.`);
  return { method, agrees: differences.length === 0, differences };
}

async function settle({ step, journal }: Request, unit: number): Promise<void> {
  await journal.append({ t: 'settled', unit, step: step.id, outcomeBytes: 0 });
}
