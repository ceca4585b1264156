/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment
   -- the answers of a server have many shapes, and each assertion tells which it expects */
import { request as rawRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { request, startFixture, type Fixture } from './fixture.js';

const withHost = (port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const call = rawRequest({ port, host: '127.0.0.1', path: '/services/data', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.once('error', reject);
    call.end();
  });

describe('practice server: guards', () => {
  let fx: Fixture;
  before(async () => (fx = await startFixture({}, { scenario: 'empty' })));
  after(() => fx.close());

  it('answers only under the names of this machine', async () => {
    const { port } = fx.server;
    expect(await withHost(port, `127.0.0.1:${port}`)).to.equal(200);
    expect(await withHost(port, 'localhost')).to.equal(200);
    for (const host of ['evil.example.com', '127.0.0.1.example.com', 'localhost.example.com:1']) {
      expect(await withHost(port, host), host).to.equal(403);
    }
  });

  it('collapses leading slashes', async () => {
    expect((await request(fx.server.url, fx.token, 'GET', '//services/data/v66.0')).status).to.equal(200);
    expect((await request(fx.server.url, fx.token, 'GET', '///services/data')).body).to.have.length(17);
  });

  it('asks for a session', async () => {
    for (const token of [undefined, 'nonsense', `${fx.org.id.slice(0, 15)}!AAAA`]) {
      const { status, body } = await request(fx.server.url, token, 'GET', '/services/data/v66.0/sobjects');
      expect(status).to.equal(401);
      expect(body).to.deep.equal([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
    }
  });

  it('does not know what it does not know, and remembers it', async () => {
    const { status, body } = await fx.call('GET', '/nothing/here');
    expect([status, body]).to.deep.equal([
      404,
      [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }],
    ]);
    expect((await fx.call('GET', '/services/data/v12.0/sobjects')).status).to.equal(404);
    expect((await fx.call('GET', '/services/apexrest/x')).status).to.equal(404);
    expect((await fx.call('GET', '/search?q=FIND')).status).to.equal(404);
    const { unsupported } = await fx.control.status();
    expect(unsupported.map(({ what }) => what)).to.include.members([
      'GET /services/data/v66.0/nothing/here',
      'GET /services/data/v66.0/search',
      'GET /services/apexrest/x',
    ]);
  });

  it('refuses other methods with 405', async () => {
    const { status, body } = await fx.call('PUT', '/sobjects/Lead', {});
    expect(status).to.equal(405);
    expect(body[0].errorCode).to.equal('METHOD_NOT_ALLOWED');
  });

  it('refuses broken JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    const { status, body } = await fx.call('POST', '/sobjects/Lead', '{"a":', headers);
    expect([status, body[0].errorCode]).to.deep.equal([400, 'JSON_PARSER_ERROR']);
  });

  it('unpacks gzip', async () => {
    const body = gzipSync(JSON.stringify({ LastName: 'Packed', Company: 'Example Harbor Ltd' }));
    const response = await fetch(`${fx.server.url}/services/data/v66.0/sobjects/Lead`, {
      method: 'POST',
      headers: { authorization: `Bearer ${fx.token}`, 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body,
    });
    expect(response.status).to.equal(201);
  });

  it('counts calls, and refuses them when they are used up', async () => {
    const first = (await fx.call('GET', '/limits')).headers.get('sforce-limit-info')!;
    const second = (await fx.call('GET', '/limits')).headers.get('sforce-limit-info')!;
    const used = (text: string): number => Number(/api-usage=(\d+)\//.exec(text)![1]);
    expect(used(second) - used(first)).to.equal(1);
    const max = (await fx.control.limits()).DailyApiRequests!.Max;
    await fx.control.limits({ DailyApiRequests: used(second) });
    const { status, body } = await fx.call('GET', '/sobjects');
    expect([status, body[0].errorCode]).to.deep.equal([403, 'REQUEST_LIMIT_EXCEEDED']);
    await fx.control.limits({ DailyApiRequests: max });
    expect((await fx.call('GET', '/sobjects')).status).to.equal(200);
  });

  it('keeps the control API behind its own token', async () => {
    for (const token of [undefined, fx.token, 'x']) {
      expect((await request(fx.server.url, token, 'GET', '/practice/status')).status).to.equal(401);
    }
  });

  it('logs requests without tokens and bodies', async () => {
    const before = (await fx.control.status()).requests;
    await fx.call('POST', '/services/oauth2/revoke?token=00Dsecret', 'token=hidden', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    await fx.call('GET', `/query?q=${encodeURIComponent('SELECT Id FROM Organization')}`);
    const log = await fx.control.requests(before + 1);
    expect(log.map(({ n, path, status }) => [n - before, path, status])).to.deep.equal([
      [1, '/services/oauth2/revoke', 400],
      [2, '/services/data/v66.0/query', 200],
    ]);
    expect(JSON.stringify(log)).to.not.match(/secret|hidden/);
    expect(log[1]!.user).to.equal('admin@practice.example.com');
  });
});
