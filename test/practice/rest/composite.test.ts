/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment,
   @typescript-eslint/no-unsafe-call
   -- the answers of a server have many shapes, and each assertion tells which it expects */
import { expect } from 'chai';
import { startFixture, type Fixture } from '../http/fixture.js';

const lead = (LastName: string, more: object = {}): object => ({
  attributes: { type: 'Lead' },
  LastName,
  Company: 'Example Harbor Ltd',
  ...more,
});
const account = (Name: string): object => ({ attributes: { type: 'Account' }, Name });

describe('REST composites', () => {
  let fx: Fixture;
  before(async () => (fx = await startFixture({}, { scenario: 'empty' })));
  after(() => fx.close());

  const count = async (type: string): Promise<number> => (await fx.conn.query(`SELECT count() FROM ${type}`)).totalSize;

  describe('collections', () => {
    it('keeps good rows beside bad ones, in order', async () => {
      const records = [lead('A'), { ...lead('B'), LastName: null }, account('Acc'), lead('C')];
      const { status, body } = await fx.call('POST', '/composite/sobjects', { records });
      expect(status).to.equal(200);
      expect(body.map((r: { success: boolean }) => r.success)).to.deep.equal([true, false, true, true]);
      expect(body[1].errors[0]).to.deep.equal({
        statusCode: 'REQUIRED_FIELD_MISSING',
        message: 'Required fields are missing: [LastName]',
        fields: ['LastName'],
      });
      expect(body.map((r: { id?: string }) => r.id?.slice(0, 3))).to.deep.equal(['00Q', undefined, '001', '00Q']);
    });

    it('undoes all with allOrNone, over several objects', async () => {
      const before = [await count('Lead'), await count('Account')];
      const records = [lead('A'), account('Acc'), { ...lead('B'), LastName: null }];
      const { body } = await fx.call('POST', '/composite/sobjects', { allOrNone: true, records });
      expect(body.map((r: { errors: Array<{ statusCode: string }> }) => r.errors[0]?.statusCode)).to.deep.equal([
        'ALL_OR_NONE_OPERATION_ROLLED_BACK',
        'ALL_OR_NONE_OPERATION_ROLLED_BACK',
        'REQUIRED_FIELD_MISSING',
      ]);
      expect([await count('Lead'), await count('Account')]).to.deep.equal(before);
    });

    it('updates with a lower-case id, reads, and deletes', async () => {
      const made = (await fx.call('POST', '/composite/sobjects', { records: [lead('U1'), lead('U2')] })).body;
      const ids = made.map((r: { id: string }) => r.id);
      const records = ids.map((id: string) => ({ id, attributes: { type: 'Lead' }, City: 'Quay' }));
      const updated = await fx.call('PATCH', '/composite/sobjects', { records });
      expect(updated.body).to.deep.equal(ids.map((id: string) => ({ id, success: true, errors: [] })));
      const asked = [...ids, '00Q000000000001AAA'];
      const read = await fx.call('POST', '/composite/sobjects/Lead', { ids: asked, fields: ['City'] });
      expect(read.body.map((r: { City: string } | null) => r?.City ?? null)).to.deep.equal(['Quay', 'Quay', null]);
      const gone = await fx.call('DELETE', `/composite/sobjects?ids=${ids.join()}`);
      expect(gone.body.every((r: { success: boolean }) => r.success)).to.equal(true);
    });

    it('refuses more than 200 records, more than 10 chunks and mixed setup', async () => {
      const many = await fx.call('POST', '/composite/sobjects', {
        records: Array.from({ length: 201 }, () => lead('X')),
      });
      expect([many.status, many.body[0].errorCode]).to.deep.equal([400, 'EXCEEDED_ID_LIMIT']);
      const chunks = Array.from({ length: 11 }, (_, i) => (i % 2 ? lead('X') : account('Y')));
      expect((await fx.call('POST', '/composite/sobjects', { records: chunks })).status).to.equal(400);
      const group = { attributes: { type: 'Group' }, Name: 'G', DeveloperName: 'G', Type: 'Regular' };
      const mixed = await fx.call('POST', '/composite/sobjects', { records: [lead('X'), group] });
      expect(mixed.body.map((r: { errors: Array<{ statusCode: string }> }) => r.errors[0]!.statusCode)).to.deep.equal([
        'MIXED_DML_OPERATION',
        'MIXED_DML_OPERATION',
      ]);
    });
  });

  describe('composite', () => {
    const part = (referenceId: string, method: string, path: string, body?: object): object => ({
      referenceId,
      method,
      url: `/services/data/v66.0${path}`,
      body,
    });

    it('resolves references between parts', async () => {
      const compositeRequest = [
        part('acc', 'POST', '/sobjects/Account', { Name: 'Example Quay GmbH' }),
        part('con', 'POST', '/sobjects/Contact', { LastName: 'Shore', AccountId: '@{acc.id}' }),
        part('read', 'GET', '/sobjects/Contact/@{con.id}?fields=AccountId'),
        part('find', 'GET', `/query?q=${encodeURIComponent("SELECT Id FROM Contact WHERE AccountId = '")}@{acc.id}'`),
      ];
      const { body } = await fx.call('POST', '/composite', { compositeRequest });
      const [acc, con, read, find] = body.compositeResponse;
      expect([acc.httpStatusCode, con.httpStatusCode, read.httpStatusCode, find.httpStatusCode]).to.deep.equal([
        201, 201, 200, 200,
      ]);
      expect(acc.httpHeaders.Location).to.equal(`/services/data/v66.0/sobjects/Account/${acc.body.id}`);
      expect(read.body.AccountId).to.equal(acc.body.id);
      expect(find.body.records[0].Id).to.equal(con.body.id);
    });

    it('goes on after a failure, and halts what depends on it', async () => {
      const compositeRequest = [
        part('bad', 'POST', '/sobjects/Account', {}),
        part('dep', 'POST', '/sobjects/Contact', { LastName: 'Shore', AccountId: '@{bad.id}' }),
        part('good', 'POST', '/sobjects/Account', { Name: 'Example Pier AG' }),
      ];
      const { body } = await fx.call('POST', '/composite', { compositeRequest });
      expect(body.compositeResponse.map((r: { httpStatusCode: number }) => r.httpStatusCode)).to.deep.equal([
        400, 400, 201,
      ]);
      expect(body.compositeResponse[1].body).to.deep.equal([
        { errorCode: 'PROCESSING_HALTED', message: 'Invalid reference specified. No value for bad.id found in bad' },
      ]);
    });

    it('undoes all with allOrNone', async () => {
      const before = await count('Account');
      const compositeRequest = [
        part('one', 'POST', '/sobjects/Account', { Name: 'Example Pier AG' }),
        part('bad', 'POST', '/sobjects/Account', {}),
        part('two', 'POST', '/sobjects/Account', { Name: 'Example Pier AG' }),
      ];
      const { body } = await fx.call('POST', '/composite', { allOrNone: true, compositeRequest });
      expect(
        body.compositeResponse.map((r: { body: Array<{ errorCode: string }> }) => r.body[0]!.errorCode)
      ).to.deep.equal(['PROCESSING_HALTED', 'REQUIRED_FIELD_MISSING', 'PROCESSING_HALTED']);
      expect(await count('Account')).to.equal(before);
    });

    it('takes at most 25 parts, and no composite inside', async () => {
      const parts = Array.from({ length: 26 }, (_, i) => part(`r${i}`, 'GET', '/limits'));
      expect((await fx.call('POST', '/composite', { compositeRequest: parts })).status).to.equal(400);
      const nested = await fx.call('POST', '/composite', { compositeRequest: [part('a', 'POST', '/composite', {})] });
      expect(nested.body.compositeResponse[0].httpStatusCode).to.equal(400);
    });

    it('batches', async () => {
      const batchRequests = [
        { method: 'GET', url: 'v66.0/limits' },
        { method: 'GET', url: 'v66.0/sobjects/Nothing' },
        { method: 'POST', url: 'v66.0/sobjects/Account', richInput: { Name: 'Example Pier AG' } },
      ];
      const { body } = await fx.call('POST', '/composite/batch', { batchRequests });
      expect(body.hasErrors).to.equal(true);
      expect(body.results.map((r: { statusCode: number }) => r.statusCode)).to.deep.equal([200, 404, 201]);
      const halted = await fx.call('POST', '/composite/batch', { haltOnError: true, batchRequests });
      expect(halted.body.results.map((r: { statusCode: number }) => r.statusCode)).to.deep.equal([200, 404, 412]);
    });

    it('treats each graph as one transaction', async () => {
      const before = await count('Account');
      const good = [part('a', 'POST', '/sobjects/Account', { Name: 'Example Pier AG' })];
      const bad = [...good, part('b', 'POST', '/sobjects/Account', {})];
      const graphs = [
        { graphId: 'g1', compositeRequest: good },
        { graphId: 'g2', compositeRequest: bad },
      ];
      const { body } = await fx.call('POST', '/composite/graph', { graphs });
      expect(body.graphs.map((g: { isSuccessful: boolean }) => g.isSuccessful)).to.deep.equal([true, false]);
      expect(await count('Account')).to.equal(before + 1);
    });
  });
});
