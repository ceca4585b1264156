/** Writes a rotation's file: always in the same order, and without what is as it would be anyway. */
import { DateTime } from 'luxon';
import { Document, type YAMLMap } from 'yaml';
import type { Rotation, RotationMember } from '../model.js';
import { formatHours } from './hours.js';
import { present } from './present.js';

/** Name of the schema that lies beside the files, for editors. */
export const SCHEMA_FILE = 'rotation.schema.json';

/** Text of the file of a rotation; the same for the same rotation. */
export function writeRotationFile(rotation: Rotation): string {
  const { key, name, active, leads, balance, period, timeZone, hours, holidays, fallback, sticky, neverBackTo } =
    rotation;
  const content = present({
    key,
    name,
    active,
    leads,
    balance,
    period,
    timeZone,
    hours: hours.length > 0 ? formatHours(hours) : undefined,
    holidays: some(holidays),
    fallback,
    sticky: some(sticky),
    neverBackTo: some(neverBackTo),
    members: rotation.members.map((member) => memberOf(member, timeZone)),
  });
  const document = new Document(content, { aliasDuplicateObjects: false });
  document.commentBefore = ` yaml-language-server: $schema=${SCHEMA_FILE}`;
  const members = document.get('members') as { items: YAMLMap[] };
  for (const member of members.items.slice(1)) member.spaceBefore = true;
  return document.toString({ lineWidth: 0 });
}

function memberOf(member: RotationMember, rotationZone: string): Record<string, unknown> {
  const { kind, name, weight, cap, hours, timeZone, pausedUntil, criteria } = member;
  return present({
    [kind]: name,
    weight,
    cap,
    hours: hours && formatHours(hours),
    timeZone,
    pausedUntil: pausedUntil === undefined ? undefined : shownInstant(pausedUntil, timeZone ?? rotationZone),
    criteria,
  });
}

/** A list, or nothing where it is empty. */
const some = (list: readonly string[]): string[] | undefined => (list.length > 0 ? [...list] : undefined);

/** An instant in the zone of the member: people think of pauses in their own time. */
function shownInstant(instant: string, zone: string): string {
  return DateTime.fromISO(instant, { zone }).toISO({ suppressMilliseconds: true }) ?? instant;
}
