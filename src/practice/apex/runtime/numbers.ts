import { ApexFailure } from './failures.js';
import { ApexDate, ApexDatetime, ApexTime } from './dates.js';
import { ApexDecimal, ApexDouble, Decimal, type Value } from './values.js';

const DAY = 86_400_000;

/** The exception of everything that is done to null. */
export function nullPointer(): never {
  throw new ApexFailure('System.NullPointerException', 'Attempt to de-reference a null object');
}

/** Digits of a quotient: those of Java's MathContext.DECIMAL128. */
const QUOTIENT_DIGITS = 34;

type Kind = 'integer' | 'long' | 'double' | 'decimal';

/** What kind of number a value is; null is an exception, everything else no number. */
function kindOf(value: Value): Kind | undefined {
  if (typeof value === 'number') return 'integer';
  if (typeof value === 'bigint') return 'long';
  if (value instanceof ApexDecimal) return 'decimal';
  if (value instanceof ApexDouble) return 'double';
  return value === null ? nullPointer() : undefined;
}

const ORDER: readonly Kind[] = ['integer', 'long', 'double', 'decimal'];

/** The kind two numbers are worked out in: the wider of the two. */
function widest(left: Value, right: Value): Kind {
  const [one, other] = [kindOf(left), kindOf(right)];
  if (one === undefined || other === undefined) throw wrongOperands(left, right);
  return ORDER[Math.max(ORDER.indexOf(one), ORDER.indexOf(other))]!;
}

function wrongOperands(left: Value, right: Value): ApexFailure {
  const names = [left, right].map((value) => (typeof value === 'object' ? (value?.typeName ?? 'null') : typeof value));
  return new ApexFailure(
    'System.TypeException',
    `Arithmetic expressions must use numeric arguments: ${names.join(', ')}`
  );
}

/** A number as a 64-bit one; what is behind the point is cut off. */
export function toLong(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return BigInt(value);
  if (value instanceof ApexDecimal) return BigInt.asIntN(64, BigInt(value.value.trunc().toFixed(0)));
  if (value instanceof ApexDouble) return BigInt.asIntN(64, BigInt(Math.trunc(value.value)));
  return nullPointer();
}

/** A number as a decimal. */
export function toDecimal(value: Value): ApexDecimal {
  if (value instanceof ApexDecimal) return value;
  if (value instanceof ApexDouble) {
    const exact = new Decimal(value.value);
    return new ApexDecimal(exact, Math.max(1, exact.decimalPlaces()));
  }
  if (typeof value === 'number' || typeof value === 'bigint') return new ApexDecimal(new Decimal(String(value)), 0);
  return nullPointer();
}

/** A number as a 64-bit float. */
export function toDouble(value: Value): number {
  if (value instanceof ApexDouble) return value.value;
  if (value instanceof ApexDecimal) return value.value.toNumber();
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  return nullPointer();
}

type Operation = {
  integer(left: number, right: number): number;
  long(left: bigint, right: bigint): bigint;
  double(left: number, right: number): number;
  decimal(left: ApexDecimal, right: ApexDecimal): ApexDecimal;
};

function arithmetic(operation: Operation, left: Value, right: Value): Value {
  switch (widest(left, right)) {
    case 'integer':
      return operation.integer(left as number, right as number);
    case 'long':
      return BigInt.asIntN(64, operation.long(toLong(left), toLong(right)));
    case 'double':
      return new ApexDouble(operation.double(toDouble(left), toDouble(right)));
    case 'decimal':
      return operation.decimal(toDecimal(left), toDecimal(right));
  }
}

const ADD: Operation = {
  integer: (left, right) => (left + right) | 0,
  long: (left, right) => left + right,
  double: (left, right) => left + right,
  decimal: (left, right) => new ApexDecimal(left.value.plus(right.value), Math.max(left.scale, right.scale)),
};

const SUBTRACT: Operation = {
  integer: (left, right) => (left - right) | 0,
  long: (left, right) => left - right,
  double: (left, right) => left - right,
  decimal: (left, right) => new ApexDecimal(left.value.minus(right.value), Math.max(left.scale, right.scale)),
};

const MULTIPLY: Operation = {
  integer: (left, right) => Math.imul(left, right),
  long: (left, right) => left * right,
  double: (left, right) => left * right,
  decimal: (left, right) => new ApexDecimal(left.value.times(right.value), left.scale + right.scale),
};

function byZero(): ApexFailure {
  return new ApexFailure('System.MathException', 'Divide by 0');
}

const DIVIDE: Operation = {
  integer: (left, right) => {
    if (right === 0) throw byZero();
    return (left / right) | 0;
  },
  long: (left, right) => {
    if (right === 0n) throw byZero();
    return left / right;
  },
  double: (left, right) => {
    if (right === 0) throw byZero();
    return left / right;
  },
  decimal: (left, right) => {
    if (right.value.isZero()) throw byZero();
    const quotient = left.value.dividedBy(right.value).toSignificantDigits(QUOTIENT_DIGITS, Decimal.ROUND_HALF_EVEN);
    return new ApexDecimal(quotient, Math.max(0, left.scale - right.scale, quotient.decimalPlaces()));
  },
};

