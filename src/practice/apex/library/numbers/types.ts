/** Integer, Long, Double, Decimal and Boolean. */
import { ApexUnsupported } from '../../runtime/failures.js';
import type { NativeType } from '../../runtime/native.js';
import { ApexDecimal, ApexDouble, Decimal, type Value } from '../../runtime/values.js';
import { byLowerName, decimalOf, doubleOf, native, type Call } from '../args.js';
import { parseDecimal, parseDouble, parseInteger, parseLong } from './parse.js';
import { formatNumber } from './print.js';
import { modeOf, rounded, ROUNDING_MODES, toInt, narrowed } from './rounding.js';

const number = (call: Call): Decimal => decimalOf(call.self)!.value;

/** `valueOf`: a text is read, a number of another type is converted. */
const valueOf = (read: (call: Call, text: string) => Value, convert: (value: ApexDecimal) => Value) =>
  native(1, (call) => {
    const value = call.given(0);
    if (typeof value === 'string') return read(call, value);
    const decimal = decimalOf(value);
    return decimal === undefined ? call.wrong(value, 'String or number') : convert(decimal);
  });

const format = native(0, (call) => formatNumber(number(call)), 'String');

const WIDTHS = {
  intValue: native(0, (call) => toInt(finite(call)), 'Integer'),
  longValue: native(0, (call) => narrowed(finite(call)), 'Long'),
  doubleValue: native(0, (call) => new ApexDouble(doubleOf(call.self)!), 'Double'),
};

const finite = (call: Call): Decimal => {
  const value = number(call);
  if (!value.isFinite()) throw new ApexUnsupported(`${value.toString()} cannot be a whole number`);
  return value;
};

/** Integer of Apex: 32 bits. */
export const INTEGER: NativeType = {
  name: 'Integer',
  is: (value) => typeof value === 'number',
  statics: byLowerName({
    valueOf: valueOf(
      (call, text) => parseInteger(call.ctx, text),
      ({ value }) => toInt(value)
    ),
  }),
  methods: byLowerName({ format, ...WIDTHS }),
};

/** Long of Apex: 64 bits. */
export const LONG: NativeType = {
  name: 'Long',
  is: (value) => typeof value === 'bigint' || typeof value === 'number',
  statics: byLowerName({
    valueOf: valueOf(
      (call, text) => parseLong(call.ctx, text),
      ({ value }) => narrowed(value)
    ),
  }),
  methods: byLowerName({ format, ...WIDTHS }),
};

/** Double of Apex. */
export const DOUBLE: NativeType = {
  name: 'Double',
  is: (value) => value instanceof ApexDouble,
  statics: byLowerName({
    valueOf: valueOf(
      (call, text) => parseDouble(call.ctx, text),
      ({ value }) => new ApexDouble(value.toNumber())
    ),
  }),
  methods: byLowerName({
    format,
    ...WIDTHS,
    // Half goes up, as in Java's Math.round.
    round: native(0, (call) => narrowed(finite(call).plus(0.5).floor()), 'Long'),
  }),
};

const digitsOf = ({ value, scale }: ApexDecimal): string => value.times(new Decimal(10).pow(scale)).abs().toFixed(0);

const decimal = (call: Call): ApexDecimal => call.self as ApexDecimal;

const divide = (call: Call): Value => {
  const divisor = call.decimal(0);
  if (divisor.value.isZero()) return call.fail('System.MathException', 'Divide by 0');
  return rounded(call.ctx, number(call).div(divisor.value), call.integer(1), modeOf(call.value(2)));
};

const power = (call: Call): Value => {
  const exponent = call.integer(0);
  if (exponent < 0 || exponent > 32_767) return call.fail('System.MathException', 'Invalid operation');
  // Java keeps every digit of a power; more of them than fit would be lost silently.
  const digits = digitsOf(decimal(call)).length * exponent;
  if (digits > Decimal.precision) throw new ApexUnsupported(`A power of ${digits} digits is not supported`);
  return new ApexDecimal(number(call).pow(exponent), decimal(call).scale * exponent);
};

const stripped = (call: Call): Value => new ApexDecimal(number(call), number(call).decimalPlaces());

const ROUNDING = {
  round: native([0, 1], (call) => narrowed(rounded(call.ctx, number(call), 0, modeOf(call.value(0))).value), 'Long'),
  setScale: native(
    [1, 2],
    (call) => rounded(call.ctx, number(call), call.integer(0), modeOf(call.value(1))),
    'Decimal'
  ),
  divide: native([2, 3], divide, 'Decimal'),
};

/** Decimal of Apex. */
export const DECIMAL: NativeType = {
  name: 'Decimal',
  is: (value) => value instanceof ApexDecimal,
  statics: byLowerName({
    valueOf: valueOf(
      (call, text) => parseDecimal(call.ctx, text),
      (value) => value
    ),
  }),
  methods: byLowerName({
    ...WIDTHS,
    ...ROUNDING,
    format,
    abs: native(0, (call) => new ApexDecimal(number(call).abs(), decimal(call).scale), 'Decimal'),
    pow: native(1, power, 'Decimal'),
    precision: native(0, (call) => digitsOf(decimal(call)).length, 'Integer'),
    scale: native(0, (call) => decimal(call).scale, 'Integer'),
    stripTrailingZeros: native(0, stripped, 'Decimal'),
    toPlainString: native(0, (call) => decimal(call).toString(), 'String'),
  }),
};

/** Boolean of Apex. */
export const BOOLEAN: NativeType = {
  name: 'Boolean',
  is: (value) => typeof value === 'boolean',
  statics: byLowerName({
    valueOf: native(1, (call) => {
      const value = call.given(0);
      return typeof value === 'boolean' ? value : call.text(0).toLowerCase() === 'true';
    }),
  }),
};

/** Ways to round. */
export const ROUNDING_MODE: NativeType = { name: 'RoundingMode', values: ROUNDING_MODES };
