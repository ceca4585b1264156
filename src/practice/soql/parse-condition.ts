/** Conditions of WHERE and HAVING. */
import type { Condition, Expression, Literal, Operator, Path, Query } from './ast.js';
import { malformed } from './errors.js';
import type { Reader } from './reader.js';

const COMPARISONS: Record<string, Operator> = {
  '=': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  LIKE: 'LIKE',
};
const LISTS = ['IN', 'INCLUDES', 'EXCLUDES'] as const;

/** A path, or a function of paths. */
export const parseExpression = (reader: Reader): Expression => {
  const { text, at } = reader.expectKind('name');
  if (!reader.take('(')) return { kind: 'path', parts: text.split('.'), at };
  const args: Expression[] = [];
  if (!reader.sees(')'))
    do args.push(parseExpression(reader));
    while (reader.take(','));
  reader.expect(')');
  return { kind: 'call', name: text.toUpperCase(), args, at };
};

const parseLiteral = (reader: Reader): Literal => {
  const { kind, text, at } = reader.token;
  if (kind === 'string') return (reader.next(), { kind, raw: text, at });
  if (kind === 'number' || kind === 'date' || kind === 'datetime') return (reader.next(), { kind, text, at });
  if (kind !== 'name') return reader.fail();
  reader.next();
  const word = text.toUpperCase();
  if (word === 'NULL') return { kind: 'null', at };
  if (word === 'TRUE' || word === 'FALSE') return { kind: 'boolean', value: word === 'TRUE', at };
  if (!reader.take(':')) return { kind: 'dateLiteral', name: word, at };
  return { kind: 'dateLiteral', name: word, n: Number(reader.expectKind('number').text), at };
};

const parseList = (reader: Reader): Literal[] => {
  reader.expect('(');
  const values = [parseLiteral(reader)];
  while (reader.take(',')) values.push(parseLiteral(reader));
  reader.expect(')');
  return values;
};

const parseComparison = (reader: Reader, subquery: () => Query): Condition => {
  const left = parseExpression(reader);
  const { text, at } = reader.token;
  const comparison = COMPARISONS[text.toUpperCase()];
  if (comparison) {
    reader.next();
    return { kind: 'compare', left, operator: comparison, values: [parseLiteral(reader)], at };
  }
  const negated = reader.take('NOT');
  const list = LISTS.find((word) => reader.take(word));
  if (!list || (negated && list !== 'IN')) return reader.fail();
  if (reader.sees('(', 'SELECT')) {
    if (list !== 'IN' || left.kind !== 'path') return reader.fail();
    reader.expect('(');
    const query = subquery();
    reader.expect(')');
    return { kind: 'semijoin', left: left satisfies Path, negated, query, at: left.at };
  }
  return { kind: 'compare', left, operator: negated ? 'NOT IN' : list, values: parseList(reader), at };
};

const parseUnary = (reader: Reader, subquery: () => Query): Condition => {
  reader.deeper();
  const condition = parseInner(reader, subquery);
  reader.higher();
  return condition;
};

const parseInner = (reader: Reader, subquery: () => Query): Condition => {
  if (reader.take('NOT')) return { kind: 'not', part: parseUnary(reader, subquery) };
  if (!reader.take('(')) return parseComparison(reader, subquery);
  const inner = parseCondition(reader, subquery);
  reader.expect(')');
  return inner;
};

/**
 * A condition. AND and OR of one level must not be mixed: the platform asks for brackets.
 * @throws PlatformError MALFORMED_QUERY
 */
export const parseCondition = (reader: Reader, subquery: () => Query): Condition => {
  const first = parseUnary(reader, subquery);
  const word = reader.sees('AND') ? 'AND' : 'OR';
  const parts = [first];
  while (reader.take(word)) parts.push(parseUnary(reader, subquery));
  if (reader.sees('AND') || reader.sees('OR')) {
    throw malformed(`unexpected token: '${reader.token.text}' (AND and OR need brackets between them)`, {
      soql: reader.soql,
      at: reader.token.at,
    });
  }
  return parts.length === 1 ? first : { kind: word === 'AND' ? 'and' : 'or', parts };
};
