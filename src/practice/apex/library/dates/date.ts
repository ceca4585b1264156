/** Date of Apex: days without a time. */
import { ApexDate, ApexDatetime } from '../../runtime/dates.js';
import type { NativeType } from '../../runtime/native.js';
import { byLowerName, native, type Call } from '../args.js';
import { dayOfYear, daysInMonth, existing, plusMonths, today, wallOf } from './moment.js';

const DAY = 86_400_000;

const own = (call: Call): ApexDate => call.self as ApexDate;
const utc = (call: Call): Date => new Date(own(call).ms);

const invalid = (call: Call, text: string): never => call.fail('System.TypeException', `Invalid date: ${text}`);

/** `2026-11-29`, with or without a time behind it. */
const parsePlain = (call: Call, text: string): ApexDate => {
  const found = /^\s*(\d{1,4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?\s*$/.exec(text);
  return (found && existing(found[1]!, found[2]!, found[3]!)) ?? invalid(call, text);
};

/** `11/29/2026`: dates of users in the United States. */
const parseLocal = (call: Call): ApexDate => {
  const text = call.text(0);
  const found = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})\s*$/.exec(text);
  return (found && existing(found[3]!, found[1]!, found[2]!)) ?? invalid(call, text);
};

const valueOf = (call: Call): ApexDate => {
  const value = call.given(0);
  if (value instanceof ApexDate) return value;
  if (value instanceof ApexDatetime) return ApexDate.ofMoment(wallOf(value.ms, call.ctx.timeZone));
  return parsePlain(call, call.text(0));
};

const months = (call: Call, count: number): ApexDate => new ApexDate(plusMonths(own(call).ms, count));

const monthIndex = (date: ApexDate): number => {
  const utcDate = new Date(date.ms);
  return utcDate.getUTCFullYear() * 12 + utcDate.getUTCMonth();
};

const leap = (year: number): boolean => daysInMonth(year, 2) === 29;

/** A day as users in the United States write it. */
export const localDay = (wall: number): string => {
  const date = new Date(wall);
  return `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
};

const ARITHMETIC = {
  addDays: native(1, (call) => new ApexDate(own(call).ms + call.integer(0) * DAY), 'Date'),
  addMonths: native(1, (call) => months(call, call.integer(0)), 'Date'),
  addYears: native(1, (call) => months(call, call.integer(0) * 12), 'Date'),
  daysBetween: native(1, (call) => (valueOf(call).ms - own(call).ms) / DAY, 'Integer'),
  monthsBetween: native(1, (call) => monthIndex(valueOf(call)) - monthIndex(own(call)), 'Integer'),
  isSameDay: native(1, (call) => valueOf(call).ms === own(call).ms),
  toStartOfMonth: native(0, (call) => new ApexDate(own(call).ms - (utc(call).getUTCDate() - 1) * DAY), 'Date'),
  // Weeks begin on Sunday for users in the United States.
  toStartOfWeek: native(0, (call) => new ApexDate(own(call).ms - utc(call).getUTCDay() * DAY), 'Date'),
};

/** Date of Apex. */
export const DATE: NativeType = {
  name: 'Date',
  is: (value) => value instanceof ApexDate,
  statics: byLowerName({
    today: native(0, (call) => today(call.ctx), 'Date'),
    newInstance: native(3, (call) => ApexDate.of(call.integer(0), call.integer(1), call.integer(2)), 'Date'),
    valueOf: native(1, valueOf, 'Date'),
    parse: native(1, parseLocal, 'Date'),
    daysInMonth: native(2, (call) => daysInMonth(call.integer(0), call.integer(1)), 'Integer'),
    isLeapYear: native(1, (call) => leap(call.integer(0))),
  }),
  methods: byLowerName({
    ...ARITHMETIC,
    year: native(0, (call) => utc(call).getUTCFullYear(), 'Integer'),
    month: native(0, (call) => utc(call).getUTCMonth() + 1, 'Integer'),
    day: native(0, (call) => utc(call).getUTCDate(), 'Integer'),
    dayOfYear: native(0, (call) => dayOfYear(own(call).ms), 'Integer'),
    format: native(0, (call) => localDay(own(call).ms), 'String'),
  }),
};
