/** Hash codes, computed as Java does for texts, numbers and lists. */
import { ApexList, ApexMap, ApexSet } from '../../runtime/collections.js';
import type { Ctx } from '../../runtime/context.js';
import { ApexSObject } from '../../runtime/sobjects.js';
import { ApexEnum, keyOf, keyText, type Value } from '../../runtime/values.js';
import { hashOfText } from '../text/search.js';

const longHash = (value: bigint): number => Number(BigInt.asIntN(32, value ^ (value >> 32n)));

/** The hash code of any value: equal values have equal ones. */
export const hashOf = (ctx: Ctx, value: Value): number => {
  if (value === null) return 0;
  if (typeof value === 'number') return value | 0;
  if (typeof value === 'bigint') return longHash(BigInt.asIntN(64, value));
  if (typeof value === 'string') return hashOfText(value);
  if (typeof value === 'boolean') return value ? 1231 : 1237;
  if (value instanceof ApexList) return hashOfList(ctx, value.items);
  if (value instanceof ApexSet) return sum(value.values().map((item) => hashOf(ctx, item)));
  if (value instanceof ApexMap) return sum(value.entries().map(([key, item]) => hashOf(ctx, key) ^ hashOf(ctx, item)));
  if (value instanceof ApexEnum) return hashOfText(value.name);
  // Classes of the program may tell their own.
  if (!(value instanceof ApexSObject) && ctx.has(value, 'hashCode', 0)) return Number(ctx.call(value, 'hashCode', []));
  return hashOfText(keyText(keyOf(value)));
};

const hashOfList = (ctx: Ctx, items: readonly Value[]): number => {
  let hash = 1;
  for (const item of items) hash = (Math.imul(hash, 31) + hashOf(ctx, item)) | 0;
  return hash;
};

const sum = (hashes: readonly number[]): number => hashes.reduce((total, hash) => (total + hash) | 0, 0);
