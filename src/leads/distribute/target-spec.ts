import { reduced } from '../rotation/weights.js';

/** A target as the user wrote it: `Partner Leads North:2` is a name with weight 2. */
export type TargetSpec = { text: string; weight: number };

/** Splits an optional weight off the end. A colon without a number behind it belongs to the name. */
export function parseTarget(text: string): TargetSpec {
  const match = /^(.+):(\d+)$/.exec(text.trim());
  return match ? { text: match[1]!.trim(), weight: Number(match[2]) } : { text: text.trim(), weight: 1 };
}

/** Splits `Partner Leads North=50`, a cap. Returns undefined where it is none. */
export function parseCap(text: string): { text: string; cap: number } | undefined {
  const match = /^(.+)=(\d+)$/.exec(text.trim());
  return match ? { text: match[1]!.trim(), cap: Number(match[2]) } : undefined;
}

/** The targets with their weights divided by what these have in common. */
export function reduceWeights<T extends { weight: number }>(targets: readonly T[]): T[] {
  const weights = reduced(targets.map(({ weight }) => weight));
  return targets.map((target, at) => ({ ...target, weight: weights[at]! }));
}
