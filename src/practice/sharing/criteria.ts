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
  const parts = text.match(/\s*"[^"]*"\s*|[^,]+/g) ?? [];
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

/** One comparison of a column with a value or another column. */
const compared = (column: string, operation: string, { sql, params }: Fragment): Fragment => {
  const symbol = COMPARISONS[operation] ?? (operation === 'equals' ? '=' : undefined);
  if (symbol) return fragment(`${column} ${symbol} ${sql}`, ...params);
  switch (operation) {
    case 'contains':
      return fragment(`instr(lower(${column}), lower(${sql})) > 0`, ...params);
    case 'startsWith':
      return fragment(`substr(lower(${column}), 1, length(${sql})) = lower(${sql})`, ...params, ...params);
    case 'includes':
      return fragment(`instr(';' || lower(${column}) || ';', ';' || lower(${sql}) || ';') > 0`, ...params);
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

/** A field by its name, with or without the object's before it. */
export const criterionField = (def: ObjectDef, name: string): FieldDef | undefined =>
  def.fields.get((name.startsWith(`${def.name}.`) ? name.slice(def.name.length + 1) : name).toLowerCase());

const columnOf = (alias: string, field: FieldDef): string => {
  const plain = `${alias}.${quoted(field.name)}`;
  return field.type === 'boolean' ? `coalesce(${plain}, 0)` : plain;
};

/** What a criterion compares with: values as they are stored, or another field. */
const operandsOf = (def: ObjectDef, alias: string, field: FieldDef, criterion: RuleCriterion): Fragment[] => {
  if (criterion.valueField !== undefined) {
    const other = criterionField(def, criterion.valueField);
    return other ? [fragment(columnOf(alias, other))] : [];
  }
  const kind = KINDS[field.type] ?? 'text';
  return valuesOf(criterion.value, kind)
    .map((one) => stored(kind, one))
    .flatMap((one) => (one === undefined ? [] : [fragment('?', one)]));
};

/** Whether a criterion asks for an empty field. */
const asksForNothing = ({ value, valueField }: RuleCriterion): boolean =>
  valueField === undefined && valuesOf(value, 'text').length === 0;

const criterionSql = (def: ObjectDef, alias: string, criterion: RuleCriterion): Fragment => {
  const field = criterionField(def, criterion.field);
  if (!field) return NEVER;
  const column = columnOf(alias, field);
  const { operation } = criterion;
  const positive = NEGATIONS[operation] ?? operation;
  const parts =
    asksForNothing(criterion) && positive === 'equals'
      ? [fragment(`${column} IS NULL`)]
      : operandsOf(def, alias, field, criterion).map((operand) => compared(column, positive, operand));
  const any = anyOf(parts);
  return positive === operation ? any : not(any);
};

/** Whether a value can be compared with a field: a number with numbers, a day with days. */
export const isCriterionValue = (field: FieldDef, text: string): boolean => {
  const kind = KINDS[field.type] ?? 'text';
  return valuesOf(text, kind).every((one) => {
    if (kind === 'boolean') return /^(?:true|false|0|1)$/i.test(one);
    if (kind === 'date') return /^\d{4}-\d{2}-\d{2}/.test(usDate(one));
    return stored(kind, one) !== undefined;
  });
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
