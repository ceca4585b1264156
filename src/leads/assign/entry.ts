/** One entry of an assignment rule, and what it says in words (platform-facts G). */
import { listOf, textOf, type MetadataBody } from '../../org/read/index.js';

export type EntryCriterion = { field: string; operation: string; value: string; valueField?: string };

export type RuleEntry = {
  criteria: EntryCriterion[];
  booleanFilter?: string;
  formula?: string;
  /** Developer name of a queue, or a username; an entry without one ends the rule. */
  target?: { type: 'Queue' | 'User'; name: string };
  /** Template of the mail to the new owner. */
  template?: string;
};

const WORDS: Readonly<Record<string, string>> = {
  equals: '=',
  notEqual: '!=',
  lessThan: '<',
  greaterThan: '>',
  lessOrEqual: '<=',
  greaterOrEqual: '>=',
  contains: 'contains',
  notContain: 'does not contain',
  startsWith: 'starts with',
  includes: 'includes',
  excludes: 'excludes',
  within: 'within',
};

const optional = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  value === undefined ? {} : ({ [key]: value } as Record<K, string>);

/** Reads an entry. */
export function entryOf(body: MetadataBody): RuleEntry {
  const name = textOf(body, 'assignedTo');
  const type = textOf(body, 'assignedToType') === 'User' ? 'User' : 'Queue';
  return {
    criteria: listOf(body, 'criteriaItems').map((item) => ({
      field: textOf(item, 'field') ?? '',
      operation: textOf(item, 'operation') ?? '',
      value: textOf(item, 'value') ?? '',
      ...optional('valueField', textOf(item, 'valueField')),
    })),
    ...optional('booleanFilter', textOf(body, 'booleanFilter')),
    ...optional('formula', textOf(body, 'formula')),
    ...(name === undefined ? {} : { target: { type, name } }),
    ...optional('template', textOf(body, 'template')),
  };
}

const criterionText = ({ field, operation, value, valueField }: EntryCriterion): string =>
  `${field.replace(/^Lead\./, '')} ${WORDS[operation] ?? operation} ${valueField ?? (value === '' ? '(blank)' : value)}`;

/** What an entry asks of a lead. */
export function conditionText({ criteria, booleanFilter, formula }: RuleEntry): string {
  if (formula !== undefined) return `formula: ${formula}`;
  if (criteria.length === 0) return 'every lead';
  const texts = criteria.map(criterionText);
  if (booleanFilter === undefined) return texts.join(' and ');
  return booleanFilter.replace(/\d+/g, (number) => `[${texts[Number(number) - 1] ?? '?'}]`);
}

/** Whom an entry gives a lead to. */
export const targetText = ({ target }: RuleEntry): string =>
  target ? `${target.type === 'Queue' ? 'queue' : 'user'} ${target.name}` : 'nobody; the rule ends';
