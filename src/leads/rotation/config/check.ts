/** From a file that has the right shape to a rotation: hours, zones, times and conditions are understood here. */
import { DateTime, IANAZone } from 'luxon';
import { ConditionError, parseCondition } from '../../../org/read/index.js';
import { memberKey, type Hours, type Rotation, type RotationMember } from '../model.js';
import { HoursError, parseHours } from './hours.js';
import type { Path } from './places.js';
import { present } from './present.js';
import { nearest } from './problems.js';
import type { RotationFile, RotationFileMember } from './schema.js';

/** Takes what is wrong, with the path of the value. */
export type Refuse = (path: Path, text: string) => void;

/** The rotation of a file. What is refused is left out of it. */
export async function rotationOf(file: RotationFile, refuse: Refuse, has: (path: Path) => boolean): Promise<Rotation> {
  checkZone(file.timeZone, ['timeZone'], refuse);
  const hours = hoursOf(file.hours, ['hours'], refuse) ?? [];
  if (hours.length > 0 && !has(['timeZone'])) refuse(['hours'], '"hours" need a "timeZone", such as Europe/Berlin');
  const leads = await conditionOf(file.leads, ['leads'], refuse);
  const members: RotationMember[] = [];
  for (const [at, member] of file.members.entries()) {
    members.push(await memberOf(member, file.timeZone, at, refuse, has));
  }
  checkTwice(file, members, refuse);
  return present<Rotation>({
    key: file.key,
    name: file.name,
    active: file.active,
    leads,
    balance: file.balance,
    period: file.period,
    timeZone: file.timeZone,
    hours,
    holidays: [...new Set(file.holidays)].sort(),
    fallback: file.fallback,
    sticky: (['company', 'email-domain'] as const).filter((one) => file.sticky.includes(one)),
    neverBackTo: (['declined', 'pulled-back'] as const).filter((one) => file.neverBackTo.includes(one)),
    members,
  });
}

async function memberOf(
  member: RotationFileMember,
  zone: string,
  at: number,
  refuse: Refuse,
  has: (path: Path) => boolean
): Promise<RotationMember> {
  const path = (field: string): Path => ['members', at, field];
  const { queue, user, weight, cap, timeZone } = member;
  if ((queue === undefined) === (user === undefined)) {
    refuse(
      ['members', at],
      `a member has either "queue" or "user"; this one has ${queue === undefined ? 'none' : 'both'}`
    );
  }
  if (timeZone !== undefined) checkZone(timeZone, path('timeZone'), refuse);
  const hours = hoursOf(member.hours, path('hours'), refuse);
  if (hours?.length && !has(path('timeZone')) && !has(['timeZone'])) {
    refuse(path('hours'), '"hours" need a "timeZone", of the member or the rotation');
  }
  const pausedUntil = instantOf(member.pausedUntil, timeZone ?? zone, path('pausedUntil'), refuse);
  const criteria = await conditionOf(member.criteria, path('criteria'), refuse);
  return present<RotationMember>({
    kind: queue === undefined ? 'user' : 'queue',
    name: queue ?? user ?? '',
    weight,
    cap,
    hours,
    timeZone,
    pausedUntil,
    criteria,
  });
}

function checkTwice({ members: written }: RotationFile, members: readonly RotationMember[], refuse: Refuse): void {
  const seen = new Set<string>();
  for (const [at, member] of members.entries()) {
    const key = memberKey(member);
    const field = written[at]?.queue === undefined ? 'user' : 'queue';
    if (member.name !== '' && seen.has(key)) {
      refuse(['members', at, field], `the ${member.kind} "${member.name}" is there twice; raise its weight instead`);
    }
    seen.add(key);
  }
}

function checkZone(zone: string, path: Path, refuse: Refuse): void {
  if (IANAZone.isValidZone(zone)) return;
  const meant = nearest(zone, Intl.supportedValuesOf('timeZone'));
  refuse(path, `"${zone}" is not a time zone; ${meant ? `did you mean "${meant}"?` : 'write it as Europe/Berlin'}`);
}

function hoursOf(text: string | undefined, path: Path, refuse: Refuse): Hours[] | undefined {
  if (text === undefined) return undefined;
  try {
    return parseHours(text);
  } catch (error) {
    if (!(error instanceof HoursError)) throw error;
    refuse(path, error.problem);
    return undefined;
  }
}

/** A day or a time of a zone as the instant that it is. */
function instantOf(text: string | undefined, zone: string, path: Path, refuse: Refuse): string | undefined {
  if (text === undefined) return undefined;
  const moment = DateTime.fromISO(text, { zone: IANAZone.isValidZone(zone) ? zone : 'UTC' });
  const instant = moment.toUTC().toISO({ suppressMilliseconds: true });
  if (moment.isValid && instant !== null && /^\d{4}-\d{2}-\d{2}/.test(text)) return instant;
  refuse(path, `"${text}" is not a time; write it as 2026-12-01 or 2026-12-01T08:00`);
  return undefined;
}

/** A condition on one line, as it is kept in the org too. */
async function conditionOf(text: string | undefined, path: Path, refuse: Refuse): Promise<string | undefined> {
  if (text === undefined) return undefined;
  const condition = text.trim().replace(/\s*\r?\n\s*/g, ' ');
  try {
    await parseCondition('Lead', condition);
    return condition;
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    refuse(path, `this is not a condition on Lead: ${error.problem}`);
    return undefined;
  }
}
