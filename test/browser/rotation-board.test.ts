/** The channel manager at the board of a rotation, with nothing but the permission set on a profile of minimum access. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { BoardDesk } from './support/board-desk.js';
import { expectAccessible, expectNarrow, focused, toast } from './support/stage.js';

type Partner = { Username: string; Name: string };

/** A partner in a queue. */
const memberOf = ({ stage: { test } }: BoardDesk, queue: string): Partner => {
  const rows = test.query<{ UserOrGroupId: string }>(
    `SELECT UserOrGroupId FROM GroupMember WHERE Group.DeveloperName = '${queue}'`
  );
  const ids = rows.map(({ UserOrGroupId }) => `'${UserOrGroupId}'`).join();
  const [partner] = test.query<Partner>(
    `SELECT Username, Name FROM User WHERE Id IN (${ids}) AND IsActive = true AND UserType = 'PowerPartner'`
  );
  return partner!;
};

type Scrolled = { scrollTo: (left: number, top: number) => void };

/** @param top in pixels */
const scrollHistory = (page: Page, top: number): Promise<void> =>
  page
    .getByRole('region', { name: 'Who Got What' })
    .evaluate((node, to) => (node as unknown as Scrolled).scrollTo(0, to), top);

describe('the board of a rotation', function () {
  this.timeout(60_000);
  let desk: BoardDesk;
  before(async () => (desk = await BoardDesk.open()));
  after(() => desk?.close());

  it('shows members and waiting leads; is accessible, also where it is narrow', async () => {
    const page = await desk.board();
    await expectAccessible(page);
    await expectNarrow(page);
    desk.stage.expectNoTrouble();
  });

  it('pauses a member; then distributes, after a preview that says the same, to the others alone', async () => {
    const page = await desk.board();
    await page.getByRole('button', { name: 'Pause Partner Leads North' }).click();
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Pause', exact: true }).click();
    await toast(page, 'Partner Leads North is paused').waitFor();
    await page.getByRole('button', { name: 'Preview' }).click();
    const table = page.getByRole('table', { name: 'Waiting Leads' });
    await table.getByText('Partner Leads South').first().waitFor();
    expect(desk.owned('Partner_Leads_South')).to.equal(0);
    const [why] = await table.getByRole('button').allTextContents();
    expect(why).to.include('Partner Leads North (paused)');
    await page.getByRole('button', { name: 'Distribute 40 Leads' }).click();
    await toast(page, '40 leads were given, 0 stay').waitFor();
    expect(desk.owned('Partner_Leads_South')).to.equal(40);
    expect(desk.owned('Partner_Leads_North')).to.equal(0);
    await page.getByText('No leads wait for this rotation.').waitFor();
    await page.getByRole('button', { name: 'Resume Partner Leads North' }).click();
    await toast(page, 'Partner Leads North takes leads again').waitFor();
    desk.stage.expectNoTrouble();
  });

  it('says of a lead that was given why it went there', async () => {
    const page = await desk.board();
    const history = page.getByRole('table', { name: 'Who Got What' });
    const name = 'Fjord 39';
    await page.getByLabel('Find a lead by name').fill(name);
    await page.getByRole('heading', { name: 'Who Got What (1 of 1)' }).waitFor();
    const why = history.getByRole('button', { name: `Why: ${name}:` });
    await why.click();
    await page.getByRole('dialog', { name }).getByText('Partner Leads South due first').waitFor();
    // From the only button the focus goes round by the one in the corner, and stays inside.
    await focused(page.getByRole('dialog').getByRole('button', { name: 'Close' }).last());
    await page.keyboard.press('Tab');
    await focused(page.getByRole('dialog').getByRole('button', { name: 'Close' }).first());
    await page.keyboard.press('Shift+Tab');
    await focused(page.getByRole('dialog').getByRole('button', { name: 'Close' }).last());
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await focused(why);
    desk.stage.expectNoTrouble();
  });

  it('changes a weight, and refuses what is none', async () => {
    const page = await desk.board();
    const change = page.getByRole('button', { name: '3: change the weight of Partner Leads North' });
    await change.click();
    const dialog = page.getByRole('dialog', { name: 'Weight of Partner Leads North' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await focused(change);
    await change.click();
    await dialog.getByLabel('Weight').fill('1001');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('The number is too high.').waitFor();
    await dialog.getByLabel('Weight').fill('7');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await toast(page, 'The weight of Partner Leads North is 7 now').waitFor();
    expect(desk.weights()).to.deep.equal({ Partner_Leads_North: 7, Partner_Leads_South: 2 });
    desk.stage.expectNoTrouble();
  });

  it('tells a partner who accepted by name, though no member', async () => {
    const partner = memberOf(desk, 'Partner_Leads_South');
    const inbox = await desk.stage.visit(partner.Username);
    const offered = inbox.locator('section[aria-label^="Offered"] li', { hasText: 'Fjord' }).first();
    const lead = (await offered.locator('h3').textContent())!;
    await offered.getByRole('button', { name: `Accept ${lead}` }).click();
    await inbox.locator('section[aria-label^="Yours"] li', { hasText: lead }).waitFor();
    const page = await desk.board();
    const row = page.getByRole('table', { name: 'Who Got What' }).getByRole('row').filter({ hasText: 'Accepted' });
    await row.getByText(partner.Name, { exact: true }).waitFor();
    expect(await row.first().textContent()).to.include(lead);
    desk.stage.expectNoTrouble();
  });

  it('reaches leads behind the first 200, and shows new gifts on top of a long history', async () => {
    await desk.gifts(600);
    await desk.waiting(200);
    await desk.waiting(20);
    const page = await desk.board();
    await page.getByText('1 to 200 of 220 leads that wait').waitFor();
    await scrollHistory(page, 1_000_000);
    await page.getByRole('heading', { name: /Who Got What \((6\d\d) of \1\)/ }).waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('201 to 220 of 220 leads that wait').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('button', { name: 'Distribute 20 Leads' }).click();
    await toast(page, '20 leads were given, 0 stay').waitFor();
    await page.getByText('1 to 200 of 200 leads that wait').waitFor();
    // The first page of the history was kept from before: it is asked for again.
    await page.getByRole('heading', { name: /Who Got What \(500 of 6[2-9]\d\)/ }).waitFor();
    const history = page.getByRole('table', { name: 'Who Got What' });
    await scrollHistory(page, 0);
    // What was scrolled away from is drawn a moment later.
    await history.getByRole('row').nth(1).filter({ hasText: 'Fjord' }).filter({ hasText: 'Offered' }).waitFor();
    desk.stage.expectNoTrouble();
  });

  it('says which field of a filter is hidden from the manager, and shows the members', async () => {
    const { stage } = desk;
    const rotation = stage.test.query<{ Id: string }>('SELECT Id FROM Lead_Rotation__c')[0]!.Id;
    const filter = async (Filter__c: string): Promise<unknown> =>
      stage.admin('PATCH', `/sobjects/Lead_Rotation__c/${rotation}`, { Filter__c });
    await filter("Country = 'Iceland' AND NumberOfEmployees > 5");
    const page = await desk.board();
    await page.getByText('fields that are hidden from you: Lead.NumberOfEmployees').waitFor();
    await page.getByRole('button', { name: 'Pause Partner Leads North' }).waitFor();
    await expectAccessible(page);
    await filter("Country = 'Iceland'");
    stage.expectNoTrouble();
  });

  it('leaves everything as it is while the command line holds the rotation, and says who does', async () => {
    const page = await desk.board();
    await desk.waiting(5);
    await desk.hold('somebody@example.com');
    await page.reload();
    await page.getByRole('button', { name: 'Preview' }).click();
    const table = page.getByRole('table', { name: 'Waiting Leads' });
    await table.getByText('Stays').first().waitFor();
    expect((await table.getByRole('button').allTextContents())[0]).to.include('somebody@example.com');
    desk.stage.expectNoTrouble();
  });
});
