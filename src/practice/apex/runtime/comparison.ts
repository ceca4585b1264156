import { withSuffix } from '../library/system/id.js';
import { ApexDate, ApexDatetime, ApexTime } from './dates.js';
import { compareNumbers, isNumber } from './numbers.js';
import { ApexEnum, sameValue, type Value } from './values.js';

/** `==`: texts whatever their case, numbers whatever their type, objects by their `equals`, the rest by content. */
export function eq(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (typeof left === 'number' && typeof right === 'number') return false;
  if (left === null || right === null) return false;
  if (typeof left === 'string' && typeof right === 'string') return sameText(left, right);
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0;
  if (isMoment(left) && isMoment(right)) return left.ms === right.ms;
  return sameValue(left, right);
}

export function ne(left: Value, right: Value): boolean {
  return !eq(left, right);
}

/** `===`: the same object; of what is no object the same value. */
export function same(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left === null || right === null) return false;
  return isNumber(left) && isNumber(right) && compareNumbers(left, right) === 0;
}

export function notSame(left: Value, right: Value): boolean {
  return !same(left, right);
}

/** An Id of 15 characters is the one of 18 that begins with it, but not whatever the case. */
function sameText(left: string, right: string): boolean {
  if (left.length === right.length) return left.toLowerCase() === right.toLowerCase();
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  return short.length === 15 && long.length === 18 && withSuffix(short) === long;
}

/**
 * How two values compare with `<` and so on: null is less than any text, and unordered against all others (Apex
 * Developer Guide, Expression Operators). Undefined: neither less nor more.
 */
function order(left: Value, right: Value): number | undefined {
  if (typeof left === 'string' || typeof right === 'string') return orderTexts(left, right);
  if (left === null || right === null) return undefined;
  if (isMoment(left) && isMoment(right)) return left.ms - right.ms;
  return compareNumbers(left, right);
}

function orderTexts(left: Value, right: Value): number | undefined {
  if (left === null) return right === null ? 0 : -1;
  if (right === null) return 1;
  if (typeof left !== 'string' || typeof right !== 'string') return undefined;
  return compareTexts(left.toLowerCase(), right.toLowerCase());
}

export function lt(left: Value, right: Value): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left < right;
  return (order(left, right) ?? NaN) < 0;
}

export function gt(left: Value, right: Value): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left > right;
  return (order(left, right) ?? NaN) > 0;
}

export function le(left: Value, right: Value): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left <= right;
  return (order(left, right) ?? NaN) <= 0;
}

export function ge(left: Value, right: Value): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left >= right;
  return (order(left, right) ?? NaN) >= 0;
}

type Moment = ApexDate | ApexDatetime | ApexTime;

function isMoment(value: Value): value is Moment {
  return value instanceof ApexDate || value instanceof ApexDatetime || value instanceof ApexTime;
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The order of `List.sort` for what needs no `compareTo`; null first. Undefined where the values have none. */
export function sortOrder(left: Value, right: Value): number | undefined {
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
  if (typeof left === 'string' && typeof right === 'string') return compareTexts(left, right);
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  if (isMoment(left) && isMoment(right)) return left.ms - right.ms;
  if (left instanceof ApexEnum && right instanceof ApexEnum) return left.ordinal - right.ordinal;
  return isNumber(left) && isNumber(right) ? compareNumbers(left, right) : undefined;
}
