/**
 * What a rotation is to remember of its members after a run. Pure. Whole numbers only: deficits are in parts of a lead,
 * and what the rounding leaves over goes to the largest remainders, so that they sum up to what they summed up to before.
 */
import type { CountedMember, RotationCountsStep } from '../plan.js';
import type { Counted } from '../store/journal.js';
import type { Moved } from './tally.js';

export type CountChange = { assigned: number; deficit: number };

/**
 * What is added to each member, in the order of the step's members. Where every planned lead was written it is what the plan
 * says. For each one that was not, its member is owed one more, and all share one lead less, by weight.
 * @param moved rows that each owner received and gave, as the run wrote them
 */
export function changesOf(step: RotationCountsStep, moved: Readonly<Record<string, Moved>>): CountChange[] {
  const { members, direction, unit } = step;
  const written = members.map(({ target }) => moved[target]?.[direction === 'give' ? 'received' : 'gave'] ?? 0);
  const missing = members.map((member, at) => member.moved - written[at]!);
  const total = missing.reduce((sum, count) => sum + count, 0);
  const shares = sharesOf(members, total * unit);
  const sign = direction === 'give' ? 1 : -1;
  return members.map(({ planned }, at) => ({
    assigned: planned.assigned - sign * missing[at]!,
    deficit: planned.deficit + sign * (missing[at]! * unit - shares[at]!),
  }));
}

/** So many units divided by weight. */
function sharesOf(members: readonly CountedMember[], whole: number): number[] {
  const weights = members.reduce((sum, { weight }) => sum + weight, 0);
  // Whole rounds apart from the part of one, so that no product is larger than a double holds.
  const rounds = Math.floor(whole / weights);
  const part = whole - rounds * weights;
  const floors = members.map(({ weight }) => rounds * weight + Math.floor((part * weight) / weights));
  const rest = whole - floors.reduce((sum, share) => sum + share, 0);
  const byRemainder = members
    .map(({ weight }, at) => ({ at, remainder: (part * weight) % weights }))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at);
  for (const { at } of byRemainder.slice(0, rest)) floors[at] = floors[at]! + 1;
  return floors;
}

/** What the records of members hold. */
export type MemberCounts = CountedMember['was'] & { periodStart: string | null };

/** What the record of a member is to hold: the change on top of what it holds now. */
export function countAfter(
  { periodStart }: CountedMember,
  { assigned, deficit, periodCount, periodStart: known }: MemberCounts,
  change: CountChange
): MemberCounts {
  const total = { assigned: assigned + change.assigned, deficit: deficit + change.deficit };
  // A later period has begun since: these leads do not count in it.
  if (known !== null && known > periodStart) return { ...total, periodCount, periodStart: known };
  const before = known === periodStart ? periodCount : 0;
  return { ...total, periodCount: Math.max(0, before + change.assigned), periodStart };
}

/** What units of counts have added to each member together, by the id of its record. */
export function addedBy(units: ReadonlyArray<readonly Counted[]>): Map<string, CountChange> {
  const added = new Map<string, CountChange>();
  for (const { record, from, to } of units.flat()) {
    const { assigned = 0, deficit = 0 } = added.get(record) ?? {};
    added.set(record, {
      assigned: assigned + to.assigned - from.assigned,
      deficit: deficit + to.deficit - from.deficit,
    });
  }
  return added;
}
