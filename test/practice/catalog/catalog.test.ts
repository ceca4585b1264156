import { expect } from 'chai';
import { buildCatalog } from '../../../src/practice/catalog/catalog.js';
import { customObject, nextKeyPrefix, withFields } from '../../../src/practice/catalog/custom.js';
import type { FieldDef } from '../../../src/practice/catalog/types.js';
import { PlatformError } from '../../../src/practice/errors.js';

describe('object catalogue', () => {
  const catalog = buildCatalog();
  const field = (path: string): FieldDef => {
    const [object = '', name = ''] = path.split('.');
    return catalog.require(object).fields.get(name.toLowerCase())!;
  };

  it('knows the objects of a partner channel by name and prefix', () => {
    const prefixes = {
      Account: '001',
      Contact: '003',
      Lead: '00Q',
      User: '005',
      Profile: '00e',
      UserLicense: '100',
      UserRole: '00E',
      Group: '00G',
      GroupMember: '011',
      QueueSobject: '03g',
      Network: '0DB',
      NetworkMemberGroup: '0DN',
      AssignmentRule: '01Q',
      PermissionSet: '0PS',
      PermissionSetAssignment: '0Pa',
      Task: '00T',
      Opportunity: '006',
      Case: '500',
      Campaign: '701',
      Organization: '00D',
      RecordType: '012',
      Folder: '00l',
      LeadShare: '01o',
      AccountShare: '00r',
    };
    for (const [name, prefix] of Object.entries(prefixes)) {
      expect(catalog.object(name.toUpperCase())?.keyPrefix, name).to.equal(prefix);
      expect(catalog.byPrefix(prefix)?.name).to.equal(name);
    }
  });

  it('gives no two objects one prefix', () => {
    const prefixes = [...catalog.objects()].map((def) => def.keyPrefix).filter(Boolean);
    expect(new Set(prefixes).size).to.equal(prefixes.length);
  });

  it('points references at objects it knows', () => {
    for (const def of catalog.objects()) {
      for (const { name, referenceTo, relationshipName } of def.fields.values()) {
        for (const target of referenceTo)
          expect(catalog.object(target), `${def.name}.${name} to ${target}`).to.not.equal(undefined);
        if (relationshipName) expect(referenceTo, `${def.name}.${name}`).to.not.be.empty;
      }
    }
  });

  it('gives every object an id, and child relationships of one parent different names', () => {
    const seen = new Map<string, string>();
    for (const def of catalog.objects()) {
      expect(def.fields.get('id')?.type, def.name).to.equal('id');
      for (const { name, referenceTo, childRelationshipName } of def.fields.values()) {
        for (const parent of childRelationshipName ? referenceTo : []) {
          const key = `${parent}.${childRelationshipName}`;
          expect(seen.get(key), `${key} of ${def.name}.${name}`).to.equal(undefined);
          seen.set(key, def.name);
        }
      }
    }
  });

  it('has the facts that partner work rests on', () => {
    expect(field('Account.IsPartner')).to.include({ createable: false, updateable: true, type: 'boolean' });
    expect(field('Lead.OwnerId')).to.deep.include({
      referenceTo: ['Group', 'User'],
      relationshipName: 'Owner',
      updateable: true,
    });
    expect(field('Lead.PartnerAccountId')).to.deep.include({
      referenceTo: ['Account'],
      createable: false,
      updateable: false,
    });
    expect(field('Lead.IsConverted')).to.include({ updateable: false });
    expect(field('Lead.LastName')).to.include({ nillable: false, length: 80, compoundFieldName: 'Name' });
    expect(field('Lead.Status')).to.include({ defaultValue: 'Open - Not Contacted' });
    expect(field('User.Username')).to.include({ length: 80, unique: true });
    expect(field('User.Alias')).to.include({ length: 8 });
    expect(field('User.Email')).to.include({ length: 128 });
    expect(field('User.UserType')).to.include({ createable: false, updateable: false });
    expect(field('Case.CaseNumber')).to.include({ autoNumber: true, nameField: true });
    for (const name of [
      'ModifyAllData',
      'ViewAllData',
      'ViewSetup',
      'ManageUsers',
      'CustomizeApplication',
      'ManagePartners',
      'TransferAnyLead',
      'ManageNetworks',
    ]) {
      expect(field(`PermissionSet.Permissions${name}`)?.type ?? 'missing', name).to.equal('boolean');
      expect(field(`Profile.Permissions${name}`)?.type ?? 'missing', name).to.equal('boolean');
    }
  });

  it('refuses an object that does not exist', () => {
    expect(() => catalog.require('Nothing')).to.throw(PlatformError, "sObject type 'Nothing' is not supported.");
  });

  it('tells watchers what was added and removed', () => {
    const own = buildCatalog();
    const changes: string[] = [];
    own.watch(({ def, previous }) => changes.push(`${previous?.name ?? '-'}>${def?.name ?? '-'}`));
    const def = customObject({ name: 'Thing__c', fields: [] }, nextKeyPrefix(own));
    own.add(def);
    own.add(withFields(def, []));
    own.remove('thing__c');
    own.remove('thing__c');
    expect(changes).to.deep.equal(['->Thing__c', 'Thing__c>Thing__c', 'Thing__c>-']);
    expect(own.byPrefix('a00')).to.equal(undefined);
  });

  describe('custom objects', () => {
    const rotation = customObject(
      {
        name: 'Lead_Rotation__c',
        label: 'Lead Rotation',
        nameField: { type: 'Text' },
        fields: [{ name: 'Active__c', type: 'Checkbox', defaultValue: true }],
      },
      'a00'
    );
    const member = customObject(
      {
        name: 'Lead_Rotation_Member__c',
        nameField: { type: 'AutoNumber', displayFormat: 'M-{0000}' },
        fields: [
          {
            name: 'Lead_Rotation__c',
            type: 'MasterDetail',
            referenceTo: 'Lead_Rotation__c',
            relationshipName: 'Members',
          },
          { name: 'User__c', type: 'Lookup', referenceTo: 'User' },
          { name: 'Key__c', type: 'Text', length: 80, unique: true, externalId: true, required: true },
          { name: 'Weight__c', type: 'Number', precision: 5, scale: 0 },
          { name: 'Share__c', type: 'Percent', precision: 5, scale: 2, formula: true },
        ],
      },
      'a01'
    );

    it('have the system fields, and an owner only without a master', () => {
      for (const name of [
        'id',
        'name',
        'isdeleted',
        'createddate',
        'createdbyid',
        'lastmodifieddate',
        'lastmodifiedbyid',
        'systemmodstamp',
      ]) {
        expect(rotation.fields.has(name), name).to.equal(true);
      }
      expect(rotation.fields.get('ownerid')?.referenceTo).to.deep.equal(['Group', 'User']);
      expect(member.fields.has('ownerid')).to.equal(false);
    });

    it('take their fields from the description', () => {
      expect(member.fields.get('lead_rotation__c')).to.deep.include({
        type: 'reference',
        relationshipName: 'Lead_Rotation__r',
        childRelationshipName: 'Members__r',
        cascadeDelete: true,
        nillable: false,
        updateable: false,
      });
      expect(member.fields.get('user__c')).to.include({ nillable: true, relationshipName: 'User__r' });
      expect(member.fields.get('key__c')).to.include({ unique: true, externalId: true, nillable: false, length: 80 });
      expect(member.fields.get('share__c')).to.include({ calculated: true, createable: false, nillable: true });
      expect(member.fields.get('name')).to.include({ autoNumber: true, createable: false, displayFormat: 'M-{0000}' });
      expect(rotation.fields.get('active__c')).to.include({ defaultValue: true, nillable: false });
      expect(rotation.labelPlural).to.equal('Lead Rotations');
    });

    it('may extend a standard object', () => {
      const lead = withFields(catalog.require('Lead'), [
        { name: 'Round_Robin__c', type: 'Number', precision: 18, scale: 0, formula: true },
      ]);
      expect(lead.fields.get('round_robin__c')).to.include({ custom: true, calculated: true });
      expect(catalog.require('Lead').fields.has('round_robin__c')).to.equal(false);
    });
  });
});
