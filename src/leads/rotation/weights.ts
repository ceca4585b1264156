/** Weights divided by what they have in common, so that 10:20 counts as 1:2. */
export function reduced(weights: readonly number[]): number[] {
  const common = weights.reduce(greatestCommonDivisor, 0);
  return weights.map((weight) => weight / common);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
