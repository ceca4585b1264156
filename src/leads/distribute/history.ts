/** What earlier distributions over the same targets left over, from their receipts. */
import { readReceipt, type Receipt, type RunFolder } from '../../runs/index.js';
import { divide } from '../rotation/deficits.js';
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
      return { run: receipt.run, owed: actuallyOwed(data.members, data.owed, receipt) };
    }
  }
  return undefined;
}

/**
 * What members are owed by the leads that were really written: for each lead that was planned but not done its member is
 * owed one more, and all have one lead less to share.
 */
export function actuallyOwed(
  members: DistributionDetails['members'],
  owed: Owed,
  receipt: Pick<Receipt, 'steps'>
): Owed {
  const received = receipt.steps[0]?.moved ?? {};
  const missing = members.map(({ id, moved }) => moved - (received[id]?.received ?? 0));
  const total = missing.reduce((sum, count) => sum + count, 0);
  const shares = divide(
    total * LEDGER_UNIT,
    members.map(({ weight }) => weight)
  );
  return Object.fromEntries(
    members.map(({ id }, at) => [id, (owed[id] ?? 0) + missing[at]! * LEDGER_UNIT - shares[at]!])
  );
}

const keysOf = (targets: ReadonlyArray<{ id: string }>): string =>
  targets
    .map(({ id }) => id)
    .sort()
    .join();
