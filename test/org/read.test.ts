import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import {
  all,
  compare,
  ConditionError,
  csvHeader,
  csvLine,
  isIn,
  parseCondition,
  parseCsvBatches,
  parseCsvStream,
  select,
} from '../../src/org/read/index.js';
import { pollDelays } from '../../src/org/read/poll.js';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';

describe('soql', () => {
  let org: TestOrg;
  before(async () => (org = await startTestOrg({ leads: 5 })));
  after(() => org.close());

  it('finds exactly the value that went through its literal helper', () => {
    const session = org.org.access.session(org.token);
    const save = (values: object): string =>
      org.org.saver.save('create', 'Account', [values as Record<string, unknown>], {
        session,
        assignment: 'none',
        source: 'rest',
      })[0]!.id!;
    const text = fc.string({
      unit: fc.constantFrom("'", '\\', '"', '%', '_', '\n', '\t', 'a', 'B', ' ', 'é', ')', '(', ':', ';'),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        text.filter((value) => value.trim() !== ''),
        (value) => {
          const id = save({ Name: 'Example Harbor Ltd', Site: value });
          const stored = org.query<{ Site: string }>(
            select({ from: 'Account', fields: ['Site'], where: compare('Id', '=', id) })
          )[0]!.Site;
          const where = all(compare('Id', '=', id), isIn('Site', [stored]));
          expect(org.query(select({ from: 'Account', fields: ['Id'], where }))).to.have.length(1);
          const other = all(compare('Id', '=', id), compare('Site', '=', `${stored}x`));
          expect(org.query(select({ from: 'Account', fields: ['Id'], where: other }))).to.have.length(0);
        }
      ),
      { numRuns: 60 }
    );
  });

  it('refuses names that are none', () => {
    expect(() => compare('Id = 1 OR Id', '=', 'x')).to.throw(RangeError);
    expect(() => select({ from: 'Lead, Account', fields: ['Id'] })).to.throw(RangeError);
    expect(() => select({ from: 'Lead', fields: ['COUNT(Id) total FROM Account'] })).to.throw(RangeError);
  });

  it('writes conditions anew with nothing but the condition in them', async () => {
    expect(await parseCondition('Lead', "Country='Germany'   AND (Rating = 'Hot' OR NOT Title LIKE 'a%')")).to.equal(
      "Country = 'Germany' AND (Rating = 'Hot' OR NOT Title LIKE 'a%')"
    );
    for (const text of [
      '',
      'Id',
      'Id = null LIMIT 1',
      'Id != null FROM Account',
      "Name = 'a' GROUP BY Name",
      ') OR (Id != null',
    ]) {
      const error = await parseCondition('Lead', text).then(
        () => undefined,
        (reason: Error) => reason
      );
      expect(error, text).to.be.instanceOf(ConditionError);
    }
  });
});

describe('csv by the million', () => {
  const value = fc.string({ unit: fc.constantFrom('"', ',', '\n', 'a', 'ß', '😀', ' ', ''), maxLength: 8 });
  const table = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.array(fc.array(value, { minLength: 4, maxLength: 4 }), { maxLength: 20 }))
    .map(([width, rows]) => rows.map((row) => row.slice(0, width)).filter((row) => width > 1 || row[0] !== ''));

  const textOf = (rows: string[][]): string =>
    csvLine(Array.from({ length: rows[0]?.length ?? 1 }, (_, index) => `C${index}`)) + rows.map(csvLine).join('');

  it('is read back as it was written, however it is cut in pieces', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async (rows, size) => {
        const text = textOf(rows);
        async function* pieces(): AsyncGenerator<string> {
          for (let from = 0; from < text.length; from += size)
            yield await Promise.resolve(text.slice(from, from + size));
        }
        expect((await Array.fromAsync(parseCsvStream(pieces()))).flat()).to.deep.equal(rows);
        expect([...parseCsvBatches(text)].flat()).to.deep.equal(rows);
      }),
      { numRuns: 300 }
    );
  });

  it('is what another reader of CSV understands', () => {
    fc.assert(
      fc.property(table, (rows) => {
        expect(parse(textOf(rows), { from_line: 2, relax_column_count: true })).to.deep.equal(rows);
      })
    );
  });

  it('names the columns', () => {
    expect(csvHeader('"sf__Id","sf__Error",Id\n')).to.deep.equal(['sf__Id', 'sf__Error', 'Id']);
  });
});

describe('polling', () => {
  it('begins at half a second and never waits over five', () => {
    const delays = pollDelays();
    const seen = Array.from({ length: 30 }, () => delays.next().value);
    expect(seen[0]).to.equal(500);
    expect(Math.max(...seen)).to.equal(5000);
    expect(seen).to.deep.equal([...seen].sort((a, b) => a - b));
  });
});
