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

/** Weights divided by their greatest common factor, so that 10:20 counts as 1:2. */
export function reduceWeights<T extends { weight: number }>(targets: readonly T[]): T[] {
  const divisor = targets.reduce((factor, { weight }) => greatestCommonDivisor(factor, weight), 0);
  return targets.map((target) => ({ ...target, weight: target.weight / divisor }));
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
