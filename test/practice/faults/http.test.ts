/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment,
   @typescript-eslint/no-unsafe-call
   -- the answers of a server have many shapes, and each assertion tells which it expects */
import { expect } from 'chai';
import { request, startFixture, type Fixture } from '../http/fixture.js';

describe('faults over HTTP', () => {
  let fx: Fixture;
  const killed: string[] = [];
  before(async () => {
    const die = (): never => {
      killed.push('dead');
      throw new Error('killed');
    };
    fx = await startFixture({ die }, { scenario: 'empty' });
  });
  afterEach(() => fx.control.clearFaults());
  after(() => fx.close());

  const lead = { LastName: 'Faulty', Company: 'Example Harbor Ltd' };
  const leads = async (): Promise<number> => {
    await fx.control.clearFaults();
    return (await fx.conn.query("SELECT count() FROM Lead WHERE LastName = 'Faulty'")).totalSize;
  };
  const create = (): Promise<{ status: number; code?: string }> =>
    fx.call('POST', '/sobjects/Lead', lead).then(
      ({ status, body }) => ({ status, code: body?.[0]?.errorCode }),
      () => ({ status: 0 })
    );

  it('drops before the write, and after it', async () => {
    const before = await leads();
    await fx.control.setFaults([{ kind: 'drop-before', path: '/services/data/*/sobjects/Lead' }]);
    expect(await create()).to.deep.equal({ status: 0 });
    expect(await leads()).to.equal(before);
    await fx.control.setFaults([{ kind: 'drop-after', path: '/services/data/*/sobjects/Lead' }]);
    expect(await create()).to.deep.equal({ status: 0 });
    expect(await leads()).to.equal(before + 1);
  });

  it('drops the reply of a stream too', async () => {
    await fx.control.setFaults([{ kind: 'drop-after', path: '*/results' }]);
    const { body } = await fx.call('POST', '/jobs/query', { operation: 'query', query: 'SELECT Id FROM User' });
    await fx.server.idle();
    expect(
      await fx.call('GET', `/jobs/query/${body.id}/results`).then(
        () => 'answer',
        () => 'dropped'
      )
    ).to.equal('dropped');
    expect((await fx.call('GET', `/jobs/query/${body.id}/results`)).status).to.equal(200);
  });

  it('answers 503, as JSON or as a page', async () => {
    await fx.control.setFaults([{ kind: 'status' }, { kind: 'status', html: true, nth: 2 }]);
    expect((await create()).status).to.equal(503);
    const page = await fx.call('GET', '/limits');
    expect([page.status, page.headers.get('content-type')]).to.deep.equal([503, 'text/html']);
    expect((await fx.call('GET', '/limits')).status).to.equal(200);
  });

  it('waits', async () => {
    await fx.control.setFaults([{ kind: 'latency', ms: 120 }]);
    const start = performance.now();
    await fx.call('GET', '/limits');
    expect(performance.now() - start).to.be.greaterThan(110);
  });

  it('expires the session of the caller, for good', async () => {
    const { token } = await fx.control.session('admin@practice.example.com');
    const limits = (): Promise<number> =>
      request(fx.server.url, token, 'GET', '/services/data/v66.0/limits').then((a) => a.status);
    expect(await limits()).to.equal(200);
    await fx.control.setFaults([{ kind: 'expire-session' }]);
    expect([await limits(), await limits()]).to.deep.equal([401, 401]);
    expect((await fx.call('GET', '/limits')).status).to.equal(200);
  });

  it('refuses by the request limit', async () => {
    await fx.control.setFaults([{ kind: 'request-limit' }]);
    expect(await create()).to.deep.equal({ status: 403, code: 'REQUEST_LIMIT_EXCEEDED' });
    expect((await create()).status).to.equal(201);
  });

  it('locks rows of a collection, and all of it with allOrNone', async () => {
    const records = Array.from({ length: 4 }, () => ({ attributes: { type: 'Lead' }, ...lead }));
    const before = await leads();
    await fx.control.setFaults([{ kind: 'lock-rows', object: 'Lead', count: 2 }]);
    const some = await fx.call('POST', '/composite/sobjects', { records });
    expect(some.body.map((r: { errors: Array<{ statusCode: string }> }) => r.errors[0]?.statusCode)).to.deep.equal([
      undefined,
      'UNABLE_TO_LOCK_ROW',
      undefined,
      'UNABLE_TO_LOCK_ROW',
    ]);
    const none = await fx.call('POST', '/composite/sobjects', { allOrNone: true, records });
    expect(none.body.some((r: { success: boolean }) => r.success)).to.equal(false);
    expect(await leads()).to.equal(before + 2);
  });

  it('dies before the commit without a trace, after it with one', async () => {
    const before = await leads();
    await fx.control.setFaults([{ kind: 'kill-before-commit', method: 'POST' }]);
    await create();
    expect([killed.length, await leads()]).to.deep.equal([1, before]);
    await fx.control.setFaults([{ kind: 'kill-after-commit', method: 'POST' }]);
    await create();
    expect([killed.length, await leads()]).to.deep.equal([2, before + 1]);
  });

  it('dies around the commit of a whole composite, not of its parts', async () => {
    const before = await leads();
    const part = (referenceId: string): object => ({
      referenceId,
      method: 'POST',
      url: '/services/data/v66.0/sobjects/Lead',
      body: lead,
    });
    await fx.control.setFaults([{ kind: 'kill-before-commit', nth: 1 }]);
    await fx.call('POST', '/composite', { allOrNone: true, compositeRequest: [part('a'), part('b')] });
    expect([killed.length, await leads()]).to.deep.equal([3, before]);
  });

  it('writes down which request wrote what, only for what was committed', async () => {
    await fx.control.logWrites(true);
    await fx.control.clearWrites();
    const { requests } = await fx.control.status();
    await fx.control.setFaults([{ kind: 'kill-before-commit', method: 'POST' }]);
    await create();
    await create();
    const writes = await fx.control.writes();
    expect(writes.map(({ request: n, object, operation }) => [n! - requests, object, operation])).to.deep.equal([
      [2, 'Lead', 'create'],
    ]);
    await fx.control.logWrites(false);
  });

  it('shows its rules and how often they hit', async () => {
    await fx.control.setFaults([{ kind: 'status', count: 0 }]);
    await create();
    await create();
    expect((await fx.control.faults())[0]).to.include({ kind: 'status', seen: 2, fired: 2 });
    const error = await fx.control.setFaults([{ kind: 'nonsense' }]).then(
      () => undefined,
      (e: Error) => e
    );
    expect(error!.message).to.contain('Fault rule 1: kind');
  });
});
