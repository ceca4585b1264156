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
 * says. Where fewer were, each member's share of the plan shrinks alike: who had none, as he may take no such lead, owes none.
 * @param moved rows that each owner received and gave, as the run wrote them
 */
export function changesOf(step: RotationCountsStep, moved: Readonly<Record<string, Moved>>): CountChange[] {
  const { members, direction, unit, keepsDebts = true } = step;
  const sign = direction === 'give' ? 1 : -1;
  const assigned = members.map(({ target, planned, moved: wanted }) => {
    const written = moved[target]?.[direction === 'give' ? 'received' : 'gave'] ?? 0;
    return planned.assigned - sign * (wanted - written);
  });
  const shares = members.map(({ planned }) => sign * (planned.assigned * unit + planned.deficit));
  const planned = sign * members.reduce((sum, member) => sum + member.planned.assigned, 0);
  const done = sign * assigned.reduce((sum, count) => sum + count, 0);
  const kept = keepsDebts ? scaled(shares, done, planned) : [];
  return assigned.map((count, at) => ({
    assigned: count,
    deficit: keepsDebts ? sign * kept[at]! - count * unit : 0,
  }));
}

/**
 * Whole amounts times `part / whole`, whole again: what the rounding leaves goes to the largest remainders, the first of
 * equal ones. An amount of 0 stays 0. In big integers, as the products are larger than a double holds.
 */
export function scaled(amounts: readonly number[], part: number, whole: number): number[] {
  if (part === whole || whole === 0) return [...amounts];
  const [by, of] = [BigInt(part), BigInt(whole)];
  const products = amounts.map((amount) => BigInt(amount) * by);
  const remainders = products.map((product) => ((product % of) + of) % of);
  const result = products.map((product, at) => Number((product - remainders[at]!) / of));
  const rest = Number(remainders.reduce((sum, remainder) => sum + remainder, 0n) / of);
  const byRemainder = remainders
    .map((remainder, at) => ({ at, remainder }))
    .sort((a, b) => Number(b.remainder - a.remainder) || a.at - b.at);
  for (const { at } of byRemainder.slice(0, rest)) result[at] = result[at]! + 1;
  return result;
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
