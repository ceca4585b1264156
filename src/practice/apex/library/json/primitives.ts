/** Primitive values out of JSON. */
import type { Ctx } from '../../runtime/context.js';
import type { ApexDate } from '../../runtime/dates.js';
import { ApexBlob, ApexDatetime, ApexTime } from '../../runtime/dates.js';
import { ApexDecimal, ApexDouble, type Value } from '../../runtime/values.js';
import { existing } from '../dates/moment.js';
import { parseDecimal } from '../numbers/parse.js';
import { JsonNumber, type Json } from './tree.js';

type Reader = (text: string, ctx: Ctx) => Value | undefined;

const WHOLE = /^-?\d+$/;

const int = (text: string): Value | undefined => {
  const value = WHOLE.test(text) ? BigInt(text) : undefined;
  return value !== undefined && BigInt.asIntN(32, value) === value ? Number(value) : undefined;
};

const long = (text: string): Value | undefined => {
  const value = WHOLE.test(text) ? BigInt(text) : undefined;
  return value !== undefined && BigInt.asIntN(64, value) === value ? value : undefined;
};

const NUMERIC = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})/;
const MOMENT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const CLOCK = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{3}))?)?Z?$/;

const day = (text: string): ApexDate | undefined => {
  const found = DAY.exec(text);
  return found && MOMENT.test(text) ? existing(found[1]!, found[2]!, found[3]!) : undefined;
};

const moment = (text: string): ApexDatetime | undefined => {
  if (!day(text)) return undefined;
  // A moment without a zone is one of GMT.
  const zoned = /T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(text) || !text.includes('T') ? text : `${text}Z`;
  const ms = Date.parse(zoned.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(ms) ? undefined : new ApexDatetime(ms);
};

const clock = (text: string): ApexTime | undefined => {
  const [, hour, minute, second = '0', milli = '0'] = CLOCK.exec(text) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return new ApexTime(((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + Number(milli));
};

const READERS: Readonly<Record<string, Reader>> = {
  string: (text) => text,
  id: (text, ctx) => ctx.type('Id').coerce(text),
  integer: int,
  long,
  decimal: (text, ctx) => (NUMERIC.test(text) ? parseDecimal(ctx, text) : undefined),
  double: (text) => (NUMERIC.test(text) ? new ApexDouble(Number(text)) : undefined),
  boolean: (text) => (text === 'true' || text === 'false' ? text === 'true' : undefined),
  date: day,
  datetime: moment,
  time: clock,
  blob: (text) => new ApexBlob(Buffer.from(text, 'base64')),
};

/** Whether a type's key is that of a primitive. */
export const isPrimitive = (key: string): boolean => Object.hasOwn(READERS, key);

/** A primitive of a type. */
export const readPrimitive = (ctx: Ctx, key: string, json: Json): Value => {
  const text = textOf(json);
  const value = text === undefined ? undefined : READERS[key]!(text, ctx);
  return value === undefined ? ctx.fail('System.JSONException', 'Illegal value for primitive') : value;
};

const textOf = (json: Json): string | undefined => {
  if (typeof json === 'string' || typeof json === 'boolean') return String(json);
  return json instanceof JsonNumber ? json.text : undefined;
};

/** A number as `deserializeUntyped` gives it: the narrowest type it fits. */
export const untypedNumber = ({ text, whole }: JsonNumber): Value =>
  (whole ? (int(text) ?? long(text)) : undefined) ?? ApexDecimal.parse(text);
