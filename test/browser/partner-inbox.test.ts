/** The partner on the site: accepts, declines, and loses a race. */
import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import { expectAccessible, expectNarrow, focused, Stage } from './support/stage.js';

/** Ids of the leads in a section. */
const idsIn = async (page: Page, section: string): Promise<string[]> => {
  const cards = await page.locator(`section[aria-label^="${section}"] li`).all();
  const ids = await Promise.all(cards.map((one) => one.locator('[data-id]').first().getAttribute('data-id')));
  return ids.map((id) => id!);
};

const card = (page: Page, lead: string): Locator => page.locator('li', { has: page.locator(`[data-id="${lead}"]`) });

const names = (page: Page, section: string): Promise<string[]> =>
  page.locator(`section[aria-label^="${section}"] h3`).allTextContents();

/** What the page says about what was done last, or refused: in the page itself, as not every site has toasts. */
const said = (page: Page, role: 'status' | 'alert'): Locator => page.locator('c-partner-lead-inbox').getByRole(role);

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

/** Gives some leads that nobody of these has to a user or queue. @returns their ids */
const give = async (stage: Stage, owner: string, count: number): Promise<string[]> => {
  const where = `IsConverted = false AND OwnerId != '${owner}'`;
  const leads = stage.test.query<{ Id: string }>(`SELECT Id FROM Lead WHERE ${where} ORDER BY Id LIMIT ${count}`);
  const records = leads.map(({ Id }) => ({ attributes: { type: 'Lead' }, Id, OwnerId: owner }));
  await stage.admin('PATCH', '/composite/sobjects', { allOrNone: true, records });
  return leads.map(({ Id }) => Id);
};

const queue = (stage: Stage): string => stage.idOf("Group WHERE DeveloperName = 'Partner_Leads_North'");

/** Puts some leads into a queue of partners. */
const fillQueue = (stage: Stage, count: number): Promise<string[]> => give(stage, queue(stage), count);

/** Puts more leads into it than the inbox shows. */
const overfillQueue = async (stage: Stage): Promise<void> => {
  const lead = { attributes: { type: 'Lead' }, LastName: 'Late', Company: 'Example Late Ltd', OwnerId: queue(stage) };
  for (const count of [200, 10])
    await stage.admin('POST', '/composite/sobjects', { allOrNone: true, records: Array(count).fill(lead) });
};

/** Leaves a partner the fields that the permission set shows, but phone numbers: his profile opens nothing any more. */
const hidePhones = async (stage: Stage, member: Member): Promise<void> => {
  const profile = stage.idOf(`Profile WHERE Id IN (SELECT ProfileId FROM User WHERE Id = '${member.Id}')`);
  await stage.admin('PATCH', `/sobjects/Profile/${profile}`, { Name: 'Minimum Access - Partners' });
  await stage.hide('Partner_Leads', 'Lead.Phone');
};

/** A page of a partner with the lists on it. */
const inbox = async (stage: Stage, user = 'partner'): Promise<Page> => {
  const page = await stage.visit(user);
  await page.getByRole('heading', { name: /Offered \(\d+/ }).waitFor();
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
    await said(page, 'status').getByText(`${name} is yours now`).waitFor();
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
    await said(page, 'status').getByText(`${name} was given back`).waitFor();
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
    const before = await idsIn(page, 'Offered');
    const button = card(page, before[0]!).getByRole('button', { name: /^Decline / });
    await button.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await focused(button);
    expect(await idsIn(page, 'Offered')).to.deep.equal(before);
  });

  it('of two who accept one lead at once, one gets it and the other reads that somebody else has it', async () => {
    const [one, other] = members(stage).map(({ Username }) => Username);
    const pages = [await inbox(stage, one), await inbox(stage, other)];
    const lists = await Promise.all(pages.map((page) => idsIn(page, 'Offered')));
    const lead = lists[0]!.find((id) => lists[1]!.includes(id))!;
    const name = (await card(pages[0]!, lead).locator('h3').textContent())!;
    await Promise.all(
      pages.map((page) =>
        card(page, lead)
          .getByRole('button', { name: /^Accept / })
          .click()
      )
    );
    const told = await Promise.all(
      pages.map(async (page) => {
        await said(page, 'status').or(said(page, 'alert')).filter({ hasText: name }).waitFor();
        return { done: await said(page, 'status').textContent(), refused: await said(page, 'alert').textContent() };
      })
    );
    expect(told.map(({ done }) => done).sort()).to.deep.equal(['', `${name} is yours now.`]);
    const refused = told.find(({ done }) => done === '')!.refused;
    expect(refused).to.include('Somebody else has taken the lead');
    for (const { Username } of members(stage)) expect(refused).not.to.include(Username);
    stage.expectNoTrouble();
  });

  it('a lead that was given to the partner by name is accepted, and the record says so', async () => {
    const member = members(stage)[0]!;
    const [lead] = await give(stage, member.Id, 1);
    const name = stage.test.query<{ Name: string }>(`SELECT Name FROM Lead WHERE Id = '${lead!}'`)[0]!.Name;
    const page = await inbox(stage, member.Username);
    const own = card(page, lead!);
    await own.getByText('Given to you. Accept it, or decline it.').waitFor();
    await expectNarrow(page);
    await own.getByRole('button', { name: `Accept ${name}` }).press('Enter');
    await said(page, 'status').getByText(`${name} is yours now.`).waitFor();
    await own.getByText('You have accepted it.').waitFor();
    expect(await own.getByRole('button', { name: `Accept ${name}` }).count()).to.equal(0);
    const accepted = `Lead__c = '${lead!}' AND Outcome__c = 'Accepted' AND Owner_After__c = '${member.Id}'`;
    expect(stage.test.query(`SELECT Id FROM Lead_Assignment__c WHERE ${accepted}`)).to.have.length(1);
    stage.expectNoTrouble();
  });

  it('own leads stay in sight behind a queue of more than 200, and what is hidden is told', async () => {
    const member = members(stage)[0]!;
    await give(stage, member.Id, 1);
    await overfillQueue(stage);
    await hidePhones(stage, member);
    const page = await inbox(stage, member.Username);
    await page.getByRole('heading', { name: 'Offered (200 and more)' }).waitFor();
    await page.getByText('These are the 200 that were changed last. Accept or decline some to see others.').waitFor();
    expect(await names(page, 'Yours')).not.to.be.empty;
    await page.getByText('Some fields are hidden from you: Phone.').waitFor();
    expect(await idsIn(page, 'Offered')).to.have.length(24);
    await page.getByRole('button', { name: 'Show More: Offered' }).press('Enter');
    await focused(page.locator('section[aria-label^="Offered"] h3').nth(24));
    expect(await idsIn(page, 'Offered')).to.have.length(48);
    await expectNarrow(page);
    stage.expectNoTrouble();
  });
});
