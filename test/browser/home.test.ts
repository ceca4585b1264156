/** The home page of a channel manager with nothing but the permission set on a profile of minimum access. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { expectAccessible, expectNarrow, Stage } from './support/stage.js';

describe('the home page of a channel manager', function () {
  this.timeout(60_000);
  let stage: Stage;
  let manager: string;
  before(async () => {
    stage = await Stage.open();
    manager = await stage.manager();
  });
  after(() => stage?.close());

  const home = async (): Promise<Page> => {
    const page = await stage.visit(manager, '#/n/Channel_Home');
    await page
      .getByText(/Partner users: \d+ can take leads/)
      .first()
      .waitFor();
    return page;
  };

  const figure = (page: Page, name: string): Promise<string | null> =>
    page.locator('c-channel-home dl > div', { hasText: name }).locator('dd').textContent();

  it('counts what she sees, and what needs attention leads to the page that mends it', async () => {
    await stage.create('Sharing_Finding__c', {
      Finding_Key__c: 'a',
      Kind__c: 'rule',
      State__c: 'new',
      Severity__c: 'high',
    });
    await stage.create('Sharing_Finding__c', {
      Finding_Key__c: 'b',
      Kind__c: 'rule',
      State__c: 'decided',
      Severity__c: 'high',
    });
    await stage.create('Channel_Run__c', {
      ...{ Run_Key__c: 'a-run', Kind__c: 'lead-distribute', State__c: 'Running', Holder__c: 'somebody@example.com' },
      ...{ Started_At__c: '2026-01-01T10:00:00Z', Lease_Until__c: '2026-01-01T10:05:00Z' },
    });
    const page = await home();
    const partners = stage.test.query('SELECT Id FROM Account WHERE IsPartner = true');
    await page.getByText('Sharing findings of high severity, not decided: 1.').waitFor();
    expect(await figure(page, 'Partner accounts')).to.equal(String(partners.length));
    expect(await figure(page, 'Open sharing findings')).to.equal('1');
    await page.getByText('lead-distribute, started by somebody@example.com').waitFor();
    await page.getByText('It has stopped without an end.').waitFor();
    await page.getByText('Example Partner Central').waitFor();
    await page.getByText(/Users who cannot take leads: \d+\. Reasons: .+ \(\d+\)/).waitFor();
    await expectAccessible(page);
    await expectNarrow(page);
    await page.getByRole('button', { name: 'Open Partners' }).press('Enter');
    await page.getByRole('heading', { name: 'Partners', exact: true }).waitFor();
    stage.expectNoTrouble();
  });

  it('says what she may not see, and shows the rest', async () => {
    const [right] = stage.test.query<{ Id: string }>(
      "SELECT Id FROM ObjectPermissions WHERE Parent.Name = 'Channel_Manager' AND SobjectType = 'Sharing_Finding__c'"
    );
    await stage.admin('DELETE', `/sobjects/ObjectPermissions/${right!.Id}`);
    const page = await home();
    expect(await figure(page, 'Open sharing findings')).to.equal('You may not see this');
    expect(Number(await figure(page, 'Open leads in queues'))).to.be.greaterThan(0);
    stage.expectNoTrouble();
  });
});
