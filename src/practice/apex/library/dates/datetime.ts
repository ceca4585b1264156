/** Datetime of Apex: moments, shown in the time zone of the user. */
import { ApexDate, ApexDatetime, ApexTime } from '../../runtime/dates.js';
import type { Native, NativeType } from '../../runtime/native.js';
import type { Value } from '../../runtime/values.js';
import { byLowerName, native, type Call } from '../args.js';
import { localDay } from './date.js';
import { dayOfYear, existing, isZone, momentOf, plusMonths, wallOf } from './moment.js';
import { formatMoment } from './pattern.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;
const GMT = 'UTC';

const own = (call: Call): number => (call.self as ApexDatetime).ms;
const made = (ms: number): ApexDatetime => new ApexDatetime(ms);
const local = (call: Call): string => call.ctx.timeZone;

/** Within a day, also for moments before 1970. */
const clock = (wall: number): number => ((wall % DAY) + DAY) % DAY;

/** Adds so many of a unit. */
const plus = (unit: number): Native => native(1, (call) => made(own(call) + call.integer(0) * unit), 'Datetime');

/** Months go by the calendar of GMT. */
const months = (unit: number): Native =>
  native(1, (call) => made(plusMonths(own(call), call.integer(0) * unit)), 'Datetime');

/** The same question for the user's zone and for GMT. */
const inZones = (name: string, read: (wall: Date) => Value): Record<string, Native> => ({
  [name]: native(0, (call) => read(new Date(wallOf(own(call), local(call))))),
  [`${name}Gmt`]: native(0, (call) => read(new Date(own(call)))),
});

const FIELDS = {
  ...inZones('year', (date) => date.getUTCFullYear()),
  ...inZones('month', (date) => date.getUTCMonth() + 1),
  ...inZones('day', (date) => date.getUTCDate()),
  ...inZones('hour', (date) => date.getUTCHours()),
  ...inZones('minute', (date) => date.getUTCMinutes()),
  ...inZones('second', (date) => date.getUTCSeconds()),
  ...inZones('millisecond', (date) => date.getUTCMilliseconds()),
  ...inZones('dayOfYear', (date) => dayOfYear(date.getTime())),
  ...inZones('date', (date) => ApexDate.ofMoment(date.getTime())),
  ...inZones('time', (date) => new ApexTime(clock(date.getTime()))),
};

/** A wall from numbers of a call; what is too much runs over. */
const wallFrom = (call: Call): number => {
  const [year, month, day] = [call.integer(0), call.integer(1), call.integer(2)];
  const [hour, minute, second] = call.count > 3 ? [call.integer(3), call.integer(4), call.integer(5)] : [0, 0, 0];
  return Date.UTC(year, month - 1, day, hour, minute, second);
};

const newInstance = (zone: (call: Call) => string): Native =>
  native([1, 2, 3, 6], (call) => {
    if (call.count === 1) return made(Number(call.long(0)));
    if (call.count === 2) return made(momentOf(call.date(0).ms + call.time(1).ms, zone(call)));
    return made(momentOf(wallFrom(call), zone(call)));
  });

const invalid = (call: Call, text: string): never => call.fail('System.TypeException', `Invalid date/time: ${text}`);

const PLAIN = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s+(\d{1,2}):(\d{1,2}):(\d{1,2})\s*$/;

const plain = (call: Call, zone: string): ApexDatetime => {
  const text = call.text(0);
  const found = PLAIN.exec(text);
  const day = found && existing(found[1]!, found[2]!, found[3]!);
  const [hour, minute, second] = (found ?? []).slice(4).map(Number);
  if (!day || hour! > 23 || minute! > 59 || second! > 59) return invalid(call, text);
  return made(momentOf(day.ms + hour! * HOUR + minute! * MINUTE + second! * 1000, zone));
};

const valueOf = (zone: (call: Call) => string): Native =>
  native(1, (call) => (call.given(0) instanceof ApexDatetime ? call.value(0) : plain(call, zone(call))), 'Datetime');

const LOCAL = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4}),?\s+(\d{1,2}):(\d{2})\s*(AM|PM)\s*$/i;

/** `11/29/2026, 10:00 AM`: moments of users in the United States. */
const parse = (call: Call): ApexDatetime => {
  const text = call.text(0);
  const found = LOCAL.exec(text);
  const day = found && existing(found[3]!, found[1]!, found[2]!);
  const [hour, minute] = (found ?? []).slice(4, 6).map(Number);
  if (!day || hour! < 1 || hour! > 12 || minute! > 59) return invalid(call, text);
  const hours = (hour! % 12) + (/pm/i.test(found[6]!) ? 12 : 0);
  return made(momentOf(day.ms + hours * HOUR + minute! * MINUTE, local(call)));
};

const patterned = (call: Call, zone: string): string =>
  formatMoment(own(call), zone, call.text(0), (message) => call.fail('System.StringException', message));

/** Without a pattern: as users in the United States read it (locale formats of ICU). */
const format = (call: Call): string => {
  const zone = call.count > 1 && !call.isNull(1) ? call.text(1) : local(call);
  // A zone nobody knows is GMT for Java.
  if (call.count > 0) return patterned(call, isZone(zone) ? zone : 'GMT');
  return localMoment(call, 'h:mm a');
};

const localMoment = (call: Call, pattern: string): string => {
  const zone = local(call);
  const time = formatMoment(own(call), zone, pattern, (message) => call.fail('System.StringException', message));
  return `${localDay(wallOf(own(call), zone))}, ${time}`;
};

const sameDay = (call: Call): boolean => {
  const day = (ms: number): number => Math.floor(wallOf(ms, local(call)) / DAY);
  return day(own(call)) === day(call.datetime(0).ms);
};

/** Datetime of Apex. */
export const DATETIME: NativeType = {
  name: 'Datetime',
  is: (value) => value instanceof ApexDatetime,
  statics: byLowerName({
    now: native(0, (call) => made(call.ctx.now()), 'Datetime'),
    newInstance: newInstance(local),
    newInstanceGmt: newInstance(() => GMT),
    valueOf: valueOf(local),
    valueOfGmt: valueOf(() => GMT),
    parse: native(1, parse, 'Datetime'),
  }),
  methods: byLowerName({
    ...FIELDS,
    addSeconds: plus(1000),
    addMinutes: plus(MINUTE),
    addHours: plus(HOUR),
    addDays: plus(DAY),
    addMonths: months(1),
    addYears: months(12),
    getTime: native(0, (call) => BigInt(own(call)), 'Long'),
    isSameDay: native(1, sameDay),
    format: native([0, 1, 2], format, 'String'),
    formatGmt: native(1, (call) => patterned(call, 'GMT'), 'String'),
    formatLong: native(0, (call) => localMoment(call, 'h:mm:ss a z'), 'String'),
  }),
};
