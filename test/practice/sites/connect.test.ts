import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { Desk } from './support.js';

type Community = { id: string; name: string; status: string; siteUrl: string };
type Started = { jobId: string; message: string; name: string; id?: string; url?: string };

const SITES = '/connect/communities';

describe('connect/communities (platform-facts E)', () => {
  let desk: Desk;
  beforeEach(async () => (desk = await Desk.open()));
  afterEach(() => desk.close());

  const job = (id: string): Record<string, unknown> | undefined =>
    desk.test.query<Record<string, unknown>>(
      `SELECT Status, Error, StartedAt, FinishedAt FROM BackgroundOperation WHERE Id = '${id}'`
    )[0];

  const partner = { name: 'Example Second', urlPathPrefix: 'second', templateName: 'Partner Central' };

  /** Statuses of a job until it has come to its end. */
  const watch = async (id: string): Promise<unknown[]> => {
    const seen: unknown[] = [];
    for (let tries = 0; tries < 200; tries++) {
      const status = job(id)!.Status;
      if (seen.at(-1) !== status) seen.push(status);
      if (status === 'Complete' || status === 'Error') return seen;
      await pause(20);
    }
    throw new Error(`still ${String(seen.at(-1))}`);
  };

  const start = async (body: object): Promise<Started> => {
    const answer = await desk.rest('POST', SITES, body);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(202);
    return answer.body as Started;
  };

  it('lists sites and templates', async () => {
    const { body } = await desk.rest('GET', SITES);
    const { communities, total } = body as { communities: Community[]; total: number };
    expect(total).to.equal(3);
    expect(communities.map(({ name, status }) => [name, status])).to.deep.equal([
      ['Example Partner Central', 'Live'],
      ['Example Training Preview', 'UnderConstruction'],
      ['Example Partner Events', 'DownForMaintenance'],
    ]);
    expect(communities[0]!.siteUrl).to.equal(`${desk.test.server.url}/partners`);
    const one = await desk.rest('GET', `${SITES}/${communities[1]!.id.slice(0, 15)}`);
    expect(one.body).to.deep.equal(communities[1]);
    const templates = (await desk.rest('GET', `${SITES}/templates`)).body as { templates: object[]; total: number };
    expect(templates.templates).to.deep.include({ publisher: 'Salesforce', templateName: 'Partner Central' });
    expect(templates.total).to.equal(templates.templates.length);
  });

  it('makes a site by a job that takes its time', async () => {
    const started = await start({ ...partner, description: 'Second site', templateParams: {} });
    expect(started).to.have.all.keys('jobId', 'message', 'name');
    expect(started.name).to.equal('Example Second');
    expect(job(started.jobId)).to.include({ Status: 'New', StartedAt: null });
    expect(desk.test.query("SELECT Id FROM Network WHERE Name = 'Example Second'")).to.deep.equal([]);
    expect(await watch(started.jobId)).to.deep.equal(['New', 'Running', 'Complete']);
    const [site] = desk.test.query<Record<string, unknown>>(
      "SELECT Id, Status, UrlPathPrefix, Description, FirstActivationDate, WelcomeEmailTemplateId FROM Network WHERE Name = 'Example Second'"
    );
    expect(site).to.include({
      Status: 'UnderConstruction',
      UrlPathPrefix: 'second',
      Description: 'Second site',
      FirstActivationDate: null,
    });
    const groups = desk.test.query<{ ParentId: string }>(
      `SELECT ParentId FROM NetworkMemberGroup WHERE NetworkId = '${String(site!.Id)}'`
    );
    expect(groups.map(({ ParentId }) => ParentId)).to.deep.equal([desk.id('Profile', 'System Administrator')]);
  });

  it('refuses names and paths that are taken, also by a job under way, and what makes no site', async () => {
    const refusal = (body: object): Promise<string> => desk.refused('POST', SITES, body);
    const taken = '400 INVALID_INPUT A site with this name or URL exists already';
    expect(await refusal({ ...partner, name: 'EXAMPLE Partner Central' })).to.equal(taken);
    expect(await refusal({ ...partner, urlPathPrefix: 'Partners' })).to.equal(taken);
    await start(partner);
    expect(await refusal({ ...partner, name: 'Other' })).to.equal(taken);
    expect(await refusal({ ...partner, urlPathPrefix: 'other' })).to.equal(taken);
    const other = { ...partner, name: 'Other', urlPathPrefix: 'other' };
    expect(await refusal({ ...other, templateName: 'Nothing' })).to.match(/^400 INVALID_INPUT .*Nothing/);
    expect(await refusal({ ...other, name: '' })).to.match(/^400 INVALID_INPUT /);
    expect(await refusal({ ...other, name: 'x'.repeat(41) })).to.match(/^400 INVALID_INPUT /);
    expect(await refusal({ ...other, urlPathPrefix: 'a b' })).to.match(/^400 INVALID_INPUT /);
    expect(await refusal({ ...other, urlPathPrefix: 'services' })).to.match(/^400 INVALID_INPUT /);
    expect(await refusal({ ...other, templateName: 'Build Your Own (LWR)' })).to.match(/AuthenticationType/);
    await start({
      ...other,
      templateName: 'Build Your Own (LWR)',
      templateParams: { AuthenticationType: 'AUTHENTICATED' },
    });
    desk.test.org.settle();
    expect(desk.value<number>('SELECT count(Id) FROM Network')).to.equal(5);
  });

  it('a job whose name was taken meanwhile ends with an error', async () => {
    const { jobId } = await start(partner);
    await desk.update('Network', desk.id('Network', 'Example Training Preview'), { Name: 'Example Second' });
    desk.test.org.settle();
    expect(job(jobId)).to.include({ Status: 'Error', Error: 'A site with this name or URL exists already' });
    expect(desk.value<number>('SELECT count(Id) FROM Network')).to.equal(3);
  });

  it('publishes by a job, and leaves the status alone', async () => {
    const id = desk.id('Network', 'Example Training Preview');
    const { status, body } = await desk.rest('POST', `${SITES}/${id}/publish`, {});
    const started = body as Started;
    expect(status).to.equal(200);
    expect(started).to.include({
      id,
      name: 'Example Training Preview',
      url: `${desk.test.server.url}/training`,
    });
    expect(await watch(started.jobId)).to.deep.equal(['New', 'Running', 'Complete']);
    expect(desk.value(`SELECT Status FROM Network WHERE Id = '${id}'`)).to.equal('UnderConstruction');
  });

  it('refuses unknown sites, PATCH, and users without the permission', async () => {
    expect(await desk.refused('POST', `${SITES}/0DBgL0000zzzzzz/publish`, {})).to.match(/^404 NOT_FOUND /);
    const id = desk.id('Network', 'Example Partner Central');
    expect(await desk.refused('PATCH', `${SITES}/${id}`, { status: 'Live' })).to.match(/^405 METHOD_NOT_ALLOWED /);
    const { token } = await desk.test.control.session('joel.bramble@practice.example.com');
    expect(await desk.refused('POST', SITES, partner, token)).to.match(/^403 INSUFFICIENT_ACCESS /);
    expect(await desk.refused('POST', `${SITES}/${id}/publish`, {}, token)).to.match(/^403 INSUFFICIENT_ACCESS /);
    expect(await desk.refused('GET', `${SITES}/templates`, undefined, token)).to.match(/^403 INSUFFICIENT_ACCESS /);
    const seen = (await desk.rest('GET', SITES, undefined, token)).body as { total: number };
    expect(seen.total).to.equal(0);
    const member = await desk.test.control.session((await desk.newPartner()).id);
    expect(((await desk.rest('GET', SITES, undefined, member.token)).body as { total: number }).total).to.equal(1);
  });

  it('rows of jobs are gone after a day, by the clock of the org', async () => {
    const { jobId } = await start(partner);
    desk.test.org.settle();
    const at = (hours: number): Promise<Date> => desk.test.control.setClock(new Date(Date.now() + hours * 3_600_000));
    await at(23);
    expect(job(jobId)).to.include({ Status: 'Complete' });
    expect((await desk.rest('GET', `/sobjects/BackgroundOperation/${jobId}`)).status).to.equal(200);
    await at(25);
    expect(job(jobId)).to.equal(undefined);
    expect((await desk.rest('GET', `/sobjects/BackgroundOperation/${jobId}`)).status).to.equal(404);
  });

  it('is not there without Digital Experiences', async () => {
    desk.test.org.preferences.set('Communities.enableNetworksEnabled', false);
    for (const path of [SITES, `${SITES}/templates`]) {
      expect(await desk.refused('GET', path)).to.match(/^403 FUNCTIONALITY_NOT_ENABLED /);
    }
    expect(await desk.refused('POST', SITES, partner)).to.match(/^403 FUNCTIONALITY_NOT_ENABLED /);
    expect((await desk.fetch('/partners/login')).status).to.equal(404);
  });
});
