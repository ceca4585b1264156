import { expect } from 'chai';
import { customObject } from '../../../src/practice/catalog/custom.js';
import { describeBasic, describeGlobal, describeSObject } from '../../../src/practice/describe/describe.js';
import { Org } from '../soql/fixture.js';

type Shown = Record<string, unknown>;

describe('describe', () => {
  let org: Org;
  before(() => (org = new Org()));
  after(() => org.close());

  const full = (name: string): Shown =>
    describeSObject(org.catalog.require(name), org.catalog, org.options().session, '66.0');
  const fields = (name: string): Map<unknown, Shown> =>
    new Map((full(name).fields as Shown[]).map((field) => [field.name, field]));

  it('shows every readable object in the global result', () => {
    org.denied.add('Case');
    const shown = describeGlobal(org.catalog, org.options().session, '66.0').sobjects as Shown[];
    org.denied.clear();
    const names = shown.map(({ name }) => name);
    expect(names)
      .to.include.members(['Account', 'Lead', 'User'])
      .and.not.include.members(['Case', 'Name', 'UserRecordAccess']);
    expect(shown.find(({ name }) => name === 'Lead')).to.deep.include({
      keyPrefix: '00Q',
      labelPlural: 'Leads',
      createable: true,
      queryable: true,
      custom: false,
    });
    expect((shown.find(({ name }) => name === 'Lead')!.urls as Shown).describe).to.equal(
      '/services/data/v66.0/sobjects/Lead/describe'
    );
  });

  it('shows fields with types, lengths, references and picklists', () => {
    const lead = fields('Lead');
    expect(lead.get('OwnerId')).to.deep.include({
      type: 'reference',
      soapType: 'tns:ID',
      referenceTo: ['Group', 'User'],
      relationshipName: 'Owner',
      polymorphicForeignKey: true,
      length: 18,
    });
    expect(lead.get('LastName')).to.include({ nillable: false, length: 80, byteLength: 240, soapType: 'xsd:string' });
    expect(lead.get('IsConverted')).to.include({ soapType: 'xsd:boolean', defaultValue: false, updateable: false });
    expect(lead.get('Status')!.picklistValues).to.deep.include({
      active: true,
      defaultValue: true,
      label: 'Open - Not Contacted',
      validFor: null,
      value: 'Open - Not Contacted',
    });
    expect(lead.get('Address')).to.include({ type: 'address', soapType: 'urn:address' });
    expect(lead.get('City')).to.include({ compoundFieldName: 'Address' });
    expect(lead.get('Description')).to.include({ aggregatable: false, filterable: false });
    expect(fields('Account').get('IsPartner')).to.include({ createable: false, updateable: true });
  });

  it('names child relationships', () => {
    const children = full('Account').childRelationships as Shown[];
    expect(children).to.deep.include({
      cascadeDelete: false,
      childSObject: 'Contact',
      deprecatedAndHidden: false,
      field: 'AccountId',
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: 'Contacts',
      restrictedDelete: false,
    });
    expect(
      children.find(({ childSObject, field }) => childSObject === 'Lead' && field === 'PartnerAccountId')
    ).to.include({ relationshipName: null });
  });

  it('serves custom objects alike', () => {
    org.catalog.add(
      customObject(
        {
          name: 'Thing__c',
          label: 'Thing',
          fields: [{ name: 'Lead__c', type: 'Lookup', referenceTo: 'Lead', relationshipName: 'Things' }],
        },
        'a00'
      )
    );
    expect(full('Thing__c')).to.deep.include({ custom: true, keyPrefix: 'a00', name: 'Thing__c' });
    expect(full('Lead').childRelationships).to.containSubset([
      { childSObject: 'Thing__c', relationshipName: 'Things__r' },
    ]);
    const lead = org.add('Lead', { LastName: 'Fir' });
    org.add('Thing__c', { Name: 'one', Lead__c: lead });
    expect(org.query('SELECT Lead__r.LastName FROM Thing__c')).to.containSubset([{ Lead__r: { LastName: 'Fir' } }]);
    expect(org.query('SELECT (SELECT Name FROM Things__r) FROM Lead')).to.containSubset([
      { Things__r: { totalSize: 1 } },
    ]);
  });

  it('lists what the user changed last', () => {
    const { session } = org.options();
    org.add('Account', {
      Name: 'Example Harbor Ltd',
      LastModifiedById: session.user.Id,
      SystemModstamp: '2026-11-24T01:00:00.000+0000',
    });
    org.add('Account', {
      Name: 'Newer Ltd',
      LastModifiedById: session.user.Id,
      SystemModstamp: '2026-11-24T02:00:00.000+0000',
    });
    org.add('Account', { Name: 'Foreign Ltd', LastModifiedById: null });
    const basic = describeBasic(org.catalog.require('Account'), org.store, session, '66.0');
    expect((basic.recentItems as Shown[]).map(({ Name }) => Name)).to.deep.equal(['Newer Ltd', 'Example Harbor Ltd']);
    expect(basic.objectDescribe).to.include({ name: 'Account', keyPrefix: '001' });
  });
});
