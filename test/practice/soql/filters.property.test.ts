import { expect } from 'chai';
import fc from 'fast-check';
import { Org } from './fixture.js';

/** A filter that can be written as SOQL and decided in JavaScript, independently of SQL. */
type Filter = { soql: string; holds(row: Sample): boolean };
type Sample = {
  LastName: string;
  Rating: string | null;
  NumberOfEmployees: number | null;
  IsUnreadByOwner: boolean;
  ConvertedDate: string | null;
};

const texts = ['a', 'B', 'ab', 'Abc', '%', '_', "o'x", 'back\\slash'];
const numbers = [-1, 0, 1, 2.5, 7];
const days = ['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'];

const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const fold = (text: string | null): string | null => text?.toLowerCase() ?? null;

const order = <T extends string | number | boolean>(operator: string, a: T | null, b: T): boolean => {
  if (operator === '=') return a === b;
  if (operator === '!=') return a !== b;
  if (a === null) return false;
  return operator === '<' ? a < b : operator === '<=' ? a <= b : operator === '>' ? a > b : a >= b;
};

const operators = fc.constantFrom('=', '!=', '<', '<=', '>', '>=');

const textFilter: fc.Arbitrary<Filter> = fc
  .tuple(fc.constantFrom('LastName', 'Rating'), operators, fc.constantFrom(...texts))
  .map(([field, operator, text]) => ({
    soql: `${field} ${operator} ${quote(text)}`,
    holds: (row) => order(operator, fold(row[field as 'Rating']), text.toLowerCase()),
  }));

const numberFilter: fc.Arbitrary<Filter> = fc.tuple(operators, fc.constantFrom(...numbers)).map(([operator, n]) => ({
  soql: `NumberOfEmployees ${operator} ${n}`,
  holds: (row) => order(operator, row.NumberOfEmployees, n),
}));

const dateFilter: fc.Arbitrary<Filter> = fc
  .tuple(
    operators,
    fc.constantFrom<[string, string]>(
      ...days.map((day): [string, string] => [day, day]),
      ['TODAY', '2026-11-24'],
      ['YESTERDAY', '2026-11-23']
    )
  )
  .map(([operator, [written, day]]) => ({
    soql: `ConvertedDate ${operator} ${written}`,
    holds: (row) => order(operator, row.ConvertedDate, day),
  }));

const nullFilter: fc.Arbitrary<Filter> = fc
  .tuple(fc.constantFrom('Rating', 'NumberOfEmployees', 'ConvertedDate'), fc.boolean())
  .map(([field, equal]) => ({
    soql: `${field} ${equal ? '=' : '!='} null`,
    holds: (row) => (row[field as 'Rating'] === null) === equal,
  }));

const booleanFilter: fc.Arbitrary<Filter> = fc.tuple(fc.boolean(), fc.boolean()).map(([equal, value]) => ({
  soql: `IsUnreadByOwner ${equal ? '=' : '!='} ${value}`,
  holds: (row) => (row.IsUnreadByOwner === value) === equal,
}));

const listFilter: fc.Arbitrary<Filter> = fc
  .tuple(
    fc.constantFrom('LastName', 'Rating'),
    fc.boolean(),
    fc.uniqueArray(fc.constantFrom(...texts, null), { minLength: 1 })
  )
  .map(([field, negated, values]) => ({
    soql: `${field} ${negated ? 'NOT IN' : 'IN'} (${values.map((one) => (one === null ? 'null' : quote(one))).join(', ')})`,
    holds: (row) => values.map(fold).includes(fold(row[field as 'Rating'])) !== negated,
  }));

const likeFilter: fc.Arbitrary<Filter> = fc
  .tuple(fc.constantFrom('LastName', 'Rating'), fc.constantFrom('a%', '%B', '_', '%', 'ab_', '\\%', '%\\_%'))
  .map(([field, pattern]) => {
    const source = pattern.replaceAll(/\\(.)|[%_]|[^\\%_]/g, (part, escaped: string | undefined) =>
      escaped ? `\\u{${escaped.codePointAt(0)!.toString(16)}}` : part === '%' ? '.*' : part === '_' ? '.' : part
    );
    const expression = new RegExp(`^${source}$`, 'isu');
    return {
      soql: `${field} LIKE '${pattern}'`,
      holds: (row: Sample) => row[field as 'Rating'] !== null && expression.test(row[field as 'Rating']!),
    };
  });

const { tree } = fc.letrec<{ tree: Filter; group: Filter; not: Filter; leaf: Filter }>((tie) => ({
  leaf: fc.oneof(textFilter, numberFilter, dateFilter, nullFilter, booleanFilter, listFilter, likeFilter),
  not: tie('tree').map((inner) => ({ soql: `NOT (${inner.soql})`, holds: (row: Sample) => !inner.holds(row) })),
  group: fc.tuple(fc.boolean(), fc.array(tie('tree'), { minLength: 2, maxLength: 3 })).map(([and, parts]) => ({
    soql: parts.map(({ soql }) => `(${soql})`).join(and ? ' AND ' : ' OR '),
    holds: (row: Sample) => (and ? parts.every((part) => part.holds(row)) : parts.some((part) => part.holds(row))),
  })),
  tree: fc.oneof({ maxDepth: 4, depthSize: 'small' }, tie('leaf'), tie('not'), tie('group')),
}));

describe('SOQL filters, by property', () => {
  let org: Org;
  const rows: Array<Sample & { Id: string }> = [];

  before(() => {
    org = new Org();
    for (const [i, LastName] of [...texts, ...texts, ...texts].entries()) {
      const row: Sample = {
        LastName,
        Rating: i % 3 === 0 ? null : texts[(i * 5) % texts.length]!,
        NumberOfEmployees: i % 4 === 0 ? null : numbers[i % numbers.length]!,
        IsUnreadByOwner: i % 2 === 0,
        ConvertedDate: i % 5 === 0 ? null : days[i % days.length]!,
      };
      rows.push({ Id: org.add('Lead', row), ...row });
    }
  });
  after(() => org.close());

  it('finds the rows that the filter holds for, and no others', () => {
    fc.assert(
      fc.property(tree, (filter) => {
        const { soql } = filter;
        const found = org.list(`SELECT Id FROM Lead WHERE ${soql} ORDER BY Id`, 'Id');
        expect(found, soql).to.deep.equal(rows.filter((row) => filter.holds(row)).map(({ Id }) => Id));
      }),
      { numRuns: 1000 }
    );
  });

  it('never lets a value out of its quotes', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: fc.constantFrom("'", '"', '\\', ';', '-', ' ', 'a', '%', ')', '?', '\n') }),
        (text) => {
          expect(org.list(`SELECT Id FROM Lead WHERE Company = ${quote(text)}`, 'Id')).to.deep.equal([]);
          const id = org.add('Lead', { Company: text, LastName: 'kept' });
          const found = org.list(`SELECT Id FROM Lead WHERE Company = ${quote(text)}`, 'Id');
          org.store.sql('DELETE FROM Lead WHERE Id = ?').run(id);
          expect(found).to.deep.equal([id]);
        }
      )
    );
  });
});
