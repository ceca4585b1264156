/** Numbers as texts. */
import { Decimal } from '../../runtime/values.js';

/** A double as Java prints it: a point always, and an exponent from ten million on and below a thousandth. */
export const doubleText = (value: number): string => {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(value) ? `${value}.0` : new Decimal(value).toFixed();
  const [digits, exponent] = value.toExponential().split('e');
  return `${digits!.includes('.') ? digits! : `${digits!}.0`}E${Number(exponent)}`;
};

/** A number in the way of the United States: groups of three digits, at most three behind the point. */
export const formatNumber = (value: Decimal): string => {
  const text = value.abs().toDecimalPlaces(3, Decimal.ROUND_HALF_EVEN).toFixed();
  const [whole, fraction] = text.split('.');
  // What rounds to nothing keeps its sign.
  const sign = value.isNegative() && !value.isZero() ? '-' : '';
  const grouped = whole!.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return sign + (fraction === undefined ? grouped : `${grouped}.${fraction}`);
};
