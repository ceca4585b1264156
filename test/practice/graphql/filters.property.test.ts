/** Any tree of conditions gives the records that the same conditions written in SOQL give. */
import { expect } from 'chai';
import fc from 'fast-check';
import { openPeople, type People } from '../ui-api/people.js';
import { page, rows } from './ask.js';

/** A condition both ways: as a filter of GraphQL, and as SOQL written by hand. */
type Both = { where: Record<string, unknown>; soql: string };

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const SIGNS = { eq: '=', ne: '!=', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;
const sign = fc.constantFrom(...(Object.keys(SIGNS) as Array<keyof typeof SIGNS>));

const texts = fc.constantFrom('Hot', 'hot', 'Warm', '', "O'Neil", 'a\\b', '%');

const oneText = (field: string): fc.Arbitrary<Both> =>
  fc.tuple(sign, texts).map(([operator, value]) => ({
    where: { [field]: { [operator]: value } },
    soql: `${field} ${SIGNS[operator]} ${quoted(value)}`,
  }));

const listed = (field: string): fc.Arbitrary<Both> =>
  fc.tuple(fc.boolean(), fc.array(texts, { minLength: 1, maxLength: 6 })).map(([isIn, values]) => ({
    where: { [field]: { [isIn ? 'in' : 'nin']: values } },
    soql: `${field} ${isIn ? 'IN' : 'NOT IN'} (${values.map(quoted).join(', ')})`,
  }));

const matched: fc.Arbitrary<Both> = fc.constantFrom('%a%', 'Example%', '_x%', "%'%", '%n', '100\\%').map((pattern) => ({
  where: { Company: { like: pattern } },
  // A backslash that guards a percent sign is written once in SOQL.
  soql: `Company LIKE '${pattern.replaceAll("'", "\\'")}'`,
}));

const number: fc.Arbitrary<Both> = fc.tuple(sign, fc.integer({ min: -1, max: 99 })).map(([operator, value]) => ({
  where: { AnnualRevenue: { [operator]: value } },
  soql: `AnnualRevenue ${SIGNS[operator]} ${value}`,
}));

const range: fc.Arbitrary<Both> = fc.tuple(fc.nat(60), fc.nat(60)).map(([from, to]) => ({
  where: { AnnualRevenue: { gte: from, lte: to } },
  soql: `(AnnualRevenue >= ${from} AND AnnualRevenue <= ${to})`,
}));

const empty: fc.Arbitrary<Both> = fc
  .tuple(fc.constantFrom('Rating', 'AnnualRevenue', 'Email'), fc.constantFrom('eq', 'ne'))
  .map(([field, operator]) => ({
    where: { [field]: { [operator]: null } },
    soql: `${field} ${operator === 'eq' ? '=' : '!='} null`,
  }));

const flag: fc.Arbitrary<Both> = fc.boolean().map((value) => ({
  where: { IsConverted: { eq: value } },
  soql: `IsConverted = ${value}`,
}));

const DAYS = {
  '{"literal":"TODAY"}': 'TODAY',
  '{"literal":"LAST_YEAR"}': 'LAST_YEAR',
  '{"literal":"THIS_QUARTER"}': 'THIS_QUARTER',
  '{"range":{"last_n_days":200}}': 'LAST_N_DAYS:200',
  '{"range":{"last_n_months":5}}': 'LAST_N_MONTHS:5',
  '{"value":"2026-03-04T05:06:07Z"}': '2026-03-04T05:06:07Z',
};

const day: fc.Arbitrary<Both> = fc
  .tuple(sign, fc.constantFrom(...(Object.keys(DAYS) as Array<keyof typeof DAYS>)))
  .map(([operator, text]) => ({
    where: { CreatedDate: { [operator]: JSON.parse(text) as object } },
    soql: `CreatedDate ${SIGNS[operator]} ${DAYS[text]}`,
  }));

const parent: fc.Arbitrary<Both> = fc.constantFrom('Mara Castellan', 'Nobody').map((name) => ({
  where: { CreatedBy: { Name: { eq: name } } },
  soql: `CreatedBy.Name = ${quoted(name)}`,
}));

const leaf = fc.oneof(
  oneText('Rating'),
  oneText('LastName'),
  listed('Rating'),
  matched,
  number,
  range,
  empty,
  flag,
  day,
  parent
);

const group = (word: 'and' | 'or', parts: Both[]): Both => ({
  where: { [word]: parts.map(({ where }) => where) },
  soql: `(${parts.map(({ soql }) => `(${soql})`).join(` ${word.toUpperCase()} `)})`,
});

const tree = fc.letrec<{ node: Both }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('node'), { minLength: 1, maxLength: 3 }))
      .map(([word, parts]) => group(word, parts)),
    tie('node').map(({ where, soql }) => ({ where: { not: where }, soql: `(NOT (${soql}))` })),
    fc.tuple(flag, tie('node')).map(([one, other]) => ({
      where: { ...one.where, and: [other.where] },
      soql: `((${one.soql}) AND (${other.soql}))`,
    }))
  ),
})).node;

describe('filters of GraphQL', function () {
  this.timeout(120_000);
  let people: People;
  before(async () => {
    people = await openPeople(400);
    people.fixture.org.store.db.exec(
      `UPDATE "Lead" SET "AnnualRevenue" = CASE WHEN rowid % 5 = 0 THEN NULL ELSE rowid % 97 END,
         "Company" = CASE rowid % 11 WHEN 0 THEN 'O''Neil' WHEN 1 THEN 'a\\b' WHEN 2 THEN '100%' ELSE "Company" END,
         "Rating" = CASE rowid % 4 WHEN 0 THEN 'Hot' WHEN 1 THEN 'Warm' WHEN 2 THEN 'Cold' ELSE NULL END`
    );
  });
  after(() => people.close());

  it('select what the same conditions select in SOQL', async () => {
    const sizes = new Set<number>();
    await fc.assert(
      fc.asyncProperty(tree, async ({ where, soql }) => {
        const found = await page(people.admin, 'Lead', '(first: 2000, where: $where, after: $after)', '', { where });
        const expected = await rows(people.admin, `SELECT Id FROM Lead WHERE ${soql} ORDER BY Id`);
        sizes.add(expected.length);
        expect(found.edges.map(({ node }) => node.Id)).to.deep.equal(expected.map(({ Id }) => Id));
        expect(found.totalCount).to.equal(expected.length);
      }),
      { numRuns: 150 }
    );
    // The trees select many different things, not always nothing or all.
    expect(sizes.size).to.be.greaterThan(10);
  });
});
