/** Criteria of sharing rules as SQL (platform-facts B3 to B4, operations of G). */
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import { bracketed, fragment, type Fragment } from '../soql/context.js';
import { quoted } from '../store/identifiers.js';
import { isId, to18 } from '../store/ids.js';
import type { RuleCriterion, SharingRule } from './types.js';

type Kind = 'text' | 'id' | 'number' | 'boolean' | 'date' | 'set';

const KINDS: Partial<Record<FieldDef['type'], Kind>> = {
  id: 'id',
  reference: 'id',
  boolean: 'boolean',
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'date',
  multipicklist: 'set',
};

/** Nothing matches: a field that is gone, or a comparison that makes no sense for it. */
const NEVER = fragment('0');

const COMPARISONS: Readonly<Record<string, string>> = {
  lessThan: '<',
  greaterThan: '>',
  lessOrEqual: '<=',
  greaterOrEqual: '>=',
};

/** Values of a condition: a list with commas, in which quotation marks hold a value with a comma together. */
export const valuesOf = (text: string, kind: Kind): string[] => {
  const parts = text.match(/"[^"]*"|[^,]+/g) ?? [];
  const values = parts.map((part) => part.trim().replace(/^"(.*)"$/, '$1')).filter((part) => part !== '');
  return kind === 'set' ? values.flatMap((value) => value.split(';').map((one) => one.trim())) : values;
};

const usDate = (text: string): string => {
  const found = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  return found ? `${found[3]}-${found[1]!.padStart(2, '0')}-${found[2]!.padStart(2, '0')}` : text;
};

/** A value as it is stored, or undefined where it is none of this kind. */
const stored = (kind: Kind, value: string): string | number | undefined => {
  switch (kind) {
    case 'number':
      return Number.isNaN(Number(value)) ? undefined : Number(value);
    case 'boolean':
      return /^(?:true|1)$/i.test(value) ? 1 : 0;
    case 'id':
      return isId(value) ? to18(value) : undefined;
    case 'date':
      return usDate(value);
    default:
      return value;
  }
};

const anyOf = (parts: Fragment[]): Fragment => (parts.length === 0 ? NEVER : bracketed(parts, ' OR '));
const not = (part: Fragment): Fragment => fragment(`(${part.sql}) IS NOT TRUE`, ...part.params);

/** One comparison with one value. */
const oneValue = (column: string, operation: string, value: string | number): Fragment => {
  const symbol = COMPARISONS[operation];
  if (symbol) return fragment(`${column} ${symbol} ?`, value);
  switch (operation) {
    case 'equals':
      return fragment(`${column} = ?`, value);
    case 'contains':
      return fragment(`instr(lower(${column}), lower(?)) > 0`, value);
    case 'startsWith':
      return fragment(`substr(lower(${column}), 1, length(?)) = lower(?)`, value, value);
    case 'includes':
      return fragment(`instr(';' || lower(${column}) || ';', ';' || lower(?) || ';') > 0`, value);
    default:
      return NEVER;
  }
};

/** Operations that are true where another one is not. */
const NEGATIONS: Readonly<Record<string, string>> = {
  notEqual: 'equals',
  notContain: 'contains',
  excludes: 'includes',
};

const criterionSql = (def: ObjectDef, alias: string, { field: name, operation, value }: RuleCriterion): Fragment => {
  const bare = name.startsWith(`${def.name}.`) ? name.slice(def.name.length + 1) : name;
  const field = def.fields.get(bare.toLowerCase());
  if (!field) return NEVER;
  const kind = KINDS[field.type] ?? 'text';
  const plain = `${alias}.${quoted(field.name)}`;
  const column = kind === 'boolean' ? `coalesce(${plain}, 0)` : plain;
  const values = valuesOf(value, kind);
  const positive = NEGATIONS[operation] ?? operation;
  const parts =
    values.length === 0 && positive === 'equals'
      ? [fragment(`${column} IS NULL`)]
      : values
          .map((one) => stored(kind, one))
          .flatMap((one) => (one === undefined ? [] : [oneValue(column, positive, one)]));
  const any = anyOf(parts);
  return positive === operation ? any : not(any);
};

const FILTER = /^(?:\d+|AND|OR|NOT|[()\s])+$/i;

/** Conditions joined as a filter such as `1 AND (2 OR 3)` says. SQL has the same words in the same order of strength. */
const filtered = (filter: string, conditions: Fragment[]): Fragment => {
  const params: Fragment['params'] = [];
  const sql = filter.replace(/\d+/g, (number) => {
    const condition = conditions[Number(number) - 1] ?? NEVER;
    params.push(...condition.params);
    return `((${condition.sql}) IS TRUE)`;
  });
  return fragment(`(${sql})`, ...params);
};

/** Whether a filter can be read and names conditions that exist. */
export const isFilter = (filter: string, conditions: number, prepare: (sql: string) => unknown): boolean => {
  if (!FILTER.test(filter)) return false;
  const numbers = filter.match(/\d+/g)?.map(Number) ?? [];
  if (numbers.length === 0 || numbers.some((number) => number < 1 || number > conditions)) return false;
  try {
    prepare(`SELECT ${filter}`);
    return true;
  } catch {
    return false;
  }
};

/** The rows of an object that match the criteria of a rule. A rule without any matches nothing. */
export const criteriaSql = (
  def: ObjectDef,
  alias: string,
  { criteria, booleanFilter }: Pick<SharingRule, 'criteria' | 'booleanFilter'>
): Fragment => {
  if (criteria.length === 0) return NEVER;
  const conditions = criteria.map((criterion) => criterionSql(def, alias, criterion));
  if (booleanFilter !== undefined && booleanFilter.trim() !== '') return filtered(booleanFilter, conditions);
  return bracketed(conditions, ' AND ');
};
