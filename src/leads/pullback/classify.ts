/** Which leads are pulled back, and why the others are not. Pure. */
import { SIGNS, type Standing } from '../holding/index.js';

export const LEFT = [...SIGNS, 'held-less-long', 'since-unknown', 'not-known', 'there-already'] as const;

/** Why a lead stays: a sign that its owner touched it, or what is missing to know. */
export type LeftReason = (typeof LEFT)[number];

/**
 * @param limit milliseconds that an owner may hold a lead without touching it
 * @returns undefined for a lead that is pulled back
 */
export function leftReason({ since, held, verdict, findings }: Standing, limit: number): LeftReason | undefined {
  const isExact = since.source !== 'modified';
  if (isExact && held < limit) return 'held-less-long';
  if (verdict === 'touched') return findings.find(({ there }) => there === true)?.sign;
  if (held < limit) return 'since-unknown';
  return verdict === 'unknown' ? 'not-known' : undefined;
}
