/** A site made ready for partners: its members waited for, published, Live, and as far as possible taken back. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { SiteDesk, PREVIEW } from '../helpers/site.js';

describe('site prepare', function () {
  this.timeout(60_000);
  let org: SiteDesk;
  beforeEach(async () => (org = await SiteDesk.open()));
  afterEach(() => org.close());

  it('adds members and waits until they are, and has nothing to do the second time', async () => {
    const first = await org.on(PREVIEW, '--profile', 'example partner', '--permission-set', 'Example Channel Tools');
    expect(first.exitCode, first.stderr).to.equal(0);
    expect(first.result!.state).to.equal('done');
    expect(first.result!.members).to.deep.include({
      id: org.desk.id('Profile', 'Example Partner'),
      kind: 'profile',
      name: 'Example Partner',
      before: 'none',
      after: 'Added',
    });
    expect(org.membersOf(PREVIEW)).to.deep.equal({ 'Example Partner': 'Added', 'Example Channel Tools': 'Added' });
    expect(first.result!.verification!.agrees).to.equal(true);
    expect(first.result!.next[0]).to.contain(`sf channel partner check --site "${PREVIEW}"`);
    const before = await org.state();
    const second = await org.on(PREVIEW, '--profile', 'Example Partner', '--permission-set', 'Example_Channel_Tools');
    expect([second.exitCode, second.result!.state, second.result!.run]).to.deep.equal([0, 'nothing-to-do', null]);
    expect(await org.state()).to.deep.equal(before);
  });

  it('loses no member by going Live', async () => {
    await org.on(PREVIEW, '--profile', 'Example Partner Login', '--permission-set', 'Example Channel Tools');
    const { exitCode, result } = await org.on(PREVIEW, '--profile', 'System Administrator', '--live', '--accept-mails');
    expect([exitCode, result!.verification!.agrees]).to.deep.equal([0, true]);
    org.desk.test.org.settle();
    expect(org.membersOf(PREVIEW)).to.deep.equal({
      'Example Partner Login': 'Added',
      'Example Channel Tools': 'Added',
      'System Administrator': 'Added',
    });
    const row = org.desk.test.org.store.sql('SELECT * FROM "Network" WHERE "Name" = ?').get(PREVIEW)!;
    expect(row).to.include({ EmailSenderAddress: 'channel@example.com', UrlPathPrefix: 'training', Status: 'Live' });
  });

  it('is taken back as far as the platform lets it', async () => {
    await org.switchWelcome(true);
    const args = ['--profile', 'Example Partner', '--publish', '--live', '--accept-mails', ...org.domain];
    const { result } = await org.on(PREVIEW, ...args);
    const mails = (await org.welcomes()).length;
    const { exitCode, stderr } = await org.undo(result!.run!);
    expect(exitCode, stderr).to.equal(0);
    expect([org.statusOf(PREVIEW), org.membersOf(PREVIEW)]).to.deep.equal(['DownForMaintenance', {}]);
    expect(stderr).to.contain('stays published');
    expect([(await org.welcomes()).length, org.jobs()]).to.deep.equal([mails, 1]);
  });

  it('asks for the name of the org before it publishes: that is for good', async () => {
    const { error } = await org.on(PREVIEW, '--profile', 'Example Partner', '--publish');
    expect(error!.name).to.equal('NeedsDomainForGoodError');
    expect(org.jobs()).to.equal(0);
  });

  it('removes what had failed before the plan, and adds it anew', async () => {
    const ParentId = org.desk.id('Profile', 'Example Partner');
    const NetworkId = org.desk.id('Network', PREVIEW);
    const failed = await org.desk.create('NetworkMemberGroup', { NetworkId, ParentId });
    org.desk.test.org.settle();
    org.desk.test.org.store
      .sql('UPDATE "NetworkMemberGroup" SET "AssignmentStatus" = \'FailedAdd\' WHERE "Id" = ?')
      .run(failed);
    const { result, exitCode } = await org.on(PREVIEW, '--profile', ParentId);
    expect([exitCode, result!.members[0]!.before]).to.deep.equal([0, 'FailedAdd']);
    expect(org.membersOf(PREVIEW)).to.deep.equal({ 'Example Partner': 'Added' });
    expect(
      org.desk.value(`SELECT Id FROM NetworkMemberGroup WHERE ParentId = '${ParentId}' AND NetworkId = '${NetworkId}'`)
    ).to.not.equal(failed);
  });

  describe('a saved plan', () => {
    let file: string;
    beforeEach(async () => {
      await org.switchWelcome(true);
      file = join(await mkdtemp(join(process.env.HOME!, 'site-')), 'site.json');
      const args = ['--profile', 'Example Partner Offsite', '--live', '--dry-run', '--plan-file', file];
      expect((await org.on(PREVIEW, ...args)).result!.files.plan).to.equal(file);
    });

    it('is applied as it was saved, with consent to its mails', async () => {
      expect((await org.prepare('--plan', file)).error!.name).to.equal('MailsError');
      const { result, exitCode, stderr } = await org.prepare('--plan', file, '--accept-mails');
      expect(exitCode, stderr).to.equal(0);
      expect([org.statusOf(PREVIEW), org.membersOf(PREVIEW)]).to.deep.equal([
        'Live',
        { 'Example Partner Offsite': 'Added' },
      ]);
      expect(await org.welcomes()).to.have.length(result!.mails.count!);
    });

    const stale = async (): Promise<void> => {
      const { error } = await org.prepare('--plan', file, '--accept-mails');
      expect(error!.name).to.equal('PlanStaleError');
      expect(org.statusOf(PREVIEW)).to.equal('UnderConstruction');
    };

    it('is stale when there would be more mails', async () => {
      await org.desk.newPartner({ ProfileId: org.desk.id('Profile', 'Example Partner Offsite') });
      await stale();
    });

    it('is stale when somebody else has become a member, who would be removed again', async () => {
      const ParentId = org.desk.id('Profile', 'Example Partner');
      await org.desk.create('NetworkMemberGroup', { NetworkId: org.desk.id('Network', PREVIEW), ParentId });
      await stale();
    });

    it('is stale when the definition of the site is another one', async () => {
      await org.desk.update('Network', org.desk.id('Network', PREVIEW), { Description: 'Another one' });
      await stale();
    });
  });
});
