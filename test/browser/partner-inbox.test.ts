/** The partner on the site: accepts, declines, and loses a race. */
import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import { request } from '../practice/http/fixture.js';
import { expectAccessible, expectNarrow, focused, Stage } from './support/stage.js';

const COLLECTIONS = '/services/data/v66.0/composite/sobjects';

const names = (page: Page, section: string): Promise<string[]> =>
  page.locator(`section[aria-label^="${section}"] h3`).allTextContents();

const toast = (page: Page): Locator => page.locator('lightning-toast').last();

type Member = { Id: string; Username: string };

/** Partners who are in one queue. */
const members = ({ test }: Stage): Member[] => {
  const rows = test.query<{ UserOrGroupId: string }>(
    "SELECT UserOrGroupId FROM GroupMember WHERE Group.DeveloperName = 'Partner_Leads_North'"
  );
  const ids = rows.map(({ UserOrGroupId }) => `'${UserOrGroupId}'`).join();
  return test.query<Member>(
    `SELECT Id, Username FROM User WHERE Id IN (${ids}) AND IsActive = true AND UserType = 'PowerPartner'`
  );
};

const reads = ({ test }: Stage, user: string, lead: string): boolean => {
  const where = `UserId = '${user}' AND RecordId = '${lead}'`;
  return test.query<{ HasReadAccess: boolean }>(
    `SELECT RecordId, HasReadAccess FROM UserRecordAccess WHERE ${where}`
  )[0]!.HasReadAccess;
};

/** Takes away the rules that show leads to people from outside, which the example company has for the sharing review to find. */
const closeExposures = ({ test: { org } }: Stage): void => {
  const { tools } = org;
  const author = {
    tools,
    userId: tools.store.sql('SELECT "Id" FROM "User" LIMIT 1').get()!.Id as string,
    now: tools.clock.stamp(),
  };
  for (const { name } of tools.sharing.rules.list('Lead')) tools.sharing.rules.remove(author, 'Lead', name);
};

/** Puts some leads into a queue of partners. */
const fillQueue = async ({ test }: Stage, count: number): Promise<void> => {
  const [queue] = test.query<{ Id: string }>("SELECT Id FROM Group WHERE DeveloperName = 'Partner_Leads_North'");
  const leads = test.query<{ Id: string }>(`SELECT Id FROM Lead WHERE IsConverted = false LIMIT ${count}`);
  const records = leads.map(({ Id }) => ({ attributes: { type: 'Lead' }, Id, OwnerId: queue!.Id }));
  const answer = await request(test.server.url, test.token, 'PATCH', COLLECTIONS, { allOrNone: true, records });
  expect(answer.status).to.equal(200);
};

/** A page of a partner with the lists on it. */
const inbox = async (stage: Stage, user = 'partner'): Promise<Page> => {
  const page = await stage.visit(user);
  await page.getByRole('heading', { name: /Offered \(\d+\)/ }).waitFor();
  return page;
};

describe('the inbox of a partner', function () {
  this.timeout(60_000);
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
    await fillQueue(stage, 12);
  });
  after(() => stage?.close());

  it('shows offered and own leads, and is accessible at any width', async () => {
    const page = await inbox(stage);
    expect(await names(page, 'Offered')).not.to.be.empty;
    await expectAccessible(page);
    await expectNarrow(page);
    stage.expectNoTrouble();
  });

  it('accepts a lead by the keyboard, and then shows how to reach the person', async () => {
    const page = await inbox(stage);
    const first = page.locator('section[aria-label^="Offered"] li').first();
    const name = (await first.locator('h3').textContent())!;
    expect(await first.textContent()).not.to.include('@');
    await first.getByRole('button', { name: `Accept ${name}` }).focus();
    await page.keyboard.press('Enter');
    await toast(page).getByText(`${name} is yours now`).waitFor();
    const own = page.locator('section[aria-label^="Yours"] li', { hasText: name });
    await own.waitFor();
    expect(await own.textContent()).to.include('@');
    await expectAccessible(page);
    stage.expectNoTrouble();
  });

  it('declines a lead with a reason; the partner can no longer read it', async () => {
    closeExposures(stage);
    const member = members(stage)[0]!;
    const page = await inbox(stage, member.Username);
    const first = page.locator('section[aria-label^="Offered"] li').first();
    const name = (await first.locator('h3').textContent())!;
    const id = (await first.locator('[data-id]').first().getAttribute('data-id'))!;
    await first.getByRole('button', { name: `Decline ${name}` }).click();
    const dialog = page.getByRole('dialog', { name: `Decline ${name}?` });
    await expectAccessible(page);
    await dialog.getByRole('textbox').fill('No capacity');
    await dialog.getByRole('button', { name: 'Decline', exact: true }).click();
    await toast(page).getByText(`${name} was given back`).waitFor();
    expect(await names(page, 'Offered')).not.to.include(name);
    const [record] = stage.test.query<{ Decline_Reason__c: string }>(
      `SELECT Decline_Reason__c FROM Lead_Assignment__c WHERE Lead__c = '${id}' AND Outcome__c = 'Declined'`
    );
    expect(record?.Decline_Reason__c).to.equal('No capacity');
    expect(reads(stage, member.Id, id)).to.equal(false);
    stage.expectNoTrouble();
  });

  it('Escape leaves the question, the lead stays and the focus goes back', async () => {
    const page = await inbox(stage);
    const before = await names(page, 'Offered');
    await page.getByRole('button', { name: `Decline ${before[0]}` }).press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await focused(page.getByRole('button', { name: `Decline ${before[0]}` }));
    expect(await names(page, 'Offered')).to.deep.equal(before);
  });

  it('of two who accept one lead at once, one gets it and the other reads that somebody else has it', async () => {
    const [one, other] = members(stage).map(({ Username }) => Username);
    const pages = [await inbox(stage, one), await inbox(stage, other)];
    const lists = await Promise.all(pages.map((page) => names(page, 'Offered')));
    const name = lists[0]!.find((lead) => lists[1]!.includes(lead))!;
    await Promise.all(pages.map((page) => page.getByRole('button', { name: `Accept ${name}` }).click()));
    await Promise.all(pages.map((page) => toast(page).waitFor()));
    const said = await Promise.all(pages.map((page) => toast(page).textContent()));
    expect(
      said.filter((text) => text!.includes('is yours now')),
      said.join(' | ')
    ).to.have.length(1);
    expect(
      said.filter((text) => text!.includes('Somebody else has taken the lead')),
      said.join(' | ')
    ).to.have.length(1);
    stage.expectNoTrouble();
  });
});
