import { expect } from 'chai';
import { TestOrg } from '../save/support.js';

describe('outbox (platform-facts, fact 6)', () => {
  let test: TestOrg;
  beforeEach(() => (test = new TestOrg()));
  afterEach(() => test.end());

  const send = (kind: string): void =>
    test.org.outbox.send({
      kind,
      to: ['a@example.com', 'b@example.com'],
      from: 'c@example.com',
      subject: kind,
      body: '-',
    });

  for (const [setting, delivered] of [
    ['all', ['welcome', 'owner-change']],
    ['system', ['welcome']],
    ['none', []],
  ] as Array<[string, string[]]>) {
    it(`delivers what "${setting}" lets through and keeps the rest with a reason`, () => {
      test.org.preferences.set('Email.deliverability', setting);
      send('welcome');
      send('owner-change');
      const mails = test.org.outbox.list();
      expect(mails.filter((mail) => mail.delivered).map((mail) => mail.kind)).to.deep.equal(delivered);
      expect(mails.every((mail) => mail.delivered === (mail.reason === undefined))).to.equal(true);
    });
  }

  it('lets only system mail out of a new sandbox, lists by kind and address, and survives a restart', () => {
    send('owner-change');
    test.reopen();
    expect(test.org.outbox.list({ kind: 'owner-change', to: 'b@example.com' })[0]).to.include({
      delivered: false,
      at: '2026-10-01T09:00:00.000+0000',
    });
    expect(test.org.outbox.list({ to: 'z@example.com' })).to.deep.equal([]);
    test.org.outbox.clear();
    expect(test.org.outbox.list()).to.deep.equal([]);
  });

  it('forgets mails of a transaction that was rolled back', () => {
    expect(() =>
      test.org.store.transaction(() => {
        send('welcome');
        throw new Error('undo');
      })
    ).to.throw('undo');
    expect(test.org.outbox.list()).to.deep.equal([]);
  });
});
