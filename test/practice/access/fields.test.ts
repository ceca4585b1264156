/** Permissions on fields and classes, asked for over REST by people who have some of them. */
import { expect } from 'chai';
import { startFixture, type Fixture } from '../http/fixture.js';
import { deploy, file } from '../metadata/support.js';
import { as, grant, made, soql, toMinimumAccess, type As } from './grants.js';

const BASIL = 'basil.norwood@practice.example.com';
const REP = 'jory.penrose@practice.example.com';

const FIELDS = `
  <fields><fullName>Secret__c</fullName><label>Secret</label><type>Text</type><length>20</length></fields>
  <fields><fullName>Shown__c</fullName><label>Shown</label><type>Text</type><length>20</length></fields>`;

describe('permissions on fields', () => {
  let fixture: Fixture;
  let basil: As;
  let lead: string;

  before(async () => {
    fixture = await startFixture();
    const done = await deploy(
      fixture.conn,
      { CustomObject: ['Lead'] },
      { 'objects/Lead.object': file('CustomObject', FIELDS) }
    );
    expect(done.success, done.errorMessage).to.equal(true);
    await grant(fixture, 'Some_Fields', BASIL, {
      system: ['ApiEnabled'],
      objects: { Lead: 'RCEVM' },
      fields: { 'Lead.Phone': false, 'Lead.Email': true, 'Lead.Shown__c': true },
    });
    basil = await as(fixture, BASIL);
    const values = {
      LastName: 'Reed',
      Company: 'Reed Lamps',
      Phone: '1',
      City: 'Leeds',
      Secret__c: 's',
      Shown__c: 'v',
    };
    lead = await made(fixture, 'Lead', values);
  });
  after(() => fixture.close());

  it('shows required, name and system fields, and what is granted, to a profile that opens nothing', async () => {
    const { body } = await basil('GET', '/sobjects/Lead/describe');
    const fields = (body as { fields: Array<{ name: string; updateable: boolean }> }).fields;
    const names = fields.map(({ name }) => name);
    expect(names).to.include.members(['Id', 'Name', 'FirstName', 'LastName', 'Company', 'Status', 'OwnerId', 'Phone']);
    expect(names).to.not.include.members(['Secret__c']);
    for (const hidden of ['Secret__c', 'City', 'Address', 'Rating', 'HasOptedOutOfEmail'])
      expect(names, hidden).to.not.include(hidden);
    expect(fields.find(({ name }) => name === 'Phone')?.updateable).to.equal(false);
    expect(fields.find(({ name }) => name === 'Email')?.updateable).to.equal(true);
  });

  it('lets parents decide about records whose field for the parent is hidden', async () => {
    const users = "SELECT Id FROM User WHERE Username = '" + BASIL + "'";
    const { records } = await fixture.conn.query<{ Id: string }>(users);
    const OwnerId = records[0]!.Id;
    await grant(fixture, 'Some_Contacts', BASIL, { objects: { Account: 'R', Contact: 'R' } });
    const AccountId = await made(fixture, 'Account', { Name: 'Reed Lamps', OwnerId });
    await made(fixture, 'Contact', { LastName: 'Of Basil', AccountId });
    await made(fixture, 'Contact', { LastName: 'Of nobody' });
    const { status, body } = await basil('GET', soql("SELECT LastName FROM Contact WHERE LastName LIKE 'Of %'"));
    expect(status, JSON.stringify(body)).to.equal(200);
    expect((body as { records: Array<{ LastName: string }> }).records.map(({ LastName }) => LastName)).to.deep.equal([
      'Of Basil',
    ]);
  });

  it('answers queries for a hidden field as if there were none, wherever it stands', async () => {
    for (const text of [
      'SELECT Secret__c FROM Lead',
      "SELECT Id FROM Lead WHERE Secret__c = 's'",
      'SELECT Id FROM Lead ORDER BY City',
      'SELECT City, COUNT(Id) FROM Lead GROUP BY City',
      'SELECT Id, (SELECT Secret__c FROM Leads__r) FROM Account',
    ]) {
      const { status, body } = await basil('GET', soql(text));
      expect(status, text).to.equal(400);
      expect((body as Array<{ errorCode: string }>)[0]!.errorCode, text).to.match(/INVALID_FIELD|INVALID_TYPE/);
    }
    const { body } = await basil('GET', soql(`SELECT Name, Phone, Shown__c FROM Lead WHERE Id = '${lead}'`));
    expect((body as { records: object[] }).records[0]).to.include({ Name: 'Reed', Phone: '1', Shown__c: 'v' });
  });

  it('hides fields of parents, and parents behind a hidden field', async () => {
    const before = await basil('GET', soql('SELECT Account.Name FROM Contact LIMIT 1'));
    const objects = { Account: 'RV', Contact: 'RV' };
    const set = await grant(fixture, 'Parents', BASIL, { objects });
    const without = await basil('GET', soql('SELECT Account.Name FROM Contact LIMIT 1'));
    const field = { ParentId: set, SobjectType: 'Contact', Field: 'Contact.AccountId', PermissionsRead: true };
    await made(fixture, 'FieldPermissions', field);
    const named = await basil('GET', soql('SELECT Account.Name FROM Contact WHERE AccountId != null LIMIT 1'));
    const hidden = await basil('GET', soql('SELECT Account.Industry FROM Contact LIMIT 1'));
    expect([before, without, named, hidden].map(({ status }) => status)).to.deep.equal([400, 400, 200, 400]);
  });

  it('leaves hidden fields out of a record', async () => {
    const { body } = await basil('GET', `/sobjects/Lead/${lead}`);
    expect(body).to.include({ Shown__c: 'v', Phone: '1' }).and.not.have.any.keys('Secret__c', 'City', 'Address');
    expect((await basil('GET', `/sobjects/Lead/${lead}?fields=Secret__c`)).status).to.equal(400);
  });

  it('refuses to write what may only be read, or not be seen, and nothing of the record is saved', async () => {
    const readOnly = await basil('PATCH', `/sobjects/Lead/${lead}`, { Phone: '2', Email: 'a@example.com' });
    expect(readOnly.body).to.deep.include({
      message:
        'Unable to create/update fields: Phone. Please check the security settings of this field and verify that it is ' +
        'read/write for your profile or permission set.',
      errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
      fields: ['Phone'],
    });
    const hidden = await basil('POST', '/sobjects/Lead', { LastName: 'A', Company: 'B', Secret__c: 'x' });
    expect(hidden.body).to.deep.include({
      message: "No such column 'Secret__c' on sobject of type Lead",
      errorCode: 'INVALID_FIELD',
      fields: [],
    });
    expect(fixture.org.store.find(fixture.org.catalog.require('Lead'), lead)).to.include({ Phone: '1', Email: null });
    const allowed = await basil('PATCH', `/sobjects/Lead/${lead}`, { Email: 'a@example.com' });
    expect(allowed.status).to.equal(204);
  });

  it('opens standard fields, and no custom ones, to ordinary profiles; everything to the administrator', async () => {
    const rep = await as(fixture, REP);
    expect((await rep('GET', soql('SELECT City, Rating FROM Lead LIMIT 1'))).status).to.equal(200);
    expect((await rep('GET', soql('SELECT Shown__c FROM Lead LIMIT 1'))).status).to.equal(400);
    expect((await fixture.call('GET', soql('SELECT Secret__c FROM Lead LIMIT 1'))).status).to.equal(200);
  });

  it('follows a permission that is given or taken away at once', async () => {
    const before = await basil('GET', soql('SELECT Rating FROM Lead LIMIT 1'));
    const set = await grant(fixture, 'One_More', BASIL, { fields: { 'Lead.Rating': false } });
    const during = await basil('GET', soql('SELECT Rating FROM Lead LIMIT 1'));
    fixture.org.store.db.prepare('DELETE FROM "FieldPermissions" WHERE "ParentId" = ?').run(set);
    const after = await basil('GET', soql('SELECT Rating FROM Lead LIMIT 1'));
    expect([before.status, during.status, after.status]).to.deep.equal([400, 200, 400]);
  });

  it('fails a bulk job with a column that its user does not see', async () => {
    const job = await basil('POST', '/jobs/ingest', { object: 'Lead', operation: 'insert', lineEnding: 'LF' });
    const { id } = job.body as { id: string };
    await basil('PUT', `/jobs/ingest/${id}/batches`, 'LastName,Company,Secret__c\nA,B,c\n');
    await basil('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
    let info = (await basil('GET', `/jobs/ingest/${id}`)).body as { state: string; errorMessage?: string };
    for (let n = 0; n < 200 && !/Failed|JobComplete/.test(info.state); n++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      info = (await basil('GET', `/jobs/ingest/${id}`)).body as typeof info;
    }
    expect(info).to.include({ state: 'Failed' });
    expect(info.errorMessage).to.include('Field name not found : Secret__c');
  });

  it('lets a page in the browser use its API, and nothing else, without the permission for APIs', async () => {
    const other = 'kaja.fernhill@practice.example.com';
    await toMinimumAccess(fixture, other);
    const page = await as(fixture, other, true);
    expect((await page('GET', '/ui-api/object-info/User')).status).to.equal(200);
    expect((await page('GET', soql('SELECT Id FROM User'))).status).to.equal(403);
    const client = await as(fixture, other);
    expect((await client('GET', '/ui-api/object-info/User')).status).to.equal(403);
  });
});

const CLASS = `@RestResource(urlMapping='/hello/*')
global class Hello {
  @HttpGet global static String hello() { return Inner.text(); }
  @InvocableMethod(label='Hello') public static List<String> act(List<Input> inputs) { return new List<String>{'x'}; }
  public class Input { @InvocableVariable public String text; }
}`;

describe('access to Apex classes', () => {
  let fixture: Fixture;
  before(async () => {
    fixture = await startFixture();
    const meta = file('ApexClass', '<apiVersion>66.0</apiVersion><status>Active</status>');
    const done = await deploy(
      fixture.conn,
      { ApexClass: ['Hello', 'Inner'] },
      {
        'classes/Hello.cls': CLASS,
        'classes/Hello.cls-meta.xml': meta,
        'classes/Inner.cls': "public class Inner { public static String text() { return 'hello'; } }",
        'classes/Inner.cls-meta.xml': meta,
      }
    );
    expect(done.success, JSON.stringify(done.failures)).to.equal(true);
  });
  after(() => fixture.close());

  it('needs a permission for the class that is called, not for those behind it; administrators need none', async () => {
    const rep = await as(fixture, REP);
    const path = '/services/apexrest/hello/1';
    expect((await fixture.call('GET', path)).body).to.equal('hello');
    const refused = await rep('GET', path);
    expect(refused.status).to.equal(403);
    expect(refused.body).to.deep.equal([
      { errorCode: 'FORBIDDEN', message: 'You do not have access to the Apex class named: Hello' },
    ]);
    const action = await rep('POST', '/actions/custom/apex/Hello', { inputs: [{ text: 'a' }] });
    expect([action.status, (action.body as Array<{ errorCode: string }>)[0]!.errorCode]).to.deep.equal([
      403,
      'FORBIDDEN',
    ]);

    const set = await grant(fixture, 'Hello_Users', REP, {});
    const { records } = await fixture.conn.query<{ Id: string }>("SELECT Id FROM ApexClass WHERE Name = 'Hello'");
    await made(fixture, 'SetupEntityAccess', { ParentId: set, SetupEntityId: records[0]!.Id });
    expect((await rep('GET', path)).body).to.equal('hello');
    expect((await rep('POST', '/actions/custom/apex/Hello', { inputs: [{ text: 'a' }] })).status).to.equal(200);
  });
});
