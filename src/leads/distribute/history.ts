/** What earlier distributions over the same targets left over, from their receipts. */
import { readReceipt, type Receipt, type RunFolder } from '../../runs/index.js';
import type { Remainder } from '../rotation/deficits.js';
import { detailsSchema, type DistributionDetails } from './details.js';
import type { Target } from './types.js';

export const DISTRIBUTE_KIND = 'lead.distribute';

/** How many runs are looked at, from the newest back. */
const LOOK_BACK = 50;

/** Remainder of the newest run of this org over the same targets that was not undone, or undefined. */
export async function carriedFrom(
  runs: readonly RunFolder[],
  orgId: string,
  targets: readonly Target[]
): Promise<{ run: string; remainder: Remainder } | undefined> {
  const wanted = keysOf(targets);
  for (const folder of runs.slice(0, LOOK_BACK)) {
    const receipt = await readReceipt(folder).catch(() => undefined);
    if (receipt?.kind !== DISTRIBUTE_KIND || receipt.org.id !== orgId || receipt.undoneBy) continue;
    const { details } = await folder.readPlan();
    const parsed = detailsSchema.safeParse(details);
    if (parsed.success && keysOf(parsed.data.members) === wanted) {
      return { run: receipt.run, remainder: actualRemainder(parsed.data, receipt) };
    }
  }
  return undefined;
}

/**
 * Remainder that counts only leads that were really written: for each lead that was planned but not done the member is
 * owed one more, and all shares shrink by one lead.
 */
export function actualRemainder({ members, remainder }: DistributionDetails, receipt: Receipt): Remainder {
  const received = receipt.steps[0]?.moved ?? {};
  const missing = members.map(({ id, moved }) => moved - (received[id]?.received ?? 0));
  const total = missing.reduce((sum, count) => sum + count, 0);
  const weights = members.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0 || remainder.unit !== weights) return remainder;
  const deficits = members.map(({ id, weight }, index) => [
    id,
    (remainder.deficits[id] ?? 0) + missing[index]! * weights - total * weight,
  ]);
  return { unit: weights, deficits: Object.fromEntries(deficits) as Record<string, number> };
}

const keysOf = (targets: ReadonlyArray<{ id: string }>): string =>
  targets
    .map(({ id }) => id)
    .sort()
    .join();
