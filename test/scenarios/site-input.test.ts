/** What site prepare cannot plan with is refused in words, and nothing is changed. */
import { expect } from 'chai';
import SitePrepare from '../../src/commands/channel/site/prepare.js';
import { runCommand } from '../helpers/command.js';
import { register } from '../helpers/practice.js';
import { SiteDesk, LIVE, PREVIEW } from '../helpers/site.js';

describe('input of site prepare', function () {
  this.timeout(60_000);
  let org: SiteDesk;
  beforeEach(async () => (org = await SiteDesk.open()));
  afterEach(() => org.close());

  it('ends with 1 for wrong flags: 2 is for checks that find something', async () => {
    const { error, exitCode } = await org.on(PREVIEW, '--plan', 'plan.json');
    expect(error).not.to.equal(undefined);
    expect(exitCode).to.equal(1);
  });

  describe('members that nobody named', () => {
    it('are suggested as flags where nobody can be asked', async () => {
      const { error } = await org.on(PREVIEW);
      expect(error!.name).to.equal('NoMembersError');
      expect(error!.actions![0]).to.contain('--profile "Example Partner"').and.to.contain('--profile "Standard User"');
      expect(org.membersOf(PREVIEW)).to.deep.equal({});
    });

    it('do not hold up what was asked for', async () => {
      const { exitCode, stderr } = await org.on(PREVIEW, '--live');
      expect([exitCode, org.statusOf(PREVIEW), org.membersOf(PREVIEW)]).to.deep.equal([0, 'Live', {}]);
      expect(stderr).to.contain('are no members').and.to.contain('--profile "Example Partner"');
    });

    it('are not those who are members by something else', async () => {
      const { error } = await org.on(LIVE);
      const [action] = error!.actions!;
      for (const name of ['Example Partner"', 'System Administrator', 'Partner Community Login User'])
        expect(action).to.not.contain(name);
      expect(action).to.contain('--profile "Example Partner Offsite"');
    });
  });

  describe('a user', () => {
    const as = async (username: string): Promise<string[]> => {
      const { token } = await org.desk.test.control.session(username);
      await register(org.desk.test.server.url, username, token);
      return ['--target-org', username, '--no-prompt', '--profile', 'Example Partner'];
    };

    it('who may not see sites is told so, never that there is none', async () => {
      const args = await as('joel.bramble@practice.example.com');
      for (const site of [PREVIEW, 'No Such Site']) {
        const { error } = await runCommand(SitePrepare, [...args, '--site', site]);
        expect(error!.name).to.equal('HiddenSitesError');
        expect(error!.message).to.contain('You may not see all sites');
        expect(error!.actions![0]).to.contain('Create and Set Up Experiences');
      }
    });

    it('who may see sites but not change them is told before anything is tried', async () => {
      const sets = 'SELECT "PermissionSetId" FROM "PermissionSetAssignment" a JOIN "User" u ON u."Id" = a."AssigneeId"';
      org.desk.test.org.store
        .sql(
          `UPDATE "PermissionSet" SET "PermissionsManageNetworks" = 0, "PermissionsViewAllData" = 1
           WHERE "Id" IN (${sets} WHERE u."Username" = 'nora.fieldgate@practice.example.com')`
        )
        .run();
      const args = await as('nora.fieldgate@practice.example.com');
      const { error } = await runCommand(SitePrepare, [...args, '--site', PREVIEW]);
      expect(error!.name, error!.message).to.equal('MayNotChangeError');
    });

    it('who names what is not there is told what there is', async () => {
      const site = await org.on('No Such Site', '--profile', 'Example Partner');
      expect(site.error!.name).to.equal('UnknownSiteError');
      expect(site.error!.message).to.contain(LIVE);
      const profile = await org.on(PREVIEW, '--profile', 'Nobody');
      expect(profile.error!.name).to.equal('UnknownProfileError');
      expect(profile.error!.message).to.contain('Example Partner Offsite');
      const set = await org.on(PREVIEW, '--permission-set', "O'Nobody");
      expect(set.error!.name).to.equal('UnknownPermissionSetError');
      for (const Name of ['Twin_A', 'Twin_B']) await org.desk.create('PermissionSet', { Name, Label: 'Twin' });
      const twin = await org.on(PREVIEW, '--permission-set', 'Twin');
      expect(twin.error!.name).to.equal('AmbiguousPermissionSetError');
      expect((await org.on(PREVIEW, '--permission-set', 'Twin_B')).exitCode).to.equal(0);
    });

    it('of an org without Digital Experiences is told what turns them on', async () => {
      org.desk.test.org.preferences.set('Communities.enableNetworksEnabled', false);
      const { error } = await org.on(PREVIEW, '--profile', 'Example Partner');
      expect(error!.name).to.equal('NoSitesError');
      expect(error!.actions![0]).to.contain('--digital-experiences');
    });
  });
});
