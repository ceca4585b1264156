/** Lost replies, locks, limits and ended sessions: nobody is made twice, mailed twice, or lost. */
import { expect } from 'chai';
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
    it(`does not send a login again whose reply was lost (${kind}), also when resumed`, async () => {
      const { account, file } = await newcomers(3);
      await faults({ kind, method: 'DELETE', path: RESET, nth: 2 });
      const { result, exitCode, stderr } = await invite(file, '--send-login');
      expect(exitCode, stderr).to.equal(68);
      expect(await fired()).to.deep.equal([1]);
      await org.expectOnce(account, 3, 2 + arrived);
      expect(result!.receipt!.steps.at(-1)).to.deep.include({ kind: 'send-login', done: 2, failed: 1 });
      expect(result!.rejected.map(({ record, reason }) => [record, reason])).to.have.length(1);
      expect(result!.rejected[0]!.reason).to.match(/^REPLY_LOST: .*may have been sent\. Ask whether it came/);
      await org.desk.test.control.clearFaults();
      const resumed = await org.resume(result!.run!);
      expect(resumed.exitCode).to.equal(68);
      await org.expectOnce(account, 3, 2 + arrived);
    });
  }

  it('tells of logins to users who are there already, whose reply was lost', async () => {
    const { account, file } = await newcomers(2);
    expect((await invite(file)).exitCode).to.equal(0);
    await faults({ kind: 'drop-after', method: 'DELETE', path: RESET });
    const { result, exitCode } = await invite(file, '--send-login');
    expect(exitCode).to.equal(68);
    expect(result!.rejected.map(({ line, record }) => [line, record])).to.deep.equal([[2, 'Newcomer 0']]);
    await org.expectOnce(account, 2, 2);
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
});
