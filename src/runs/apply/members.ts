/** Applies a `members` step: new members of groups and queues first, then those that go, so that nobody is without. */
import { readMembers, type MemberRow } from '../../org/read/index.js';
import { COLLECTION_ROWS, type RowResult } from '../../org/write/collections.js';
import { addMembers, removeMembers, type Member } from '../../org/write/members.js';
import { RunStopped } from '../errors.js';
import type { MembersStep } from '../plan.js';
import type { Verification } from '../receipt.js';
import { persist } from './context.js';
import { isSettled, wholeResult, type StepEnd, type StepRequest } from './step.js';

type Request = StepRequest<MembersStep>;

/** Brings the step to its end. What is there already, or gone already, is left as it is, so a repeat does no harm. */
export async function applyMembers(request: Request): Promise<StepEnd> {
  const { step, journal, lines, emit } = request;
  if (!isSettled(lines)) {
    const unit = request.nextUnit();
    const rows = step.changes.length;
    await journal.append({ t: 'unit', unit, step: step.id, mode: 'members', from: 0, to: rows - 1, rows });
    await persist(request, () => bringAbout(request));
    await journal.append({ t: 'settled', unit, step: step.id, outcomeBytes: 0 });
  }
  emit({ type: 'verify' });
  return { state: 'done', result: wholeResult(step, 'done'), verification: await proof(request) };
}

async function bringAbout({ conn, step }: Request): Promise<void> {
  const before = await membersOf(conn, step);
  const missing = wanted(step, 'add').filter((member) => !isIn(member, before));
  for (const chunk of chunks(missing)) check(await addMembers(conn, chunk));
  const gone = wanted(step, 'remove').flatMap((member) => before.filter((row) => isRow(member, row)));
  for (const chunk of chunks(gone)) {
    check(
      await removeMembers(
        conn,
        chunk.map(({ Id }) => Id)
      )
    );
  }
}

/** @throws RunStopped where the org refused a member */
function check(results: readonly RowResult[]): void {
  const error = results.find(({ success }) => !success)?.errors[0];
  // Somebody else took the row away: that is what was wanted.
  if (!error || error.statusCode === 'ENTITY_IS_DELETED') return;
  throw new RunStopped('refused', new Error(`${error.statusCode}: ${error.message}`));
}

async function proof({ conn, step }: Request): Promise<Verification> {
  const method = `read the members of ${new Set(step.changes.map(({ group }) => group)).size} groups again`;
  try {
    const differences = await memberDifferences(conn, step);
    return { method, agrees: differences.length === 0, differences };
  } catch (error) {
    return { method, agrees: null, differences: [(error as Error).message] };
  }
}

/** Changes of the step that the org does not hold now, in words. */
export async function memberDifferences(conn: Request['conn'], step: MembersStep): Promise<string[]> {
  const rows = await membersOf(conn, step);
  return step.changes
    .filter(({ group, add, remove }) => {
      const isThere = (member: string): boolean => isIn({ group, member }, rows);
      return (add !== undefined && !isThere(add)) || (remove !== undefined && isThere(remove));
    })
    .map(({ text }) => text);
}

const membersOf = (conn: Request['conn'], step: MembersStep): Promise<MemberRow[]> =>
  readMembers(
    conn,
    step.changes.map(({ group }) => group)
  );

const wanted = (step: MembersStep, which: 'add' | 'remove'): Member[] =>
  step.changes.flatMap((change) => {
    const member = change[which];
    return member === undefined ? [] : [{ group: change.group, member }];
  });

const isRow = ({ group, member }: Member, row: MemberRow): boolean =>
  row.GroupId === group && row.UserOrGroupId === member;

const isIn = (member: Member, rows: readonly MemberRow[]): boolean => rows.some((row) => isRow(member, row));

function chunks<T>(list: readonly T[]): T[][] {
  const count = Math.ceil(list.length / COLLECTION_ROWS);
  return Array.from({ length: count }, (_, at) => list.slice(at * COLLECTION_ROWS, (at + 1) * COLLECTION_ROWS));
}
