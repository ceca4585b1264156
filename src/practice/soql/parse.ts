/**
 * SOQL to a tree. Own grammar rather than a library's, because the platform's errors point at row and column, and a
 * published parser neither keeps places nor refuses AND beside OR.
 */
import type { Expression, OrderItem, Query, SelectItem, TypeOf, Path } from './ast.js';
import { malformed, queryError } from './errors.js';
import { parseCondition, parseExpression } from './parse-condition.js';
import { Reader } from './reader.js';

/** Longest statement (platform-facts H). */
const MAX_LENGTH = 100_000;
const MAX_OFFSET = 2000;
const AFTER_FROM = new Set('USING WHERE WITH GROUP HAVING ORDER LIMIT OFFSET FOR UPDATE ALL'.split(' '));

const parsePaths = (reader: Reader): Path[] => {
  const paths: Path[] = [];
  do {
    const { text, at } = reader.expectKind('name');
    paths.push({ kind: 'path', parts: text.split('.'), at });
  } while (reader.take(','));
  return paths;
};

const parseTypeOf = (reader: Reader): TypeOf => {
  const { text, at } = reader.expectKind('name');
  const relationship: Path = { kind: 'path', parts: text.split('.'), at };
  const cases: TypeOf['cases'] = [];
  while (reader.take('WHEN')) {
    const type = reader.expectKind('name');
    reader.expect('THEN');
    cases.push({ type: type.text, fields: parsePaths(reader), at: type.at });
  }
  if (cases.length === 0) reader.fail();
  const otherwise = reader.take('ELSE') ? parsePaths(reader) : [];
  reader.expect('END');
  return { kind: 'typeof', relationship, cases, otherwise };
};

const parseSelectItem = (reader: Reader): SelectItem => {
  if (reader.take('(')) {
    const query = parseQuery(reader);
    reader.expect(')');
    return { kind: 'children', query };
  }
  if (reader.sees('TYPEOF') && reader.peek().kind === 'name' && !/^from$/i.exec(reader.peek().text)) {
    reader.next();
    return parseTypeOf(reader);
  }
  const value = parseExpression(reader);
  if (reader.token.kind !== 'name' || reader.sees('FROM')) return { kind: 'value', value };
  return { kind: 'value', value, alias: reader.next().text };
};

const parseAlias = (reader: Reader): string | undefined => {
  const { kind, text } = reader.token;
  if (kind !== 'name' || AFTER_FROM.has(text.toUpperCase())) return undefined;
  return reader.next().text.toLowerCase();
};

/** `FROM Contact c, c.Account a`: the object, and the paths that other names stand for. */
const parseFrom = (reader: Reader): Pick<Query, 'from' | 'fromAt' | 'aliases'> => {
  const { text: from, at: fromAt } = reader.expectKind('name');
  const aliases = new Map<string, string[]>([[from.toLowerCase(), []]]);
  const alias = parseAlias(reader);
  if (alias) aliases.set(alias, []);
  while (reader.take(',')) {
    const path = reader.expectKind('name');
    const [head = '', ...rest] = path.text.split('.');
    const base = aliases.get(head.toLowerCase());
    const name = parseAlias(reader);
    if (!base || rest.length === 0 || !name) return reader.fail(path);
    aliases.set(name, [...base, ...rest]);
  }
  return { from, fromAt, aliases };
};

const parseOrderBy = (reader: Reader): OrderItem[] => {
  const items: OrderItem[] = [];
  do {
    const value = parseExpression(reader);
    const descending = reader.take('DESC');
    if (!descending) reader.take('ASC');
    const nullsLast = reader.take('NULLS', 'LAST');
    if (!nullsLast) reader.take('NULLS', 'FIRST');
    items.push({ value, descending, nullsLast });
  } while (reader.take(','));
  return items;
};

const parseGroupBy = (reader: Reader): Expression[] => {
  if (reader.sees('ROLLUP') || reader.sees('CUBE')) {
    throw malformed(`GROUP BY ${reader.token.text.toUpperCase()} is not supported by the practice org`, {
      soql: reader.soql,
      at: reader.token.at,
    });
  }
  const items: Expression[] = [];
  do items.push(parseExpression(reader));
  while (reader.take(','));
  return items;
};

const parseWith = (reader: Reader): void => {
  for (const word of ['SECURITY_ENFORCED', 'USER_MODE', 'SYSTEM_MODE']) if (reader.take(word)) return;
  reader.fail();
};

const parseCount = (reader: Reader): number => {
  const { text, at } = reader.expectKind('number');
  const count = Number(text);
  if (!Number.isInteger(count) || count < 0) throw malformed(`unexpected token: '${text}'`, { soql: reader.soql, at });
  return count;
};

const parseOffset = (reader: Reader): number => {
  const offset = parseCount(reader);
  if (offset > MAX_OFFSET) {
    throw queryError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
  }
  return offset;
};

/** FOR VIEW, FOR REFERENCE, FOR UPDATE, UPDATE TRACKING, UPDATE VIEWSTAT: accepted, they change no result. */
const parseMarks = (reader: Reader): void => {
  while (reader.take('FOR')) if (!['VIEW', 'REFERENCE', 'UPDATE'].some((word) => reader.take(word))) reader.fail();
  if (reader.take('UPDATE')) {
    do if (!['TRACKING', 'VIEWSTAT'].some((word) => reader.take(word))) reader.fail();
    while (reader.take(','));
  }
};

const parseQuery = (reader: Reader): Query => {
  const subquery = (): Query => parseQuery(reader);
  reader.expect('SELECT');
  const select = [parseSelectItem(reader)];
  while (reader.take(',')) select.push(parseSelectItem(reader));
  reader.expect('FROM');
  const query: Query = { select, ...parseFrom(reader), groupBy: [], orderBy: [], allRows: false };
  if (reader.take('USING', 'SCOPE')) {
    const { text, at } = reader.expectKind('name');
    query.scope = { name: text.toLowerCase(), at };
  }
  if (reader.take('WHERE')) query.where = parseCondition(reader, subquery);
  if (reader.take('WITH')) parseWith(reader);
  if (reader.take('GROUP', 'BY')) query.groupBy = parseGroupBy(reader);
  if (reader.take('HAVING')) query.having = parseCondition(reader, subquery);
  if (reader.take('ORDER', 'BY')) query.orderBy = parseOrderBy(reader);
  if (reader.take('LIMIT')) query.limit = parseCount(reader);
  if (reader.take('OFFSET')) query.offset = parseOffset(reader);
  parseMarks(reader);
  query.allRows = reader.take('ALL', 'ROWS');
  return query;
};

/** Parses one statement. @throws PlatformError MALFORMED_QUERY, NUMBER_OUTSIDE_VALID_RANGE */
export const parseSoql = (soql: string): Query => {
  if (soql.length > MAX_LENGTH) throw malformed(`SOQL statements cannot be longer than ${MAX_LENGTH} characters.`);
  const reader = new Reader(soql);
  const query = parseQuery(reader);
  if (reader.token.kind !== 'end') reader.fail();
  return query;
};
