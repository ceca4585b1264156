/** What an import changes: records that are made, changed and deleted, in the order in which files name them. */
import { LEDGER_UNIT, memberKey, type RotationMember } from '../../rotation/model.js';
import {
  MEMBER_FIELDS,
  memberCells,
  ROTATION_FIELDS,
  rotationCells,
  type StoredMember,
} from '../../rotation/records/index.js';
import { differences, joins, memberChanges, memberName, rotationChanges } from '../compare.js';
import { storedMember, type ImportSnapshot, type Wish } from './read.js';

type Cell = string | null;

/** A record of a plan: values in the order of the fields, and what it held before. */
export type Change = {
  /** Empty for a record that is to be made. */
  id: string;
  values: Cell[];
  was: Cell[];
  stamp: string;
  label: string;
  /** Of a new member: id of its rotation, or the place of its rotation among the new ones. */
  rotation?: string | number;
};

export type Changes = {
  newRotations: Change[];
  rotations: Change[];
  newMembers: Change[];
  members: Change[];
  leaving: Change[];
};

/** Everything that is to be written for files. */
export function changesOf({ wishes, targets }: ImportSnapshot): Changes {
  const changes: Changes = { newRotations: [], rotations: [], newMembers: [], members: [], leaving: [] };
  for (const wish of wishes) {
    const { rotation, stored } = wish;
    const values = cells(rotationCells(rotation), ROTATION_FIELDS);
    const label = rotation.key;
    if (!stored) changes.newRotations.push({ id: '', values, was: [], stamp: '', label });
    else if (isChanged(wish))
      changes.rotations.push({ id: stored.id, values, was: stored.cells, stamp: stored.stamp, label });
    const home = stored?.id ?? changes.newRotations.length - 1;
    for (const member of rotation.members) {
      const user = targets.of(member)?.id;
      addMember(changes, wish, member, home, cells(memberCells(rotation.key, member, user), MEMBER_FIELDS));
    }
    changes.leaving.push(...leavingOf(wish));
  }
  return changes;
}

const cells = <F extends string>(held: Record<F, Cell>, fields: readonly F[]): Cell[] =>
  fields.map((name) => held[name]);

/** Records that cannot be understood are written anew even where what is left of them is the same. */
function isChanged({ rotation, stored }: Wish): boolean {
  if (!stored) return true;
  const values = cells(rotationCells(rotation), ROTATION_FIELDS);
  const isSpelled = values.every((value, at) => value === stored.cells[at]);
  return rotationChanges(stored.rotation, rotation).length > 0 || (stored.problems.length > 0 && !isSpelled);
}

function addMember(changes: Changes, wish: Wish, member: RotationMember, home: string | number, values: Cell[]): void {
  const label = `${wish.rotation.key}: ${memberName(member)}`;
  const known = storedMember(wish, member);
  if (!known) changes.newMembers.push({ id: '', values, was: [], stamp: '', label, rotation: home });
  else if (isMemberChanged(wish, member, known, values)) {
    changes.members.push({ id: known.id, values, was: known.cells, stamp: known.stamp, label });
  }
}

function isMemberChanged(
  { stored }: Wish,
  member: RotationMember,
  known: StoredMember,
  values: readonly Cell[]
): boolean {
  const before = stored!.rotation.members[stored!.members.indexOf(known)]!;
  if (memberChanges(before, member).length > 0) return true;
  const differs = (at: number): boolean => (values[at] ?? '').toLowerCase() !== (known.cells[at] ?? '').toLowerCase();
  const isKeyOld = differs(MEMBER_FIELDS.indexOf('Key__c')) || differs(MEMBER_FIELDS.indexOf('User__c'));
  return isKeyOld || (stored!.problems.length > 0 && values.some((_, at) => differs(at)));
}

function leavingOf({ rotation, stored }: Wish): Change[] {
  if (!stored) return [];
  const kept = new Set(rotation.members.map(memberKey));
  return stored.members
    .map((member, at) => ({ member, about: stored.rotation.members[at]! }))
    .filter(({ member }) => !kept.has(member.key))
    .map(({ member: { id, stamp }, about }) => ({
      id,
      values: [],
      was: [],
      stamp,
      label: `${rotation.key}: ${memberName(about)}`,
    }));
}

/** What becomes of one rotation, in lines for people. */
export function linesOf(wish: Wish): { action: 'create' | 'change' | 'unchanged'; lines: string[] } {
  const { rotation, stored } = wish;
  if (!stored) return { action: 'create', lines: rotation.members.map(joins) };
  const lines = differences(stored.rotation, rotation, (member) => leavesForGood(storedMember(wish, member)!));
  return { action: lines.length > 0 || isChanged(wish) ? 'change' : 'unchanged', lines };
}

/** Members that leave take their counts along: each has its own line. */
function leavesForGood({ state: { assigned, deficit } }: StoredMember): string {
  const owed = `${deficit < 0 ? 'ahead by' : 'owed'} ${(Math.abs(deficit) / LEDGER_UNIT).toFixed(2)}`;
  return `leaves for good, with its counts (${assigned} assigned, ${owed})`;
}
