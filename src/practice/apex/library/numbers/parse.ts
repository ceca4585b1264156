/** Texts as numbers, with the words of the platform for what is none. */
import type { Ctx } from '../../runtime/context.js';
import { ApexDecimal, ApexDouble } from '../../runtime/values.js';

const whole = (ctx: Ctx, text: string, type: string, bits: number): bigint => {
  const trimmed = text.trim();
  if (!/^[+-]?\d+$/.test(trimmed)) return ctx.fail('System.TypeException', `Invalid ${type}: ${text}`);
  const value = BigInt(trimmed.replace(/^\+/, ''));
  if (BigInt.asIntN(bits, value) !== value) return ctx.fail('System.TypeException', `Invalid ${type}: ${text}`);
  return value;
};

/** @throws System.TypeException for what is no Integer. */
export const parseInteger = (ctx: Ctx, text: string): number => Number(whole(ctx, text, 'integer', 32));

/** @throws System.TypeException for what is no Long. */
export const parseLong = (ctx: Ctx, text: string): bigint => whole(ctx, text, 'long', 64);

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** @throws System.TypeException for what is no number. */
export const parseDecimal = (ctx: Ctx, text: string): ApexDecimal => {
  const trimmed = text.trim();
  return NUMBER.test(trimmed)
    ? ApexDecimal.parse(trimmed.replace(/^\+/, ''))
    : ctx.fail('System.TypeException', `Invalid decimal: ${text}`);
};

/** @throws System.TypeException for what is no number. */
export const parseDouble = (ctx: Ctx, text: string): ApexDouble => {
  const trimmed = text.trim();
  return NUMBER.test(trimmed)
    ? new ApexDouble(Number(trimmed))
    : ctx.fail('System.TypeException', `Invalid double: ${text}`);
};
