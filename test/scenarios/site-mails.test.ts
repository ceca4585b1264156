/** Welcome mails are known before they are sent, and nobody is mailed without consent. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { SiteDesk, LIVE, OFFLINE, PREVIEW } from '../helpers/site.js';

describe('welcome mails of site prepare', function () {
  this.timeout(60_000);
  let org: SiteDesk;
  beforeEach(async () => (org = await SiteDesk.open()));
  afterEach(() => org.close());

  it('changes nothing in a dry run', async () => {
    await org.switchWelcome(true);
    const before = await org.state();
    const { result, exitCode, stdout } = await org.on(
      PREVIEW,
      ...['--profile', 'Example Partner', '--publish', '--live', '--dry-run']
    );
    expect([exitCode, result!.state]).to.deep.equal([0, 'planned']);
    expect(result!.site).to.include({ before: 'UnderConstruction', after: 'Live' });
    expect(stdout).to.match(/Welcome mails: \d+\./);
    org.desk.test.org.settle();
    expect(await org.state()).to.deep.equal(before);
  });

  it('publishes, adds, goes Live, and sends exactly the mails that it said; each opens its site', async () => {
    await org.switchWelcome(true);
    const { id } = await org.desk.newPartner({ ProfileId: org.desk.id('Profile', 'Example Partner Offsite') });
    const permissionSet = await org.desk.create('PermissionSet', { Name: 'Site_Access', Label: 'Site Access' });
    for (const AssigneeId of [id, (await org.desk.newPartner()).id])
      await org.desk.create('PermissionSetAssignment', { AssigneeId, PermissionSetId: permissionSet });
    await org.desk.test.control.clearOutbox();
    const args = ['--profile', 'Example Partner Offsite', '--permission-set', permissionSet, '--publish', '--live'];
    const { result, exitCode, stderr } = await org.on(PREVIEW, ...args, '--accept-mails', ...org.domain);
    expect(exitCode, stderr).to.equal(0);
    expect([org.statusOf(PREVIEW), org.jobs()]).to.deep.equal(['Live', 1]);
    expect(result!.steps.map(({ kind }) => kind)).to.deep.equal(['publish-site', 'site-members', 'deploy']);
    const mails = await org.welcomes();
    expect(result!.mails).to.deep.equal({ count: mails.length, certainty: 'exact', reason: null });
    expect(new Set(mails.map(({ relatedId }) => relatedId)).size).to.equal(mails.length);
    // Two users of the example company have the profile, one is new, and one more has the permission set.
    expect(mails).to.have.length(4);
    for (const mail of mails) {
      expect(mail.template).to.equal('Site_welcome_training');
      expect(mail.to).to.deep.equal([org.desk.value(`SELECT Email FROM User WHERE Id = '${mail.relatedId}'`)]);
      const { status, body } = await org.desk.openLink(mail);
      expect(status).to.equal(200);
      expect((body as { user: { id: string } }).user.id).to.equal(mail.relatedId);
    }
  });

  it('refuses mails that nobody accepted, before anything is done', async () => {
    await org.switchWelcome(true);
    const before = await org.state();
    const { error, exitCode } = await org.on(PREVIEW, '--profile', 'Example Partner', '--live');
    expect([exitCode, error!.name]).to.deep.equal([1, 'MailsError']);
    expect(error!.message).to.match(/Welcome mails: \d\d\./);
    expect(error!.actions![0]).to.contain('--accept-mails');
    const joining = await org.on(LIVE, '--profile', 'Example Partner Offsite');
    expect(joining.error!.name).to.equal('MailsError');
    org.desk.test.org.settle();
    expect(await org.state()).to.deep.equal(before);
  });

  it('counts the mails of those who join a Live site', async () => {
    const { result, exitCode } = await org.on(LIVE, '--profile', 'Example Partner Offsite', '--accept-mails');
    expect(exitCode).to.equal(0);
    expect(result!.mails.count).to.be.above(0);
    expect(await org.welcomes()).to.have.length(result!.mails.count!);
  });

  it('needs no consent where the site sends no mails', async () => {
    await org.switchWelcome(false);
    const { result, exitCode } = await org.on(PREVIEW, '--profile', 'Example Partner', '--live');
    expect([exitCode, result!.mails.count, org.statusOf(PREVIEW)]).to.deep.equal([0, 0, 'Live']);
    expect(await org.welcomes()).to.deep.equal([]);
  });

  it('brings a site back from maintenance, and says "up to" about its mails', async () => {
    const refused = await org.on(OFFLINE, '--profile', 'Example Partner', '--live');
    expect(refused.error!.message).to.match(/up to \d+\. The site was Live before/);
    const { result, exitCode } = await org.on(OFFLINE, '--profile', 'Example Partner', '--live', '--accept-mails');
    expect([exitCode, org.statusOf(OFFLINE), result!.mails.certainty]).to.deep.equal([0, 'Live', 'at-most']);
    expect((await org.welcomes()).length).to.be.at.most(result!.mails.count!);
    await org.undo(result!.run!);
    expect([org.statusOf(OFFLINE), org.membersOf(OFFLINE)]).to.deep.equal([
      'DownForMaintenance',
      { 'Example Partner Events': 'Added' },
    ]);
  });

  it('asks who becomes a member, about the mails, and about the plan', async () => {
    await org.switchWelcome(true);
    const no = await org.asked([true, false], '--site', PREVIEW, '--live');
    expect(no.error!.name).to.equal('DeclinedError');
    expect(org.membersOf(PREVIEW)).to.deep.equal({});
    const nobody = await org.asked([false], '--site', PREVIEW);
    expect(nobody.result!.state).to.equal('nothing-to-do');
    const quiet = await org.asked([true], '--site', PREVIEW, '--no-prompt');
    expect(quiet.error!.name).to.equal('NoMembersError');
    const yes = await org.asked([true, true, true], '--site', PREVIEW, '--live');
    expect([yes.exitCode, org.statusOf(PREVIEW)]).to.deep.equal([0, 'Live']);
    expect(org.membersOf(PREVIEW)).to.include({ 'Example Partner': 'Added', 'Standard User': 'Added' });
    expect(await org.welcomes()).to.have.length(yes.result!.mails.count!);
  });

  it('keeps links, passwords and tokens out of what it writes', async () => {
    await org.switchWelcome(true);
    const args = ['--profile', 'Example Partner Offsite', '--live', '--accept-mails'];
    const { result, stdout, stderr } = await org.on(PREVIEW, ...args);
    const codes = (await org.welcomes()).map(({ link }) => new URL(link!).searchParams.get('c')!);
    expect(codes).to.not.have.length(0);
    const folder = dirname(result!.files.plan!);
    const texts = [JSON.stringify(result), stdout, stderr];
    for (const name of await readdir(folder)) texts.push(await readFile(join(folder, name), 'latin1'));
    expect(texts.length).to.be.at.least(7);
    for (const secret of [...codes, org.desk.test.token])
      for (const text of texts) expect(text.includes(secret)).to.equal(false);
  });
});
