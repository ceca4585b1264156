import { expect } from 'chai';
import { linkCommunity } from '../../helpers/sf-cli.js';
import type { Where } from './world.js';

type Templates = { templates: Array<{ templateName: string; publisher: string }>; total: number };
type Started = { jobId: string; name: string; id: string; url: string; status: string };

/** Sites: templates, create, publish. */
export const communityTests = (world: Where): void => {
  describe('community', () => {
    before(async function () {
      this.timeout(300_000);
      await linkCommunity(this, world().sf);
    });

    const site = (): Record<string, unknown> | undefined =>
      world().row('SELECT "Id", "Status", "UrlPathPrefix" FROM "Network" WHERE "Name" = ?', 'Cli Site');
    const create = ['community', 'create', '--name', 'Cli Site', '--template-name', 'Partner Central'];

    const job = async (id: string): Promise<unknown> =>
      (await world().query(`SELECT Status FROM BackgroundOperation WHERE Id = '${id}'`)).records[0]!.Status;

    it('list template', async () => {
      const { templates, total } = await world().json<Templates>('community', 'list', 'template');
      expect(templates.map(({ templateName }) => templateName)).to.include.members([
        'Partner Central',
        'Build Your Own',
      ]);
      expect(total).to.equal(templates.length);
      expect(await world().text('community', 'list', 'template')).to.contain('Partner Central');
    });

    it('create: a job that makes a site in preview', async () => {
      const { jobId, name } = await world().json<Started>(...create, '--url-path-prefix', 'clisite');
      expect(name).to.equal('Cli Site');
      await world().org.control.settle();
      expect(await job(jobId)).to.equal('Complete');
      expect(site()).to.include({ Status: 'UnderConstruction', UrlPathPrefix: 'clisite' });
      const again = await world().refused(...create, '--url-path-prefix', 'other');
      expect(again).to.include({ name: 'INVALID_INPUT', message: 'A site with this name or URL exists already' });
    });

    it('publish: a job, with the address of the site', async () => {
      const published = await world().json<Started>('community', 'publish', '--name', 'Cli Site');
      expect(published).to.include({
        id: site()!.Id,
        name: 'Cli Site',
        url: `${world().org.state.url}/clisite`,
        status: 'UnderConstruction',
      });
      await world().org.control.settle();
      expect(await job(published.jobId)).to.equal('Complete');
      const unknown = await world().refused('community', 'publish', '--name', 'No Such Site');
      expect(unknown.name).to.equal('CommunityNotExistsError');
    });
  });
};