/** Days are added to a Date, parts of days to a Datetime or Time. */
function shifted(left: Value, right: Value, sign: 1 | -1): Value | undefined {
  if (left instanceof ApexDate) return new ApexDate(left.ms + sign * Math.trunc(toDouble(right)) * DAY);
  if (left instanceof ApexDatetime) return new ApexDatetime(left.ms + sign * Math.round(toDouble(right) * DAY));
  if (left instanceof ApexTime) return new ApexTime((((left.ms + sign * toDouble(right)) % DAY) + DAY) % DAY);
  return undefined;
}

/** `+` of numbers and dates; texts have `concat`. */
export function addNumbers(left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return (left + right) | 0;
  return shifted(left, right, 1) ?? arithmetic(ADD, left, right);
}

export function sub(left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return (left - right) | 0;
  return shifted(left, right, -1) ?? arithmetic(SUBTRACT, left, right);
}

export function mul(left: Value, right: Value): Value {
  return arithmetic(MULTIPLY, left, right);
}

export function div(left: Value, right: Value): Value {
  return arithmetic(DIVIDE, left, right);
}

/** `+`, `-` and `*` of two values declared Integer. */
export function addI(left: Value, right: Value): Value {
  return typeof left === 'number' && typeof right === 'number' ? (left + right) | 0 : addNumbers(left, right);
}

export function subI(left: Value, right: Value): Value {
  return typeof left === 'number' && typeof right === 'number' ? (left - right) | 0 : sub(left, right);
}

export function mulI(left: Value, right: Value): Value {
  return typeof left === 'number' && typeof right === 'number' ? Math.imul(left, right) : mul(left, right);
}

/** `++` and `--`: one more or less, in the number's own type. */
export function step(value: Value, by: 1 | -1): Value {
  return typeof value === 'number' ? (value + by) | 0 : addNumbers(value, by);
}

export function neg(value: Value): Value {
  if (value instanceof ApexDecimal) return new ApexDecimal(value.value.negated(), value.scale);
  if (value instanceof ApexDouble) return new ApexDouble(-value.value);
  return sub(0, value);
}

export function plus(value: Value): Value {
  kindOf(value);
  return value;
}

type Bits = { integer(left: number, right: number): number; long(left: bigint, right: bigint): bigint };

function bits(operation: Bits, left: Value, right: Value): Value {
  const kind = widest(left, right);
  if (kind === 'integer') return operation.integer(left as number, right as number) | 0;
  if (kind === 'long') return BigInt.asIntN(64, operation.long(toLong(left), toLong(right)));
  throw wrongOperands(left, right);
}

/** `&`, `|` and `^` of two truths look at both. */
function truths(left: Value, right: Value): boolean {
  return typeof left === 'boolean' && typeof right === 'boolean';
}

export function bitAnd(left: Value, right: Value): Value {
  if (truths(left, right)) return left === true && right === true;
  return bits({ integer: (one, other) => one & other, long: (one, other) => one & other }, left, right);
}

export function bitOr(left: Value, right: Value): Value {
  if (truths(left, right)) return left === true || right === true;
  return bits({ integer: (one, other) => one | other, long: (one, other) => one | other }, left, right);
}

export function bitXor(left: Value, right: Value): Value {
  if (truths(left, right)) return left !== right;
  return bits({ integer: (one, other) => one ^ other, long: (one, other) => one ^ other }, left, right);
}

export function bitNot(value: Value): Value {
  if (typeof value === 'number') return ~value;
  return typeof value === 'bigint' ? ~value : sub(value, value);
}

/** Shifts keep the left side's type; the count is taken modulo its bits, as in Java. */
function shift(
  left: Value,
  right: Value,
  by: { integer(value: number, count: number): number; long(value: bigint, count: bigint): bigint }
): Value {
  const count = Number(BigInt.asUintN(6, toLong(right)));
  if (typeof left === 'number') return by.integer(left, count & 31) | 0;
  return BigInt.asIntN(64, by.long(toLong(left), BigInt(count)));
}

export function shl(left: Value, right: Value): Value {
  return shift(left, right, { integer: (value, count) => value << count, long: (value, count) => value << count });
}

export function shr(left: Value, right: Value): Value {
  return shift(left, right, { integer: (value, count) => value >> count, long: (value, count) => value >> count });
}

export function ushr(left: Value, right: Value): Value {
  return shift(left, right, {
    integer: (value, count) => value >>> count,
    long: (value, count) => BigInt.asUintN(64, value) >> count,
  });
}

/** How two numbers compare; NaN where one is no number. */
export function compareNumbers(left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const kind = widest(left, right);
  if (kind === 'double') return toDouble(left) - toDouble(right);
  return toDecimal(left).value.comparedTo(toDecimal(right).value);
}

export function isNumber(value: Value): boolean {
  return value !== null && kindOf(value) !== undefined;
}
