/** Records by the values of one of their fields. */
import type { Connection } from '@salesforce/core';
import { isIn } from './soql/literal.js';
import { select } from './soql/select.js';
import { queryAllTogether } from './together.js';

/** Values in one query: what its address can hold (platform-facts H: 16,384 bytes with the headers). */
const VALUES_A_QUERY = 500;
const CHARS_A_QUERY = 11_000;

/** Brackets, quotes and comma of a value, as they stand in an address. */
const AROUND = 9;

/** Values in groups of which each fits into the condition of one query. */
export function groupsOfValues(values: readonly string[]): string[][] {
  const groups: string[][] = [];
  let group: string[] = [];
  let chars = 0;
  for (const value of new Set(values)) {
    const size = encodeURIComponent(value).length + AROUND;
    if (group.length >= VALUES_A_QUERY || (group.length > 0 && chars + size > CHARS_A_QUERY)) {
      groups.push(group);
      group = [];
      chars = 0;
    }
    group.push(value);
    chars += size;
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

/**
 * Records whose `by` is one of `values`, in no certain order; some hundred values a query, five queries a call.
 * @throws the org's error where one of the queries is refused
 */
export async function readRecords<T extends object>(
  conn: Connection,
  { from, fields, by, values }: { from: string; fields: readonly string[]; by: string; values: readonly string[] }
): Promise<T[]> {
  const queries = groupsOfValues(values).map((group) => select({ from, fields: [...fields], where: isIn(by, group) }));
  return (await queryAllTogether<T>(conn, queries)).flat();
}
