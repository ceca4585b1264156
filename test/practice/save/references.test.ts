import { expect } from 'chai';
import type { FieldDef } from '../../../src/practice/catalog/types.js';
import { TestOrg } from './support.js';

/** Gives Account and Lead a unique external id, as a metadata deploy would. */
const addExternalIds = (test: TestOrg): void => {
  const { catalog } = test.org;
  for (const [object, unique] of [
    ['Account', false],
    ['Lead', true],
  ] as const) {
    const def = catalog.require(object);
    const like = def.fields.get('description')!;
    const field: FieldDef = {
      ...like,
      name: 'Ext__c',
      label: 'Ext',
      type: 'string',
      length: 20,
      externalId: true,
      unique,
      custom: true,
    };
    catalog.add({ ...def, fields: new Map(def.fields).set('ext__c', field) });
  }
};

describe('save: ids, references, upsert', () => {
  let test: TestOrg;
  before(() => {
    test = new TestOrg();
    addExternalIds(test);
  });
  after(() => test.end());

  const account = (ext: string): string => test.good('create', 'Account', { Name: 'Example Orchard', Ext__c: ext });

  it('takes ids of 15 characters, and stores 18', () => {
    const id = account('short');
    const contact = test.good('create', 'Contact', { LastName: 'Mossbank', AccountId: id.slice(0, 15) });
    expect(test.row('Contact', contact).AccountId).to.equal(id);
    test.good('update', 'Account', { id: id.slice(0, 15), Name: 'Example Quay' });
    expect(test.row('Account', id).Name).to.equal('Example Quay');
  });

  it('tells malformed, wrong and missing references apart', () => {
    const label = test.org.catalog.require('Contact').fields.get('accountid')!.label;
    const bad = (AccountId: string): string => test.bad('create', 'Contact', { LastName: 'Yarrow', AccountId });
    expect(bad('nonsense')).to.equal(`MALFORMED_ID ${label}: id value of incorrect type: nonsense`);
    expect(bad(test.openLead())).to.equal(
      `FIELD_INTEGRITY_EXCEPTION ${label}: id value of incorrect type: ${test.openLead()}`
    );
    expect(bad('001gL0000zzzzzz')).to.match(/^INVALID_CROSS_REFERENCE_KEY/);
    const gone = account('gone');
    test.good('delete', 'Account', { Id: gone });
    expect(bad(gone)).to.match(/^ENTITY_IS_DELETED/);
  });

  it('tells bad ids of the record itself apart', () => {
    const bad = (Id: string): string => test.bad('update', 'Lead', { Id, Company: 'X' });
    expect(bad('nonsense')).to.equal('MALFORMED_ID malformed id nonsense');
    expect(bad(account('other'))).to.match(/^MALFORMED_ID Lead ID: id value of incorrect type/);
    expect(bad('00QgL0000zzzzzz')).to.equal('INVALID_CROSS_REFERENCE_KEY invalid cross reference id');
    expect(test.bad('update', 'Lead', { Company: 'X' })).to.equal(
      'MISSING_ARGUMENT Id not specified in an update call'
    );
    const id = test.good('create', 'Lead', { LastName: 'Gone', Company: 'Gone' });
    test.good('delete', 'Lead', { Id: id });
    expect(bad(id)).to.equal('ENTITY_IS_DELETED entity is deleted');
    expect(test.bad('delete', 'Lead', { Id: id })).to.equal('ENTITY_IS_DELETED entity is deleted');
  });

  it('refuses an id that comes twice in a call', () => {
    const Id = test.openLead();
    const results = test.save('update', 'Lead', [
      { Id, City: 'Lyon' },
      { Id: Id.slice(0, 15), City: 'Turin' },
    ]);
    expect(results.map((result) => result.errors[0]?.statusCode)).to.deep.equal([undefined, 'DUPLICATE_VALUE']);
    expect(test.row('Lead', Id).City).to.equal('Lyon');
  });

  it('finds parents by external id, nested and in CSV columns', () => {
    const id = account('p1');
    const nested = test.good('create', 'Contact', { LastName: 'Kestrel', Account: { Ext__c: 'p1' } });
    const column = test.good('create', 'Contact', { LastName: 'Kestrel', 'Account.Ext__c': 'p1' }, { source: 'bulk' });
    expect([test.row('Contact', nested).AccountId, test.row('Contact', column).AccountId]).to.deep.equal([id, id]);
    expect(test.bad('create', 'Contact', { LastName: 'K', Account: { Ext__c: 'none' } })).to.equal(
      'INVALID_FIELD Foreign key external ID: none not found for field Ext__c in entity Account'
    );
    expect(test.bad('create', 'Contact', { LastName: 'K', Account: { City: 'x' } })).to.match(/^INVALID_FIELD/);
    account('twice');
    account('twice');
    expect(test.bad('create', 'Contact', { LastName: 'K', Account: { Ext__c: 'twice' } })).to.match(
      /^DUPLICATE_EXTERNAL_ID/
    );
    const owner = test.good(
      'create',
      'Lead',
      { LastName: 'K', Company: 'K', 'User:Owner.Username': 'nora.fieldgate@practice.example.com' },
      { source: 'bulk' }
    );
    expect(test.row('Lead', owner).OwnerId).to.equal(test.user('Nora Fieldgate'));
  });

  it('refuses a value of a unique field that is taken', () => {
    const first = test.good('create', 'Lead', { LastName: 'U', Company: 'U', Ext__c: 'one' });
    expect(test.bad('create', 'Lead', { LastName: 'U', Company: 'U', Ext__c: 'ONE' })).to.equal(
      `DUPLICATE_VALUE duplicate value found: Ext__c duplicates value on record with id: ${first}`
    );
    test.good('update', 'Lead', { Id: first, Ext__c: 'one' });
  });

  it('upserts by external id and by Id', () => {
    const upsert = (record: Record<string, unknown>, externalIdField = 'ext__c') =>
      test.save('upsert', 'Lead', [record], { externalIdField })[0]!;
    const created = upsert({ Ext__c: 'up', LastName: 'New', Company: 'New' });
    expect(created).to.include({ success: true, created: true });
    expect(upsert({ Ext__c: 'up', LastName: 'Newer' })).to.include({ success: true, created: false, id: created.id });
    expect(test.row('Lead', created.id!)).to.include({ LastName: 'Newer', Company: 'New', Ext__c: 'up' });
    expect(upsert({ Id: created.id, Company: 'Third' }, 'Id')).to.include({ created: false, id: created.id });
    expect(upsert({ LastName: 'By id', Company: 'None' }, 'Id')).to.include({ created: true });
    expect(upsert({ LastName: 'x' }).errors[0]!.statusCode).to.equal('MISSING_ARGUMENT');
  });

  it('refuses an upsert with a key that fits several, comes twice, or is none', () => {
    expect(
      test.save('upsert', 'Account', [{ Ext__c: 'twice', Name: 'T' }], { externalIdField: 'Ext__c' })[0]!.errors[0]!
        .statusCode
    ).to.equal('DUPLICATE_EXTERNAL_ID');
    const twice = test.save(
      'upsert',
      'Lead',
      [1, 2].map(() => ({ Ext__c: 'same', LastName: 'S', Company: 'S' })),
      { externalIdField: 'Ext__c' }
    );
    expect(twice.map((result) => result.errors[0]?.statusCode)).to.deep.equal([undefined, 'DUPLICATE_VALUE']);
    const wrong = (source: 'rest' | 'soap') => () =>
      test.save('upsert', 'Lead', [{}], { externalIdField: 'City', source });
    expect(wrong('rest')).to.throw('Provided external ID field does not exist or is not accessible: City');
    expect(wrong('soap')).to.throw('Field name provided, City does not match an External ID');
  });
});
