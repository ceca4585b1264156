/** Our entries among those of others, which stay as they are and in their order. */
import type { MetadataBody } from '../../org/read/index.js';
import type { RuleDefinition } from '../assign/rule-file.js';
import type { Filter } from './filter.js';
import { isOurs } from './state.js';

/** Where our entries stand among the others: before the first, behind the last, or from this place on, counted from 1. */
export type Position = 'first' | 'last' | number;

/** Entries of a rule that cannot be kept as they are; the text says why. */
export class ForeignEntryError extends Error {
  public constructor(
    public readonly rule: string,
    public readonly number: number
  ) {
    super(`${rule}: ${number}`);
    this.name = 'ForeignEntryError';
  }
}

/** The entry of one slot. */
export function slotEntry(
  field: string,
  slot: number,
  queue: string,
  { criteria, booleanFilter }: Filter
): MetadataBody {
  const items = [...criteria, { field: `Lead.${field}`, operation: 'equals', value: String(slot) }];
  const own = booleanFilter === undefined ? {} : { booleanFilter: `(${booleanFilter}) AND ${items.length}` };
  return { assignedTo: queue, assignedToType: 'Queue', ...own, criteriaItems: items.length === 1 ? items[0]! : items };
}

export type Merged = {
  entries: MetadataBody[];
  /** Number of entries of others that stand before ours. */
  before: number;
  /** Texts of the entries of others, in their order. */
  foreign: string[];
};

/** Puts our entries in the place of the old ones, or where they are wanted. @throws ForeignEntryError */
export function merged(
  rule: RuleDefinition | undefined,
  field: string,
  ours: readonly MetadataBody[],
  position: Position | undefined
): Merged {
  const entries = rule?.entries ?? [];
  const foreign = entries.filter(({ body }) => !isOurs(body, field));
  checkForeign(rule, foreign);
  const before = placeOf(entries, foreign.length, field, position);
  const bodies = foreign.map(({ body }) => body);
  return {
    entries: [...bodies.slice(0, before), ...ours, ...bodies.slice(before)],
    before,
    foreign: foreign.map(({ text }) => text),
  };
}

function placeOf(
  entries: RuleDefinition['entries'],
  foreign: number,
  field: string,
  position: Position | undefined
): number {
  if (position === 'first') return 0;
  if (position === 'last') return foreign;
  if (position !== undefined) return Math.min(position - 1, foreign);
  const first = entries.findIndex(({ body }) => isOurs(body, field));
  return first < 0 ? foreign : first;
}

const TEXT = /<(\w+)>([^<]*)<\/\1>/g;

/** Reading a file takes blanks off the ends of texts. An entry that has some would be written back without them. */
function checkForeign(rule: RuleDefinition | undefined, foreign: RuleDefinition['entries']): void {
  for (const { text } of foreign) {
    const loose = [...text.matchAll(TEXT)].some(([, , inner = '']) => inner !== inner.trim());
    const number = rule!.entries.findIndex((entry) => entry.text === text) + 1;
    if (text === '' || loose) throw new ForeignEntryError(rule!.name, number);
  }
}

/** Whether two definitions say the same, whatever the order of their elements. */
export const isSame = (a: MetadataBody[string], b: MetadataBody[string]): boolean => canonical(a) === canonical(b);

const canonical = (value: unknown): string =>
  JSON.stringify(value, (key, one: unknown) => {
    // Names of queues are written as the org has them, whatever their case was.
    if (key === 'assignedTo' && typeof one === 'string') return one.toLowerCase();
    if (typeof one !== 'object' || one === null) return one;
    if (Array.isArray(one)) return one.length === 1 ? (one[0] as unknown) : one;
    return Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
