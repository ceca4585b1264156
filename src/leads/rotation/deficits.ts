/** Debts of leads in whole numbers, so that every implementation agrees. */

/**
 * Deficits for a set of weights from those of an earlier set: what belongs to members that left is shared by the
 * others, by weight. Integer arithmetic only, so that every implementation agrees.
 * @param weights weights of the members that stay or come, positive integers
 * @param known their deficits so far, in units of 1/`unit` lead; those of members that left are not given
 * @param fine how much finer than 1/W the result is
 * @returns deficits in units of 1/(W·fine) lead (W = sum of weights), integers that sum up to zero; the sum of the
 *   first n of them is the exact one, rounded
 */
export function rebase(weights: readonly number[], known: readonly number[], unit: number, fine = 1): number[] {
  const total = sum(weights);
  const rest = sum(known);
  const restWhole = Math.floor(rest / unit);
  const restPart = rest - restWhole * unit;
  const result = weights.map(() => 0);
  let [knownSoFar, weightSoFar, before] = [0, 0, 0];
  for (let at = 0; at < weights.length; at++) {
    knownSoFar += known[at]!;
    weightSoFar += weights[at]!;
    // known·W − rest·w, in leads: whole ones apart from the parts, so that no product is larger than a double holds.
    const whole = Math.floor(knownSoFar / unit);
    const parts = ((knownSoFar - whole * unit) * total - restPart * weightSoFar) * fine;
    const upTo = (whole * total - restWhole * weightSoFar) * fine + Math.floor(parts / unit + 0.5);
    result[at] = upTo - before;
    before = upTo;
  }
  return result;
}

/**
 * Divides an amount by weight into integers that sum up to it. The sum of the first n shares is the exact one, rounded
 * down, or up where `phase` says so.
 * @param phase from 0 to below 2³²: changed from call to call, nobody gains by the rounding
 */
export function divide(amount: number, weights: readonly number[], phase = 0): number[] {
  const total = sum(weights);
  const whole = Math.floor(amount / total);
  const part = amount - whole * total;
  const shift = Math.floor((phase * total) / 2 ** 32);
  const result = weights.map(() => 0);
  let [weightSoFar, before] = [0, 0];
  for (let at = 0; at < weights.length; at++) {
    weightSoFar += weights[at]!;
    const upTo = whole * weightSoFar + Math.floor((part * weightSoFar + shift) / total);
    result[at] = upTo - before;
    before = upTo;
  }
  return result;
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
