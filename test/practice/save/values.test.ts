import { expect } from 'chai';
import { TestOrg } from './support.js';

describe('save: fields and values', () => {
  let test: TestOrg;
  before(() => (test = new TestOrg()));
  after(() => test.end());

  const lead = (values: Record<string, unknown> = {}): Record<string, unknown> => ({
    LastName: 'Ashgrove',
    Company: 'Example Quay',
    ...values,
  });

  it('matches field names without case', () => {
    const id = test.good('create', 'lead', { lastname: 'Low', COMPANY: 'Example Mill', FirstName: 'Ada' });
    expect(test.row('Lead', id)).to.include({ LastName: 'Low', Company: 'Example Mill', Name: 'Ada Low' });
  });

  it('fills owner, status and audit fields', () => {
    const row = test.row('Lead', test.good('create', 'Lead', lead()));
    expect(row).to.include({
      OwnerId: test.session.user.Id,
      Status: 'Open - Not Contacted',
      IsConverted: false,
      IsDeleted: false,
      CreatedById: test.session.user.Id,
      CreatedDate: '2026-10-01T09:00:00.000+0000',
      SystemModstamp: '2026-10-01T09:00:00.000+0000',
    });
  });

  const refused: Array<[string, Record<string, unknown>, string]> = [
    ['an unknown field', lead({ Shape__c: 1 }), "INVALID_FIELD No such column 'Shape__c' on sobject of type Lead"],
    [
      'missing required fields',
      { FirstName: 'Zora' },
      'REQUIRED_FIELD_MISSING Required fields are missing: [LastName, Company]',
    ],
    [
      'text that is too long',
      lead({ LastName: 'x'.repeat(81) }),
      `STRING_TOO_LONG Last Name: data value too large: ${'x'.repeat(81)} (max length=80)`,
    ],
    [
      'an e-mail without a domain',
      lead({ Email: 'nobody' }),
      'INVALID_EMAIL_ADDRESS Email: invalid email address: nobody',
    ],
    [
      'a number that is none',
      lead({ NumberOfEmployees: 'many' }),
      'JSON_PARSER_ERROR Cannot deserialize instance of int from VALUE_STRING value many or request may be missing a required field',
    ],
    ['a boolean that is none', lead({ HasOptedOutOfFax: 'perhaps' }), 'JSON_PARSER_ERROR'],
    ['an object as a value', lead({ Company: { a: 1 } }), 'JSON_PARSER_ERROR'],
    [
      'a read-only field',
      lead({ IsDeleted: true }),
      'INVALID_FIELD_FOR_INSERT_UPDATE Unable to create/update fields: IsDeleted. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
    ],
    [
      'an id on create',
      lead({ Id: '00Q000000000001AAA' }),
      'INVALID_FIELD_FOR_INSERT_UPDATE cannot specify Id in an insert call',
    ],
  ];
  for (const [what, record, error] of refused) {
    it(`refuses ${what}`, () =>
      expect(test.bad('create', 'Lead', record)).to.match(
        new RegExp(`^${error.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)
      ));
  }

  it('refuses a value outside a restricted picklist', () => {
    const field = test.org.catalog.require('Group').fields.get('type')!;
    expect(test.bad('create', 'Group', { Name: 'X', Type: 'Club' })).to.equal(
      `INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST ${field.label}: bad value for restricted picklist field: Club`
    );
  });

  it('words wrong types as SOAP and Bulk do', () => {
    expect(test.bad('create', 'Lead', lead({ NumberOfEmployees: 'many' }), { source: 'bulk' })).to.equal(
      `INVALID_TYPE_ON_FIELD_IN_RECORD ${test.org.catalog.require('Lead').fields.get('numberofemployees')!.label}: value not of required type: many`
    );
  });

  it('takes numbers, booleans and dates from text', () => {
    const id = test.good(
      'create',
      'Lead',
      lead({ NumberOfEmployees: '12', HasOptedOutOfFax: 'TRUE', AnnualRevenue: '1e3' }),
      { source: 'bulk' }
    );
    expect(test.row('Lead', id)).to.include({ NumberOfEmployees: 12, HasOptedOutOfFax: true, AnnualRevenue: 1000 });
    const task = test.good('create', 'Task', {
      Subject: 'Call',
      ActivityDate: '2026-11-02T10:00:00Z',
      ReminderDateTime: '2026-11-02T10:00:00+02:00',
    });
    expect(test.row('Task', task)).to.include({
      ActivityDate: '2026-11-02',
      ReminderDateTime: '2026-11-02T08:00:00.000+0000',
    });
    expect(test.bad('create', 'Task', { ActivityDate: '2026-02-30' })).to.match(/^JSON_PARSER_ERROR/);
  });

  it('leaves empty cells of Bulk alone and empties with #N/A', () => {
    const id = test.good('create', 'Lead', lead({ City: 'Leeds', Title: 'Buyer' }));
    test.good('update', 'Lead', { Id: id, City: '', Title: '#N/A' }, { source: 'bulk' });
    expect(test.row('Lead', id)).to.include({ City: 'Leeds', Title: null });
    test.good('update', 'Lead', { Id: id, City: '' });
    expect(test.row('Lead', id).City).to.equal(null);
  });

  it('refuses to empty a required field', () => {
    expect(test.bad('update', 'Lead', { Id: test.openLead(), Company: null })).to.equal(
      'REQUIRED_FIELD_MISSING Required fields are missing: [Company]'
    );
  });

  it('keeps the name in step with its parts', () => {
    const id = test.good('create', 'Contact', { FirstName: 'Ines', LastName: 'Quarry' });
    test.good('update', 'Contact', { Id: id, FirstName: 'Oda' });
    expect(test.row('Contact', id).Name).to.equal('Oda Quarry');
  });

  it('numbers cases', () => {
    const numbers = [1, 2].map(() =>
      String(test.row('Case', test.good('create', 'Case', { Subject: 'Dark' })).CaseNumber)
    );
    expect(Number(numbers[1])).to.equal(Number(numbers[0]) + 1);
    expect(numbers[0]).to.have.length(8);
  });
});
