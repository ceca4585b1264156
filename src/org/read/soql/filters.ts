/** Conditions that criteria of rules need beyond comparisons. */
import { literal, name, type Condition } from './literal.js';

/** `field LIKE '%text%'`, or with the text at the beginning; wildcards in the text stand for themselves. */
export function isLike(field: string, text: string, where: 'anywhere' | 'start'): Condition {
  const inner = literal(text).slice(1, -1).replace(/[%_]/g, '\\$&');
  return `${name(field)} LIKE '${where === 'anywhere' ? '%' : ''}${inner}%'` as Condition;
}

export const not = (condition: Condition): Condition => `(NOT (${condition}))` as Condition;

/** `field INCLUDES (…)` of a multi-select picklist: any of the values. */
export const includesAny = (field: string, values: readonly string[]): Condition =>
  `${name(field)} INCLUDES (${values.map(literal).join(',')})` as Condition;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Comparison of a date field with a day, or of a date-time field with its first moment. @throws RangeError */
export function compareDay(
  field: string,
  operator: '=' | '!=' | '<' | '>' | '<=' | '>=',
  day: string,
  time: boolean
): Condition {
  if (!DAY.test(day)) throw new RangeError(`"${day}" is not a day.`);
  return `${name(field)} ${operator} ${day}${time ? 'T00:00:00Z' : ''}` as Condition;
}

/** Conditions joined as a filter such as `1 AND (2 OR 3)` says. @throws RangeError where it cannot be read */
export function joined(filter: string, conditions: readonly Condition[]): Condition {
  if (!/^(?:\d+|AND|OR|NOT|[()\s])+$/i.test(filter)) throw new RangeError(`"${filter}" is not a filter.`);
  return filter.replace(/\d+/g, (number) => {
    const condition = conditions[Number(number) - 1];
    if (condition === undefined) throw new RangeError(`The filter names condition ${number}, which is not there.`);
    return `(${condition})`;
  }) as Condition;
}
