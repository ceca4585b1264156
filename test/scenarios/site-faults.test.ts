/** What goes wrong while a site is prepared: read back, told, or resumed. */
import { expect } from 'chai';
import { insertRecord } from '../../src/practice/rules/records.js';
import { SiteDesk, PREVIEW } from '../helpers/site.js';

describe('faults of site prepare', function () {
  this.timeout(60_000);
  let org: SiteDesk;
  beforeEach(async () => (org = await SiteDesk.open()));
  afterEach(() => org.close());

  it('adds those again whom the org failed to add, once their licence is mended', async () => {
    const { tools } = org.desk.test.org;
    const author = { tools, userId: org.desk.id('User', 'Mara Castellan'), now: tools.clock.stamp() };
    const licence = { Name: 'Old', MasterLabel: 'Old', LicenseDefinitionKey: 'Old', Status: 'Disabled' };
    const UserLicenseId = insertRecord(author, 'UserLicense', licence);
    insertRecord(author, 'Profile', { Name: 'Old Partners', UserType: 'PowerPartner', UserLicenseId });
    const args = ['--profile', 'Old Partners', '--profile', 'Example Partner', '--live'];
    const { result, exitCode, stderr } = await org.on(PREVIEW, ...args);
    expect([exitCode, result!.state]).to.deep.equal([68, 'stopped']);
    expect(stderr).to.contain('could not make Old Partners a member of the site (Failed Add)');
    expect(result!.steps[0]).to.include({ done: 1, failed: 1 });
    expect(org.membersOf(PREVIEW)).to.deep.equal({ 'Old Partners': 'FailedAdd', 'Example Partner': 'Added' });
    expect(org.statusOf(PREVIEW), 'not Live without them').to.equal('UnderConstruction');
    org.desk.test.org.store.sql('UPDATE "UserLicense" SET "Status" = \'Active\' WHERE "Id" = ?').run(UserLicenseId);
    const resumed = await org.resume(result!.run!);
    expect(resumed.exitCode, resumed.stderr).to.equal(0);
    expect(org.membersOf(PREVIEW)).to.deep.equal({ 'Old Partners': 'Added', 'Example Partner': 'Added' });
    expect(org.statusOf(PREVIEW)).to.equal('Live');
  });

  describe('a lost reply', () => {
    const COLLECTION = { path: '*/composite/sobjects' };
    const PUBLISH = { method: 'POST', path: '*/connect/communities/*/publish' };

    for (const kind of ['drop-before', 'drop-after']) {
      it(`to new members is read back (${kind})`, async () => {
        await org.desk.test.control.setFaults([{ kind, method: 'POST', ...COLLECTION }]);
        const { exitCode, stderr } = await org.on(PREVIEW, '--profile', 'Example Partner');
        expect(exitCode, stderr).to.equal(0);
        expect(await fired()).to.equal(true);
        const NetworkId = org.desk.id('Network', PREVIEW);
        expect(
          org.desk.value<number>(`SELECT count(Id) FROM NetworkMemberGroup WHERE NetworkId = '${NetworkId}'`)
        ).to.equal(1);
      });

      it(`to the publishing is read back, and nothing is published twice (${kind})`, async () => {
        await org.desk.test.control.setFaults([{ kind, ...PUBLISH }]);
        const { exitCode, stderr } = await org.on(PREVIEW, '--profile', 'Example Partner', '--publish', ...org.domain);
        expect(exitCode, stderr).to.equal(0);
        expect([await fired(), org.jobs()]).to.deep.equal([true, 1]);
      });
    }

    it('that stays lost ends in a run that resumes', async () => {
      await org.desk.test.control.setFaults([{ kind: 'status', status: 503, count: 0, ...PUBLISH }]);
      const { result, exitCode } = await org.on(PREVIEW, '--profile', 'Example Partner', '--publish', ...org.domain);
      expect([exitCode, result!.state, org.membersOf(PREVIEW)]).to.deep.equal([68, 'stopped', {}]);
      await org.desk.test.control.clearFaults();
      const resumed = await org.resume(result!.run!);
      expect(resumed.exitCode, resumed.stderr).to.equal(0);
      expect([org.jobs(), org.membersOf(PREVIEW)]).to.deep.equal([1, { 'Example Partner': 'Added' }]);
    });

    const fired = async (): Promise<boolean> =>
      (await org.desk.test.control.faults()).some(({ fired: count }) => count > 0);
  });

  it('a publishing that fails stops the run in the words of the org, and is done anew when resumed', async () => {
    const fails = (): void => {
      org.desk.test.org.store
        .sql('UPDATE "BackgroundOperation" SET "Status" = \'Error\', "Error" = \'The theme is broken\'')
        .run();
      org.desk.test.org.store.sql("DELETE FROM practice_later WHERE kind = 'site-job'").run();
    };
    const watch = setInterval(() => org.jobs() > 0 && fails(), 20);
    const { result, exitCode, stderr } = await org.on(
      PREVIEW,
      '--profile',
      'Example Partner',
      '--publish',
      ...org.domain
    );
    clearInterval(watch);
    expect([exitCode, result!.state]).to.deep.equal([68, 'stopped']);
    expect(stderr).to.contain('The theme is broken');
    const resumed = await org.resume(result!.run!);
    expect(resumed.exitCode, resumed.stderr).to.equal(0);
    expect(org.jobs()).to.equal(2);
  });
});
