/**
 * How many of the selected leads each entry will take, by counts. Counts of the first entries together are asked for, one
 * entry more each time: what is added is what that entry takes. Where an entry cannot be said in a query, nobody knows
 * before, of it and of those behind it.
 */
import type { Connection } from '@salesforce/core';
import {
  all,
  any,
  compare,
  countOf,
  IDS_A_QUERY,
  isIn,
  queryTogether,
  select,
  type Condition,
} from '../../org/read/index.js';
import { criteriaOf, NotCountable, type FieldType } from '../../sharing/counts/criteria.js';
import type { Selection } from '../distribute/types.js';
import type { RuleEntry } from './entry.js';

/** What is known of an entry before it runs. */
export type EntryForecast = { leads: number; why?: undefined } | { leads: null; why: string };

export type Forecast = {
  entries: EntryForecast[];
  /** Leads that no entry takes; null where that is not known. */
  unmatched: number | null;
};

/** Entries that are counted; each costs a query. */
const MOST_ENTRIES = 100;

/** Longest condition of a query (platform-facts H). */
const LONGEST = 4000;

type Counting = { conditions: Condition[]; why?: string };

/** Conditions of the entries up to the first that no query can say. */
function countable(entries: readonly RuleEntry[], types: ReadonlyMap<string, FieldType>): Counting {
  const conditions: Condition[] = [];
  for (const entry of entries.slice(0, MOST_ENTRIES)) {
    try {
      conditions.push(conditionOf(entry, types));
    } catch (error) {
      if (!(error instanceof NotCountable)) throw error;
      return { conditions, why: error.message };
    }
  }
  return conditions.length < entries.length
    ? { conditions, why: `Only the first ${MOST_ENTRIES} entries are counted.` }
    : { conditions };
}

function conditionOf(entry: RuleEntry, types: ReadonlyMap<string, FieldType>): Condition {
  const { formula, criteria, booleanFilter } = entry;
  if (formula !== undefined) throw new NotCountable('Formulas cannot be counted.');
  // Every lead: one without an id does not exist.
  if (criteria.length === 0) return compare('Id', '!=', null);
  const other = criteria.find(({ valueField }) => valueField !== undefined);
  if (other) throw new NotCountable(`${other.field} is compared with another field.`);
  return criteriaOf({ object: 'Lead', criteria, ...(booleanFilter ? { booleanFilter } : {}) }, types);
}

const NOT_COUNTED = 'The leads are named in a list that is too long for queries.';

function selected(selection: Selection): Condition | undefined {
  if (selection.kind === 'condition') return selection.where;
  return selection.ids.length > IDS_A_QUERY ? undefined : isIn('Id', selection.ids);
}

/** Counts what the entries will take of a selection; `total` are its leads that can be assigned. */
export async function forecast(
  conn: Connection,
  selection: Selection,
  entries: readonly RuleEntry[],
  total: number
): Promise<Forecast> {
  const chosen = selected(selection);
  if (!chosen) return { entries: entries.map(() => ({ leads: null, why: NOT_COUNTED })), unmatched: null };
  const { fields } = await conn.describe('Lead');
  const types = new Map(fields.map(({ name, type }) => [name.toLowerCase(), type]));
  const { conditions, why } = countable(entries, types);
  const base = all(chosen, compare('IsConverted', '=', false));
  const queries = conditions.map((_, at) => all(base, any(...conditions.slice(0, at + 1))));
  const fits = queries.findIndex((where) => where.length > LONGEST);
  const sums = await counts(conn, fits < 0 ? queries : queries.slice(0, fits));
  return told(entries, sums, total, fits < 0 ? why : 'The conditions are too long for one query.');
}

function told(entries: readonly RuleEntry[], sums: readonly Sum[], total: number, why: string | undefined): Forecast {
  const failed = sums.findIndex((sum) => typeof sum === 'string');
  const known = failed < 0 ? sums : sums.slice(0, failed);
  const reason = failed < 0 ? (why ?? '') : (sums[failed] as string);
  const all_ = entries.map((_, at): EntryForecast => {
    const sum = known[at] as number | undefined;
    return sum === undefined ? { leads: null, why: reason } : { leads: sum - ((known[at - 1] as number) ?? 0) };
  });
  const isWhole = known.length === entries.length;
  return { entries: all_, unmatched: isWhole ? total - ((known.at(-1) as number) ?? 0) : null };
}

/** A count, or why the org did not count. */
type Sum = number | string;

async function counts(conn: Connection, conditions: readonly Condition[]): Promise<Sum[]> {
  const queries = conditions.map((where) => select({ from: 'Lead', fields: [countOf('Id', 'total')], where }));
  const answers = await queryTogether<{ total: number }>(conn, queries);
  return answers.map(({ records, error }) => (error ? error.message : Number(records[0]?.total ?? 0)));
}
