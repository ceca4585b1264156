/** The API of the user interface, asked by three people. */
import { expect } from 'chai';
import { soql } from '../access/grants.js';
import { openPeople, type People } from './people.js';

type Field = { value: unknown; displayValue: unknown };
type Body = { id: string; apiName: string; fields: Record<string, Field>; weakEtag: number; lastModifiedDate: string };
type Problem = { enhancedErrorType: string; statusCode: number; message: string; output: Output };
type Output = { errors: Array<{ errorCode: string }>; fieldErrors: Record<string, Array<Record<string, unknown>>> };

describe('UI API', function () {
  this.timeout(60_000);
  let people: People;
  let mine: string;
  let foreign: string;

  const lead = (sql: string): string => {
    const row = people.fixture.org.store.db
      .prepare(`SELECT "Id" AS id FROM "Lead" WHERE ${sql} ORDER BY "Id" LIMIT 1`)
      .get();
    return String(row!.id);
  };

  before(async () => {
    people = await openPeople(200);
    mine = lead(`"OwnerId" = '${people.partnerId}' AND "IsConverted" = 0`);
    const { org } = people.fixture;
    const def = org.catalog.require('Lead');
    const ids = org.store.db.prepare(`SELECT "Id" AS id FROM "Lead" WHERE "IsConverted" = 0`).all();
    const allows = (user: string, id: string): boolean => org.sharing.access(user, def, id).edit;
    const isForeign = (id: string): boolean =>
      !org.sharing.access(people.partnerId, def, id).read && allows(people.managerId, id);
    foreign = String(ids.find(({ id }) => isForeign(String(id)))!.id);
  });
  after(() => people.close());

  it('gives a record with values, texts and parents inside', async () => {
    const values = { Rating: 'Hot', AnnualRevenue: 1234567.5, Phone: '1' };
    await people.admin('PATCH', `/sobjects/Lead/${mine}`, values);
    const fields = ['Name', 'Rating', 'AnnualRevenue', 'CreatedDate', 'Owner.Name', 'CreatedBy.Profile.Name', 'Phone'];
    const address = `/ui-api/records/${mine}?fields=${fields.map((name) => `Lead.${name}`).join()}`;
    const answer = await people.admin('GET', address);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
    const body = answer.body as Body;
    const row = (await people.admin('GET', `/sobjects/Lead/${mine}`)).body as Record<string, string>;
    expect(body).to.include({ apiName: 'Lead', id: mine });
    expect(body.fields.Name).to.deep.equal({ value: row.Name, displayValue: null });
    expect(body.fields.Rating).to.deep.equal({ value: 'Hot', displayValue: 'Hot' });
    expect(body.fields.AnnualRevenue!.value).to.equal(1234567.5);
    expect(body.fields.AnnualRevenue!.displayValue).to.match(/^1,234,567\.5/);
    expect(body.fields.CreatedDate!.value).to.equal(row.CreatedDate!.replace('+0000', 'Z'));
    // The administrator reads dates as in England.
    expect(body.fields.CreatedDate!.displayValue).to.match(/^\d\d\/\d\d\/\d{4}, \d\d:\d\d$/);
    const owner = body.fields.Owner as { displayValue: string; value: Body };
    expect(owner.value).to.include({ id: people.partnerId, apiName: 'User' });
    expect(owner.value.fields.Name!.value).to.equal(owner.displayValue);
    const maker = body.fields.CreatedBy as { value: Body };
    expect((maker.value.fields.Profile as { displayValue: string }).displayValue).to.equal('System Administrator');
  });

  it('keeps to sharing and to permissions on fields', async () => {
    const one = (as: People['admin'], id: string, query: string): ReturnType<typeof as> =>
      as('GET', `/ui-api/records/${id}?${query}`);
    const unseen = await one(people.partner, foreign, 'fields=Lead.Name');
    expect([unseen.status, unseen.body]).to.deep.equal([
      403,
      [
        {
          errorCode: 'INSUFFICIENT_ACCESS',
          message: "You don't have access to this record. Ask your administrator for help or to request access.",
        },
      ],
    ]);
    const hidden = await one(people.manager, foreign, 'fields=Lead.Name,Lead.AnnualRevenue');
    expect([hidden.status, (hidden.body as Array<{ message: string }>)[0]!.message]).to.deep.equal([
      403,
      "You don't have access to the field Lead.AnnualRevenue.",
    ]);
    const left = await one(people.manager, foreign, 'fields=Lead.Name&optionalFields=Lead.AnnualRevenue,Lead.Phone');
    expect(Object.keys((left.body as Body).fields)).to.have.members(['Name', 'Phone']);
    expect((await one(people.manager, foreign, 'fields=Lead.Nothing__c')).status).to.equal(400);
    expect((await one(people.manager, '00QgL0000000999AAA', 'fields=Lead.Name')).status).to.equal(404);
    const full = (await one(people.manager, foreign, 'layoutTypes=Full')).body as Body;
    expect(Object.keys(full.fields)).to.include.members(['Company', 'Phone']).and.not.include('AnnualRevenue');
  });

  it('changes a record, and says what of it went wrong field by field', async () => {
    const done = await people.partner('PATCH', `/ui-api/records/${mine}`, { fields: { Title: 'Buyer' } });
    expect([done.status, (done.body as Body).fields.Title!.value]).to.deep.equal([200, 'Buyer']);
    const bad = await people.partner('PATCH', `/ui-api/records/${mine}`, { fields: { Email: 'no', Title: 'Other' } });
    const problem = bad.body as Problem;
    expect(bad.status).to.equal(400);
    expect(problem).to.include({ enhancedErrorType: 'RecordError', statusCode: 400 });
    expect(problem.output.fieldErrors.Email![0]).to.include({
      errorCode: 'INVALID_EMAIL_ADDRESS',
      fieldLabel: 'Email',
    });
    const forbidden = await people.partner('PATCH', `/ui-api/records/${foreign}`, { fields: { Title: 'Mine' } });
    expect(forbidden.status).to.equal(403);
    const revenue = await people.manager('PATCH', `/ui-api/records/${foreign}`, { fields: { AnnualRevenue: 3 } });
    expect(revenue.status).to.equal(400);
    const stored = people.fixture.org.store.find(people.fixture.org.catalog.require('Lead'), mine)!;
    expect(stored).to.include({ Title: 'Buyer' });
  });

  it('changes nothing of a record that was changed since a time that the request names', async () => {
    const patch = (since: string): ReturnType<People['fixture']['call']> =>
      people.fixture.call(
        'PATCH',
        `/ui-api/records/${mine}`,
        { fields: { Title: since } },
        { 'if-unmodified-since': since }
      );
    const [long, now] = ['Tue, 01 Jan 2019 00:00:00 GMT', new Date(Date.now() + 5000).toUTCString()];
    expect((await patch(long)).status).to.equal(412);
    expect((await patch('yesterday')).status).to.equal(400);
    expect((await patch(now)).status).to.equal(200);
    const stored = people.fixture.org.store.find(people.fixture.org.catalog.require('Lead'), mine)!;
    expect(stored.Title).to.equal(now);
  });

  it('makes and deletes records, with mails where the request asks for them', async () => {
    const fields = { LastName: 'New', Company: 'One', OwnerId: people.partnerId };
    await people.fixture.control.clearOutbox();
    const silent = await people.admin('POST', '/ui-api/records', { apiName: 'Lead', fields });
    expect([silent.status, (silent.body as Body).fields.LastName!.value]).to.deep.equal([201, 'New']);
    expect(await people.fixture.control.outbox()).to.have.length(0);
    await people.admin('POST', '/ui-api/records?triggerOtherEmail=true&triggerUserEmail=true', {
      apiName: 'Lead',
      fields,
    });
    expect(await people.fixture.control.outbox({ kind: 'owner-change' })).to.have.length(1);
    const { id } = silent.body as Body;
    expect((await people.partner('DELETE', `/ui-api/records/${id}`)).status).to.equal(403);
    expect((await people.admin('DELETE', `/ui-api/records/${id}`)).status).to.equal(204);
    expect((await people.admin('GET', `/ui-api/records/${id}?fields=Lead.Name`)).status).to.equal(404);
  });

  it('describes an object as its reader sees it', async () => {
    type Info = { fields: Record<string, Record<string, unknown>>; recordTypeInfos: object; createable: boolean };
    const info = (await people.manager('GET', '/ui-api/object-info/Lead')).body as Info;
    expect(info.fields).to.not.have.property('AnnualRevenue');
    expect(info.fields.Company).to.include({ dataType: 'String', required: true, label: 'Company' });
    expect(info.fields.OwnerId!.referenceToInfos).to.deep.include({ apiName: 'Group', nameFields: ['Name'] });
    expect(Object.keys(info.recordTypeInfos)).to.deep.equal(['012000000000000AAA']);
    const whole = (await people.admin('GET', '/ui-api/object-info/Lead')).body as Info;
    expect(whole.fields.AnnualRevenue).to.include({ dataType: 'Currency' });
    expect((await people.partner('GET', '/ui-api/object-info/Lead_Rotation__c')).status).to.equal(404);
    const both = await people.partner('GET', '/ui-api/object-info/batch/Lead,Lead_Rotation__c');
    const { results } = both.body as { results: Array<{ statusCode: number }> };
    expect(results.map(({ statusCode }) => statusCode)).to.deep.equal([200, 404]);
    const statuses = await people.manager('GET', '/ui-api/object-info/Lead/picklist-values/012000000000000AAA/Status');
    const { values } = statuses.body as { values: Array<{ value: string }> };
    expect(values.map(({ value }) => value)).to.include('Open - Not Contacted');
  });

  it('pages through a related list without losing a record', async () => {
    const account = String(
      people.fixture.org.store.db
        .prepare('SELECT "AccountId" AS id FROM "Contact" GROUP BY 1 ORDER BY count(*) DESC LIMIT 1')
        .get()!.id
    );
    const seen: string[] = [];
    let token: string | null = '0';
    while (token !== null) {
      const query = `fields=Contact.Name&sortBy=-Contact.Name&pageSize=2&pageToken=${token}`;
      const page = await people.admin('GET', `/ui-api/related-list-records/${account}/Contacts?${query}`);
      const body = page.body as { records: Body[]; nextPageToken: string | null };
      seen.push(...body.records.map(({ id }) => id));
      token = body.nextPageToken;
    }
    const text = `SELECT Id FROM Contact WHERE AccountId = '${account}' ORDER BY Name DESC, Id`;
    const { records } = (await people.admin('GET', soql(text))).body as { records: Array<{ Id: string }> };
    expect(records.length).to.be.greaterThan(2);
    expect(seen).to.deep.equal(records.map(({ Id }) => Id));
    const none = await people.admin('GET', `/ui-api/related-list-records/${account}/Nothing?fields=Contact.Name`);
    expect(none.status).to.equal(404);
  });

  it('refuses what it does not have in words', async () => {
    const answer = await people.admin('GET', `/ui-api/record-ui/${mine}`);
    expect([answer.status, (answer.body as Array<{ message: string }>)[0]!.message]).to.deep.equal([
      404,
      `The resource ui-api/record-ui/${mine} of UI API (not supported by the practice org)`,
    ]);
  });
});
