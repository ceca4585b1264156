/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment,
   @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-return
   -- the answers of a server have many shapes, and each assertion tells which it expects */
import { expect } from 'chai';
import { request, startFixture, type Fixture } from '../http/fixture.js';

describe('REST records', () => {
  let fx: Fixture;
  before(async () => (fx = await startFixture()));
  after(() => fx.close());

  const lead = { LastName: 'Tidewell', Company: 'Example Harbor Ltd' };
  const newLead = async (values: object = {}): Promise<string> =>
    (await fx.call('POST', '/sobjects/Lead', { ...lead, ...values })).body.id;

  it('creates, reads, updates and deletes', async () => {
    const made = await fx.call('POST', '/sobjects/Lead', lead);
    expect(made.status).to.equal(201);
    expect(made.body).to.deep.equal({ id: made.body.id, success: true, errors: [] });
    expect(made.headers.get('location')).to.equal(`/services/data/v66.0/sobjects/Lead/${made.body.id}`);
    const { id } = made.body;
    expect((await fx.call('PATCH', `/sobjects/Lead/${id}`, { City: 'Port Example' })).status).to.equal(204);
    const read = await fx.call('GET', `/sobjects/Lead/${id.slice(0, 15)}?fields=Id,City,LastName`);
    expect(read.body).to.deep.equal({
      attributes: { type: 'Lead', url: `/services/data/v66.0/sobjects/Lead/${id}` },
      Id: id,
      City: 'Port Example',
      LastName: 'Tidewell',
    });
    expect((await fx.call('DELETE', `/sobjects/Lead/${id}`)).status).to.equal(204);
    expect((await fx.call('GET', `/sobjects/Lead/${id}`)).status).to.equal(404);
    const again = await fx.call('DELETE', `/sobjects/Lead/${id}`);
    expect([again.status, again.body[0].errorCode]).to.deep.equal([404, 'ENTITY_IS_DELETED']);
  });

  it('reports what is wrong with a record', async () => {
    const { status, body } = await fx.call('POST', '/sobjects/Lead', { Company: 'Example Harbor Ltd' });
    expect(status).to.equal(400);
    expect(body).to.deep.equal([
      { message: 'Required fields are missing: [LastName]', errorCode: 'REQUIRED_FIELD_MISSING', fields: ['LastName'] },
    ]);
    const unknown = await fx.call('POST', '/sobjects/Lead', { ...lead, Nothing__c: 1 });
    expect([unknown.status, unknown.body[0].errorCode]).to.deep.equal([400, 'INVALID_FIELD']);
  });

  it('answers 404 for what is not there', async () => {
    const cases: Array<[string, string]> = [
      ['GET', '/sobjects/Nothing'],
      ['GET', '/sobjects/Lead/00Q000000000001AAA'],
      ['PATCH', '/sobjects/Lead/00Q000000000001AAA'],
      ['GET', '/sobjects/Lead/nonsense'],
      ['GET', '/sobjects/Lead/City/x'],
      ['GET', '/tooling/sobjects/SourceMember/describe'],
      ['POST', '/actions/custom/emailAlert/Lead/Nothing'],
    ];
    for (const [method, path] of cases) {
      const { status, body } = await fx.call(method, path, method === 'GET' ? undefined : {});
      expect([status, body[0].errorCode], path).to.deep.equal([404, 'NOT_FOUND']);
    }
  });

  it('describes', async () => {
    const all = await fx.call('GET', '/sobjects');
    expect(all.body.sobjects.map((s: { name: string }) => s.name)).to.include.members(['Lead', 'Account', 'User']);
    const one = await fx.call('GET', '/sobjects/Lead/describe');
    expect(one.body.fields.find((f: { name: string }) => f.name === 'OwnerId').referenceTo).to.have.members([
      'Group',
      'User',
    ]);
    expect((await fx.call('GET', '/sobjects/Lead')).body.objectDescribe.keyPrefix).to.equal('00Q');
  });

  it('pages queries, with the size asked for', async () => {
    for (let i = 0; i < 2; i++) {
      const records = Array.from({ length: 200 }, (_, n) => ({
        attributes: { type: 'Lead' },
        ...lead,
        LastName: `P${n}`,
      }));
      expect(
        (await fx.call('POST', '/composite/sobjects', { records })).body.every((r: { success: boolean }) => r.success)
      ).to.equal(true);
    }
    const soql = encodeURIComponent("SELECT Id FROM Lead WHERE LastName LIKE 'P%'");
    const first = await fx.call('GET', `/query?q=${soql}`, undefined, { 'sforce-query-options': 'batchSize=250' });
    expect([first.body.records.length, first.body.done]).to.deep.equal([250, false]);
    const second = await fx.call('GET', first.body.nextRecordsUrl);
    expect(first.body.totalSize).to.equal(first.body.records.length + second.body.records.length);
    expect(second.body.done).to.equal(true);
    const ids = [...first.body.records, ...second.body.records].map((r: { Id: string }) => r.Id);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  describe('tells the columns of a query', () => {
    type Column = { columnName: string; displayName: string; aggregate: boolean; joinColumns: Column[] };
    const columnsOf = async (soql: string): Promise<{ body: Record<string, unknown>; columns: Column[] }> => {
      const { body } = await fx.call('GET', `/query?q=${encodeURIComponent(soql)}&columns=true`);
      return { body, columns: body.columnMetadata };
    };
    const shape = (columns: Column[]): unknown[] =>
      columns.map(({ columnName, joinColumns }) =>
        joinColumns.length > 0 ? { [columnName]: shape(joinColumns) } : columnName
      );

    it('plain ones', async () => {
      const { body, columns } = await columnsOf('SELECT Id, IsConverted, LastName FROM Lead');
      expect(body).to.include({ entityName: 'Lead', idSelected: true, groupBy: false, keyPrefix: '00Q' });
      expect(columns[0]).to.include({ apexType: 'Id', textType: false, aggregate: false });
      expect(columns[1]).to.include({ booleanType: true });
      expect(columns[2]).to.include({ apexType: 'String', textType: true, insertable: true, updatable: true });
    });

    it('parents, gathered under their relationship', async () => {
      const { columns } = await columnsOf('SELECT Owner.Name, Id, Owner.Profile.Name, Owner.Email FROM Lead');
      expect(shape(columns)).to.deep.equal([{ Owner: ['Name', { Profile: ['Name'] }, 'Email'] }, 'Id']);
      expect(columns[0]).to.include({ foreignKeyName: 'OwnerId', apexType: null, aggregate: false });
      expect(columns[0]!.joinColumns[1]).to.include({ foreignKeyName: 'ProfileId' });
    });

    it('children', async () => {
      const { columns } = await columnsOf('SELECT Name, (SELECT LastName, Owner.Name FROM Contacts) FROM Account');
      expect(shape(columns)).to.deep.equal(['Name', { Contacts: ['LastName', { Owner: ['Name'] }] }]);
      expect(columns[1]).to.include({ aggregate: true, apexType: null });
    });

    it('aggregates, by their text or their alias', async () => {
      const { body, columns } = await columnsOf(
        'SELECT Status, LeadSource s, COUNT(Id), MAX(CreatedDate) last FROM Lead GROUP BY Status, LeadSource'
      );
      expect(body).to.include({ groupBy: true, idSelected: false });
      expect(
        columns.map(({ columnName, displayName, aggregate }) => [columnName, displayName, aggregate])
      ).to.deep.equal([
        ['Status', 'Status', false],
        ['s', 's', true],
        ['expr0', 'count(Id)', true],
        ['last', 'last', true],
      ]);
    });
  });

  it('counts records by object', async () => {
    const { body } = await fx.call('GET', '/limits/recordCount?sObjects=Lead,account,Nothing__c');
    const count = (name: string): number =>
      fx.org.queries.query(`SELECT COUNT() FROM ${name}`, { session: fx.org.access.session(fx.token) }).totalSize;
    expect(body).to.deep.equal({
      sObjects: [
        { count: count('Lead'), name: 'Lead' },
        { count: count('Account'), name: 'Account' },
      ],
    });
    const id = await newLead();
    const with1 = (await fx.control.status()).counts.Lead!;
    await fx.call('DELETE', `/sobjects/Lead/${id}`);
    expect([count('Lead'), (await fx.control.status()).counts.Lead]).to.deep.equal([with1 - 1, with1 - 1]);
  });

  it('refuses bad queries', async () => {
    const cases: Array<[string, string]> = [
      ['SELECT Id FROM Nothing', 'INVALID_TYPE'],
      ['SELECT Nothing FROM Lead', 'INVALID_FIELD'],
      ['SELECT FROM', 'MALFORMED_QUERY'],
      ['SELECT Id FROM ScratchOrgInfo limit 1', 'INVALID_TYPE'],
    ];
    for (const [soql, code] of cases) {
      const { status, body } = await fx.call('GET', `/query?q=${encodeURIComponent(soql)}`);
      expect([status, body[0].errorCode], soql).to.deep.equal([400, code]);
    }
    const { status, body } = await fx.call('GET', '/query/01g000000000001AAA-2000');
    expect([status, body[0].errorCode]).to.deep.equal([400, 'INVALID_QUERY_LOCATOR']);
  });

  it('reads and upserts by a key', async () => {
    const user = { Username: 'admin@practice.example.com' };
    const found = await fx.call(
      'GET',
      `/sobjects/User/Username/${encodeURIComponent(user.Username)}?fields=Id,Username`
    );
    expect(found.body.Username ?? found.body[0].message).to.equal(user.Username);
    const id = await newLead();
    const updated = await fx.call('PATCH', `/sobjects/Lead/Id/${id}`, { City: 'Quay' });
    expect([updated.status, updated.body]).to.deep.equal([200, { id, success: true, errors: [], created: false }]);
  });

  it('sets and resets passwords, and mails the link', async () => {
    const { body } = await fx.call(
      'GET',
      `/query?q=${encodeURIComponent("SELECT Id, Username, Email FROM User WHERE IsActive = true AND UserType = 'Standard' AND Username != 'admin@practice.example.com' LIMIT 1")}`
    );
    const user = body.records[0];
    const path = `/sobjects/User/${user.Id}/password`;
    expect((await fx.call('GET', path)).body).to.deep.equal({ isExpired: false });
    const weak = await fx.call('POST', path, { NewPassword: 'short' });
    expect([weak.status, weak.body[0].errorCode]).to.deep.equal([400, 'INVALID_NEW_PASSWORD']);
    expect((await fx.call('POST', path, { NewPassword: 'Harbour2026' })).status).to.equal(204);
    expect(fx.server && (await login(user.Username, 'Harbour2026'))).to.equal(200);
    const reset = await fx.call('DELETE', path);
    expect(reset.status).to.equal(200);
    expect(await login(user.Username, 'Harbour2026')).to.equal(500);
    expect(await login(user.Username, reset.body.NewPassword)).to.equal(200);
    expect((await fx.call('GET', path)).body).to.deep.equal({ isExpired: true });
    const mails = await fx.control.outbox({ kind: 'password-reset' });
    expect(mails.map(({ to }) => to)).to.deep.equal([[user.Email]]);
  });

  const login = async (username: string, password: string): Promise<number> => {
    const xml = `<e:Envelope xmlns:e="x"><e:Body><login><username>${username}</username><password>${password}</password></login></e:Body></e:Envelope>`;
    return (await fx.call('POST', '/services/Soap/u/66.0', xml, { 'content-type': 'text/xml' })).status;
  };

  it('sends simple mails, and refuses bad ones', async () => {
    const inputs = [{ emailAddresses: 'a@example.com,b@example.com', emailSubject: 'S', emailBody: 'B' }];
    const sent = await fx.call('POST', '/actions/standard/emailSimple', { inputs });
    expect([sent.status, sent.body[0].isSuccess]).to.deep.equal([200, true]);
    expect((await fx.control.outbox({ kind: 'email-simple' }))[0]!.to).to.deep.equal([
      'a@example.com',
      'b@example.com',
    ]);
    const many = Array.from({ length: 6 }, (_, i) => `x${i}@example.com`).join();
    const refused = await fx.call('POST', '/actions/standard/emailSimple', {
      inputs: [{ ...inputs[0], emailAddresses: many }],
    });
    expect([refused.status, refused.body[0].isSuccess]).to.deep.equal([400, false]);
  });

  it('knows who is logged in', async () => {
    const { body } = await fx.call('GET', '/services/oauth2/userinfo');
    expect(body).to.include({ organization_id: fx.org.id, preferred_username: 'admin@practice.example.com' });
    const page = await request(fx.server.url, fx.token, 'GET', `/id/${fx.org.id}/${body.user_id}`);
    expect(page.body.username).to.equal('admin@practice.example.com');
    expect((await request(fx.server.url, fx.token, 'GET', `/id/${fx.org.id}/005000000000001AAA`)).status).to.equal(404);
    expect(
      (await fx.call('GET', '/services/oauth2/singleaccess?redirect_uri=/lightning')).body.frontdoor_uri
    ).to.contain('startURL');
  });

  it('keeps users without the permission to call APIs out', async () => {
    const soql =
      "SELECT Username FROM User WHERE Profile.Name = 'Minimum Access - Salesforce' AND IsActive = true LIMIT 1";
    const [user] = (await fx.conn.query<{ Username: string }>(soql)).records;
    const { token } = await fx.control.session(user!.Username);
    const response = await fetch(`${fx.server.url}/services/data/v66.0/sobjects`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).to.equal(403);
  });
});
