/** Rotations and members as field values, and back. */
import { DateTime } from 'luxon';
import { formatHours, type RotationContent } from '../config/index.js';
import { memberKey, type Rotation, type RotationMember } from '../model.js';
import type { MEMBER_FIELDS, ROTATION_FIELDS, MemberRow, RotationRow } from './objects.js';

type Cells<F extends readonly string[]> = Record<F[number], string | null>;

const WORDS = {
  balance: { assigned: 'Assigned', 'open-leads': 'Open Leads' },
  period: { day: 'Day', week: 'Week', month: 'Month' },
  sticky: { company: 'Company', 'email-domain': 'Email Domain' },
  neverBackTo: { declined: 'Declined', 'pulled-back': 'Pulled Back' },
  kind: { user: 'User', queue: 'Queue' },
} as const;

/** The org ends lines of long texts so, whatever it is sent. */
const LINE_END = '\r\n';

const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);

/** What the record of a rotation holds. */
export const rotationCells = (rotation: Rotation): Cells<typeof ROTATION_FIELDS> => ({
  Name: rotation.name,
  Key__c: rotation.key,
  Active__c: String(rotation.active),
  Filter__c: orNull(rotation.leads),
  Balance__c: WORDS.balance[rotation.balance],
  Period__c: WORDS.period[rotation.period],
  Time_Zone__c: rotation.timeZone,
  Hours__c: rotation.hours.length > 0 ? formatHours(rotation.hours) : null,
  Holidays__c: orNull(rotation.holidays.join(LINE_END)),
  Fallback_Queue__c: orNull(rotation.fallback),
  Sticky__c: orNull(rotation.sticky.map((one) => WORDS.sticky[one]).join(';')),
  Never_Back_To__c: orNull(rotation.neverBackTo.map((one) => WORDS.neverBackTo[one]).join(';')),
});

/** Key of a member in the org. */
export const recordKey = (rotation: string, member: Pick<RotationMember, 'kind' | 'name'>): string =>
  `${rotation}/${memberKey(member)}`;

/** What the record of a member holds. @param user id of the user, where it is one */
export const memberCells = (
  rotation: string,
  member: RotationMember,
  user: string | undefined
): Cells<typeof MEMBER_FIELDS> => ({
  Key__c: recordKey(rotation, member),
  Kind__c: WORDS.kind[member.kind],
  User__c: member.kind === 'user' ? orNull(user) : null,
  Queue_Developer_Name__c: member.kind === 'queue' ? member.name : null,
  Weight__c: String(member.weight),
  Cap__c: member.cap === undefined ? null : String(member.cap),
  Hours__c: member.hours === undefined ? null : formatHours(member.hours),
  Time_Zone__c: orNull(member.timeZone),
  Paused_Until__c: member.pausedUntil === undefined ? null : orgInstant(member.pausedUntil),
  Criteria__c: orNull(member.criteria),
});

/** An instant as the org writes it. */
const orgInstant = (instant: string): string => new Date(instant).toISOString().replace('Z', '+0000');

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

const listed = (value: unknown): string[] =>
  (text(value) ?? '')
    .split(/[;,\s]*[;,\r\n]+[;,\s]*/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** The word of a file for one of the org; what is not known stays, and is refused with the rest. */
const word = (words: Readonly<Record<string, string>>, value: unknown): string | undefined => {
  const found = Object.entries(words).find(([, label]) => label === value)?.[0];
  return found ?? text(value);
};

const words = (known: Readonly<Record<string, string>>, value: unknown): string[] =>
  listed(value).map((one) => word(known, one) ?? one);

/** The record of a rotation as the content of a file. */
export const rotationContent = (row: RotationRow, members: readonly MemberRow[]): RotationContent => ({
  key: row.Key__c,
  name: text(row.Name) ?? row.Key__c,
  active: row.Active__c === true,
  leads: text(row.Filter__c),
  balance: word(WORDS.balance, row.Balance__c),
  period: word(WORDS.period, row.Period__c),
  timeZone: text(row.Time_Zone__c),
  hours: text(row.Hours__c),
  holidays: listed(row.Holidays__c),
  fallback: text(row.Fallback_Queue__c),
  sticky: words(WORDS.sticky, row.Sticky__c),
  neverBackTo: words(WORDS.neverBackTo, row.Never_Back_To__c),
  members: members.map(memberContent),
});

/** Name of a member that its record does not show, from its key. */
const nameInKey = (row: MemberRow): string => String(row.Key__c).replace(/^[^/]*\/\w+:/, '');

/** The record of a member as the content of a file. */
const memberContent = (row: MemberRow): RotationContent['members'][number] => ({
  ...(row.Kind__c === 'Queue'
    ? { queue: text(row.Queue_Developer_Name__c) ?? nameInKey(row) }
    : { user: row.User__r?.Username ?? nameInKey(row) }),
  weight: row.Weight__c ?? undefined,
  cap: row.Cap__c ?? undefined,
  hours: text(row.Hours__c),
  timeZone: text(row.Time_Zone__c),
  pausedUntil: instantOf(row.Paused_Until__c),
  criteria: text(row.Criteria__c),
});

const instantOf = (value: unknown): string | undefined => {
  const stamp = text(value);
  return stamp && (DateTime.fromISO(stamp, { zone: 'UTC' }).toISO({ suppressMilliseconds: true }) ?? stamp);
};
