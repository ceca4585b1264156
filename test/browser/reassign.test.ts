/** The channel manager gives leads to other owners, with nothing but the permission set on a profile of minimum access. */
import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import { expectAccessible, expectNarrow, focused, Stage } from './support/stage.js';

const PLACE = '#/o/Lead';

describe('leads go to other owners', function () {
  this.timeout(120_000);
  let stage: Stage;
  let manager: string;
  before(async () => {
    stage = await Stage.open();
    manager = await stage.manager();
  });
  after(() => stage?.close());

  /** New leads of the manager; the list shows the newest first. */
  const leads = async (company: string, count: number): Promise<string[]> => {
    const OwnerId = stage.idOf(`User WHERE Username = '${manager}'`);
    const records = Array.from({ length: count }, (_, at) => ({
      ...{ attributes: { type: 'Lead' }, LastName: `Dune ${at}`, Company: company, OwnerId },
    }));
    const made = await stage.admin('POST', '/composite/sobjects', { allOrNone: true, records });
    return (made as Array<{ id: string }>).map(({ id }) => id);
  };

  const owned = (company: string, owner: string): number =>
    stage.test.query(`SELECT Id FROM Lead WHERE Company = '${company}' AND OwnerId = '${owner}'`).length;

  const action = async (leadId: string): Promise<{ page: Page; panel: Locator }> => {
    const page = await stage.visit(manager, `#/r/Lead/${leadId}`);
    await page.getByRole('button', { name: 'Reassign', exact: true }).click();
    const panel = page.getByRole('dialog', { name: 'Reassign' });
    await panel.getByText('Selected leads: 1').waitFor();
    return { page, panel };
  };

  const eligible = (): { Id: string; Name: string; Username: string } =>
    stage.test.query<{ Id: string; Name: string; Username: string }>(
      "SELECT Id, Name, Username FROM User WHERE UserType = 'PowerPartner' AND IsActive = true AND LastLoginDate != null ORDER BY Name LIMIT 1"
    )[0]!;

  it('120 leads selected in the list, with a mail for each; one that somebody else has taken meanwhile is left alone', async () => {
    const [taken] = await leads('Example Dune Ltd', 121);
    const partner = eligible();
    const page = await stage.visit(manager, PLACE);
    const rows = page.getByRole('row').filter({ hasText: 'Example Dune Ltd' });
    await rows.first().waitFor();
    // As people select many: the first, and the last with Shift.
    await rows.first().locator('td').first().click();
    await rows
      .nth(120)
      .locator('td')
      .first()
      .click({ modifiers: ['Shift'] });
    await page.getByRole('button', { name: 'Reassign to Partner' }).click();
    const panel = page.getByRole('dialog');
    await panel.getByText('Selected leads: 121').waitFor();
    await panel.getByLabel('Find a partner user or queue').fill(partner.Username);
    await panel.getByRole('radio', { name: partner.Name }).check();
    await panel.getByText('Notify the new owner by mail').click();
    await panel.getByRole('button', { name: 'Review' }).click();
    await panel.getByText(`Leads that go to ${partner.Name}: 121`).waitFor();
    await panel.getByText('Mails sent: 121, one for each lead.').waitFor();
    const other = stage.idOf("Group WHERE DeveloperName = 'Unassigned_Leads'");
    await stage.admin('PATCH', `/sobjects/Lead/${taken!}`, { OwnerId: other });
    const before = (await stage.test.control.outbox({})).length;
    await panel.getByRole('button', { name: 'Reassign (121)' }).click();
    await panel.getByText(`Reassigned to ${partner.Name}: 120. Not reassigned: 1.`).waitFor();
    await panel.getByText('1: Somebody else has changed the owner meanwhile.').waitFor();
    expect(owned('Example Dune Ltd', partner.Id)).to.equal(120);
    expect(owned('Example Dune Ltd', other)).to.equal(1);
    expect((await stage.test.control.outbox({})).length - before).to.equal(120);
    await panel.getByRole('button', { name: 'Finish' }).click();
    await panel.waitFor({ state: 'detached' });
    stage.expectNoTrouble();
  });

  it('one lead, to a queue, without a mail; the same owner again is left out in words', async () => {
    const [lead] = await leads('Example Reed Ltd', 1);
    const queue = stage.idOf("Group WHERE DeveloperName = 'Partner_Leads_North'");
    const mails = (await stage.test.control.outbox({})).length;
    for (const round of [1, 2]) {
      const { page, panel } = await action(lead!);
      await panel.getByLabel('Find a partner user or queue').fill('leads north');
      await panel.getByRole('radio', { name: 'Partner Leads North' }).check();
      await panel.getByRole('button', { name: 'Review' }).press('Enter');
      if (round === 2) {
        await panel.getByText('None of the leads can go to Partner Leads North.').waitFor();
        await panel.getByText('1: The lead has this owner already.').waitFor();
        expect(await panel.getByRole('button', { name: 'Reassign (0)' }).isDisabled()).to.equal(true);
      } else {
        await panel.getByText('No mail is sent.').waitFor();
        await expectAccessible(page);
        await expectNarrow(page);
        await panel.getByRole('button', { name: 'Reassign (1)' }).press('Enter');
        await panel.getByText('Reassigned to Partner Leads North: 1. Not reassigned: 0.').waitFor();
        await expectAccessible(page);
        await expectNarrow(page);
        await panel.getByRole('button', { name: 'Finish' }).click();
        await panel.waitFor({ state: 'detached' });
      }
      await page.close();
    }
    expect(owned('Example Reed Ltd', queue)).to.equal(1);
    expect((await stage.test.control.outbox({})).length).to.equal(mails);
    stage.expectNoTrouble();
  });

  it('who cannot take leads is shown with the reason when asked for, and cannot be chosen', async () => {
    const [lead] = await leads('Example Moss Ltd', 1);
    const { page, panel } = await action(lead!);
    await panel.getByLabel('Find a partner user or queue').fill('jonas.farnwick');
    await panel.getByRole('button', { name: 'Show who cannot take leads (1)' }).click();
    await panel.getByText('The user is frozen and cannot log in.').waitFor();
    await panel.getByText(/What to do: Setup, Users, jonas\.farnwick@.*, Unfreeze\./).waitFor();
    expect(await panel.getByRole('radio').count()).to.equal(0);
    expect(await panel.getByRole('button', { name: 'Review' }).isDisabled()).to.equal(true);
    await expectAccessible(page);
    await expectNarrow(page);
    await panel.getByRole('button', { name: 'Close' }).press('Escape');
    await panel.waitFor({ state: 'detached' });
    await focused(page.getByRole('button', { name: 'Reassign', exact: true }));
    stage.expectNoTrouble();
  });
});
