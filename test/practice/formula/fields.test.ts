/** Formula and auto-number fields: values of old and new records, and what a deploy refuses. */
import { expect } from 'chai';
import type { Fixture } from '../http/fixture.js';
import { elements, file, rows, start, workbench, type Files } from '../metadata/support.js';

type Values = Record<string, string | number | boolean>;

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

const field = (name: string, values: Values): string =>
  `<fields>${elements({ fullName: `${name}__c`, label: name, ...values })}</fields>`;

const number = (name: string, formula: string, more: Values = {}): string =>
  field(name, { formula: escaped(formula), ...more, precision: 18, scale: 0, type: 'Number' });

const files = (...fields: string[]): Files => ({ 'objects/Lead.object': file('CustomObject', fields.join('')) });

describe('formula and auto-number fields', () => {
  let fixture: Fixture;
  const bench = workbench(() => fixture);
  const names = (...list: string[]) => ({ CustomField: list.map((name) => `Lead.${name}__c`) });
  beforeEach(async () => (fixture = await start({ leads: 30 })));
  afterEach(() => fixture.close());

  const create = async (values: Record<string, unknown>): Promise<string> => {
    const answer = await fixture.call('POST', '/sobjects/Lead', { LastName: 'F', Company: 'F', ...values });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    return (answer.body as { id: string }).id;
  };
  const read = (id: string) =>
    bench.query(`SELECT FIELDS(ALL) FROM Lead WHERE Id = '${id}' LIMIT 1`).then(([row]) => row!);

  it('count leads round, as rotations by assignment rules do', async () => {
    // The formula stands before the field that it reads.
    await bench.good(
      names('Slot', 'Number'),
      files(
        number('Slot', 'MOD(VALUE(Number__c), 4) + 1'),
        field('Number', { displayFormat: '{0}', startingNumber: 7, type: 'AutoNumber' })
      )
    );
    const ids = [await create({}), await create({}), await create({ Company: 'G' })];
    const read = await bench.query(
      `SELECT Id, Number__c, Slot__c FROM Lead WHERE Id IN ('${ids.join("','")}') ORDER BY Id`
    );
    expect(read.map(({ Number__c, Slot__c }) => [Number__c, Slot__c])).to.deep.equal([
      ['7', 4],
      ['8', 1],
      ['9', 2],
    ]);
    expect(await bench.query('SELECT Id FROM Lead WHERE Slot__c = 1 AND Number__c != null')).to.have.length(1);
    // Leads that were there have no number; empty text is no number, so they have no slot.
    expect(
      rows(fixture, 'SELECT count(*) AS n FROM "Lead" WHERE "Number__c" IS NULL AND "Slot__c" IS NULL')[0]
    ).to.deep.equal({ n: 30 });
  });

  it('number the records that are there, when told to', async () => {
    await bench.good(
      names('Number', 'Slot'),
      files(
        field('Number', { displayFormat: 'L-{000}', populateExistingRows: true, type: 'AutoNumber' }),
        number('Slot', 'MOD(VALUE(RIGHT(Number__c, 3)), 3)')
      )
    );
    const all = rows<{ n: string; s: number }>(
      fixture,
      'SELECT "Number__c" AS n, "Slot__c" AS s FROM "Lead" ORDER BY "Id"'
    );
    expect(all.slice(0, 3)).to.deep.equal([
      { n: 'L-001', s: 1 },
      { n: 'L-002', s: 2 },
      { n: 'L-003', s: 0 },
    ]);
    expect(new Set(all.map(({ n }) => n)).size).to.equal(30);
    expect(await read(await create({}))).to.include({ Number__c: 'L-031', Slot__c: 1 });
  });

  it('follow what they read, one another too, and nothing else', async () => {
    await bench.good(
      names('Twice', 'Label', 'Big', 'Due'),
      files(
        field('Label', { formula: '"#" &amp; TEXT(Twice__c)', type: 'Text' }),
        number('Twice', 'NumberOfEmployees * 2'),
        field('Big', { formula: 'Twice__c &gt;= 20', type: 'Checkbox' }),
        field('Due', { formula: 'DATEVALUE(CreatedDate) + 3', type: 'Date' })
      )
    );
    const id = await create({ NumberOfEmployees: 9 });
    const first = await read(id);
    expect(first).to.include({ Twice__c: 18, Label__c: '#18', Big__c: false });
    expect(first.Due__c).to.match(/^\d{4}-\d\d-\d\d$/);
    await fixture.call('PATCH', `/sobjects/Lead/${id}`, { NumberOfEmployees: 10 });
    expect(await read(id)).to.include({ Twice__c: 20, Label__c: '#20', Big__c: true, Due__c: first.Due__c });
    await fixture.call('PATCH', `/sobjects/Lead/${id}`, { NumberOfEmployees: null });
    expect(await read(id)).to.include({ Twice__c: 0, Label__c: '#0', Big__c: false });
    expect(await bench.query(`SELECT Id FROM Lead WHERE Label__c = '#0' AND Id = '${id}'`)).to.have.length(1);
    await bench.good(names('Twice'), files(number('Twice', 'NumberOfEmployees * 3 + 3')));
    expect(await read(id)).to.include({ Twice__c: 3, Label__c: '#3' });
    const described = await fixture.call('GET', '/sobjects/Lead/describe');
    const twice = (described.body as { fields: Array<{ name: string }> }).fields.find(
      ({ name }) => name === 'Twice__c'
    );
    expect(twice).to.include({ calculated: true, calculatedFormula: 'NumberOfEmployees * 3 + 3', createable: false });
  });

  it('leave empty numbers empty, when told to', async () => {
    await bench.good(names('N'), files(number('N', 'NumberOfEmployees + 1', { formulaTreatBlanksAs: 'BlankAsBlank' })));
    expect(await read(await create({}))).to.include({ N__c: null });
    expect(await read(await create({ NumberOfEmployees: 1 }))).to.include({ N__c: 2 });
  });

  it('are written by nobody', async () => {
    await bench.good(names('N'), files(number('N', '1')));
    const answer = await fixture.call('POST', '/sobjects/Lead', { LastName: 'F', Company: 'F', N__c: 5 });
    expect(answer.body).to.have.nested.property('[0].errorCode', 'INVALID_FIELD_FOR_INSERT_UPDATE');
  });

  it('serve assignment rules, and cannot be deleted while one needs them', async () => {
    await bench.good(
      names('Number', 'Slot'),
      files(
        field('Number', { displayFormat: '{0}', type: 'AutoNumber' }),
        number('Slot', 'MOD(VALUE(Number__c), 2) + 1')
      )
    );
    const entry = (slot: number, queue: string): string =>
      `<ruleEntry>${elements({ assignedTo: queue, assignedToType: 'Queue' })}<criteriaItems>${elements({ field: 'Lead.Slot__c', operation: 'equals', value: slot })}</criteriaItems></ruleEntry>`;
    const rule = (entries: string) => ({
      'assignmentRules/Lead.assignmentRules': file(
        'AssignmentRules',
        `<assignmentRule>${elements({ fullName: 'Turns', active: true })}${entries}</assignmentRule>`
      ),
    });
    const turns = { AssignmentRule: ['Lead.Turns'] };
    await bench.good(turns, rule(entry(1, 'Partner_Leads_North') + entry(2, 'Partner_Leads_South')));
    const ids = [await create({}), await create({}), await create({})];
    const owners = await bench.query(`SELECT Owner.Name FROM Lead WHERE Id IN ('${ids.join("','")}') ORDER BY Id`);
    expect(owners.map(({ Owner }) => (Owner as { Name: string }).Name)).to.deep.equal([
      'Partner Leads South',
      'Partner Leads North',
      'Partner Leads South',
    ]);
    const refusals = async (name: string): Promise<string> => (await bench.remove(names(name))).failures[0]!.problem!;
    expect(await refusals('Number')).to.contain('referenced elsewhere: Custom Field Lead.Slot__c');
    expect(await refusals('Slot')).to.contain('referenced elsewhere: Assignment Rule Lead.Turns');
    await bench.remove(turns);
    expect((await bench.remove(names('Slot', 'Number'))).status).to.equal('Succeeded');
  });

  it('are refused where they cannot be computed, with the place', async () => {
    const bad = (text: string): Promise<string> => bench.bad(names('X'), files(number('X', text)));
    expect(await bad('VLOOKUP(1, 2, 3)')).to.equal(
      'Error in formula of X__c: Function VLOOKUP is not supported by the practice org (formula line 1, column 1)'
    );
    expect(await bad('1 + Owner.Name')).to.contain('Owner.Name (formula line 1, column 5)');
    expect(await bad('MOD(1')).to.equal('Error in formula of X__c: Syntax error.');
    expect(await bad('Company')).to.contain('incompatible with expected data type (number)');
    expect(await bad('X__c + 1')).to.contain('refers to itself');
    const auto = (displayFormat: string) =>
      bench.bad(names('A'), files(field('A', { displayFormat, type: 'AutoNumber' })));
    expect(await auto('no number')).to.contain('Invalid display format');
    expect(await auto('{0}-{00}')).to.contain('Invalid display format');
    await bench.good(names('N'), files(number('N', '1')));
    expect(await bench.bad(names('N'), files(field('N', { precision: 5, scale: 0, type: 'Number' })))).to.contain(
      'between a formula and a field of its own'
    );
  });
});
