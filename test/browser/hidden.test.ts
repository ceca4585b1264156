/** What a user may not see, may not change or may not open is told in words, and nothing is half done. */
import { expect } from 'chai';
import { expectAccessible, expectNarrow } from './support/stage.js';
import { BoardDesk } from './support/board-desk.js';

const SET = 'Channel_Manager';

describe('what people may not see or do', function () {
  this.timeout(120_000);
  let desk: BoardDesk;
  before(async () => {
    desk = await BoardDesk.open();
    await desk.gifts(3);
  });
  after(() => desk?.close());
  afterEach(() => desk.stage.expectNoTrouble());

  it('the board shows the gifts without the reasons that are hidden, and says so', async () => {
    await desk.stage.hide(SET, 'Lead_Assignment__c.Reason__c');
    const page = await desk.board();
    await page.getByText('Some fields are hidden from you: Why. Ask your admin if you need them.').waitFor();
    const gifts = page.getByRole('region', { name: 'Who Got What' }).getByRole('row');
    await gifts.filter({ hasText: 'Partner Leads North' }).first().waitFor();
    expect(await gifts.filter({ hasText: 'Hidden from you' }).count()).to.equal(3);
    await expectAccessible(page);
  });

  it('the board names the field that it cannot do without', async () => {
    await desk.stage.hide(SET, 'Lead_Assignment__c.Rotation__c');
    const page = await desk.board();
    await page.getByRole('alert').filter({ hasText: 'needs fields that are hidden from you' }).waitFor();
    await page.getByRole('alert').filter({ hasText: 'Rotation__c' }).waitFor();
  });

  it('a finding tells a way that is hidden from one that is not known, and is not decided over a hidden reason', async () => {
    await desk.stage.admin('POST', '/sobjects/Sharing_Finding__c', {
      ...{ Finding_Key__c: 'rule:Lead.Everything', Source_Name__c: 'Everything', Kind__c: 'rule', Object__c: 'Lead' },
      ...{ State__c: 'new', Severity__c: 'high', Path__c: 'Everything > Partners', Records_Exposed__c: 7 },
    });
    await desk.stage.hide(SET, 'Sharing_Finding__c.Path__c');
    await desk.stage.hide(SET, 'Sharing_Finding__c.Decision_Reason__c');
    const page = await desk.stage.visit(desk.manager, '#/n/Channel_Sharing');
    await page.getByText('Some fields are hidden from you: Ways to people outside, Reason.').waitFor();
    await page.getByRole('button', { name: 'Everything: look at the finding' }).click();
    const dialog = page.getByRole('dialog', { name: 'Everything' });
    await dialog.getByText('Hidden from you', { exact: true }).waitFor();
    await dialog.getByText('The reason of decisions is hidden from you, so you cannot decide here.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Save Decision' }).count()).to.equal(0);
    expect(await dialog.getByText('The way is not known.').count()).to.equal(0);
    await expectNarrow(page);
  });

  it('a lead that she sees and may not give away stays where it is, with the reason', async () => {
    await desk.stage.leadsAre('Read');
    const { leadId, owner } = await desk.readOnlyLead();
    const set = desk.stage.idOf(`PermissionSet WHERE Name = '${SET}'`);
    await desk.stage.admin('PATCH', `/sobjects/PermissionSet/${set}`, { PermissionsTransferAnyLead: false });
    const page = await desk.stage.visit(desk.manager, `#/r/Lead/${leadId}`);
    await page.getByRole('button', { name: 'Reassign', exact: true }).click();
    const panel = page.getByRole('dialog', { name: 'Reassign' });
    await panel.getByRole('radio').first().check();
    await panel.getByRole('button', { name: 'Review' }).click();
    await panel.getByText('You may not change the owner of this lead.').waitFor();
    expect(await panel.getByRole('button', { name: 'Reassign (0)' }).isDisabled()).to.equal(true);
    expect(desk.stage.test.query(`SELECT Id FROM Lead WHERE Id = '${leadId}' AND OwnerId = '${owner}'`)).to.have.length(
      1
    );
    await expectNarrow(page);
  });

  it('without the permission set each page says which one to ask for', async () => {
    await desk.stage.strange(desk.manager);
    for (const place of ['Channel_Home', 'Channel_Partners', 'Channel_Rotations', 'Channel_Sharing']) {
      const page = await desk.stage.visit(desk.manager, `#/n/${place}`);
      await page.getByText('Ask your administrator for the permission set Channel Manager.').waitFor();
      await expectAccessible(page);
      await page.close();
    }
  });
});
