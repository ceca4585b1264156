/** Formulas against cases worked out by hand, and against the library that we do not compute with. */
import { expect } from 'chai';
import fc from 'fast-check';
import formulon from 'formulon';
import { buildCatalog } from '../../../src/practice/catalog/catalog.js';
import type { Row, Value } from '../../../src/practice/contracts.js';
import { compileFormula } from '../../../src/practice/formula/compile.js';

const lead = buildCatalog().require('Lead');

const value = (text: string, row: Row = {}, blankAsBlank = false): Value =>
  compileFormula(lead, text, { blankAsBlank }).run(row);

const problem = (text: string): string => {
  try {
    compileFormula(lead, text);
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing is wrong';
};

describe('formulas', () => {
  it('computes what a rotation needs', () => {
    const text = 'MOD(VALUE(Fax), 4) + 1';
    expect(['0001', '0004', '0007', '12'].map((Fax) => value(text, { Fax }))).to.deep.equal([2, 1, 4, 1]);
    expect(value(text, { Fax: 'L-1' }), 'not a number').to.equal(null);
    expect(compileFormula(lead, text)).to.include({ kind: 'number' });
    expect(compileFormula(lead, text).fields).to.deep.equal(['Fax']);
  });

  it('takes empty numbers for zero, unless told otherwise', () => {
    expect(value('NumberOfEmployees + 1')).to.equal(1);
    expect(value('NumberOfEmployees + 1', {}, true)).to.equal(null);
    expect(value('ISBLANK(NumberOfEmployees)')).to.equal(false);
    expect(value('ISBLANK(NumberOfEmployees)', {}, true)).to.equal(true);
    expect(value('BLANKVALUE(Company, "none")')).to.equal('none');
    expect(value('Company = ""')).to.equal(true);
  });

  it('computes with days and moments', () => {
    const row = { ConvertedDate: '2026-02-27', CreatedDate: '2026-02-27T23:30:00.000+0000' };
    expect(value('ConvertedDate + 3', row)).to.equal('2026-03-02');
    expect(value('CreatedDate - 1', row)).to.equal('2026-02-26T23:30:00.000+0000');
    expect(value('ConvertedDate - DATE(2026, 2, 1)', row)).to.equal(26);
    expect(value('DATEVALUE(CreatedDate) = ConvertedDate', row)).to.equal(true);
    expect(value('WEEKDAY(ConvertedDate)', row)).to.equal(6);
    expect(value('ConvertedDate + 1')).to.equal(null);
  });

  it('chooses', () => {
    const row = { LeadSource: 'Web', Status: 'Open', NumberOfEmployees: 120 };
    expect(value('CASE(LeadSource, "Phone", 1, "Web", 2, 3)', row)).to.equal(2);
    expect(value('IF(ISPICKVAL(Status, "Open") && NumberOfEmployees > 100, "big", NULL)', row)).to.equal('big');
    expect(value('IF(NumberOfEmployees < 100, "small", NULL)', row)).to.equal(null);
    expect(value('NOT(IsConverted)', { IsConverted: false })).to.equal(true);
  });

  it('says what is wrong, and where', () => {
    expect(problem('MOD(1, 2')).to.equal('Syntax error.');
    expect(problem('1 +\n  Nothing__c')).to.equal(
      'Field Nothing__c does not exist. Check spelling. (formula line 2, column 3)'
    );
    expect(problem('IF("VLOOKUP" = Company, 1, VLOOKUP(1, 2, 3))')).to.equal(
      'Function VLOOKUP is not supported by the practice org (formula line 1, column 28)'
    );
    expect(problem('Owner.Name')).to.match(/^Fields of other records .*Owner\.Name \(formula line 1, column 1\)$/);
    expect(problem('$User.Id')).to.match(/^Fields of other records/);
    expect(problem('TODAY() + 1')).to.match(/^Function TODAY is not supported/);
    expect(problem('MOD(Company, 2)')).to.match(
      /^Incorrect parameter type for function 'MOD\(\)'. Expected Number, received Text/
    );
    expect(problem('Company = 1')).to.match(/^Incorrect parameter type for operator 'equal'/);
    expect(problem('ABS(1, 2)')).to.match(/^Incorrect number of parameters/);
    expect(problem(' ')).to.equal('The formula is empty');
  });

  it('agrees with the library where nothing is empty', () => {
    const numbers = fc.oneof(fc.integer({ min: 1, max: 50 }).map(String), fc.constant('NumberOfEmployees'));
    const texts = fc.constantFrom('"ab"', '"b"', 'Company', '"12"');
    const { number } = fc.letrec<{ number: string; text: string; test: string }>((tie) => ({
      number: fc.oneof(
        { maxDepth: 4 },
        numbers,
        fc
          .tuple(fc.constantFrom('+', '-', '*'), tie('number'), tie('number'))
          .map(([sign, a, b]) => `(${a} ${sign} ${b})`),
        tie('number').map((a) => `MOD(${a}, 7)`),
        tie('number').map((a) => `ABS(${a})`),
        tie('text').map((a) => `LEN(${a})`),
        tie('text').map((a) => `FIND("b", ${a})`),
        fc.tuple(tie('test'), tie('number'), tie('number')).map(([a, b, c]) => `IF(${a}, ${b}, ${c})`)
      ),
      text: fc.oneof(
        { maxDepth: 4 },
        texts,
        fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(${a} & ${b})`),
        tie('text').map((a) => `UPPER(${a})`),
        tie('text').map((a) => `LEFT(${a}, 2)`),
        tie('text').map((a) => `LPAD(${a}, 4, "x")`)
      ),
      test: fc.oneof(
        { maxDepth: 4 },
        fc
          .tuple(fc.constantFrom('<', '<=', '>', '>=', '=', '<>'), tie('number'), tie('number'))
          .map((all) => all[1] + all[0] + all[2]),
        fc.tuple(tie('text'), tie('text')).map(([a, b]) => `CONTAINS(${a}, ${b})`),
        fc.tuple(tie('test'), tie('test')).map(([a, b]) => `AND(${a}, ${b})`),
        tie('test').map((a) => `NOT(${a})`)
      ),
    }));
    const row = { Company: 'Abbey', NumberOfEmployees: 17 };
    const fields = {
      Company: { type: 'literal' as const, dataType: 'text', value: 'Abbey', options: { length: 255 } },
      NumberOfEmployees: { type: 'literal' as const, dataType: 'number', value: 17, options: { length: 8, scale: 0 } },
    };
    fc.assert(
      fc.property(number, (text) => {
        const told = formulon.parse(text, fields);
        expect(told.type, text).to.equal('literal');
        expect(value(text, row), text).to.equal('value' in told ? told.value : undefined);
      }),
      { numRuns: 300 }
    );
  });
});
