import { expect } from 'chai';
import { startFixture, type Fixture } from '../http/fixture.js';

const account = (referenceId: string, more: object = {}): object => ({
  attributes: { type: 'Account', referenceId },
  Name: `Example ${referenceId} Ltd`,
  ...more,
});
const contact = (referenceId: string, more: object = {}): object => ({
  attributes: { type: 'Contact', referenceId },
  LastName: referenceId,
  ...more,
});

describe('REST record trees', () => {
  let fx: Fixture;
  before(async () => (fx = await startFixture({}, { scenario: 'empty' })));
  after(() => fx.close());

  const count = async (type: string): Promise<number> => (await fx.conn.query(`SELECT count() FROM ${type}`)).totalSize;
  type Result = { referenceId: string; id?: string; errors?: object[] };
  type Reply = { status: number; body: { hasErrors: boolean; results: Result[] } & Array<{ errorCode: string }> };
  const create = (records: unknown): Promise<Reply> => fx.call('POST', '/composite/tree/Account', { records });

  it('creates parents with their children, level by level', async () => {
    const { status, body } = await create([
      account('a', { Contacts: { records: [contact('b'), contact('c')] } }),
      account('d', { ChildAccounts: { records: [account('e', { Contacts: { records: [contact('f')] } })] } }),
    ]);
    expect(status).to.equal(201);
    expect(body.hasErrors).to.equal(false);
    expect(body.results.map(({ referenceId }) => referenceId).join('')).to.equal('adbcef');
    const { records } = await fx.conn.query<Record<string, unknown>>(
      'SELECT LastName, Account.Name, Account.Parent.Name FROM Contact ORDER BY LastName'
    );
    expect(records).to.containSubset([
      { LastName: 'b', Account: { Name: 'Example a Ltd', Parent: null } },
      { LastName: 'c', Account: { Name: 'Example a Ltd' } },
      { LastName: 'f', Account: { Name: 'Example e Ltd', Parent: { Name: 'Example d Ltd' } } },
    ]);
  });

  it('creates nothing where one record is bad, and names it', async () => {
    const before = [await count('Account'), await count('Contact')];
    const bad = contact('bad', { Email: 'no mail' });
    const { status, body } = await create([account('x', { Contacts: { records: [contact('good'), bad] } })]);
    expect(status).to.equal(400);
    expect(body.hasErrors).to.equal(true);
    expect(body.results).to.have.length(1);
    expect(body.results[0]).to.containSubset({
      referenceId: 'bad',
      errors: [{ statusCode: 'INVALID_EMAIL_ADDRESS', fields: ['Email'] }],
    });
    expect([await count('Account'), await count('Contact')]).to.deep.equal(before);
  });

  it('refuses what is no tree', async () => {
    const deep = (depth: number): object =>
      account(`n${depth}`, depth === 0 ? {} : { ChildAccounts: { records: [deep(depth - 1)] } });
    const cases: Array<[records: unknown, code: string]> = [
      [[], 'INVALID_INPUT'],
      [[{ Name: 'No reference' }], 'INVALID_INPUT'],
      [[account('a'), account('a')], 'INVALID_INPUT'],
      [[contact('a')], 'INVALID_INPUT'],
      [[account('a', { Contacts: { records: [account('b')] } })], 'INVALID_INPUT'],
      [[account('a', { Nothings: { records: [contact('b')] } })], 'INVALID_FIELD'],
      [[deep(5)], 'INVALID_INPUT'],
      [Array.from({ length: 201 }, (_, i) => account(`r${i}`)), 'INVALID_INPUT'],
    ];
    for (const [records, code] of cases) {
      const { status, body } = await create(records);
      expect([status, body[0]?.errorCode]).to.deep.equal([400, code]);
    }
    expect((await fx.call('POST', '/composite/tree/Nothing', { records: [] })).status).to.equal(404);
  });
});
