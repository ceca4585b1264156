/** Mails of invitations go out when and only when they are wanted, are counted before, and let their recipient in. */
import { expect } from 'chai';
import { InviteDesk, OFFSITE, PARTNER, type InviteOutcome } from '../helpers/invite.js';
import { PREVIEW } from '../helpers/site.js';

describe('mails of partner invite', function () {
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

  it('are welcome mails of a Live site that nobody can hold back: refused, counted, then accepted', async () => {
    const account = await people(3);
    const looked = await shown('--account', account, '--dry-run');
    expect(looked.exitCode, looked.stderr).to.equal(0);
    expect(looked.stdout).to.contain('Mails: up to 3 welcome mails of Example Partner Central');
    const refused = await invite('--account', account);
    expect([refused.exitCode, refused.error!.name]).to.deep.equal([1, 'MailsError']);
    expect(refused.error!.message).to.contain('up to 3 welcome mails');
    expect(refused.error!.actions!.join(' ')).to.contain('--accept-mails');
    expect([users(account), await org.mails()]).to.deep.equal([[], []]);
    const { result, exitCode, stderr } = await invite('--account', account, '--accept-mails');
    expect(exitCode, stderr).to.equal(0);
    expect(result!.summary.mails).to.deep.equal({
      route: 'welcome',
      mails: 3,
      sites: ['Example Partner Central'],
      known: true,
    });
    expect(result!.cost).to.include({ emails: 3, licences: 3 });
    await org.expectMails(account, 'welcome', 'Site_welcome_partners', await org.mails());
  });

  it('are asked about on their own, and then the plan', async () => {
    const account = await people(1);
    const args = ['--account', account, '--profile', PARTNER];
    const no = await org.asked([false], ...args);
    expect(no.error!.name).to.equal('DeclinedError');
    const later = await org.asked([true, false], ...args);
    expect(later.error!.name).to.equal('DeclinedError');
    expect([users(account), await org.mails()]).to.deep.equal([[], []]);
    const yes = await org.asked([true, true], ...args);
    expect(yes.exitCode, yes.stderr).to.equal(0);
    expect(await org.mails()).to.have.length(1);
  });

  it('are counted for each site, and accepted also where a saved plan is applied', () =>
    org.onPreview(true, async () => {
      const account = await people(2);
      const [one, two] = org.contacts(account).map(({ Id }) => Id);
      const file = await org.file('two.csv', `Contact Id,Profile\n${one},${PARTNER}\n${two},${OFFSITE}\n`);
      const plan = org.path('mails.json');
      const planned = await invite('--file', file, '--dry-run', '--plan-file', plan);
      expect(planned.result!.summary.mails).to.deep.include({ mails: 2, route: 'welcome' });
      expect(planned.result!.summary.mails.sites).to.have.members(['Example Partner Central', PREVIEW]);
      const refused = await org.invite('--plan', plan, '--no-prompt');
      expect(refused.error!.name).to.equal('MailsError');
      const applied = await org.invite('--plan', plan, '--no-prompt', '--accept-mails');
      expect(applied.exitCode, applied.stderr).to.equal(0);
      expect((await org.mails()).map(({ template }) => template)).to.have.members([
        'Site_welcome_partners',
        'Site_welcome_training',
      ]);
    }));

  it('are two for whom two sites welcome', () =>
    org.onPreview(
      true,
      async () => {
        const account = await people(2);
        const { result, exitCode, stderr } = await invite('--account', account, '--accept-mails');
        expect(exitCode, stderr).to.equal(0);
        expect(result!.summary.mails.mails).to.equal(4);
        expect(await org.mails()).to.have.length(4);
      },
      PARTNER
    ));

  it('need no consent where there are none: welcome off, or the site not Live', async () => {
    await org.welcomes(false);
    const account = await people(1);
    const { result, exitCode, stderr, stdout } = await shown('--account', account);
    expect(exitCode, stderr).to.equal(0);
    expect(result!.summary.mails).to.deep.include({ route: 'none', mails: 0, sites: ['Example Partner Central'] });
    expect(stdout).to.contain('Mails: none. Send logins later with');
    const offline = await people(1);
    const down = await org.invite('--no-prompt', '--account', offline, '--profile', 'Example Partner Events');
    expect(down.exitCode, down.stderr).to.equal(0);
    expect(down.result!.summary.mails).to.deep.include({ route: 'none', mails: 0, sites: [] });
    expect(await org.mails()).to.deep.equal([]);
  });

  it('are welcome mails alone where a site welcomes, whether or not it does for users made by API', async () => {
    const welcomed = await people(1);
    const first = await invite('--account', welcomed, '--send-login', '--accept-mails');
    expect(first.exitCode, first.stderr).to.equal(0);
    expect((await org.mails()).map(({ kind }) => kind)).to.deep.equal(['welcome']);
    org.welcomeOnInsert('silent');
    await org.desk.test.control.clearOutbox();
    const silent = await people(1);
    const second = await invite('--account', silent, '--send-login', '--accept-mails');
    expect(second.exitCode, second.stderr).to.equal(0);
    expect(await org.mails(), '"up to" is what was said').to.deep.equal([]);
    const later = await invite('--account', silent, '--send-login');
    expect(later.exitCode, later.stderr).to.equal(0);
    expect(later.result!.summary).to.deep.include({ users: 0, existing: 1, logins: 1 });
    await org.expectMails(silent, 'password-reset', 'Site_forgot_password_partners', await org.mails());
  });

  it('are never counted as none where the sites cannot be seen', async () => {
    const set = await org.desk.create('PermissionSet', {
      Name: `Blind_Seller`,
      Label: 'Blind',
      ...Object.fromEntries(['ManagePartners', 'ViewSetup'].map((name) => [`Permissions${name}`, true])),
    });
    const jory = org.desk.id('User', 'Jory Penrose');
    await org.desk.create('PermissionSetAssignment', { AssigneeId: jory, PermissionSetId: set });
    const account = await org.account('Blind Example', {}, 'Jory Penrose');
    await org.contact(account, 'Unseen', 'unseen@blind.example.com');
    const username = await org.session('Jory Penrose');
    const args = ['--account', account, '--profile', PARTNER];
    const refused = await org.as(username, ...args);
    expect(refused.error!.name, refused.error!.message).to.equal('MailsError');
    expect(refused.error!.message).to.contain('You may not see all sites');
    expect(users(account)).to.deep.equal([]);
    const accepted = await org.as(username, ...args, '--accept-mails');
    expect(accepted.exitCode, accepted.error?.message ?? accepted.stderr).to.equal(0);
    expect(accepted.result!.summary.mails).to.include({ known: false });
    expect(accepted.result!.warnings.join(' ')).to.contain('welcome mails that are not counted');
    expect(accepted.result!.warnings.join(' '), 'nobody is to be made').to.not.contain('see all contacts');
    expect(await org.mails(), 'there was one indeed').to.have.length(1);
    const row = `Account Id,Last Name,Email,Create\n${account},Unknown,unknown@blind.example.com,yes\n`;
    const file = await org.file('blind.csv', row);
    const missing = await org.as(username, '--file', file, '--profile', PARTNER, '--dry-run');
    expect(missing.result!.summary, missing.error?.message).to.include({ contacts: 1 });
    expect(missing.result!.warnings.join(' ')).to.contain('You may not see all contacts');
  });
});
