/** Numbers of records out of what was counted: by owner, in total, by rule. Undefined where it was not counted. */
import type { Context } from './settle.js';

/** All records of an object. */
export function total({ world }: Context, object: string): number | undefined {
  const { totals, owners } = world.snapshot.counts;
  if (totals[object] !== undefined) return totals[object];
  return owners[object] && Object.values(owners[object]).reduce((sum, count) => sum + count, 0);
}

/** Records whose owner is one of them. */
export function ownedBy({ world }: Context, object: string, owners: Iterable<string>): number | undefined {
  const counts = world.snapshot.counts.owners[object];
  if (!counts) return undefined;
  let sum = 0;
  for (const owner of owners) sum += counts[owner] ?? 0;
  return sum;
}

/**
 * The same without what the only one who is reached owns himself: that he reads anyway. With two or more, each reads
 * what the other owns.
 */
export function foreign(
  { world }: Context,
  object: string,
  owners: ReadonlySet<string> | 'all',
  outsiders: readonly number[],
  records: number | undefined
): number | undefined {
  if (records === undefined || outsiders.length !== 1) return records;
  const { id } = world.outsiders[outsiders[0]!]!.person;
  if (owners !== 'all' && !owners.has(id)) return records;
  return records - (world.snapshot.counts.owners[object]?.[id] ?? 0);
}
