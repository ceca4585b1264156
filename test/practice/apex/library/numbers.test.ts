import { expect } from 'chai';
import fc from 'fast-check';
import type { Ctx } from '../../../../src/practice/apex/runtime/context.js';
import { Decimal } from '../../../../src/practice/apex/runtime/values.js';
import { doubleText, formatNumber } from '../../../../src/practice/apex/library/numbers/print.js';
import { rounded, toInt, narrowed, type RoundingMode } from '../../../../src/practice/apex/library/numbers/rounding.js';

/** Rounding needs of its surroundings only that they end it. */
const ctx = {
  fail: (type: string, message: string): never => {
    throw new Error(`${type}: ${message}`);
  },
} as Pick<Ctx, 'fail'> as Ctx;

const MODES = ['UP', 'DOWN', 'CEILING', 'FLOOR', 'HALF_UP', 'HALF_DOWN', 'HALF_EVEN'] as const;

/** Rounds a whole number of units of 10^-from to one of 10^-to, with integers alone. */
const model = (units: bigint, drop: number, mode: (typeof MODES)[number]): bigint => {
  const unit = 10n ** BigInt(drop);
  const [whole, rest] = [units / unit, units % unit];
  if (rest === 0n) return whole;
  const away = units < 0n ? whole - 1n : whole + 1n;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const half = (up: boolean): bigint => (twice > unit || (twice === unit && up) ? away : whole);
  switch (mode) {
    case 'UP':
      return away;
    case 'DOWN':
      return whole;
    case 'CEILING':
      return units > 0n ? away : whole;
    case 'FLOOR':
      return units < 0n ? away : whole;
    case 'HALF_UP':
      return half(true);
    case 'HALF_DOWN':
      return half(false);
    case 'HALF_EVEN':
      return half(whole % 2n !== 0n);
  }
};

describe('Numbers of Apex', () => {
  it('round in seven ways like whole numbers do', () => {
    const units = fc.oneof(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.bigInt({ min: -500n, max: 500n }));
    const places = fc.record({ scale: fc.nat(8), drop: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(units, places, fc.constantFrom(...MODES), (number, { scale, drop }, mode) => {
        const value = new Decimal(number).div(new Decimal(10).pow(scale + drop));
        const result = rounded(ctx, value, scale, mode);
        expect(result.scale).to.equal(scale);
        expect(BigInt(result.value.times(new Decimal(10).pow(scale)).toFixed(0))).to.equal(model(number, drop, mode));
      }),
      { numRuns: 500 }
    );
  });

  it('round before the point, and refuse to round where nothing may be lost', () => {
    const text = (value: string, scale: number, mode: RoundingMode): string =>
      rounded(ctx, new Decimal(value), scale, mode).toString();
    expect(text('1250', -2, 'HALF_EVEN')).to.equal('1200');
    expect(text('1.5', 3, 'UNNECESSARY')).to.equal('1.500');
    expect(() => text('1.55', 1, 'UNNECESSARY')).to.throw('System.MathException: Rounding necessary');
  });

  it('narrow as Java does', () => {
    expect(toInt(new Decimal('2147483648.9'))).to.equal(-2147483648);
    expect(toInt(new Decimal('-1.9'))).to.equal(-1);
    expect(narrowed(new Decimal('9223372036854775808'))).to.equal(-9223372036854775808n);
  });

  it('are written as Java writes doubles', () => {
    const cases: Array<[number, string]> = [
      [1, '1.0'],
      [-0, '-0.0'],
      [0.1, '0.1'],
      [100, '100.0'],
      [9999999, '9999999.0'],
      [1e7, '1.0E7'],
      [12345678.5, '1.23456785E7'],
      [0.001, '0.001'],
      [0.0001, '1.0E-4'],
      [1.5e300, '1.5E300'],
      [NaN, 'NaN'],
      [-Infinity, '-Infinity'],
    ];
    for (const [value, text] of cases) expect(doubleText(value)).to.equal(text);
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(Number(doubleText(value))).to.equal(value);
      })
    );
  });

  it('are shown in groups of three', () => {
    expect(formatNumber(new Decimal('12345.6789'))).to.equal('12,345.679');
    expect(formatNumber(new Decimal('-1000000'))).to.equal('-1,000,000');
    expect(formatNumber(new Decimal('999.5'))).to.equal('999.5');
    expect(formatNumber(new Decimal('0.0005'))).to.equal('0');
    expect(formatNumber(new Decimal('-0.0001'))).to.equal('-0');
    expect(formatNumber(new Decimal('-0'))).to.equal('0');
  });
});
