/** Criteria of a rule as a condition of a query. What cannot be said in one is not counted, and says so. */
import {
  all,
  any,
  compare,
  compareDay,
  includesAny,
  isIn,
  isLike,
  joined,
  not,
  type Condition,
} from '../../org/read/index.js';
import type { Criterion, Rule } from '../model.js';

/** Type of a field as describe tells it. */
export type FieldType = string;

/** A criterion that no query can say. */
export class NotCountable extends Error {
  public constructor(reason: string) {
    super(reason);
    this.name = 'NotCountable';
  }
}

type Kind = 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'set' | 'id';

const KINDS: Readonly<Record<FieldType, Kind>> = {
  id: 'id',
  reference: 'id',
  boolean: 'boolean',
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'datetime',
  multipicklist: 'set',
};

const ORDER = { lessThan: '<', greaterThan: '>', lessOrEqual: '<=', greaterOrEqual: '>=' } as const;

/** Operations that hold where another one does not. */
const NEGATED: Readonly<Record<string, string>> = { notEqual: 'equals', notContain: 'contains', excludes: 'includes' };

/** The records that match a rule. @throws NotCountable */
export function criteriaOf(
  { object, criteria, booleanFilter }: Pick<Rule, 'object' | 'criteria' | 'booleanFilter'>,
  types: ReadonlyMap<string, FieldType>
): Condition {
  if (criteria.length === 0) throw new NotCountable('The rule has no criteria.');
  const conditions = criteria.map((criterion) => conditionOf(object, criterion, types));
  try {
    return booleanFilter ? joined(booleanFilter, conditions) : all(...conditions);
  } catch (error) {
    throw new NotCountable((error as Error).message);
  }
}

function conditionOf(
  object: string,
  { field: path, operation, value }: Criterion,
  types: ReadonlyMap<string, FieldType>
): Condition {
  const field = path.startsWith(`${object}.`) ? path.slice(object.length + 1) : path;
  const type = types.get(field.toLowerCase());
  if (type === undefined) throw new NotCountable(`The field ${path} of ${object} cannot be read.`);
  const kind = KINDS[type] ?? 'text';
  const positive = NEGATED[operation] ?? operation;
  const condition = matches(field, kind, positive, valuesOf(value, kind));
  return positive === operation ? condition : withEmpty(field, kind, not(condition), value);
}

/** Records without a value match a negated criterion, but not always a negated query. */
function withEmpty(field: string, kind: Kind, condition: Condition, value: string): Condition {
  return kind === 'boolean' || value.trim() === '' ? condition : any(condition, compare(field, '=', null));
}

/** Values stand in a list with commas; quotation marks hold a value with a comma together. */
function valuesOf(text: string, kind: Kind): string[] {
  const parts = (text.match(/\s*"[^"]*"\s*|[^,]+/g) ?? []).map((part) => part.trim().replace(/^"(.*)"$/, '$1'));
  const values = kind === 'set' ? parts.flatMap((part) => part.split(';')) : parts;
  return values.map((value) => value.trim()).filter((value) => value !== '');
}

function matches(field: string, kind: Kind, operation: string, values: string[]): Condition {
  if (values.length === 0) {
    if (operation === 'equals') return compare(field, '=', null);
    throw new NotCountable(`The criterion on ${field} has no value.`);
  }
  if (operation === 'equals') return equals(field, kind, values);
  if (operation in ORDER) return ordered(field, kind, ORDER[operation as keyof typeof ORDER], values);
  if (operation === 'includes' && kind === 'set') return includesAny(field, values);
  if (kind !== 'text') throw new NotCountable(`"${operation}" on ${field} cannot be counted.`);
  if (operation === 'contains') return any(...values.map((value) => isLike(field, value, 'anywhere')));
  if (operation === 'startsWith') return any(...values.map((value) => isLike(field, value, 'start')));
  throw new NotCountable(`"${operation}" on ${field} is not known.`);
}

function equals(field: string, kind: Kind, values: string[]): Condition {
  switch (kind) {
    case 'number':
      return any(...values.map((value) => compare(field, '=', numberOf(field, value))));
    case 'boolean':
      return compare(field, '=', /^(?:true|1)$/i.test(values[0]!));
    case 'date':
      return any(...values.map((value) => compareDay(field, '=', dayOf(field, value), false)));
    case 'datetime':
      throw new NotCountable(`A moment in ${field} cannot be compared with a day.`);
    case 'id':
      if (!values.every((value) => /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(value)))
        throw new NotCountable(`${field} is compared with a name.`);
      return isIn(field, values);
    case 'set':
      return includesAny(field, values);
    case 'text':
      return isIn(field, values);
  }
}

function ordered(field: string, kind: Kind, operator: '<' | '>' | '<=' | '>=', values: string[]): Condition {
  const [value] = values as [string];
  if (kind === 'number') return compare(field, operator, numberOf(field, value));
  if (kind === 'date' || kind === 'datetime')
    return compareDay(field, operator, dayOf(field, value), kind === 'datetime');
  throw new NotCountable(`"${operator}" on ${field} cannot be counted.`);
}

function numberOf(field: string, value: string): number {
  const number = Number(value);
  if (Number.isNaN(number)) throw new NotCountable(`"${value}" for ${field} is not a number.`);
  return number;
}

/** Metadata has days as `2026-01-31`, rules made in Setup as `1/31/2026`. */
function dayOf(field: string, value: string): string {
  const us = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(value);
  const day = us ? `${us[3]}-${us[1]!.padStart(2, '0')}-${us[2]!.padStart(2, '0')}` : value.slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new NotCountable(`"${value}" for ${field} is not a day.`);
  return day;
}
