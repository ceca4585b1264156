/** The condition of a rotation as criteria of rule entries. What rules cannot say is refused, with the reason. */
import type { WhereClause } from '@jetstreamapp/soql-parser-js';
import { parseCondition, select } from '../../org/read/index.js';

export type Criterion = { field: string; operation: string; value: string };

export type Filter = {
  criteria: Criterion[];
  /** How they are joined, such as `1 AND (2 OR 3)`; absent where all must hold. */
  booleanFilter?: string;
};

/** A condition that criteria of rules cannot say. */
export class FilterError extends Error {
  public constructor(public readonly reason: string) {
    super(reason);
    this.name = 'FilterError';
  }
}

const OPERATIONS: Readonly<Record<string, string>> = {
  '=': 'equals',
  '!=': 'notEqual',
  '<>': 'notEqual',
  '<': 'lessThan',
  '>': 'greaterThan',
  '<=': 'lessOrEqual',
  '>=': 'greaterOrEqual',
  IN: 'equals',
  'NOT IN': 'notEqual',
  INCLUDES: 'includes',
  EXCLUDES: 'excludes',
};

/** Kinds of values that are written in rules as they are in queries. */
const LITERALS = new Set(['STRING', 'INTEGER', 'DECIMAL', 'BOOLEAN', 'NULL']);

type Left = {
  field?: string;
  operator?: string;
  value?: string | string[];
  literalType?: string | string[];
  openParen?: number;
  closeParen?: number;
};

type Token = { text: string; criterion?: Criterion };

/** Reads a SOQL condition on Lead. @throws FilterError, ConditionError where it is none */
export async function filterOf(condition: string): Promise<Filter> {
  const { parseQuery } = await import('@jetstreamapp/soql-parser-js');
  const checked = await parseCondition('Lead', condition);
  const { where } = parseQuery(select({ from: 'Lead', fields: ['Id'], where: checked }));
  if (!where) return { criteria: [] };
  return numbered(withoutConverted(tokensOf(where)));
}

function tokensOf(where: WhereClause): Token[] {
  const tokens: Token[] = [];
  const add = (text: string, count = 1): void => {
    for (let at = 0; at < count; at++) tokens.push({ text });
  };
  for (let node: WhereClause | undefined = where; node;) {
    const left = node.left as Left | null;
    add('(', left?.openParen ?? 0);
    const operator = 'operator' in node ? String(node.operator) : undefined;
    if (operator !== 'NOT') tokens.push({ text: '', criterion: criterionOf(left ?? {}) });
    add(')', left?.closeParen ?? 0);
    if (operator !== undefined) add(operator);
    node = 'right' in node ? node.right : undefined;
  }
  return tokens;
}

function criterionOf({ field, operator = '', value, literalType }: Left): Criterion {
  if (field === undefined) throw new FilterError('it calls a function');
  if (field.includes('.')) throw new FilterError(`${field} is a field of another record`);
  if (/^Owner(?:Id)?$/i.test(field)) throw new FilterError('who owns a lead is what the rule decides');
  const types = [literalType ?? 'STRING'].flat();
  const strange = types.find((type) => !LITERALS.has(type));
  if (strange === 'SUBQUERY' || value === undefined) throw new FilterError(`${field} is compared with a query`);
  if (strange !== undefined)
    throw new FilterError(`${field} is compared with a date, and how rules write dates depends on the org's language`);
  const values = [value].flat().map(textOf);
  const name = `Lead.${field}`;
  if (operator.toUpperCase() === 'LIKE') return { field: name, ...likeOf(field, values[0]!) };
  const operation = OPERATIONS[operator.toUpperCase()];
  if (!operation) throw new FilterError(`rules have no operator for ${operator}`);
  return { field: name, operation, value: values.map((one) => listed(field, one)).join(',') };
}

/** Text of a value without its quotation marks; nothing for NULL. */
function textOf(value: string): string {
  if (/^null$/i.test(value)) return '';
  if (/^(?:true|false)$/i.test(value)) return value.toLowerCase() === 'true' ? 'True' : 'False';
  const quoted = /^'([\s\S]*)'$/.exec(value);
  return quoted ? quoted[1]!.replace(/\\(['"\\])/g, '$1') : value;
}

/** A value in the list of a criterion; a comma in it needs quotation marks. */
function listed(field: string, value: string): string {
  if (/["\n\r;\\]/.test(value) || value !== value.trim())
    throw new FilterError(`the value of ${field} holds characters that rules cannot tell apart: ${value}`);
  return value.includes(',') ? `"${value}"` : value;
}

function likeOf(field: string, pattern: string): Omit<Criterion, 'field'> {
  const [, start = '', text = '', end = ''] = /^(%?)([^%_]*)(%?)$/.exec(pattern) ?? [];
  if (text === '') throw new FilterError(`the pattern of ${field} is none that rules have: ${pattern}`);
  const value = listed(field, text);
  if (start === '%' && end === '%') return { operation: 'contains', value };
  if (start === '' && end === '%') return { operation: 'startsWith', value };
  if (start === '' && end === '') return { operation: 'equals', value };
  throw new FilterError(`rules do not know how a text ends: ${field} LIKE ${pattern}`);
}

const isOpenOnly = (token: Token | undefined): boolean =>
  /^Lead\.IsConverted$/i.test(token?.criterion?.field ?? '') &&
  token!.criterion!.operation === 'equals' &&
  token!.criterion!.value === 'False';

/** Rules run on open leads only, so that a condition which says just this is left out where all conditions must hold. */
function withoutConverted(tokens: readonly Token[]): Token[] {
  const isTop = depths(tokens);
  const allMustHold = tokens.every(
    ({ text, criterion }, at) => criterion !== undefined || !isTop[at] || text === 'AND'
  );
  const kept = tokens.filter((token, at) => !(isOpenOnly(token) && isTop[at] && allMustHold));
  const left = kept.find(({ criterion }) => /^Lead\.IsConverted$/i.test(criterion?.field ?? ''));
  if (left) throw new FilterError('IsConverted may only stand as one of the conditions that all must hold');
  return withoutLoose(kept);
}

/** Whether each token stands outside of all brackets, and is not negated. */
function depths(tokens: readonly Token[]): boolean[] {
  let depth = 0;
  let negated = false;
  return tokens.map(({ text }) => {
    if (text === '(') depth += 1;
    const top = depth === 0 && !negated;
    if (text === ')') depth -= 1;
    negated = text === 'NOT';
    return top;
  });
}

/** Without the ANDs that stand beside what was left out. */
function withoutLoose(tokens: readonly Token[]): Token[] {
  return tokens.filter(({ text }, at) => {
    if (text !== 'AND') return true;
    const before = tokens[at - 1]?.text;
    return before !== undefined && before !== 'AND' && before !== 'NOT' && at < tokens.length - 1;
  });
}

function numbered(tokens: readonly Token[]): Filter {
  const criteria: Criterion[] = [];
  const words = tokens.map(({ text, criterion }) => (criterion ? String(criteria.push(criterion)) : text));
  const isPlain = words.every((word) => word === 'AND' || /^\d+$/.test(word));
  if (isPlain) return { criteria };
  return { criteria, booleanFilter: words.join(' ').replaceAll('( ', '(').replaceAll(' )', ')') };
}
