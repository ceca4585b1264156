/** People whom the org does not take at once, or not at all: others are not held up by them, and the reason is told. */
import { expect } from 'chai';
import { InviteDesk, PARTNER, type InviteOutcome } from '../helpers/invite.js';

describe('partner invite where the org refuses', function () {
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
  const newcomers = (count: number): ReturnType<InviteDesk['newcomers']> => org.newcomers(count);
  const invite = (file: string, ...args: string[]): Promise<InviteOutcome> =>
    org.invite('--no-prompt', '--profile', PARTNER, '--file', file, ...args);

  it('tries users who were locked again, in smaller chunks', async () => {
    process.env.SF_CHANNEL_COLLECTION_ROWS = '8';
    const { account, file } = await newcomers(16);
    await faults({ kind: 'lock-rows', object: 'User', every: 2, count: 3 });
    const from = Number((await org.desk.test.control.requests()).at(-1)!.n) + 1;
    const { result, exitCode, stderr } = await invite(file);
    expect(exitCode, stderr).to.equal(0);
    await org.expectOnce(account, 16, 0);
    const units = chunksOf((await org.kept(result!.run!)).get('journal.ndjson')!, 'users');
    expect(units.slice(0, 2)).to.deep.equal([8, 8]);
    expect(
      units.slice(2).every((rows) => rows <= 2),
      units.join()
    ).to.equal(true);
    const posts = (await org.desk.test.control.requests(from)).filter(
      ({ method, path }) => method === 'POST' && path.endsWith('/composite/sobjects')
    );
    expect(posts, 'two chunks of contacts before').to.have.length(2 + units.length);
    const bytes = posts.map((post) => post.bytes);
    expect(Math.max(...bytes.slice(4))).to.be.below(Math.min(...bytes.slice(2, 4)) / 2);
  });

  it('gives up on rows that stay locked, with the reason, and makes them when resumed', async () => {
    const { account, file } = await newcomers(3);
    await faults({ kind: 'lock-rows', object: 'User', every: 1, count: 0 });
    const { result, exitCode } = await invite(file, '--send-login');
    expect(exitCode).to.equal(68);
    expect(result!.receipt!.steps.map(({ done, failed }) => [done, failed])).to.deep.equal([
      [3, 0],
      [0, 3],
      [0, 3],
    ]);
    expect(result!.rejected.map(({ reason }) => reason.split(':')[0])).to.deep.equal(
      Array(3).fill('UNABLE_TO_LOCK_ROW')
    );
    expect(await org.mails()).to.deep.equal([]);
    await org.desk.test.control.clearFaults();
    const resumed = await org.resume(result!.run!);
    expect(resumed.exitCode, resumed.stderr).to.equal(0);
    await org.expectOnce(account, 3, 3);
  });

  it('does not hold good rows up by those that the org refuses, and says the first reason of each', async () => {
    const account = await org.account('Refusing Example');
    await org.contact(account, 'There', 'there@refuse.example.com');
    const long = `${'x'.repeat(64)}@${'y'.repeat(10)}.refuse.example.com`;
    const file = await org.file(
      'refused.csv',
      [
        'Account,Last Name,Email,Create,Username',
        'Refusing Example,There,there@refuse.example.com,,',
        `Refusing Example,Long,${long},yes,`,
        'Refusing Example,Good,good@refuse.example.com,yes,',
      ].join('\n')
    );
    const plan = org.path('refused.json');
    const planned = await invite(file, '--dry-run', '--plan-file', plan);
    expect(planned.result!.summary).to.include({ users: 3, rejected: 0 });
    const { result, exitCode } = await org.invite('--plan', plan, '--no-prompt');
    expect(exitCode).to.equal(68);
    const [contacts, users] = result!.receipt!.steps;
    expect(contacts!.errors.map(({ code }) => code)).to.deep.equal(['STRING_TOO_LONG']);
    expect(users!.errors.map(({ code }) => code)).to.deep.equal(['NOT_MADE']);
    expect(org.users('Email', 'good@refuse.example.com', 'there@refuse.example.com')).to.have.length(2);
    const again = await invite(file);
    expect(again.exitCode).to.equal(68);
    const reasons = again.result!.rejected.map(({ reason }) => reason);
    expect(reasons).to.have.length(1);
    expect(reasons[0]).to.match(/^STRING_TOO_LONG/);
  });

  it('does not make a contact twice that somebody made after the plan, and leaves it to the next run', async () => {
    const { account, file } = await newcomers(1);
    const plan = org.path('race.json');
    await invite(file, '--dry-run', '--plan-file', plan);
    await org.contact(account, 'Newcomer 0', `N0.${account}@fault.example.com`);
    const { result, exitCode } = await org.invite('--plan', plan, '--no-prompt');
    expect(exitCode).to.equal(68);
    expect(result!.receipt!.steps.map(({ changed, failed }) => [changed, failed])).to.deep.equal([
      [1, 0],
      [0, 1],
    ]);
    expect([org.contacts(account).length, org.users('AccountId', account)]).to.deep.equal([1, []]);
    expect((await invite(file)).exitCode).to.equal(0);
    await org.expectOnce(account, 1, 0);
  });

  it('says what to do where a nickname was taken after the plan', async () => {
    const { account, file } = await newcomers(1);
    const plan = org.path('nickname.json');
    const planned = await invite(file, '--dry-run', '--plan-file', plan);
    const { nickname } = planned.result!.users[0]!;
    await org.desk.update('User', org.desk.id('User', 'Vito Lockhart'), { CommunityNickname: nickname });
    const { result, exitCode } = await org.invite('--plan', plan, '--no-prompt');
    expect(exitCode).to.equal(68);
    expect(result!.receipt!.steps[1]!.errors[0]).to.include({ code: 'DUPLICATE_COMM_NICKNAME' });
    expect((await invite(file)).exitCode).to.equal(0);
    const [user] = org.users('AccountId', account);
    expect(user!.CommunityNickname)
      .to.match(/^newcomer0-\d+$/)
      .and.not.equal(nickname);
  });

  it('takes as many as there are licences, in the order of the file, and the org has the last word', async () => {
    const { account, file } = await newcomers(4);
    org.leaveSeats(3);
    const plan = org.path('seats.json');
    const planned = await invite(file, '--dry-run', '--plan-file', plan);
    expect(planned.result!.summary).to.deep.include({ users: 3, rejected: 1 });
    expect(planned.result!.summary.seats[0]).to.include({ licence: 'Partner Community', needed: 4, rejected: 1 });
    expect(planned.result!.cost.licences).to.equal(3);
    expect(planned.result!.rejected).to.have.length(1);
    expect(planned.result!.rejected[0]).to.deep.include({ line: 5 });
    expect(planned.result!.rejected[0]!.reason).to.match(/^No Partner Community licence is left for this person: 3 of/);
    org.leaveSeats(2);
    const { result, exitCode } = await org.invite('--plan', plan, '--no-prompt');
    org.leaveSeats(400);
    expect(exitCode).to.equal(68);
    expect(result!.receipt!.steps[1]).to.deep.include({ done: 2, failed: 1 });
    expect(result!.receipt!.steps[1]!.errors[0]).to.include({ code: 'LICENSE_LIMIT_EXCEEDED', rows: 1 });
    expect(org.users('AccountId', account)).to.have.length(2);
  });

  it('counts logins and not seats where the licence does, and says how many are used', async () => {
    const { file, account } = await newcomers(2);
    const tools = org.desk.test.org.tools.variants as Record<string, string>;
    const before = tools.loginLicenceSeats!;
    tools.loginLicenceSeats = 'unlimited';
    org.leaveSeats(0, 'Partner Community Login');
    try {
      const login = ['--no-prompt', '--profile', 'Example Partner Login', '--file', file];
      const { result, exitCode, stderr, stdout } = await org.shown(...login);
      expect(exitCode, stderr).to.equal(0);
      expect(result!.summary.seats[0]).to.deep.include({ needed: 2, rejected: 0, logins: { entitled: 400, used: 0 } });
      expect(result!.warnings.join(' ')).to.contain('counts logins, not users: 0 of 400 are used this month');
      expect(stdout).to.contain('It counts logins: 0 of 400');
      expect(org.users('AccountId', account)).to.have.length(2);
    } finally {
      tools.loginLicenceSeats = before;
      org.leaveSeats(20, 'Partner Community Login');
    }
  });

  it('tells how many are left, were wanted and rejected', async () => {
    const { file } = await newcomers(4);
    org.leaveSeats(1);
    try {
      const { stdout } = await org.shown('--no-prompt', '--profile', PARTNER, '--file', file, '--dry-run');
      expect(stdout).to.match(/Licence Partner Community: 1 left of \d+, 4 wanted: 3 rejected\./);
    } finally {
      org.leaveSeats(400);
    }
  });
});

/** Rows of each chunk of a step. */
const chunksOf = (journal: string, step: string): number[] =>
  journal
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { t: string; step?: string; rows: number })
    .filter((line) => line.t === 'unit' && line.step === step)
    .map(({ rows }) => rows);
