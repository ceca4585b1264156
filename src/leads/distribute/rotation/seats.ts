/** The members of a rotation as a distribution sees them: who they are, and who cannot take leads at all. */
import type { Connection } from '@salesforce/core';
import type { ConditionName } from '../../../partners/index.js';
import type { MemberState } from '../../rotation/model.js';
import type { StoredRotation } from '../../rotation/records/index.js';
import type { Seat } from '../planner.js';
import { resolveTargets, type PartnerDoubt, type TargetProblem } from '../targets.js';

export type RotationSeat = Seat & {
  /** Id of the member's record. */
  record: string;
  state: MemberState;
  /** Why it takes no lead at all, in a few words for the reasons of leads. */
  blocked?: string;
};

/** What is to be known of members; each `detail` is a sentence. */
export type SeatNotes = {
  blocked: Array<{ name: string; detail: string }>;
  unchecked: string[];
  doubts: PartnerDoubt[];
};

const FAILED: Record<ConditionName, string> = {
  active: 'not active',
  licence: 'no partner licence',
  contact: 'no contact',
  'partner-account': 'its account is no partner',
  'account-owner': 'the owner of its account',
  'site-member': 'not a member of the site',
  'site-live': 'its site is not live',
  'logged-in': 'never logged in',
  'reads-leads': 'may not read leads',
};

/** Reads who can take leads. A member that cannot does not hold up the others. */
export async function readSeats(
  conn: Connection,
  { rotation, members }: StoredRotation
): Promise<{ seats: RotationSeat[]; notes: SeatNotes }> {
  const users = members.flatMap(({ targetId }) => (targetId?.startsWith('005') ? [targetId] : []));
  const { problems, unchecked, doubts } = await resolveTargets(
    conn,
    users.map((text) => ({ text, weight: 1 }))
  );
  const problemOf = new Map(problems.map((problem) => [problem.text, problem]));
  const notes: SeatNotes = { blocked: [], unchecked, doubts };
  const seats = members.map(({ id, key, targetId = '', targetName, state, problem }, at): RotationSeat => {
    const { kind, weight, cap } = rotation.members[at]!;
    const found = problemOf.get(targetId);
    const blocked = problem === undefined ? found && wordsOf(found) : unusable(targetId);
    if (blocked !== undefined) notes.blocked.push({ name: targetName, detail: problem ?? found!.detail });
    return {
      ...{ key, id: targetId, name: targetName, kind: kind === 'queue' ? 'Queue' : 'User', weight, record: id, state },
      ...(cap === undefined ? {} : { cap }),
      ...(blocked === undefined ? {} : { blocked }),
    };
  });
  return { seats, notes };
}

const unusable = (id: string): string => {
  if (id === '') return 'not in this org';
  return id.startsWith('005') ? 'not active' : 'takes no leads';
};

function wordsOf({ key, condition }: TargetProblem): string {
  if (condition) return FAILED[condition];
  return key === 'cannotRead' ? 'may not read leads' : 'not active';
}
