/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment,
   @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-return
   -- the answers of a server have many shapes, and each assertion tells which it expects */
import { expect } from 'chai';
import { startFixture, type Answer, type Fixture } from '../http/fixture.js';

describe('Bulk 2.0 query', () => {
  let fx: Fixture;
  before(async () => {
    fx = await startFixture({}, { scenario: { leads: 1700 } });
    fx.conn.bulk2.pollInterval = 10;
    fx.conn.bulk2.pollTimeout = 20_000;
  });
  after(() => fx.close());

  const run = async (query: string, more: object = {}): Promise<string> => {
    const { status, body } = await fx.call('POST', '/jobs/query', { operation: 'query', query, ...more });
    expect([status, body.state]).to.deep.equal([200, 'UploadComplete']);
    await fx.server.idle();
    return body.id;
  };

  const page = (id: string, query = ''): Promise<Answer> => fx.call('GET', `/jobs/query/${id}/results${query}`);

  it('serves jsforce', async () => {
    const stream = await fx.conn.bulk2.query('SELECT Id, Name, Owner.Name FROM Lead');
    const rows = (await stream.toArray()) as Array<{ Id: string; 'Owner.Name': string }>;
    expect(rows).to.have.length(1700);
    expect(new Set(rows.map(({ Id }) => Id)).size).to.equal(1700);
    expect(rows[0]!['Owner.Name']).to.not.equal('');
  });

  it('cuts results where the client asks, whatever is inside the values', async () => {
    await fx.conn.sobject('Lead').create({ LastName: 'Line\nBreak "quoted", comma', Company: 'Example Harbor Ltd' });
    const id = await run('SELECT Id, Name FROM Lead ORDER BY Name');
    const pages: string[] = [];
    let total = 0;
    for (let locator = ''; locator !== 'null';) {
      const { body, headers } = await page(id, `?maxRecords=7${locator && `&locator=${locator}`}`);
      locator = headers.get('sforce-locator')!;
      total += Number(headers.get('sforce-numberofrecords'));
      expect(body.startsWith('"Id","Name"\n')).to.equal(true);
      pages.push(body.slice('"Id","Name"\n'.length));
    }
    expect(total).to.equal(1701);
    const whole = await page(id, '?maxRecords=100000');
    expect(`"Id","Name"\n${pages.join('')}`).to.equal(whole.body);
    expect(whole.body).to.contain('"Line\nBreak ""quoted"", comma"');
    expect((await page(id, '?locator=abc')).body[0].errorCode).to.equal('INVALID_QUERY_LOCATOR');
  });

  it('makes pages of the size it was started with', async () => {
    // jsforce 3.10 cannot read more than one page: it ends its own stream behind the first.
    const small = await startFixture({ bulk: { pageRows: 20 } });
    const { body } = await small.call('POST', '/jobs/query', { operation: 'query', query: 'SELECT Id FROM Lead' });
    await small.server.idle();
    const { headers } = await small.call('GET', `/jobs/query/${body.id}/results`);
    expect([headers.get('sforce-numberofrecords'), headers.get('sforce-locator')]).to.deep.equal(['20', 'MjA']);
    await small.close();
  });

  it('writes a header even without rows, and other delimiters', async () => {
    const id = await run("SELECT Id, Name FROM Lead WHERE Name = 'nobody'", {
      columnDelimiter: 'PIPE',
      lineEnding: 'CRLF',
    });
    const { body, headers } = await page(id);
    expect([body, headers.get('sforce-numberofrecords')]).to.deep.equal(['"Id"|"Name"\r\n', '0']);
  });

  it('tells about a job, lists and deletes it', async () => {
    const id = await run('SELECT Id FROM Lead');
    const { body } = await fx.call('GET', `/jobs/query/${id}`);
    expect(body).to.include({
      state: 'JobComplete',
      object: 'Lead',
      jobType: 'V2Query',
      numberRecordsProcessed: 1701,
      apiVersion: 66,
    });
    expect((await fx.call('GET', '/jobs/query')).body.records.map((job: { id: string }) => job.id)).to.include(id);
    expect((await fx.call('PATCH', `/jobs/query/${id}`, { state: 'Aborted' })).status).to.equal(400);
    expect((await fx.call('DELETE', `/jobs/query/${id}`)).status).to.equal(204);
    expect((await page(id)).status).to.equal(404);
  });

  it('refuses queries that Bulk does not run', async () => {
    const cases: Array<[string, string]> = [
      ['SELECT count(Id) FROM Lead', 'API_ERROR'],
      ['SELECT Id, (SELECT Id FROM Contacts) FROM Account', 'API_ERROR'],
      ['SELECT Nothing FROM Lead', 'INVALID_FIELD'],
      ['SELECT', 'MALFORMED_QUERY'],
    ];
    for (const [query, code] of cases) {
      const { status, body } = await fx.call('POST', '/jobs/query', { operation: 'query', query });
      expect([status, body[0].errorCode], query).to.deep.equal([400, code]);
    }
  });

  it('finds deleted records with queryAll only', async () => {
    const { id } = (await fx.call('POST', '/sobjects/Lead', { LastName: 'Binned', Company: 'Example Harbor Ltd' }))
      .body;
    await fx.call('DELETE', `/sobjects/Lead/${id}`);
    const soql = "SELECT Id FROM Lead WHERE LastName = 'Binned'";
    expect((await page(await run(soql))).headers.get('sforce-numberofrecords')).to.equal('0');
    expect((await page(await run(soql, { operation: 'queryAll' }))).headers.get('sforce-numberofrecords')).to.equal(
      '1'
    );
  });
});
