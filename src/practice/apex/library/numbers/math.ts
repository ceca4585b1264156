/** Math of Apex. Methods of one argument give the type they get: a Decimal for a Decimal, else a Double. */
import { ApexUnsupported } from '../../runtime/failures.js';
import type { Native, NativeType } from '../../runtime/native.js';
import { ApexDecimal, ApexDouble, Decimal, type Value } from '../../runtime/values.js';
import { toDecimal, toDouble, toLong } from '../../runtime/numbers.js';
import { byLowerName, native, type Call } from '../args.js';
import { narrowed, rounded, toInt } from './rounding.js';

/** A function of doubles; a Decimal comes back as one. What is no number cannot be a Decimal. */
const curve = (run: (...values: number[]) => number, arity = 1): Native =>
  native(arity, (call) => {
    const result = run(...Array.from({ length: arity }, (_, at) => call.double(at)));
    if (call.value(0) instanceof ApexDouble) return new ApexDouble(result);
    if (!Number.isFinite(result)) throw new ApexUnsupported(`The result ${result} is no Decimal`);
    return toDecimal(new ApexDouble(result));
  });

/** A number of one type: `exact` for whole ones and decimals, `float` for doubles. */
const kept = (exact: (value: Decimal) => Decimal, float: (value: number) => number): Native =>
  native(1, (call) => {
    const value = call.given(0);
    if (value instanceof ApexDouble) return new ApexDouble(float(value.value));
    const { value: number, scale } = call.decimal(0);
    const result = exact(number);
    if (typeof value === 'number') return toInt(result);
    return typeof value === 'bigint' ? narrowed(result) : new ApexDecimal(result, scale);
  });

/** Up or down to a whole number, with no digits behind the point. */
const whole = (exact: (value: Decimal) => Decimal, float: (value: number) => number): Native =>
  native(1, (call) => {
    const value = call.given(0);
    if (value instanceof ApexDouble) return new ApexDouble(float(value.value));
    return new ApexDecimal(exact(call.decimal(0).value), 0);
  });

/** How wide a number's type is: the wider of two is the type of what comes out. */
const width = (value: Value): number =>
  value instanceof ApexDouble ? 3 : value instanceof ApexDecimal ? 2 : typeof value === 'bigint' ? 1 : 0;

const widened = (call: Call, value: Value): Value => {
  const to = Math.max(width(call.given(0)), width(call.given(1)));
  if (to === 3) return new ApexDouble(toDouble(value));
  if (to === 2) return toDecimal(value);
  return to === 1 ? toLong(value) : value;
};

const chosen = (first: (left: Decimal, right: Decimal) => boolean): Native =>
  native(2, (call) => {
    const takesFirst = first(call.decimal(0).value, call.decimal(1).value);
    return widened(call, call.value(takesFirst ? 0 : 1));
  });

const modulo = (call: Call): Value => {
  const [left, right] = [call.value(0), call.value(1)];
  // `| 0`: there is no negative zero among Integers.
  if (typeof left === 'number' && typeof right === 'number' && right !== 0) return (left % right) | 0;
  const divisor = call.long(1);
  if (divisor === 0n) return call.fail('System.MathException', 'Divide by 0');
  const result = call.long(0) % divisor;
  return typeof call.value(0) === 'bigint' || typeof call.value(1) === 'bigint' ? result : Number(result);
};

/** Half goes to the even neighbour for a Decimal, up for a Double. */
const nearest = (call: Call): Decimal => {
  const value = call.given(0);
  if (value instanceof ApexDouble) return new Decimal(Math.floor(value.value + 0.5));
  return rounded(call.ctx, call.decimal(0).value, 0, 'HALF_EVEN').value;
};

const evenFloat = (value: number): number => new Decimal(value).toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN).toNumber();

const CURVES = {
  acos: curve(Math.acos),
  asin: curve(Math.asin),
  atan: curve(Math.atan),
  atan2: curve(Math.atan2, 2),
  cbrt: curve(Math.cbrt),
  cos: curve(Math.cos),
  cosh: curve(Math.cosh),
  exp: curve(Math.exp),
  log: curve(Math.log),
  log10: curve(Math.log10),
  sin: curve(Math.sin),
  sinh: curve(Math.sinh),
  sqrt: curve(Math.sqrt),
  tan: curve(Math.tan),
  tanh: curve(Math.tanh),
};

/** Math of Apex. */
export const MATH: NativeType = {
  name: 'Math',
  statics: byLowerName({
    ...CURVES,
    abs: kept((value) => value.abs(), Math.abs),
    ceil: whole((value) => value.ceil(), Math.ceil),
    floor: whole((value) => value.floor(), Math.floor),
    rint: whole((value) => value.toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN), evenFloat),
    max: chosen((left, right) => left.gte(right)),
    min: chosen((left, right) => left.lte(right)),
    mod: native(2, modulo),
    pow: native(2, (call) => new ApexDouble(call.double(0) ** call.double(1)), 'Double'),
    random: native(0, () => new ApexDouble(Math.random()), 'Double'),
    round: native(1, (call) => toInt(nearest(call)), 'Integer'),
    roundToLong: native(1, (call) => narrowed(nearest(call)), 'Long'),
    signum: curve(Math.sign),
  }),
  staticProperties: byLowerName({
    PI: { get: () => new ApexDouble(Math.PI) },
    E: { get: () => new ApexDouble(Math.E) },
  }),
};
