/** Objects and fields that exist only with a feature, before and after a deploy switches it on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { addSandbox } from '../../../src/practice/metadata/sandboxes.js';
import { openPracticeOrg } from '../../../src/practice/org.js';
import type { Fixture } from '../http/fixture.js';
import { deploy, file, rows, start } from './support.js';

const communities = (fixture: Fixture, inner: string): Promise<{ success: boolean }> =>
  deploy(
    fixture.conn,
    { Settings: ['Communities'] },
    { 'settings/Communities.settings': file('CommunitiesSettings', inner) }
  );

const NETWORKS = '<enableNetworksEnabled>true</enableNetworksEnabled>';

describe('features that settings switch on', () => {
  let fixture: Fixture;

  const refusal = async (soql: string): Promise<string> => {
    try {
      await fixture.conn.query(soql);
    } catch (error) {
      return String(error);
    }
    return '';
  };
  const fields = async (object: string): Promise<string[]> =>
    (await fixture.conn.sobject(object).describe()).fields.map(({ name }) => name);

  beforeEach(async () => (fixture = await start()));
  afterEach(() => fixture.close());

  it('partner fields and sites do not exist until then', async () => {
    expect(await refusal('SELECT IsPartner FROM Account')).to.contain('INVALID_FIELD');
    expect(await refusal('SELECT PartnerAccountId FROM Lead')).to.contain('INVALID_FIELD');
    expect(await refusal('SELECT Id FROM Network')).to.contain('INVALID_TYPE');
    expect(await fields('Account')).to.not.include('IsPartner');
    const { id } = await fixture.conn.sobject('Account').create({ Name: 'A' });
    const update = await fixture.conn
      .sobject('Account')
      .update({ Id: id!, IsPartner: true })
      .then(() => '', String);
    expect(update).to.contain('INVALID_FIELD');
    expect((await fixture.call('GET', '/sobjects/Network/describe')).status).to.equal(404);

    await communities(fixture, NETWORKS);
    expect(await refusal('SELECT Id FROM Network')).to.equal('');
    expect(await fields('Account'), 'with partner licences').to.include('IsPartner');
    fixture.org.store.db.exec('DELETE FROM "UserLicense" WHERE "LicenseDefinitionKey" <> \'SFDC\'');
    expect(await fields('Account'), 'without them').to.not.include('IsPartner');

    await communities(fixture, '<enableEnablePRM>true</enableEnablePRM>');
    expect(await fields('Account')).to.include('IsPartner');
    expect(await fields('Lead')).to.include('PartnerAccountId');
    expect(await refusal('SELECT IsPartner FROM Account')).to.equal('');
  });

  it('a deployed field does not lose what is hidden of its object', async () => {
    const lead = '<fields><fullName>A__c</fullName><label>A</label><length>9</length><type>Text</type></fields>';
    await deploy(fixture.conn, { CustomField: ['Lead.A__c'] }, { 'objects/Lead.object': file('CustomObject', lead) });
    expect(await fields('Lead'))
      .to.include('A__c')
      .and.not.include('PartnerAccountId');
    await communities(fixture, `${NETWORKS}<enableEnablePRM>true</enableEnablePRM>`);
    expect(await fields('Lead')).to.include.members(['A__c', 'PartnerAccountId']);
    // A copy of the file, as another start of the server finds it.
    const folder = mkdtempSync(join(tmpdir(), 'practice-copy-'));
    fixture.org.store.db.exec(`VACUUM INTO '${join(folder, 'org.db')}'`);
    const again = openPracticeOrg({ folder });
    expect([...again.catalog.require('Lead').fields.keys()]).to.include.members(['a__c', 'partneraccountid']);
    again.close();
    rmSync(folder, { recursive: true });
  });

  it('sites cannot be deployed without Digital Experiences', async () => {
    const { failures } = await deploy(
      fixture.conn,
      { Network: ['X'] },
      {
        'networks/X.network': file(
          'Network',
          '<changePasswordTemplate>unfiled$public/A</changePasswordTemplate><emailSenderAddress>a@example.com</emailSenderAddress><emailSenderName>A</emailSenderName><forgotPasswordTemplate>unfiled$public/A</forgotPasswordTemplate><site>X</site><status>Live</status><tabs><defaultTab>home</defaultTab><standardTab>Chatter</standardTab></tabs><welcomeTemplate>unfiled$public/A</welcomeTemplate>'
        ),
      }
    );
    expect(failures.map(({ problem }) => problem)).to.deep.equal(['Not available for deploy for this organization']);
    const described = await fixture.conn.metadata.describe();
    expect(described.metadataObjects.map(({ xmlName }) => xmlName)).to.not.include('Network');
  });

  it('sandboxes are listed by production orgs only', async () => {
    const soql = 'SELECT Id, SandboxName, SandboxOrganization, Status, EndDate FROM SandboxProcess';
    fixture.org.store.db.exec('UPDATE "Organization" SET "IsSandbox" = 1');
    expect(await refusal(soql)).to.contain('INVALID_TYPE');
    expect(() => addSandbox(fixture.org, '00D000000000001AAA', 'uat')).to.throw('not supported');
    fixture.org.store.db.exec('UPDATE "Organization" SET "IsSandbox" = 0');
    expect((await fixture.conn.query(soql)).records).to.deep.equal([]);
    addSandbox(fixture.org, '00D000000000001AAA', 'uat');
    const expected = { SandboxName: 'uat', SandboxOrganization: '00D000000000001', Status: 'Completed' };
    expect((await fixture.conn.query(soql)).records[0]).to.deep.include(expected);
    expect((await fixture.conn.tooling.query(soql)).records[0]).to.deep.include(expected);
    expect(rows(fixture, 'SELECT count(*) AS n FROM "SandboxProcess"')).to.deep.equal([{ n: 1 }]);
  });

  it('there is no source tracking', async () => {
    expect((await fixture.call('GET', '/tooling/sobjects/SourceMember/describe')).status).to.equal(404);
  });
});
