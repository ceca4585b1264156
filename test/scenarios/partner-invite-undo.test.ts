/** Taking invitations back: users are deactivated, contacts and accounts that they need stay, and all of it is said. */
import { expect } from 'chai';
import PartnerEnable from '../../src/commands/channel/partner/enable.js';
import { runCommand } from '../helpers/command.js';
import { InviteDesk, NORA, OFFSITE, PARTNER, reasonsOf } from '../helpers/invite.js';

type Undone = { restorable: number; left: number; state: string; run: string | null };

describe('undo of partner invite', function () {
  this.timeout(60_000);
  let org: InviteDesk;
  before(async () => {
    org = await InviteDesk.open();
    await org.welcomes(false);
  });
  after(() => org.close());

  const undo = async (run: string): Promise<Undone & { stderr: string; stdout: string; exitCode: number }> => {
    const { result, ...rest } = await org.undo(run);
    return { ...(result as Undone), ...rest };
  };
  const active = (account: string): unknown[] => org.users('AccountId', account).map(({ IsActive }) => IsActive);

  it('deactivates the users and says that contacts stay which they belong to', async () => {
    const { account, file } = await org.newcomers(3);
    const done = await org.shown('--no-prompt', '--profile', OFFSITE, '--file', file);
    expect(done.exitCode, done.stderr).to.equal(0);
    expect(done.stdout).to.contain(
      'Undo: the users are deactivated. Users cannot be deleted, their usernames stay taken'
    );
    expect(done.stdout).to.contain('Deactivate the users again with: sf channel run undo');
    const used = org.desk.value<number>("SELECT UsedLicenses FROM UserLicense WHERE Name = 'Partner Community'");
    const undone = await undo(done.result!.run!);
    expect(undone.exitCode, undone.stderr).to.equal(0);
    expect(undone).to.include({ state: 'done', restorable: 3, left: 3 });
    expect(undone.stderr).to.contain(
      '3 records of "Delete what was made: Make the contacts that are missing" are left alone'
    );
    expect(active(account)).to.deep.equal([false, false, false]);
    expect(org.contacts(account)).to.have.length(3);
    expect(org.desk.value<number>("SELECT UsedLicenses FROM UserLicense WHERE Name = 'Partner Community'")).to.equal(
      used - 3
    );
    const kept = await org.kept(undone.run!);
    expect(kept.get('skipped.csv')!.trim().split('\n').slice(1)).to.have.length(3);
    expect(kept.get('skipped.csv')).to.contain('a user belongs to it');
    expect(kept.get('plan.json')).to.contain('Deactivate what was made: Make the partner users');
    const twice = await org.undo(done.result!.run!);
    expect(twice.error!.message).to.contain('was undone already');
  });

  it('leaves the deactivated as they are when they are invited again, and says how they come back', async () => {
    const { account, file } = await org.newcomers(1);
    const done = await org.go('--file', file);
    await undo(done.result!.run!);
    const again = await org.go('--file', file);
    expect([again.exitCode, again.result!.state]).to.deep.equal([0, 'nothing-to-do']);
    expect(again.result!.existing!.map((user) => user.active)).to.deep.equal([false]);
    const login = await org.go('--file', file, '--send-login');
    expect(login.exitCode).to.equal(68);
    expect(reasonsOf(login).get(2)).to.contain('is not active').and.contain('--fix');
    expect([active(account), await org.mails()]).to.deep.equal([[false], []]);
  });

  it('deletes contacts whose user was not made, unless somebody has worked on them', async () => {
    const account = await org.account('Half Example');
    await org.contact(account, 'There', 'there@half.example.com');
    const file = await org.file(
      'half.csv',
      [
        'Account,Last Name,Email,Create,Username',
        'Half Example,Lost,lost@half.example.com,yes,contact.2@example.com',
        'Half Example,Edited,edited@half.example.com,yes,contact.4@example.com',
        'Half Example,Made,made@half.example.com,yes,',
        'Half Example,There,there@half.example.com,,',
      ].join('\n')
    );
    const done = await org.go('--file', file);
    expect(done.exitCode).to.equal(68);
    const [edited] = org.contacts(account).filter(({ LastName }) => LastName === 'Edited');
    const other = await org.desk.test.control.session(
      org.desk.value(`SELECT Username FROM User WHERE Name = '${NORA}'`)
    );
    await org.desk.update('Contact', edited!.Id, { Phone: '123' }, other.token);
    const undone = await undo(done.result!.run!);
    expect(undone.exitCode, undone.stderr).to.equal(0);
    expect(undone).to.include({ restorable: 3, left: 2 });
    expect(org.contacts(account).map(({ LastName }) => LastName)).to.have.members(['There', 'Edited', 'Made']);
    expect(active(account)).to.deep.equal([false, false]);
  });

  it('leaves users alone who were changed since, and takes nothing of the mails back', async () => {
    const account = await org.people(2);
    const done = await org.invite('--no-prompt', '--profile', PARTNER, '--account', account, '--send-login');
    expect(done.exitCode, done.stderr).to.equal(0);
    const [gone] = org.users('AccountId', account);
    await org.desk.update('User', gone!.Id, { IsActive: false });
    const undone = await undo(done.result!.run!);
    expect(undone.exitCode, undone.stderr).to.equal(0);
    expect(undone, 'one user, and two mails').to.include({ restorable: 1, left: 3 });
    expect((await org.kept(undone.run!)).get('skipped.csv')).to.contain('not active any more');
    expect(active(account)).to.deep.equal([false, false]);
  });

  it('has nothing to take back of logins alone', async () => {
    const account = await org.people(1);
    const args = ['--no-prompt', '--profile', PARTNER, '--account', account];
    await org.invite(...args);
    const sent = await org.shown(...args, '--send-login');
    expect(sent.stdout).to.contain('Undo: none. Mails cannot be called back.').and.not.contain('run undo');
    const undone = await undo(sent.result!.run!);
    expect(undone).to.include({ state: 'nothing-to-do', restorable: 0, left: 1, exitCode: 0 });
    expect(active(account)).to.deep.equal([true]);
  });

  it('keeps partner accounts that have users by now', async () => {
    const id = await org.desk.create('Account', { Name: 'Kept Example' });
    await org.contact(id, 'Keeper', 'keeper@kept.example.com');
    const args = ['--no-prompt', '--partner-roles', '3', '--manager', NORA, '--account', id];
    const enabled = await runCommand(PartnerEnable, ['--target-org', org.desk.test.username, ...args]);
    const invited = await org.go('--account', id);
    expect(invited.exitCode, invited.stderr).to.equal(0);
    const kept = await undo(enabled.result!.run!);
    expect(kept).to.include({ restorable: 0, left: 1, exitCode: 0 });
    expect(kept.stderr).to.contain('left alone');
    expect(org.desk.value(`SELECT IsPartner FROM Account WHERE Id = '${id}'`)).to.equal(true);
    expect(active(id)).to.deep.equal([true]);
  });
});
