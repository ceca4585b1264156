/** The Apex of the package in the hands of a channel manager on the profile that opens nothing, by our permission set alone. */
import { expect } from 'chai';
import { as, grant, made, type As } from '../practice/access/grants.js';
import { deploy, file } from '../practice/metadata/support.js';
import { openPeople, type People } from '../practice/ui-api/people.js';

/** What the components call, as REST has it. Only the class that is called from outside needs access of its own. */
const DOOR = `@RestResource(urlMapping='/door/*')
global with sharing class Door {
  global class Reply { global String text; }
  @HttpPost
  global static String call(String what, Id id, Id other) {
    switch on what {
      when 'people' { return JSON.serialize(PartnerDirectoryController.people(id)); }
      when 'previewAccount' { return JSON.serialize(PartnerEnablement.previewAccount(id)); }
      when 'enableAccount' { return JSON.serialize(PartnerEnablement.enableAccount(id)); }
      when 'previewInvitation' { return JSON.serialize(PartnerEnablement.previewInvitation(id)); }
      when 'invite' {
        PartnerInvitation invitation = PartnerEnablement.previewInvitation(id);
        invitation.acceptsWelcome = true;
        return PartnerEnablement.invite(invitation);
      }
      when else { return 'unknown'; }
    }
  }
}`;

describe('the package on a profile of minimum access', function () {
  this.timeout(120_000);
  let people: People;
  let manager: As;

  before(async () => {
    people = await openPeople(60);
    const { fixture } = people;
    const meta = file('ApexClass', '<apiVersion>66.0</apiVersion><status>Active</status>');
    const files = { 'classes/Door.cls': DOOR, 'classes/Door.cls-meta.xml': meta };
    const done = await deploy(fixture.conn, { ApexClass: ['Door'] }, files);
    expect(done.success, JSON.stringify(done.failures)).to.equal(true);
    // REST needs the permission for APIs, which components in a page do not.
    const set = await grant(fixture, 'Test_Door', 'nora.fieldgate@practice.example.com', { system: ['ApiEnabled'] });
    const { records } = await fixture.conn.query<{ Id: string }>("SELECT Id FROM ApexClass WHERE Name = 'Door'");
    await made(fixture, 'SetupEntityAccess', { ParentId: set, SetupEntityId: records[0]!.Id });
    manager = await as(fixture, 'nora.fieldgate@practice.example.com');
  });
  after(() => people.close());

  const id = (sql: string, ...values: string[]): string =>
    String(people.fixture.org.store.db.prepare(sql).get(...values)!.id);

  const call = async (what: string, first: string): Promise<unknown> => {
    const { status, body } = await manager('POST', '/services/apexrest/door/x', { what, id: first, other: null });
    expect(status, JSON.stringify(body)).to.equal(200);
    return body;
  };

  it('judges partners and shows accounts', async () => {
    const account = id('SELECT "AccountId" AS id FROM "User" WHERE "Id" = ?', people.partnerId);
    const { people: judged } = JSON.parse(String(await call('people', account))) as {
      people: Array<{ userId: string; eligible: string }>;
    };
    expect(judged.find(({ userId }) => userId === people.partnerId)?.eligible).to.match(/^(yes|no|unknown)$/);
    const preview: unknown = JSON.parse(String(await call('previewAccount', account)));
    expect(preview).to.deep.include({ accountId: account, alreadyPartner: true });
  });

  it('enables an account of her own and invites a contact', async () => {
    const account = await made(people.fixture, 'Account', { Name: 'Harbour Lamps', OwnerId: people.managerId });
    const contact = await made(people.fixture, 'Contact', {
      ...{ AccountId: account, FirstName: 'Ida', LastName: 'Harbour', Email: 'ida.harbour@example.com' },
      OwnerId: people.managerId,
    });
    await call('enableAccount', account);
    expect(id('SELECT "IsPartner" AS id FROM "Account" WHERE "Id" = ?', account)).to.equal('1');
    expect(JSON.parse(String(await call('previewInvitation', contact)))).to.be.an('object');
    const user = String(await call('invite', contact));
    expect(id('SELECT "ContactId" AS id FROM "User" WHERE "Id" = ?', user)).to.equal(contact);
  });

  it('reassigns leads and lets a rotation give them', async () => {
    const lead = await made(people.fixture, 'Lead', { LastName: 'A', Company: 'B', OwnerId: people.managerId });
    const rows = [{ leadId: lead, ownerId: people.partnerId, ownerBefore: people.managerId }];
    const done = await manager('POST', '/services/apexrest/channel-desk/reassign', { rows, notifyOwners: false });
    expect([done.status, (done.body as Array<{ isDone: boolean }>)[0]], JSON.stringify(done.body)).to.deep.include(200);
    expect(id('SELECT "OwnerId" AS id FROM "Lead" WHERE "Id" = ?', lead), JSON.stringify(done.body)).to.equal(
      people.partnerId
    );

    const rotation = await made(people.fixture, 'Lead_Rotation__c', { Name: 'N', Key__c: 'North', Active__c: true });
    await made(people.fixture, 'Lead_Rotation_Member__c', {
      ...{ Rotation__c: rotation, Key__c: 'north:partner_leads_north', Kind__c: 'Queue', Weight__c: 1 },
      Queue_Developer_Name__c: 'Partner_Leads_North',
    });
    const second = await made(people.fixture, 'Lead', { LastName: 'C', Company: 'D', OwnerId: people.managerId });
    const inputs = [{ leadId: second, rotationKey: 'North', recordAssignment: true }];
    const given = await manager('POST', '/actions/custom/apex/DistributeLeadsAction', { inputs });
    expect(given.status, JSON.stringify(given.body)).to.equal(200);
    const queue = id(`SELECT "Id" AS id FROM "Group" WHERE "DeveloperName" = 'Partner_Leads_North'`);
    expect(id('SELECT "OwnerId" AS id FROM "Lead" WHERE "Id" = ?', second), JSON.stringify(given.body)).to.equal(queue);
    const kept = people.fixture.org.store.db.prepare(
      'SELECT count(*) AS id FROM "Lead_Assignment__c" WHERE "Lead__c" = ?'
    );
    expect(kept.get(second)!.id).to.equal(1);
  });
});
