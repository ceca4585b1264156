/** Whether a member would get a lead now, or why not: what `rotation show` says of each. */
import { DateTime } from 'luxon';
import type { Hours, MemberState, Period, Rotation, RotationMember } from '../rotation/model.js';

/** Why a member gets nothing now, in the words of reasons of distributions. */
export function hindrances(rotation: Rotation, member: RotationMember, state: MemberState, now: Date): string[] {
  const here = DateTime.fromJSDate(now, { zone: rotation.timeZone });
  const found: string[] = [];
  if (!rotation.active) found.push('the rotation is not active');
  if (rotation.holidays.includes(here.toISODate() ?? '')) found.push('holiday');
  const hours = member.hours ?? rotation.hours;
  if (!isWithin(hours, DateTime.fromJSDate(now, { zone: member.timeZone ?? rotation.timeZone }))) {
    found.push('out of hours');
  }
  if (member.pausedUntil !== undefined && now < new Date(member.pausedUntil)) {
    found.push(`paused until ${member.pausedUntil}`);
  }
  if (isFull(rotation.period, member, state, here)) found.push(`cap ${member.cap} a ${rotation.period}`);
  return found;
}

/** No hours at all are always. */
function isWithin(hours: readonly Hours[], moment: DateTime): boolean {
  const minute = moment.hour * 60 + moment.minute;
  return (
    hours.length === 0 ||
    hours.some(({ days, from, to }) => days.includes(moment.weekday) && from <= minute && minute < to)
  );
}

/** Counts of an earlier period do not count any more. */
function isFull(
  period: Period,
  { cap }: RotationMember,
  { periodCount, periodStart }: MemberState,
  here: DateTime
): boolean {
  if (cap === undefined || periodStart === undefined) return false;
  return periodStart >= (here.startOf(period).toISODate() ?? '') && periodCount >= cap;
}
