/** How many records there are by the value of a field, however many values the org has. */
import type { Connection } from '@salesforce/core';
import { groupsOfValues } from './records.js';
import { all, compare, isIn, type Condition } from './soql/literal.js';
import { countOf, select, type Select } from './soql/select.js';
import { queryAll } from './query.js';
import { queryAllTogether } from './together.js';

/** What is counted: records of `from` that `where` holds for, by the field `by`. */
export type Counting = { from: string; by: string; where?: Condition };

/** Groups of one answer; the org refuses a query that has more, since there is no queryMore for aggregates. */
const GROUPS_A_QUERY = 2000;

type Group = Record<string, unknown>;

/**
 * Counts by the value of a field that holds ids (or has few values); what has no records is missing. A call for each 2,000 values, one more where the last page is full.
 * @param page groups asked for at once, at most 2,000
 * @throws the org's error
 */
export async function countsBy(
  conn: Connection,
  counting: Counting,
  page = GROUPS_A_QUERY
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (let last: string | undefined; ;) {
    const rows = await queryAll<Group>(
      conn,
      select({ ...grouped(after(counting, last)), orderBy: [counting.by], limit: page })
    );
    addTo(counts, rows, counting.by);
    if (rows.length < page) return counts;
    last = String(rows.at(-1)![counting.by]);
  }
}

/**
 * Counts by those values that are named; what has no records is missing. Some hundred values a query, five queries a call.
 * @throws the org's error where one of the queries is refused
 */
export async function countsOf(
  conn: Connection,
  counting: Counting,
  values: readonly string[]
): Promise<Map<string, number>> {
  const queries = groupsOfValues(values).map((group) => select(grouped(narrowed(counting, isIn(counting.by, group)))));
  const counts = new Map<string, number>();
  for (const rows of await queryAllTogether<Group>(conn, queries)) addTo(counts, rows, counting.by);
  return counts;
}

const narrowed = <T extends { where?: Condition }>(asked: T, more: Condition): T => ({
  ...asked,
  where: asked.where ? all(asked.where, more) : more,
});

/**
 * Rows of a query that groups by several fields, however many there are: page by page of the ids in `by`, which is one of the
 * fields. A page never ends within an id.
 * @param page groups asked for at once, at most 2,000; more than one id has
 * @throws the org's error
 */
export async function groupsBy<T extends object>(
  conn: Connection,
  query: Select,
  by: keyof T & string,
  page = GROUPS_A_QUERY
): Promise<T[]> {
  const found: T[] = [];
  for (let last: string | undefined; ;) {
    const more = last === undefined ? query : narrowed(query, compare(by, '>', last));
    const rows = await queryAll<T>(conn, select({ ...more, orderBy: [by], limit: page }));
    const whole = rows.length < page ? rows : rows.filter((row) => row[by] !== rows.at(-1)![by]);
    found.push(...whole);
    if (rows.length < page) return found;
    if (whole.length === 0) throw new Error(`${query.from} has ${page} groups or more for ${String(rows[0]![by])}.`);
    last = String(whole.at(-1)![by]);
  }
}

/** Ids are compared as they are ordered, so what follows the last group is what has not been read. */
const after = (counting: Counting, last: string | undefined): Counting =>
  last === undefined ? counting : narrowed(counting, compare(counting.by, '>', last));

const grouped = ({ from, by, where }: Counting): Select => ({
  from,
  fields: [by, countOf('Id', 'total')],
  where,
  groupBy: [by],
});

function addTo(counts: Map<string, number>, rows: readonly Group[], by: string): void {
  for (const row of rows) counts.set(String(row[by]), Number(row.total));
}
