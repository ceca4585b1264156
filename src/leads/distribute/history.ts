/** What earlier distributions over the same targets left over, from their receipts. */
import { readReceipt, scaled, type Receipt, type RunFolder } from '../../runs/index.js';
import { LEDGER_UNIT } from '../rotation/model.js';
import { detailsSchema, type DistributionDetails } from './details.js';
import type { Target } from './types.js';

export const DISTRIBUTE_KIND = 'lead.distribute';

/** How many runs are looked at, from the newest back. */
const LOOK_BACK = 50;

/** What members are owed, by id, in units of 1/LEDGER_UNIT lead. */
export type Owed = Readonly<Record<string, number>>;

/** What the newest run of this org over the same members left over that was not undone, or undefined. */
export async function carriedFrom(
  runs: readonly RunFolder[],
  orgId: string,
  targets: readonly Target[]
): Promise<{ run: string; owed: Owed } | undefined> {
  const wanted = keysOf(targets);
  for (const folder of runs.slice(0, LOOK_BACK)) {
    const receipt = await readReceipt(folder).catch(() => undefined);
    if (receipt?.kind !== DISTRIBUTE_KIND || receipt.org.id !== orgId || receipt.undoneBy) continue;
    const { details } = await folder.readPlan();
    const { data } = detailsSchema.safeParse(details);
    if (data?.owed && keysOf(data.members) === wanted) {
      // Where open leads were balanced, no lead changed what is owed.
      const isKept = data.balance === 'open-leads';
      return { run: receipt.run, owed: isKept ? data.owed : actuallyOwed(data.members, data.owed, receipt) };
    }
  }
  return undefined;
}

/**
 * What members are owed by the leads that were really written: for each lead that was planned but not done its member is
 * owed one more, and the exact shares of the plan shrink alike. Who could take none of the leads loses nothing by them.
 */
export function actuallyOwed(
  members: DistributionDetails['members'],
  owed: Owed,
  receipt: Pick<Receipt, 'steps'>
): Owed {
  const received = receipt.steps[0]?.moved ?? {};
  const missing = members.map(({ id, moved }) => moved - (received[id]?.received ?? 0));
  const total = missing.reduce((sum, count) => sum + count, 0);
  const shares = members.map(({ share }) => Math.round(share * LEDGER_UNIT));
  const planned = shares.reduce((sum, share) => sum + share, 0);
  const lost = scaled(shares, total * LEDGER_UNIT, planned);
  return Object.fromEntries(
    members.map(({ id }, at) => [id, (owed[id] ?? 0) + missing[at]! * LEDGER_UNIT - lost[at]!])
  );
}

const keysOf = (targets: ReadonlyArray<{ id: string }>): string =>
  targets
    .map(({ id }) => id)
    .sort()
    .join();
