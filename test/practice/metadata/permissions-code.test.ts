import { expect } from 'chai';
import type { Fixture } from '../http/fixture.js';
import { element, elements, file, retrieve, rows, start, workbench, type Files, type Types } from './support.js';

describe('permissions and code in metadata', () => {
  let fixture: Fixture;

  const { good, bad, remove, query } = workbench(() => fixture);

  beforeEach(async () => {
    fixture = await start();
    fixture.org.preferences.set('Communities.enableNetworksEnabled', true);
  });
  afterEach(() => fixture.close());

  it('permission sets and profiles: rows for objects, fields and users', async () => {
    const set = (inner: string): Files => ({ 'permissionsets/Channel.permissionset': file('PermissionSet', inner) });
    const types = { PermissionSet: ['Channel'] };
    const read = elements({
      allowCreate: false,
      allowDelete: false,
      allowEdit: true,
      allowRead: true,
      modifyAllRecords: false,
      object: 'Lead',
      viewAllRecords: false,
    });
    const inner = `<fieldPermissions>${elements({ editable: true, field: 'Lead.Industry', readable: true })}</fieldPermissions>${element('label', 'Channel')}<objectPermissions>${read}</objectPermissions><userPermissions>${elements({ enabled: true, name: 'TransferAnyLead' })}</userPermissions>`;
    await good(types, set(inner));
    expect(
      rows(
        fixture,
        `SELECT o."PermissionsEdit" AS e, s."PermissionsTransferAnyLead" AS t FROM "ObjectPermissions" o JOIN "PermissionSet" s ON s."Id" = o."ParentId" WHERE s."Name" = 'Channel'`
      )
    ).to.deep.equal([{ e: 1, t: 1 }]);
    await good(types, set(element('label', 'Channel')));
    expect(
      rows(
        fixture,
        `SELECT s."PermissionsTransferAnyLead" AS t, (SELECT count(*) FROM "ObjectPermissions" WHERE "ParentId" = s."Id") AS n FROM "PermissionSet" s WHERE s."Name" = 'Channel'`
      )
    ).to.deep.equal([{ t: 0, n: 0 }]);
    const user = (name: string): string =>
      `${element('label', 'C')}<userPermissions>${elements({ enabled: true, name })}</userPermissions>`;
    expect(await bad(types, set(user('FlyHigh')))).to.equal('Unknown user permission: FlyHigh');
    const custom = `<fields>${elements({ fullName: 'Must__c', label: 'Must', type: 'Text', length: 9, required: true })}</fields>`;
    await good({ CustomObject: ['Lead'] }, { 'objects/Lead.object': file('CustomObject', custom) });
    const must = elements({ editable: true, field: 'Lead.Must__c', readable: true });
    expect(await bad(types, set(`${element('label', 'C')}<fieldPermissions>${must}</fieldPermissions>`))).to.equal(
      'You cannot deploy to a required field: Lead.Must__c'
    );
    expect(
      await bad(
        types,
        set(`${element('label', 'C')}<objectPermissions>${read.replace('>Lead<', '>Nope__c<')}</objectPermissions>`)
      )
    ).to.contain('no CustomObject named Nope__c found');
    const profile = (text: string): Files => ({ 'profiles/Standard.profile': file('Profile', text) });
    await good(
      { Profile: ['Standard'] },
      profile(`<userPermissions>${elements({ enabled: true, name: 'TransferAnyLead' })}</userPermissions>`)
    );
    const { files } = await retrieve(fixture.conn, { Profile: ['Standard'] });
    expect(files['profiles/Standard.profile'])
      .to.contain('TransferAnyLead')
      .and.to.contain('<userLicense>Salesforce</userLicense>')
      .and.to.contain('ViewSetup');
    expect(await bad({ Profile: ['Nobody'] }, { 'profiles/Nobody.profile': file('Profile', '') })).to.contain(
      'cannot be created'
    );
    expect(
      await bad({ Profile: ['Standard'] }, profile('<layoutAssignments><layout>L</layout></layoutAssignments>'))
    ).to.contain('not supported by the practice org');
  });

  it('code and pages: kept byte for byte, with rows of classes', async () => {
    const js = "// ünïcode \r\nexport default class Hello { x = '<&>' }\n";
    const files: Files = {
      'classes/Hello.cls': 'public class Hello {}',
      'classes/Hello.cls-meta.xml': file('ApexClass', '<apiVersion>66.0</apiVersion><status>Active</status>'),
      'lwc/hello/hello.js': js,
      'lwc/hello/hello.html': '<template></template>',
      'lwc/hello/__tests__/hello.test.js': 'x',
      'lwc/hello/hello.js-meta.xml': file(
        'LightningComponentBundle',
        '<apiVersion>66.0</apiVersion><isExposed>true</isExposed>'
      ),
      'tabs/Desk.tab':
        '<?xml version="1.0" encoding="UTF-8"?>\n<CustomTab xmlns="http://soap.sforce.com/2006/04/metadata">\n\t<label>Desk</label> <!-- kept --></CustomTab>',
      'staticresources/Pics.resource': 'binary \u0000 data',
      'staticresources/Pics.resource-meta.xml': file('StaticResource', '<contentType>text/plain</contentType>'),
      'customPermissions/Decide.customPermission': file(
        'CustomPermission',
        '<isLicensed>false</isLicensed><label>Decide</label>'
      ),
    };
    const types: Types = {
      ApexClass: ['Hello'],
      LightningComponentBundle: ['hello'],
      CustomTab: ['*'],
      StaticResource: ['Pics'],
      CustomPermission: ['Decide'],
    };
    const result = await good(types, files);
    expect(result.successes.find(({ fullName }) => fullName === 'hello')).to.deep.include({
      fileName: 'lwc/hello',
      created: true,
    });
    const back = await retrieve(fixture.conn, types);
    const { 'package.xml': _manifest, ...kept } = back.files;
    expect(kept).to.deep.equal(files);
    expect((await query('SELECT Name, Body, ApiVersion FROM ApexClass'))[0]).to.deep.include({
      Name: 'Hello',
      Body: 'public class Hello {}',
      ApiVersion: 66,
    });
    expect(await query('SELECT DeveloperName FROM CustomPermission')).to.have.length(1);
    expect((await good(types, files)).successes.filter(({ changed }) => changed)).to.deep.equal([]);
    expect(await bad({ ApexClass: ['Lone'] }, { 'classes/Lone.cls': 'x' })).to.contain(
      'Missing metadata file for ApexClass Lone'
    );
    expect(
      await bad({ ApexClass: ['A'] }, { 'classes/A.cls': 'x', 'classes/A.cls-meta.xml': file('ApexTrigger', '') })
    ).to.contain('Unexpected element');
    expect((await remove({ ApexClass: ['Hello'] })).success).to.equal(true);
    expect(await query('SELECT Id FROM ApexClass')).to.deep.equal([]);
  });
});
