/** Lost replies, locks, limits and ended sessions: nobody is made twice, mailed twice, or lost. */
import { Connection } from '@salesforce/core';
import { expect } from 'chai';
import type { RunResumeResult } from '../../src/runs/index.js';
import { InviteDesk, PARTNER, type InviteOutcome } from '../helpers/invite.js';
import { register } from '../helpers/practice.js';

const SAVE = '*/composite/sobjects';
const RESET = '*/password';

describe('partner invite under faults', function () {
  this.timeout(60_000);
  let org: InviteDesk;
  before(async () => {
    org = await InviteDesk.open({ scenario: { leads: 5, seats: { PID_Partner_Community: 500 } } });
    await org.welcomes(false);
  });
  after(() => org.close());
  beforeEach(() => org.desk.test.control.clearOutbox());
  afterEach(async () => {
    await org.desk.test.control.clearFaults();
    delete process.env.SF_CHANNEL_COLLECTION_ROWS;
  });

  const faults = (...rules: object[]): Promise<unknown> => org.desk.test.control.setFaults(rules);
  const fired = async (): Promise<number[]> => (await org.desk.test.control.faults()).map((rule) => rule.fired);

  const newcomers = (count: number): ReturnType<InviteDesk['newcomers']> => org.newcomers(count);
  const invite = (file: string, ...args: string[]): Promise<InviteOutcome> =>
    org.invite('--no-prompt', '--profile', PARTNER, '--file', file, ...args);

  for (const kind of ['drop-before', 'drop-after', 'status'] as const) {
    for (const [nth, what] of [
      [1, 'contacts'],
      [2, 'users'],
    ] as const) {
      it(`reads back what a lost reply has done (${what}, ${kind})`, async () => {
        const { account, file } = await newcomers(2);
        await faults({ kind, method: 'POST', path: SAVE, nth });
        const { result, exitCode, stderr } = await invite(file);
        expect(exitCode, stderr).to.equal(0);
        expect(await fired()).to.deep.equal([1]);
        expect(result!.receipt!.steps.map(({ done }) => done)).to.deep.equal([2, 2]);
        await org.expectOnce(account, 2, 0);
      });
    }
  }

  for (const [kind, arrived] of [
    ['drop-before', 0],
    ['drop-after', 1],
    ['status', 0],
  ] as const) {
    it(`stops at a login whose reply was lost (${kind}), and sends it never again, but the others`, async () => {
      const { account, file } = await newcomers(3);
      await faults({ kind, method: 'DELETE', path: RESET, nth: 2 });
      const { result, exitCode, stderr } = await invite(file, '--send-login');
      expect([exitCode, result?.state], stderr).to.deep.equal([68, 'stopped']);
      expect(await fired()).to.deep.equal([1]);
      await org.expectOnce(account, 3, 1 + arrived);
      const logins = result!.receipt!.steps.at(-1);
      expect(logins).to.deep.include({ kind: 'send-login', done: 1, failed: 1, pending: 1 });
      expect(result!.rejected.map(({ record, reason }) => [record, reason])).to.have.length(1);
      expect(result!.rejected[0]!.reason).to.match(/^REPLY_LOST: .*may have been sent\. Ask whether it came/);
      await org.desk.test.control.clearFaults();
      for (const time of [1, 2]) {
        const resumed = await org.resume(result!.run!);
        expect(resumed.exitCode, `resumed ${time} times`).to.equal(68);
        await org.expectOnce(account, 3, 2 + arrived);
      }
    });
  }

  it('stops where the org takes no connection, with nobody lost', async () => {
    const { account, file } = await newcomers(2);
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with `this` below
    const send = Connection.prototype.request;
    let refused = 0;
    Connection.prototype.request = function (this: Connection, ...args: Parameters<typeof send>) {
      const [asked] = args;
      if (typeof asked === 'string' || asked.method !== 'DELETE') return send.apply(this, args);
      refused += 1;
      const error = new Error('request failed, reason: connect ECONNREFUSED');
      return Promise.reject(Object.assign(error, { code: 'ECONNREFUSED' })) as never;
    } as typeof send;
    let outcome: InviteOutcome;
    try {
      outcome = await invite(file, '--send-login');
    } finally {
      Connection.prototype.request = send;
    }
    expect([outcome.exitCode, outcome.result!.state, refused]).to.deep.equal([68, 'stopped', 1]);
    expect(outcome.result!.receipt!.steps.at(-1)).to.deep.include({ done: 0, failed: 0, pending: 2 });
    await org.expectOnce(account, 2, 0);
    const resumed = await org.resume(outcome.result!.run!);
    expect(resumed.exitCode, resumed.stderr).to.equal(0);
    await org.expectOnce(account, 2, 2);
  });

  it('mails nobody who was made inactive or has logged in since the plan', async () => {
    const { account, file } = await newcomers(3);
    expect((await invite(file)).exitCode).to.equal(0);
    const plan = org.path('stale-logins.json');
    await invite(file, '--send-login', '--dry-run', '--plan-file', plan);
    await faults({ kind: 'request-limit', method: 'DELETE', path: RESET });
    const stopped = await org.invite('--plan', plan, '--no-prompt');
    expect(stopped.result!.state).to.equal('stopped');
    await org.desk.test.control.clearFaults();
    const [gone, seen, waiting] = org.users('AccountId', account);
    await org.desk.update('User', gone!.Id, { IsActive: false });
    await org.desk.test.control.session(String(seen!.Username), true);
    const resumed = await org.resume(stopped.result!.run!);
    expect(resumed.exitCode, resumed.stderr).to.equal(0);
    expect((await org.mails()).map(({ relatedId }) => relatedId)).to.deep.equal([waiting!.Id]);
    const { receipt } = resumed.result as RunResumeResult;
    expect(receipt!.steps.at(-1)).to.deep.include({ done: 1, changed: 2, failed: 0 });
  });

  it('tells of logins to users who are there already, whose reply was lost', async () => {
    const { account, file } = await newcomers(2);
    expect((await invite(file)).exitCode).to.equal(0);
    await faults({ kind: 'drop-after', method: 'DELETE', path: RESET });
    const { result, exitCode } = await invite(file, '--send-login');
    expect(exitCode).to.equal(68);
    expect(result!.rejected.map(({ line, record }) => [line, record])).to.deep.equal([[2, 'Newcomer 0']]);
    await org.expectOnce(account, 2, 1);
  });

  it('stops where the limit of requests is reached in the middle of the logins, and sends the rest when resumed', async () => {
    const { account, file } = await newcomers(3);
    await faults({ kind: 'request-limit', method: 'DELETE', path: RESET, nth: 2, count: 0 });
    const stopped = await invite(file, '--send-login');
    expect([stopped.exitCode, stopped.result!.state]).to.deep.equal([68, 'stopped']);
    await org.expectOnce(account, 3, 1);
    await org.desk.test.control.clearFaults();
    const resumed = await org.resume(stopped.result!.run!);
    expect(resumed.exitCode, resumed.stderr).to.equal(0);
    await org.expectOnce(account, 3, 3);
  });

  it('stops where the session ends before the users are made, and goes on with a new one', async () => {
    const { account, file } = await newcomers(2);
    await faults({ kind: 'expire-session', method: 'POST', path: SAVE, nth: 2 });
    const stopped = await invite(file, '--send-login');
    expect([stopped.exitCode, stopped.result!.state]).to.deep.equal([68, 'stopped']);
    expect(stopped.result!.receipt).to.include({ failure: 'expired' });
    expect([org.contacts(account).length, org.users('AccountId', account)]).to.deep.equal([2, []]);
    await org.desk.test.control.clearFaults();
    const { server, username, control } = org.desk.test;
    org.desk.test.token = (await control.session(username)).token;
    await register(server.url, username, org.desk.test.token);
    const resumed = await org.resume(stopped.result!.run!);
    expect(resumed.exitCode, resumed.stderr).to.equal(0);
    await org.expectOnce(account, 2, 2);
  });

  it('does not resume into welcome mails that nobody accepted', async () => {
    const { account, file } = await newcomers(2);
    await faults({ kind: 'request-limit', method: 'POST', path: SAVE, nth: 2 });
    const stopped = await invite(file);
    expect([stopped.exitCode, stopped.result!.state]).to.deep.equal([68, 'stopped']);
    await org.desk.test.control.clearFaults();
    const run = stopped.result!.run!;
    await org.welcomes(true);
    try {
      const refused = await org.resume(run);
      expect([refused.exitCode, refused.error!.name]).to.deep.equal([1, 'MailsChangedError']);
      expect(refused.error!.actions!.join(' ')).to.contain(`run resume ${run}`).and.to.contain(`run undo ${run}`);
      expect([org.users('AccountId', account), await org.mails()]).to.deep.equal([[], []]);
      const accepted = await org.resume(run, '--accept-mails');
      expect(accepted.exitCode, accepted.stderr).to.equal(0);
      await org.expectOnce(account, 2, 2);
    } finally {
      await org.welcomes(false);
    }
  });

  it('keeps people of one office address apart, also where a reply was lost', async () => {
    const { account } = await newcomers(0);
    const email = `office.${account}@fault.example.com`;
    const people = ['Jan,Novák', 'Eva,Novák', ',Tichá'].map((name) => `${account},${name},${email},yes`);
    const file = await org.file('office.csv', ['Account Id,First Name,Last Name,Email,Create', ...people].join('\n'));
    await faults({ kind: 'drop-after', method: 'POST', path: SAVE, nth: 1 });
    const { result, exitCode, stderr } = await invite(file);
    expect(exitCode, stderr).to.equal(0);
    expect(result!.receipt!.steps.map(({ done, changed }) => [done, changed])).to.deep.equal([
      [3, 0],
      [3, 0],
    ]);
    await org.expectOnce(account, 3, 0);
    const names = new Map(org.contacts(account).map(({ Id, FirstName, LastName }) => [Id, [FirstName, LastName]]));
    for (const { ContactId, FirstName, LastName } of org.users('AccountId', account))
      expect(names.get(String(ContactId))).to.deep.equal([FirstName, LastName]);
    const again = await invite(file);
    expect(again.result!.summary, again.error?.message).to.include({ users: 0, existing: 3 });
  });
});
