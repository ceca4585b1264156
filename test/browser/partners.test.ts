/** The channel manager and her partners, with nothing but the permission set on a profile of minimum access. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { expectAccessible, expectNarrow, focused, Stage, toast } from './support/stage.js';

describe('partners of a channel manager', function () {
  this.timeout(60_000);
  let stage: Stage;
  let manager: string;
  before(async () => {
    stage = await Stage.open();
    manager = await stage.manager();
  });
  after(() => stage?.close());

  /** An account with a person, neither of them a partner yet. */
  const harbour = async (name: string, owner: string): Promise<string> => {
    const OwnerId = stage.idOf(`User WHERE Username = '${owner}'`);
    const AccountId = await stage.create('Account', { Name: name, OwnerId });
    const person = { FirstName: 'Ida', LastName: name, Email: `ida@${name.toLowerCase()}.example.com` };
    await stage.create('Contact', { ...person, AccountId, OwnerId });
    return AccountId;
  };

  const account = async (id: string, user = manager): Promise<Page> => {
    const page = await stage.visit(user, `#/r/Account/${id}`);
    await page.getByRole('heading', { name: 'Partner', exact: true }).waitFor();
    return page;
  };

  const directory = async (): Promise<Page> => {
    const page = await stage.visit(manager, '#/n/Channel_Partners');
    await page.getByText(/1 to 25 of \d+ partner accounts/).waitFor();
    return page;
  };

  it('an account becomes a partner and a contact a user with exactly the details that were confirmed', async () => {
    const id = await harbour('Harbour', manager);
    const page = await account(id);
    await page.getByText('Harbour is not a partner account.').waitFor();
    await page.getByRole('button', { name: 'Enable as Partner' }).click();
    await expectAccessible(page);
    expect(stage.test.query(`SELECT Id FROM Account WHERE Id = '${id}' AND IsPartner = true`)).to.have.length(0);
    await page.getByRole('dialog').getByRole('button', { name: 'Enable as Partner' }).click();
    await toast(page, 'Harbour is a partner account now').waitFor();
    expect(stage.test.query(`SELECT Id FROM Account WHERE Id = '${id}' AND IsPartner = true`)).to.have.length(1);

    await page.getByRole('button', { name: 'Invite Ida Harbour' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Invite Ida Harbour of Harbour' });
    await dialog.getByLabel('Username').fill('ida@partners.harbour.example.com');
    await dialog.getByLabel('Alias').fill('idah');
    await dialog.getByRole('combobox', { name: 'Time zone' }).click();
    await dialog.getByRole('option', { name: 'Europe/Lisbon' }).click();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Review' }).click();
    await dialog.getByText('This is what will be saved').waitFor();
    await expectNarrow(page);
    await dialog.getByText('Example Partner Central welcomes ida@harbour.example.com by mail').waitFor();
    const values = await page.locator('c-partner-invitation dd').allTextContents();
    const shown = Object.fromEntries(
      (await page.locator('c-partner-invitation dt').allTextContents()).map((name, at) => [name, values[at]])
    );
    const save = dialog.getByRole('button', { name: 'Invite', exact: true });
    expect(await save.isDisabled()).to.equal(true);
    expect(stage.test.query(`SELECT Id FROM User WHERE Alias = 'idah'`)).to.have.length(0);
    await dialog.getByText('The welcome mail may be sent').click();
    await save.click();
    await toast(page, 'Ida Harbour is a partner user now').waitFor();
    const fields = 'Username, Email, Alias, CommunityNickname, TimeZoneSidKey, LanguageLocaleKey, LocaleSidKey';
    const [user] = stage.test.query<Record<string, string>>(
      `SELECT ${fields}, Profile.Name, Contact.AccountId FROM User WHERE Username = 'ida@partners.harbour.example.com'`
    );
    expect(user).to.deep.include({
      Username: 'ida@partners.harbour.example.com',
      Email: shown.Email,
      Alias: 'idah',
      CommunityNickname: shown.Nickname,
      TimeZoneSidKey: 'Europe/Lisbon',
    });
    expect(user!.LocaleSidKey).to.equal(shown.Locale);
    expect(user!.LanguageLocaleKey).to.equal(shown.Language);
    expect((user!.Profile as unknown as { Name: string }).Name).to.equal(shown.Profile);
    // The two mails that were shown, and no other.
    const mails = (await stage.test.control.outbox()).filter(({ to }) => to.includes(shown.Email!));
    expect(mails.map(({ kind }) => kind).sort()).to.deep.equal(['new-user', 'welcome']);
    // She sees what is still missing before leads can go there.
    await page.getByText('The user has never logged in.').waitFor();
    expect(await page.getByRole('button', { name: 'Invite Ida Harbour' }).count()).to.equal(0);
    stage.expectNoTrouble();
  });

  it('details that the org would refuse are told with what to do, and cannot be saved', async () => {
    const id = await harbour('Quay', manager);
    await stage.admin('PATCH', `/sobjects/Account/${id}`, { IsPartner: true });
    const page = await account(id);
    await page.getByRole('button', { name: 'Invite Ida Quay' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Username').fill(manager);
    await dialog.getByRole('button', { name: 'Review' }).click();
    await dialog.getByText(`The username ${manager} is taken. Choose another one.`).waitFor();
    expect(await dialog.getByRole('button', { name: 'Invite', exact: true }).count()).to.equal(0);
    await dialog.getByRole('button', { name: 'Back' }).click();
    expect(await dialog.getByLabel('Username').inputValue()).to.equal(manager);
    await dialog.getByLabel('Username').fill('');
    await dialog.getByRole('button', { name: 'Review' }).click();
    await dialog.getByText('Complete this field.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await focused(page.getByRole('button', { name: 'Invite Ida Quay' }));
    expect(stage.test.query(`SELECT Id FROM User WHERE Contact.AccountId = '${id}'`)).to.have.length(0);
    stage.expectNoTrouble();
  });

  it('an account of somebody without a role cannot become a partner, and the page says why and what to do', async () => {
    const page = await account(await harbour('Pier', 'kaja.fernhill@practice.example.com'), 'admin');
    await page.getByText('Kaja Fernhill, who owns the account, has no role.').waitFor();
    await page.getByText('What to do: Setup, Users, Kaja Fernhill, Edit, Role.').waitFor();
    expect(await page.getByRole('button', { name: 'Enable as Partner' }).count()).to.equal(0);
    await expectNarrow(page);
    stage.expectNoTrouble();
  });

  it('the directory tells of a user who cannot take leads why, and what to do', async () => {
    const page = await directory();
    await expectNarrow(page);
    await page.getByLabel('Find a partner by name').fill('example lantern ltd');
    await page.getByText('1 to 1 of 1 partner accounts').waitFor();
    await page.getByRole('button', { name: 'People of Example Lantern Ltd' }).press('Enter');
    const person = page.locator('li', { has: page.getByRole('heading', { name: 'Jonas Farnwick' }) }).last();
    await person.getByText('The user is frozen and cannot log in.').waitFor();
    await person.getByText(/What to do: Setup, Users, jonas\.farnwick@.*, Unfreeze\./).waitFor();
    await expectNarrow(page);
    await page.getByRole('link', { name: 'Example Lantern Ltd' }).click();
    await page.getByText('Example Lantern Ltd is a partner account.').waitFor();
    stage.expectNoTrouble();
  });

  it('goes through more than 2,000 accounts page by page', async () => {
    const OwnerId = stage.idOf(`User WHERE Username = '${manager}'`);
    for (let batch = 0; batch < 10; batch += 1) {
      const records = Array.from({ length: 200 }, (_, at) => ({
        ...{ attributes: { type: 'Account' }, Name: `Zone ${10_000 + batch * 200 + at}`, OwnerId },
      }));
      const made = (await stage.admin('POST', '/composite/sobjects', { allOrNone: true, records })) as Array<{
        id: string;
      }>;
      const partners = made.map(({ id }) => ({ attributes: { type: 'Account' }, id, IsPartner: true }));
      await stage.admin('PATCH', '/composite/sobjects', { allOrNone: true, records: partners });
    }
    const page = await directory();
    await page.getByText(/1 to 25 of 20\d\d partner accounts/).waitFor();
    await page.getByLabel('Find a partner by name').fill('zone 1');
    await page.getByText('1 to 25 of 2000 partner accounts').waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('26 to 50 of 2000 partner accounts').waitFor();
    await page.getByRole('link', { name: 'Zone 10025' }).waitFor();
    expect(await page.locator('h2 a').count()).to.equal(25);
    await page.getByRole('button', { name: 'Previous' }).click();
    await page.getByRole('link', { name: 'Zone 10000' }).waitFor();
    stage.expectNoTrouble();
  });

  it('an account that she may only read says so, and contacts show without the field that is hidden', async () => {
    const id = await harbour('Dock', 'admin@practice.example.com');
    await stage.create('AccountShare', {
      ...{ AccountId: id, UserOrGroupId: stage.idOf(`User WHERE Username = '${manager}'`) },
      ...{ AccountAccessLevel: 'Read', OpportunityAccessLevel: 'None', CaseAccessLevel: 'None' },
    });
    await stage.hide('Channel_Manager', 'Contact.Email');
    const page = await account(id);
    await page.getByText('You may not edit Dock.').waitFor();
    await page.getByText(/What to do: Ask .* to let you edit it\./).waitFor();
    expect(await page.getByRole('button', { name: 'Enable as Partner' }).count()).to.equal(0);
    await page.getByRole('heading', { name: 'Ida Dock' }).waitFor();
    await page.getByText('Some fields are hidden from you: Email.').waitFor();
    expect(await page.getByText('ida@dock.example.com').count()).to.equal(0);
    expect(await page.getByText('No e-mail address').count()).to.equal(0);
    await expectNarrow(page);
    // The same page, another account: nothing of the first one stays.
    await page.evaluate(`location.hash = '#/r/Account/${stage.idOf("Account WHERE Name = 'Example Lantern Ltd'")}'`);
    await page.getByText('Example Lantern Ltd is a partner account.').waitFor();
    expect(await page.getByRole('heading', { name: 'Ida Dock' }).count()).to.equal(0);
    expect(await page.getByText('You may not edit Dock.').count()).to.equal(0);
    stage.expectNoTrouble();
  });

  it('who lacks the permission of the package reads whom to ask', async () => {
    const id = stage.idOf("Account WHERE Name = 'Harbour'");
    const permission = stage.idOf("CustomPermission WHERE DeveloperName = 'Channel_Desk_Manage'");
    const set = stage.idOf("PermissionSet WHERE Name = 'Channel_Manager'");
    const grant = stage.idOf(`SetupEntityAccess WHERE ParentId = '${set}' AND SetupEntityId = '${permission}'`);
    await stage.admin('DELETE', `/sobjects/SetupEntityAccess/${grant}`);
    for (const place of ['#/n/Channel_Partners', `#/r/Account/${id}`, '#/n/Channel_Home']) {
      const page = await stage.visit(manager, place);
      await page.getByText('Ask your administrator for the permission set Channel Manager.').waitFor();
      await expectAccessible(page);
    }
    stage.expectNoTrouble();
  });
});
