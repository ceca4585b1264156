/** How two rotations differ, in words and by what they mean: the order of members and the spelling of hours do not count. */
import { formatHours } from '../rotation/config/index.js';
import { memberKey, type Rotation, type RotationMember } from '../rotation/model.js';

type Shown = Record<string, string>;

const NOTHING = 'nothing';

const list = (values: readonly string[]): string => (values.length > 0 ? values.join(', ') : NOTHING);

const shownRotation = (rotation: Rotation): Shown => ({
  key: rotation.key,
  name: rotation.name,
  active: String(rotation.active),
  leads: rotation.leads ?? NOTHING,
  balance: rotation.balance,
  period: rotation.period,
  timeZone: rotation.timeZone,
  hours: formatHours(rotation.hours),
  holidays: list(rotation.holidays),
  fallback: rotation.fallback ?? NOTHING,
  sticky: list(rotation.sticky),
  neverBackTo: list(rotation.neverBackTo),
});

const shownMember = (member: RotationMember): Shown => ({
  weight: String(member.weight),
  cap: member.cap === undefined ? NOTHING : String(member.cap),
  hours: member.hours === undefined ? NOTHING : formatHours(member.hours),
  timeZone: member.timeZone ?? NOTHING,
  pausedUntil: member.pausedUntil ?? NOTHING,
  criteria: member.criteria ?? NOTHING,
});

/** A change of a field: what it becomes, and what it was. */
export type Difference = { field: string; from: string; to: string };

const changes = (before: Shown, after: Shown): Difference[] =>
  Object.keys(after)
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, from: before[field]!, to: after[field]! }));

/** Changes of the rotation itself. */
export const rotationChanges = (before: Rotation, after: Rotation): Difference[] =>
  changes(shownRotation(before), shownRotation(after));

/** Changes of a member. */
export const memberChanges = (before: RotationMember, after: RotationMember): Difference[] =>
  changes(shownMember(before), shownMember(after));

export type MemberDiff = {
  added: RotationMember[];
  removed: RotationMember[];
  changed: Array<{ member: RotationMember; changes: Difference[] }>;
};

/** Members that come, go and change. */
export function compareMembers(before: Rotation, after: Rotation): MemberDiff {
  const old = new Map(before.members.map((member) => [memberKey(member), member]));
  const kept = new Set(after.members.map(memberKey));
  return {
    added: after.members.filter((member) => !old.has(memberKey(member))),
    removed: before.members.filter((member) => !kept.has(memberKey(member))),
    changed: after.members.flatMap((member) => {
      const known = old.get(memberKey(member));
      const found = known ? memberChanges(known, member) : [];
      return found.length > 0 ? [{ member, changes: found }] : [];
    }),
  };
}

/** `queue Partners_DE`. */
export const memberName = ({ kind, name }: Pick<RotationMember, 'kind' | 'name'>): string => `${kind} ${name}`;

/** `queue Partners_DE: joins with weight 2`. */
export const joins = (member: RotationMember): string => `${memberName(member)}: joins with weight ${member.weight}`;

/** `weight: 2 -> 3`. */
const sentenceOf = ({ field, from, to }: Difference): string => `${field}: ${from} -> ${to}`;

/**
 * All differences, one line each: what would become of the first where it is made like the second.
 * @param leaves what is said of a member that goes
 */
export function differences(
  before: Rotation,
  after: Rotation,
  leaves: (member: RotationMember) => string = () => 'leaves'
): string[] {
  const { added, removed, changed } = compareMembers(before, after);
  return [
    ...rotationChanges(before, after).map(sentenceOf),
    ...added.map(joins),
    ...changed.flatMap(({ member, changes: found }) => found.map((one) => `${memberName(member)}: ${sentenceOf(one)}`)),
    ...removed.map((member) => `${memberName(member)}: ${leaves(member)}`),
  ];
}
