/** Time and TimeZone of Apex. */
import { IANAZone } from 'luxon';
import { ApexTime } from '../../runtime/dates.js';
import type { Native, NativeType } from '../../runtime/native.js';
import { ApexNative } from '../../runtime/values.js';
import { byLowerName, native, type Call } from '../args.js';
import { isZone } from './moment.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;

const own = (call: Call): number => (call.self as ApexTime).ms;

/** Times go round: an hour after 23:30 it is 0:30. */
const made = (ms: number): ApexTime => new ApexTime(((ms % DAY) + DAY) % DAY);

const plus = (unit: number): Native => native(1, (call) => made(own(call) + call.integer(0) * unit), 'Time');
const part = (unit: number, size: number): Native =>
  native(0, (call) => Math.floor(own(call) / unit) % size, 'Integer');

const newInstance = (call: Call): ApexTime =>
  made(call.integer(0) * HOUR + call.integer(1) * MINUTE + call.integer(2) * 1000 + call.integer(3));

/** Time of Apex. */
export const TIME: NativeType = {
  name: 'Time',
  is: (value) => value instanceof ApexTime,
  statics: byLowerName({ newInstance: native(4, newInstance, 'Time') }),
  methods: byLowerName({
    addHours: plus(HOUR),
    addMinutes: plus(MINUTE),
    addSeconds: plus(1000),
    addMilliseconds: plus(1),
    hour: part(HOUR, 24),
    minute: part(MINUTE, 60),
    second: part(1000, 60),
    millisecond: part(1, 1000),
  }),
};

const zone = (call: Call): string => (call.self as ApexNative<string>).data;

/** TimeZone of Apex. A zone nobody knows is GMT, as in Java. */
export const TIME_ZONE: NativeType = {
  name: 'TimeZone',
  statics: byLowerName({
    getTimeZone: native(
      1,
      (call) => new ApexNative('TimeZone', isZone(call.text(0)) ? call.text(0) : 'GMT'),
      'TimeZone'
    ),
  }),
  methods: byLowerName({
    getID: native(0, zone, 'String'),
    toString: native(0, zone, 'String'),
    getOffset: native(1, (call) => IANAZone.create(zone(call)).offset(call.datetime(0).ms) * MINUTE, 'Integer'),
  }),
};
