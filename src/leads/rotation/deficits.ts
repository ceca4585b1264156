/** What one run leaves to the next: by member key, how far behind (+) or ahead (−) it is, in units of 1/`unit` lead. */
export type Remainder = { unit: number; deficits: Readonly<Record<string, number>> };

/** Nobody is owed anything. */
export const NO_REMAINDER: Remainder = { unit: 1, deficits: {} };

/**
 * Deficits for a set of weights from those of an earlier set: what belongs to members that left is shared by the
 * others, by weight. Integer arithmetic only, so that every implementation agrees.
 * @param weights weights of the members that stay or come, positive integers
 * @param known their deficits so far, in units of 1/`unit` lead; those of members that left are not given
 * @returns deficits in units of 1/W lead (W = sum of weights), integers that sum up to zero
 */
export function rebase(weights: readonly number[], known: readonly number[], unit: number): number[] {
  const total = sum(weights);
  const rest = sum(known);
  return divideToZeroSum(
    weights.map((weight, index) => (known[index] ?? 0) * total - rest * weight),
    unit
  );
}

/** Divides integers that sum up to zero by `unit`; the results are integers that sum up to zero (largest remainder). */
function divideToZeroSum(numerators: readonly number[], unit: number): number[] {
  const floors = numerators.map((numerator) => Math.floor(numerator / unit));
  const byRemainder = numerators
    .map((numerator, index) => ({ index, remainder: numerator - floors[index]! * unit }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, -sum(floors) || 0)) floors[index] = floors[index]! + 1;
  return floors;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
