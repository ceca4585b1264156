/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment,
   @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-argument
   -- the answers of a server have many shapes, and each assertion tells which it expects */
import { expect } from 'chai';
import jsforce from 'jsforce';
import { startFixture, type Answer, type Fixture } from '../http/fixture.js';

describe('SOAP partner API', () => {
  let fx: Fixture;
  before(async () => (fx = await startFixture()));
  after(() => fx.close());

  const lead = { type: 'Lead', LastName: 'Soapstone', Company: 'Example <Harbor> & Co' };

  const post = (body: string, header = '', path = '/services/Soap/u/66.0'): Promise<Answer> =>
    fx.call(
      'POST',
      path,
      `<se:Envelope xmlns:se="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
        `<se:Header><SessionHeader><sessionId>${fx.token}</sessionId></SessionHeader>${header}</se:Header><se:Body>${body}</se:Body></se:Envelope>`,
      { 'content-type': 'text/xml' }
    );

  it('serves jsforce: create, update, upsert, delete, undelete', async () => {
    const made = await fx.conn.soap.create([lead, { ...lead, LastName: '' }] as never);
    const [good, bad] = made as unknown as Array<{
      id: string;
      success: boolean;
      errors: Array<{ statusCode: string; fields: string[] }>;
    }>;
    expect([good!.success, bad!.success]).to.deep.equal([true, false]);
    expect(bad!.errors[0]).to.deep.include({ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['LastName'] });
    const updated = await fx.conn.soap.update({ type: 'Lead', Id: good!.id, City: 'Quay', Company: 'Other' } as never);
    expect(updated).to.include({ success: true, id: good!.id });
    const emptied = { type: 'Lead', Id: good!.id, City: null };
    expect(await fx.conn.soap.update(emptied as never)).to.include({ success: true });
    const read = await fx.conn.sobject('Lead').retrieve(good!.id);
    expect([read.City, read.Company]).to.deep.equal([null, 'Other']);
    const [upserted] = (await fx.conn.soap.upsert('Id', [
      { type: 'Lead', Id: good!.id, City: 'Pier' },
    ] as never)) as unknown as Array<{ created: boolean }>;
    expect(upserted).to.include({ success: true, created: false });
    expect(await fx.conn.soap.delete(good!.id)).to.include({ success: true });
    const [back] = (await fx.conn.soap.undelete([good!.id])) as unknown as Array<{ success: boolean }>;
    expect(back!.success).to.equal(true);
  });

  it('tells who and when', async () => {
    const info = await fx.conn.soap.getUserInfo();
    expect(info).to.include({
      organizationId: fx.org.id,
      userName: 'admin@practice.example.com',
      userType: 'Standard',
    });
    const { timestamp } = await fx.conn.soap.getServerTimestamp();
    expect(Math.abs(Date.parse(timestamp) - Date.now())).to.be.lessThan(60_000);
  });

  it('queries, in pages, and retrieves', async () => {
    const header = '<QueryOptions><batchSize>200</batchSize></QueryOptions>';
    const one = await post(
      '<query><queryString>SELECT Id, Name, Owner.Name FROM Lead LIMIT 3</queryString></query>',
      header
    );
    expect(one.status).to.equal(200);
    expect(one.body).to.match(
      /<done>true<\/done><queryLocator xsi:nil="true"\/>(<records xsi:type="sf:sObject"><sf:type>Lead<\/sf:type><sf:Id>00Q\w{15}<\/sf:Id>.*?<\/records>){3}<size>3<\/size>/s
    );
    const id = /<sf:Id>(\w+)</.exec(one.body)![1];
    const got = await post(
      `<retrieve><fieldList>Id,Name</fieldList><sObjectType>Lead</sObjectType><ids>${id}</ids><ids>00Q000000000001AAA</ids></retrieve>`
    );
    expect(got.body).to.match(/<result><sf:type>Lead<\/sf:type>.*<\/result><result xsi:nil="true"\/>/s);
  });

  it('describes', async () => {
    const { body } = await post(
      '<describeSObjects><sObjectType>Lead</sObjectType><sObjectType>Account</sObjectType></describeSObjects>'
    );
    expect(body.match(/<result>/g)).to.have.length(2);
    expect(body).to.contain('<keyPrefix>00Q</keyPrefix>').and.to.contain('<referenceTo>Group</referenceTo>');
    expect((await post('<describeGlobal/>')).body).to.contain('<name>Lead</name>');
    expect((await post('<describeSObject><sObjectType>Nothing</sObjectType></describeSObject>')).body).to.contain(
      'sf:INVALID_TYPE'
    );
  });

  it('answers faults', async () => {
    const bad = new jsforce.Connection({
      instanceUrl: fx.server.url,
      accessToken: `${fx.org.id.slice(0, 15)}!x`,
      version: '66.0',
    });
    const error = await bad.soap.getUserInfo().then(
      () => undefined,
      (e: Error & { errorCode: string }) => e
    );
    expect(error!.errorCode).to.equal('sf:INVALID_SESSION_ID');
    const cases: Array<[Promise<Answer>, string]> = [
      [post('<explode/>'), 'sf:UNKNOWN_EXCEPTION'],
      [post('<getUserInfo/>', '', '/services/Soap/c/66.0'), 'Enterprise SOAP API is not supported'],
      [post('<describeValueType/>', '', '/services/Soap/m/66.0'), 'No operation available for request'],
      [post('<query><queryString>SELECT</queryString></query>'), 'sf:MALFORMED_QUERY'],
      [post('<login><username>nobody</username><password>x</password></login>'), 'sf:INVALID_LOGIN'],
      [post('<delete><ids>zzz</ids></delete>'), 'sf:MALFORMED_ID'],
    ];
    for (const [answer, text] of cases) {
      const { status, body } = await answer;
      expect(status).to.equal(500);
      expect(body).to.contain(text);
    }
    expect((await fx.control.status()).unsupported.map(({ what }) => what)).to.include('SOAP explode');
  });

  it('logs in by password, and out', async () => {
    await fx.conn.soap.setPassword((await fx.conn.identity()).user_id, 'Harbour2026');
    const conn = new jsforce.Connection({ loginUrl: fx.server.url, version: '66.0' });
    await conn.login('admin@practice.example.com', 'Harbour2026');
    expect((await conn.query('SELECT Id FROM Organization')).totalSize).to.equal(1);
    const token = conn.accessToken!;
    await conn.logout();
    const dead = new jsforce.Connection({ instanceUrl: fx.server.url, accessToken: token, version: '66.0' });
    expect(
      await dead.query('SELECT Id FROM Organization').then(
        () => 'alive',
        () => 'dead'
      )
    ).to.equal('dead');
  });

  it('mails a reset link only where EmailHeader asks', async () => {
    const soql =
      "SELECT Id FROM User WHERE UserType = 'Standard' AND IsActive = true AND Username != 'admin@practice.example.com' LIMIT 1";
    const [user] = (await fx.conn.query<{ Id: string }>(soql)).records;
    const body = `<resetPassword><userId>${user!.Id}</userId></resetPassword>`;
    expect((await post(body)).body).to.match(/<password>\w+<\/password>/);
    expect(await fx.control.outbox({ kind: 'password-reset' })).to.have.length(0);
    await post(body, '<EmailHeader><triggerUserEmail>true</triggerUserEmail></EmailHeader>');
    expect(await fx.control.outbox({ kind: 'password-reset' })).to.have.length(1);
  });

  it('undoes all with AllOrNoneHeader', async () => {
    const record = (name: string): string =>
      `<sObjects><type>Lead</type><LastName>${name}</LastName><Company>Example Harbor Ltd</Company></sObjects>`;
    const header = '<AllOrNoneHeader><allOrNone>true</allOrNone></AllOrNoneHeader>';
    const { body } = await post(`<create>${record('Good')}${record('')}</create>`, header);
    expect(body).to.contain('ALL_OR_NONE_OPERATION_ROLLED_BACK').and.to.contain('REQUIRED_FIELD_MISSING');
    expect((await fx.conn.query("SELECT Id FROM Lead WHERE LastName = 'Good'")).totalSize).to.equal(0);
  });
});
