/** Checking single values by the type of their field, and bringing them into the form in which they are stored. */
import type { FieldDef } from '../catalog/types.js';
import type { SaveOptions, Value } from '../contracts.js';
import type { PlatformError } from '../errors.js';
import { fail } from './failures.js';

type Source = SaveOptions['source'];
type Check = (field: FieldDef, raw: string | number | boolean, source: Source) => Value;

/** Text of a value that JSON cannot put into the field, as the REST parser complains about it. */
const tokenOf = (raw: unknown): string => {
  if (Array.isArray(raw)) return 'START_ARRAY value [';
  if (typeof raw === 'object') return 'START_OBJECT value {';
  if (typeof raw === 'number') return `VALUE_NUMBER_${Number.isInteger(raw) ? 'INT' : 'FLOAT'} value ${raw}`;
  if (typeof raw === 'boolean') return `VALUE_${String(raw).toUpperCase()} value ${raw}`;
  return `VALUE_STRING value ${raw as string}`;
};

/** A value of the wrong type: REST complains as a parser, SOAP and Bulk per record. */
const wrongType = (field: FieldDef, raw: unknown, source: Source, type: string = field.type): PlatformError =>
  source === 'soap' || source === 'bulk'
    ? fail.of('INVALID_TYPE_ON_FIELD_IN_RECORD', `${field.label}: value not of required type: ${String(raw)}`, [
        field.name,
      ])
    : fail.of(
        'JSON_PARSER_ERROR',
        `Cannot deserialize instance of ${type} from ${tokenOf(raw)} or request may be missing a required field`,
        [field.name]
      );

const text: Check = (field, raw, source) => {
  if (typeof raw === 'boolean' && source !== 'soap' && source !== 'bulk') throw wrongType(field, raw, source, 'string');
  const value = String(raw).trim();
  if (value === '') return null;
  if (field.length > 0 && value.length > field.length) throw fail.tooLong(field, value);
  return value;
};

const boolean: Check = (field, raw, source) => {
  if (typeof raw === 'boolean') return raw;
  const word = String(raw).trim().toLowerCase();
  if (word === 'true' || word === '1') return true;
  if (word === 'false' || word === '0') return false;
  throw wrongType(field, raw, source);
};

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Number outside of what the field holds, as the platform words it. */
const outside = (field: FieldDef, raw: unknown): PlatformError =>
  fail.of(
    'NUMBER_OUTSIDE_VALID_RANGE',
    `${field.label}: value outside of valid range on numeric field: ${String(raw)}`,
    [field.name]
  );

const number: Check = (field, raw, source) => {
  if (typeof raw === 'boolean') throw wrongType(field, raw, source);
  const word = String(raw).trim();
  if (word === '') return null;
  if (!NUMBER.test(word)) throw wrongType(field, raw, source);
  const value = Number(word);
  const digits = field.precision - field.scale;
  if (!Number.isFinite(value) || (field.precision > 0 && Math.abs(value) >= 10 ** digits)) throw outside(field, raw);
  return field.scale > 0 && field.scale < 15 ? Number(value.toFixed(field.scale)) : value;
};

const integer: Check = (field, raw, source) => {
  const value = number(field, raw, source);
  if (value === null) return null;
  if (!Number.isInteger(value)) throw wrongType(field, raw, source);
  if (field.type === 'int' && Math.abs(value as number) > 2_147_483_648) throw outside(field, raw);
  return value;
};

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATETIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,3})\d*)?(Z|[+-]\d{2}:?\d{2})$/;
const TIME = /^(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?Z?$/;

const isDay = (word: string): boolean => {
  const day = new Date(`${word}T00:00:00Z`);
  return DATE.test(word) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(word);
};

const date: Check = (field, raw, source) => {
  const word = String(raw).trim();
  if (word === '') return null;
  const day = DATETIME.exec(word)?.[1] ?? word;
  if (!isDay(day)) throw wrongType(field, raw, source);
  return day;
};

const datetime: Check = (field, raw, source) => {
  const word = String(raw).trim();
  if (word === '') return null;
  const found = DATETIME.exec(isDay(word) ? `${word}T00:00:00Z` : word);
  if (!found || !isDay(found[1]!)) throw wrongType(field, raw, source);
  const zone = found[4] === 'Z' ? 'Z' : found[4]!.replace(/^(.{3}):?(..)$/, '$1:$2');
  const moment = new Date(`${found[1]}T${found[2]}.${(found[3] ?? '0').padEnd(3, '0')}${zone}`);
  if (Number.isNaN(moment.getTime())) throw wrongType(field, raw, source);
  return moment.toISOString().replace('Z', '+0000');
};

const time: Check = (field, raw, source) => {
  const word = String(raw).trim();
  if (word === '') return null;
  const found = TIME.exec(word);
  if (!found || Number(found[1]) > 23 || Number(found[2]) > 59 || Number(found[3]) > 59)
    throw wrongType(field, raw, source);
  return `${found[1]}:${found[2]}:${found[3]}.${(found[4] ?? '0').padEnd(3, '0')}Z`;
};

/** The stored spelling of a picklist value, which clients may send in any case. */
const picklistValue = (field: FieldDef, value: string): string => {
  if (field.picklist.length === 0) return value;
  const exact = field.picklist.find((entry) => entry.value === value);
  const known = exact ?? field.picklist.find((entry) => entry.value.toLowerCase() === value.toLowerCase());
  if (known?.active) return known.value;
  if (field.restrictedPicklist) throw fail.badPicklist(field, value);
  return value;
};

const picklist: Check = (field, raw, source) => {
  const value = text(field, raw, source);
  return value === null ? null : picklistValue(field, String(value));
};

const multipicklist: Check = (field, raw, source) => {
  const value = text({ ...field, length: 0 }, raw, source);
  if (value === null) return null;
  const chosen = String(value)
    .split(';')
    .map((part) => part.trim());
  return chosen
    .filter((part) => part !== '')
    .map((part) => picklistValue(field, part))
    .join(';');
};

const EMAIL = /^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\.]+(?:\.[^\s@<>(),;:"[\]\\.]+)+$/;

/** Whether a text has the shape of an e-mail address, as user names must have too (platform-facts C3). */
export const isEmailShaped = (value: string): boolean => EMAIL.test(value);

const email: Check = (field, raw, source) => {
  const value = text(field, raw, source);
  if (value !== null && !isEmailShaped(String(value))) throw fail.badEmail(field, String(value));
  return value;
};

const CHECKS: Partial<Record<FieldDef['type'], Check>> = {
  boolean,
  int: integer,
  long: integer,
  double: number,
  currency: number,
  percent: number,
  date,
  datetime,
  time,
  picklist,
  multipicklist,
  email,
};

/** The check for the values of a field; references are checked elsewhere, because they need the store. */
export const checkFor = (field: FieldDef): Check => CHECKS[field.type] ?? text;

/**
 * The value to store for what a client sent.
 * @throws PlatformError JSON_PARSER_ERROR, INVALID_TYPE_ON_FIELD_IN_RECORD, STRING_TOO_LONG,
 * INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST, INVALID_EMAIL_ADDRESS, NUMBER_OUTSIDE_VALID_RANGE.
 */
export const coerce = (field: FieldDef, raw: unknown, source: Source, check: Check = checkFor(field)): Value => {
  if (raw === null || raw === undefined) {
    if (field.type === 'boolean') throw wrongType(field, raw, source);
    return null;
  }
  if (typeof raw === 'object') throw wrongType(field, raw, source, field.type === 'textarea' ? 'string' : field.type);
  return check(field, raw as string | number | boolean, source);
};
