/** Rounding as java.math.BigDecimal does it. */
import type { Ctx } from '../../runtime/context.js';
import type { Decimal as DecimalBase } from 'decimal.js';
import { ApexDecimal, Decimal, ApexEnum, type Value } from '../../runtime/values.js';

/** The values of System.RoundingMode in their order. */
export const ROUNDING_MODES = ['UP', 'DOWN', 'CEILING', 'FLOOR', 'HALF_UP', 'HALF_DOWN', 'HALF_EVEN', 'UNNECESSARY'];

/** A mode by its name. */
export type RoundingMode = 'UP' | 'DOWN' | 'CEILING' | 'FLOOR' | 'HALF_UP' | 'HALF_DOWN' | 'HALF_EVEN' | 'UNNECESSARY';

const OWN = {
  UP: Decimal.ROUND_UP,
  DOWN: Decimal.ROUND_DOWN,
  CEILING: Decimal.ROUND_CEIL,
  FLOOR: Decimal.ROUND_FLOOR,
  HALF_UP: Decimal.ROUND_HALF_UP,
  HALF_DOWN: Decimal.ROUND_HALF_DOWN,
  HALF_EVEN: Decimal.ROUND_HALF_EVEN,
};

/** The mode an argument names; half to even where none is given, as Decimal's methods do. */
export const modeOf = (value: Value): RoundingMode =>
  value instanceof ApexEnum ? (value.name as RoundingMode) : 'HALF_EVEN';

/** A decimal with so many digits behind the point; fewer than none round before the point. */
export const rounded = (ctx: Ctx, value: Decimal, scale: number, mode: RoundingMode): ApexDecimal => {
  const result = mode === 'UNNECESSARY' ? atScale(value, scale, Decimal.ROUND_DOWN) : atScale(value, scale, OWN[mode]);
  if (mode === 'UNNECESSARY' && !result.equals(value)) {
    return ctx.fail('System.MathException', 'Rounding necessary');
  }
  return new ApexDecimal(result, Math.max(0, scale));
};

const atScale = (value: Decimal, scale: number, rounding: DecimalBase.Rounding): Decimal => {
  if (scale >= 0) return value.toDecimalPlaces(scale, rounding);
  const unit = new Decimal(10).pow(-scale);
  return value.div(unit).toDecimalPlaces(0, rounding).times(unit);
};

/** The whole number in 32 bits, as Java narrows. */
export const toInt = (value: Decimal): number => Number(BigInt.asIntN(32, BigInt(value.trunc().toFixed(0))));

/** The whole number in 64 bits, as Java narrows. */
export const narrowed = (value: Decimal): bigint => BigInt.asIntN(64, BigInt(value.trunc().toFixed(0)));
