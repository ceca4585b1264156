/** Menus of sites: items are drafts until the site is published (Object Reference: NavigationMenuItem). */
import { expect } from 'chai';
import { startFixture, type Fixture } from '../http/fixture.js';

describe('menus of sites', () => {
  let fixture: Fixture;
  before(async () => (fixture = await startFixture()));
  after(() => fixture.close());

  const rows = async (soql: string) => (await fixture.conn.query(soql)).records as Array<Record<string, unknown>>;
  const site = async (): Promise<string> =>
    String((await rows(`SELECT Id FROM Network WHERE Name = 'Example Partner Central'`))[0]!.Id);
  const menu = async (): Promise<string> =>
    String((await rows(`SELECT Id FROM NavigationLinkSet WHERE NetworkId = '${await site()}'`))[0]!.Id);
  const add = async (values: Record<string, unknown>) =>
    fixture.call('POST', '/sobjects/NavigationMenuItem', {
      Label: 'Leads',
      NavigationLinkSetId: await menu(),
      Position: 5,
      ...values,
    });
  const error = (answer: { body: unknown }): string => (answer.body as Array<{ message: string }>)[0]!.message;

  it('have no page for leads at first; one that is added waits for the next publishing', async () => {
    const items = await rows('SELECT Label, Target, Status FROM NavigationMenuItem ORDER BY Position');
    expect(items.map(({ Target }) => Target)).to.deep.equal([
      'Account',
      'Opportunity',
      'Deal_Registration__c',
      'Case',
      '/catalogue',
    ]);
    expect(items.every(({ Status }) => Status === 'Live')).to.equal(true);
    const answer = await add({ Type: 'SalesforceObject', Target: 'Lead' });
    expect(answer.status).to.equal(201);
    const [draft] = await rows(
      `SELECT Status, TargetPrefs, AccessRestriction FROM NavigationMenuItem WHERE Target = 'Lead'`
    );
    expect(draft).to.include({ Status: 'Draft', TargetPrefs: 'None', AccessRestriction: 'LoginRequired' });
    await fixture.call('POST', `/connect/communities/${await site()}/publish`, {});
    fixture.org.settle();
    expect((await rows(`SELECT Status FROM NavigationMenuItem WHERE Target = 'Lead'`))[0]).to.include({
      Status: 'Live',
    });
    await fixture.call('DELETE', `/sobjects/NavigationMenuItem/${(answer.body as { id: string }).id}`);
    expect(await rows(`SELECT Id FROM NavigationMenuItem WHERE Target = 'Lead'`)).to.deep.equal([]);
  });

  it('lead only where there is something', async () => {
    expect(error(await add({ Type: 'SalesforceObject', Target: 'Nothing__c' }))).to.contain('Nothing__c is not valid');
    expect(error(await add({ Type: 'ExternalLink', Target: '/home' }))).to.contain('not valid for ExternalLink');
    expect(error(await add({ Type: 'InternalLink', Target: 'home' }))).to.contain('not valid for InternalLink');
    expect(error(await add({ Type: 'InternalLink' }))).to.contain('Target');
    expect(error(await add({ Type: 'Odd', Target: '/x' }))).to.contain('Odd');
    expect((await add({ Type: 'MenuLabel', Label: 'More' })).status).to.equal(201);
  });

  it('come with a new site of the Builder', async () => {
    await fixture.call('POST', '/connect/communities', {
      name: 'New Site',
      urlPathPrefix: 'newsite',
      templateName: 'Partner Central',
      templateParams: {},
    });
    fixture.org.settle();
    const sets = await rows(`SELECT DeveloperName, MasterLabel FROM NavigationLinkSet WHERE Network.Name = 'New Site'`);
    expect(sets[0]).to.include({ DeveloperName: 'Default_Navigation1', MasterLabel: 'Default Navigation' });
  });

  it('do not exist without Digital Experiences', async () => {
    fixture.org.preferences.set('Communities.enableNetworksEnabled', false);
    const answer = await fixture.call('GET', '/sobjects/NavigationMenuItem/describe');
    fixture.org.preferences.set('Communities.enableNetworksEnabled', true);
    expect(answer.status).to.equal(404);
  });
});
