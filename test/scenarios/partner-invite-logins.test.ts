/** Logins that an invitation sends, now or later: once to everybody who can use one, and counted before. */
import { expect } from 'chai';
import { Passwords } from '../../src/practice/http/passwords.js';
import { InviteDesk, OFFSITE, PARTNER, reasonsOf, type InviteOutcome } from '../helpers/invite.js';
import { LIVE, OFFLINE } from '../helpers/site.js';

describe('logins of partner invite', function () {
  this.timeout(60_000);
  let org: InviteDesk;
  before(async () => (org = await InviteDesk.open({ scenario: { leads: 5, seats: { PID_Partner_Community: 500 } } })));
  after(() => org.close());
  beforeEach(async () => {
    org.welcomeOnInsert('sent');
    await org.welcomes(true);
    await org.desk.test.control.clearOutbox();
  });

  const people = (count: number): Promise<string> => org.people(count);
  const invite = (...args: string[]): Promise<InviteOutcome> =>
    org.invite('--no-prompt', '--profile', PARTNER, ...args);
  const shown = (...args: string[]): Promise<InviteOutcome> => org.shown('--no-prompt', '--profile', PARTNER, ...args);
  const users = (account: string): ReturnType<InviteDesk['users']> => org.users('AccountId', account);

  it('are password resets where a login is sent and no site welcomes', async () => {
    await org.welcomes(false);
    const account = await people(2);
    const looked = await shown('--account', account, '--send-login', '--dry-run');
    expect(looked.stdout).to.contain('Mails: 2, by password reset');
    expect(await org.mails()).to.deep.equal([]);
    const { result, exitCode, stderr, stdout } = await shown('--account', account, '--send-login');
    expect(exitCode, stderr).to.equal(0);
    expect(result!.summary).to.deep.include({ users: 2, logins: 2 });
    expect(result!.summary.mails).to.deep.include({ route: 'password-reset', mails: 2 });
    expect(result!.cost.emails).to.equal(2);
    expect(stdout).to.contain('2 of 2 logins were sent');
    await org.expectMails(account, 'password-reset', 'Site_forgot_password_partners', await org.mails());
  });

  it('are not sent where the link would lead nowhere, and the plan says so', async () => {
    const account = await people(3);
    const [one, two, three] = org.contacts(account).map(({ Id }) => Id);
    const profiles = `${one},${PARTNER}\n${two},${OFFSITE}\n${three},Example Partner Events\n`;
    const file = await org.file('mixed.csv', `Contact Id,Profile\n${profiles}`);
    await org.welcomes(false);
    const { result, exitCode, stderr } = await invite('--file', file, '--send-login');
    expect(exitCode, stderr).to.equal(0);
    expect(result!.summary).to.deep.include({ users: 3, logins: 1 });
    expect(result!.summary.mails).to.deep.include({ route: 'password-reset', mails: 1 });
    expect(result!.cost.emails).to.equal(1);
    expect(result!.warnings.join('\n'))
      .to.contain(`The profile ${OFFSITE} is a member of no site that is Live: its 1 users get no login`)
      .and.contain('The profile Example Partner Events is a member of no site that is Live');
    const mails = await org.mails();
    expect(mails.map(({ relatedId }) => relatedId)).to.deep.equal([org.users('ContactId', one!)[0]!.Id]);
  });

  it('go to everybody once where a site welcomes some, and others need a reset', () =>
    org.onPreview(false, async () => {
      const [one, two] = org.contacts(await people(2)).map(({ Id }) => Id);
      const file = await org.file('some.csv', `Contact Id,Profile\n${one},${PARTNER}\n${two},${OFFSITE}\n`);
      const { result, exitCode, stderr } = await invite('--file', file, '--send-login', '--accept-mails');
      expect(exitCode, stderr).to.equal(0);
      expect(result!.summary).to.deep.include({ users: 2, logins: 1 });
      expect(result!.cost.emails).to.equal(2);
      const mails = await org.mails();
      expect(mails.map(({ kind }) => kind)).to.have.members(['welcome', 'password-reset']);
      expect(new Set(mails.map(({ relatedId }) => relatedId)).size).to.equal(2);
    }));

  it('are sent later to those who never logged in, and to nobody else', async () => {
    await org.welcomes(false);
    const account = await people(3);
    await invite('--account', account);
    const offsite = await people(1);
    await org.go('--account', offsite);
    const down = await people(1);
    await org.invite('--no-prompt', '--account', down, '--profile', 'Example Partner Events');
    const [fresh, seen, left] = users(account);
    await org.desk.test.control.session(String(seen!.Username), true);
    await org.desk.update('User', left!.Id, { IsActive: false });
    const ids = [account, offsite, down].flatMap((id) => org.contacts(id).map(({ Id }) => Id));
    const file = await org.file('later.csv', ['Contact Id', ...ids].join('\n'));
    const args = ['--file', file, '--send-login'];
    const plan = org.path('later.json');
    const planned = await invite(...args, '--dry-run', '--plan-file', plan);
    expect(planned.result!.summary).to.include({ users: 0, existing: 5, logins: 1, rejected: 4 });
    expect(await org.mails()).to.deep.equal([]);
    const reasons = reasonsOf(planned);
    expect(reasons.get(3)).to.match(/has logged in before/);
    expect(reasons.get(4)).to.match(/is not active\. Run: sf channel partner check --target-org .* --user .* --fix/);
    expect(reasons.get(5)).to.match(/member of no site.*site prepare/);
    expect(reasons.get(6)).to.contain(`The site ${OFFLINE} is not Live`);
    const applied = await org.invite('--plan', plan, '--no-prompt');
    expect(applied.exitCode, applied.stderr).to.equal(0);
    const mails = await org.mails();
    expect(mails.map(({ relatedId }) => relatedId)).to.deep.equal([fresh!.Id]);
    expect((await org.desk.openLink(mails[0]!)).status).to.equal(200);
    const again = await invite(...args);
    expect([again.exitCode, again.result!.state]).to.deep.equal([68, 'nothing-to-do']);
    expect(await org.mails(), 'the link was used').to.have.length(1);
  });

  it('go to members by a permission set too', async () => {
    await org.welcomes(false);
    const account = await people(2);
    await org.go('--account', account);
    const [member] = users(account);
    const set = await org.desk.create('PermissionSet', { Name: 'Site_Members', Label: 'Site Members' });
    await org.desk.create('PermissionSetAssignment', { AssigneeId: member!.Id, PermissionSetId: set });
    await org.desk.create('NetworkMemberGroup', { NetworkId: org.desk.id('Network', LIVE), ParentId: set });
    org.desk.test.org.settle();
    const { result, exitCode } = await org.go('--account', account, '--send-login');
    expect(exitCode).to.equal(68);
    expect(result!.rejected.map(({ reason }) => reason.split(',')[0])).to.deep.equal([
      'The profile is a member of no site',
    ]);
    const mails = await org.mails();
    expect(mails.map(({ relatedId }) => relatedId)).to.deep.equal([member!.Id]);
    expect((await org.desk.openLink(mails[0]!)).status).to.equal(200);
  });

  it('leave no password, link or token in what is kept or shown', async () => {
    const issued: string[] = [];
    const known = Object.getOwnPropertyDescriptor(Passwords.prototype, 'reset')!;
    const reset = known.value as (this: Passwords, ...args: Parameters<Passwords['reset']>) => string;
    Passwords.prototype.reset = function (...args) {
      const password = reset.apply(this, args);
      issued.push(password);
      return password;
    };
    try {
      await org.welcomes(false);
      const fresh = await people(2);
      await invite('--account', fresh);
      const { result, stdout, stderr } = await shown('--account', fresh, '--account', await people(2), '--send-login');
      expect(result!.summary).to.include({ users: 2, logins: 4 });
      await org.welcomes(true);
      const welcomed = await invite('--account', await people(1), '--accept-mails');
      const codes = (await org.mails()).map(({ link }) => new URL(link!).searchParams.get('c')!);
      expect([issued.length, codes.length]).to.deep.equal([4, 5]);
      const texts = [result, welcomed.result].map((one) => JSON.stringify(one));
      texts.push(stdout, stderr, welcomed.stdout, welcomed.stderr);
      for (const run of [result!.run!, welcomed.result!.run!]) texts.push(...(await org.kept(run)).values());
      expect(texts.length).to.be.at.least(18);
      for (const secret of [...issued, ...codes, org.desk.test.token])
        for (const text of texts) expect(text.includes(secret)).to.equal(false);
    } finally {
      Object.defineProperty(Passwords.prototype, 'reset', known);
    }
  });
});
