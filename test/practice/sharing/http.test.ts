/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment,
   @typescript-eslint/no-unsafe-call -- the answers of a server have many shapes, and each assertion tells which */
import { expect } from 'chai';
import { request, startFixture, type Answer, type Fixture } from '../http/fixture.js';

describe('a partner over HTTP', () => {
  let fx: Fixture;
  let token = '';
  let partner = '';
  before(async () => {
    fx = await startFixture({}, { scenario: { leads: 400 } });
    const row = fx.org.store
      .sql(
        'SELECT u."Id", u."Username" FROM "User" u JOIN "Lead" l ON l."OwnerId" = u."Id" AND l."IsConverted" = 0 ' +
          'WHERE u."UserType" = \'PowerPartner\' AND u."IsActive" = 1 AND u."PortalRole" = \'User\' ORDER BY u."Id" LIMIT 1'
      )
      .get()!;
    partner = String(row.Id);
    ({ token } = await fx.control.session(String(row.Username)));
  });
  after(() => fx.close());

  const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
    request(fx.server.url, token, method, `/services/data/v66.0${path}`, body);
  const query = async (soql: string): Promise<Answer['body']> =>
    (await call('GET', `/query?q=${encodeURIComponent(soql)}`)).body;
  const id = (sql: string): string => String(Object.values(fx.org.store.sql(sql).get(partner)!)[0]);
  const own = (): string => id('SELECT "Id" FROM "Lead" WHERE "OwnerId" = ? AND "IsConverted" = 0 LIMIT 1');
  /** A lead that he has no part in. */
  const hidden = (): string => {
    const def = fx.org.catalog.require('Lead');
    const rows = fx.org.store.sql('SELECT "Id" FROM "Lead" WHERE "IsConverted" = 0 ORDER BY "Id"').all();
    return String(rows.find(({ Id }) => !fx.org.sharing.access(partner, def, String(Id)).read)!.Id);
  };

  it('finds his part of the leads', async () => {
    const found = await query('SELECT Id, OwnerId FROM Lead');
    expect(found.totalSize).to.be.within(1, 399);
    const ids = new Set((found.records as Array<{ Id: string }>).map(({ Id }) => Id));
    expect(ids.has(own())).to.equal(true);
    expect(ids.has(hidden())).to.equal(false);
    expect((await query('SELECT COUNT() FROM Lead')).totalSize).to.equal(found.totalSize);
  });

  it('gets 404 for a record that he may not see', async () => {
    const [seen, unseen] = [
      await call('GET', `/sobjects/Lead/${own()}`),
      await call('GET', `/sobjects/Lead/${hidden()}`),
    ];
    expect([seen.status, unseen.status, unseen.body[0].errorCode]).to.deep.equal([200, 404, 'NOT_FOUND']);
    const several = await call('GET', `/composite/sobjects/Lead?ids=${own()},${hidden()}&fields=Id`);
    expect(several.body.map((one: object | null) => one !== null)).to.deep.equal([true, false]);
  });

  it('changes his own records only', async () => {
    expect((await call('PATCH', `/sobjects/Lead/${own()}`, { City: 'Leeds' })).status).to.equal(204);
    const refused = await call('PATCH', `/sobjects/Lead/${hidden()}`, { City: 'Leeds' });
    expect(refused.status).to.equal(400);
    expect(refused.body[0].errorCode).to.equal('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY');
    const removed = await call('DELETE', `/sobjects/Lead/${own()}`);
    // Partners have no delete permission on leads at all.
    expect([removed.status, removed.body[0].errorCode]).to.deep.equal([403, 'INSUFFICIENT_ACCESS_OR_READONLY']);
  });

  it('asks what he may do', async () => {
    const where = `UserId = '${partner}' AND RecordId IN ('${own()}', '${hidden()}')`;
    const { records } = await query(
      `SELECT RecordId, HasReadAccess, MaxAccessLevel FROM UserRecordAccess WHERE ${where}`
    );
    expect(records.map((one: { HasReadAccess: boolean }) => one.HasReadAccess)).to.deep.equal([true, false]);
  });

  it('gets null over SOAP for what he may not see', async () => {
    const soap = 'urn:partner.soap.sforce.com';
    const envelope =
      `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${soap}"><e:Header><SessionHeader><sessionId>${token}` +
      `</sessionId></SessionHeader></e:Header><e:Body><retrieve><fieldList>Id,LastName</fieldList><sObjectType>Lead</sObjectType>` +
      `<ids>${own()}</ids><ids>${hidden()}</ids></retrieve></e:Body></e:Envelope>`;
    const { status, body } = await request(fx.server.url, undefined, 'POST', '/services/Soap/u/66.0', envelope, {
      'content-type': 'text/xml',
      soapaction: '""',
    });
    expect(status).to.equal(200);
    expect(body)
      .to.contain(own())
      .and.to.match(/<result xsi:nil="true"\s*\/>/);
    expect(body).not.to.contain(hidden());
  });

  it('the administrator sees the defaults of the objects', async () => {
    const soql =
      "SELECT QualifiedApiName, InternalSharingModel, ExternalSharingModel FROM EntityDefinition WHERE QualifiedApiName IN ('Lead', 'Campaign', 'Marketing_Asset__c')";
    const { body } = await fx.call('GET', `/tooling/query?q=${encodeURIComponent(soql)}`);
    const models = body.records.map((one: Record<string, string>) => [
      one.QualifiedApiName,
      one.InternalSharingModel,
      one.ExternalSharingModel,
    ]);
    expect(models).to.have.deep.members([
      ['Lead', 'Private', 'Private'],
      ['Campaign', 'Read', 'Private'],
      ['Marketing_Asset__c', 'Read', 'Read'],
    ]);
  });
});
