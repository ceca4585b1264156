/** System and Limits of Apex, as far as they need no org. */
import { ApexDatetime } from '../../runtime/dates.js';
import type { LimitName } from '../../runtime/counters.js';
import type { Native, NativeType } from '../../runtime/native.js';
import { ApexEnum, sameValue } from '../../runtime/values.js';
import { byLowerName, native, type Call } from '../args.js';
import { hashOf } from '../collections/hash.js';
import { today } from '../dates/moment.js';
import { ASSERTIONS } from './assert.js';

/** Writes what is in the last argument; the first may be a level. */
const debug = (call: Call): null => {
  const value = call.value(call.count - 1);
  const level = call.count > 1 ? call.value(0) : null;
  call.ctx.debug(value === null ? 'null' : call.ctx.text(value), level instanceof ApexEnum ? level.name : 'DEBUG');
  return null;
};

/** System of Apex. */
export const SYSTEM: NativeType = {
  name: 'System',
  statics: byLowerName({
    ...ASSERTIONS,
    debug: native([1, 2], debug),
    now: native(0, (call) => new ApexDatetime(call.ctx.now()), 'Datetime'),
    today: native(0, (call) => today(call.ctx), 'Date'),
    currentTimeMillis: native(0, (call) => BigInt(call.ctx.now()), 'Long'),
    equals: native(2, (call) => sameValue(call.value(0), call.value(1))),
    hashCode: native(1, (call) => hashOf(call.ctx, call.value(0)), 'Integer'),
  }),
};

/** Levels of lines of the debug log. */
export const LOGGING_LEVEL: NativeType = {
  name: 'LoggingLevel',
  values: ['NONE', 'INTERNAL', 'FINEST', 'FINER', 'FINE', 'DEBUG', 'INFO', 'WARN', 'ERROR'],
};

const COUNTED: Readonly<Record<string, LimitName>> = {
  Queries: 'soql',
  QueryRows: 'queryRows',
  DmlStatements: 'dml',
  DmlRows: 'dmlRows',
  CpuTime: 'cpu',
  FutureCalls: 'futures',
};

/** `getQueries()` is what was used, `getLimitQueries()` what there is. */
const limits: Record<string, Native> = Object.fromEntries(
  Object.entries(COUNTED).flatMap(([name, counter]) => [
    [`get${name}`, native(0, (call) => Math.floor(call.ctx.counters.used[counter]), 'Integer')],
    [`getLimit${name}`, native(0, (call) => call.ctx.counters.limits[counter], 'Integer')],
  ])
);

/** Limits of Apex. */
export const LIMITS: NativeType = { name: 'Limits', statics: byLowerName(limits) };
