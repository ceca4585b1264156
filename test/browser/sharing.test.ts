/** Findings published by the command line are decided in the org by the channel manager, collected, carried out and gone. */
import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import SharingApply from '../../src/commands/channel/sharing/apply.js';
import SharingCollect from '../../src/commands/channel/sharing/collect.js';
import SharingPublish from '../../src/commands/channel/sharing/publish.js';
import { runCommand } from '../helpers/command.js';
import { expectAccessible, expectNarrow, Stage, toast } from './support/stage.js';

const PLACE = '#/n/Channel_Sharing';
const CONVERTED = 'rule:Lead.European_leads_to_channel';

type Finding = Record<'Finding_Key__c' | 'Source_Name__c' | 'State__c' | 'Path__c' | 'Decision_Reason__c', string> & {
  Decision__c: string | null;
  Proposal_Exported__c: boolean;
  Decided_By__r: { Username: string } | null;
};

describe('the sharing review in the org', function () {
  this.timeout(120_000);
  let stage: Stage;
  let manager: string;
  let decisions: string;
  before(async () => {
    stage = await Stage.open(60);
    manager = await stage.manager();
    decisions = join(await mkdtemp(join(process.env.HOME!, 'review-')), 'decisions.yaml');
    const { error } = await runCommand(SharingPublish, [...target(), '--no-prompt']);
    expect(error).to.equal(undefined);
  });
  after(() => stage?.close());

  const target = (): string[] => ['--target-org', stage.test.username];
  const withFile = (): string[] => [...target(), '--decisions', decisions, '--no-prompt'];
  const findings = (where: string): Finding[] =>
    stage.test.query<Finding>(
      `SELECT Finding_Key__c, Source_Name__c, State__c, Path__c, Decision__c, Decision_Reason__c, Proposal_Exported__c, Decided_By__r.Username FROM Sharing_Finding__c WHERE ${where} ORDER BY Finding_Key__c`
    );
  const finding = (key: string): Finding => findings(`Finding_Key__c = '${key}'`)[0]!;

  const choose = async (page: Page, filter: string, choice: string | RegExp): Promise<void> => {
    await page.getByRole('combobox', { name: filter, exact: true }).click();
    await page.getByRole('option', { name: choice }).click();
  };
  const look = async (page: Page, { Source_Name__c: name }: Finding): Promise<Locator> => {
    await page.getByRole('button', { name: `${name}: look at the finding` }).click();
    return page.getByRole('dialog', { name });
  };
  const saved = (page: Page, what: string): Promise<void> => toast(page, `Saved as a proposal: ${what}`).waitFor();

  it('keeps one finding with a reason and proposes to convert another, which is then closed and shown as gone', async () => {
    const kept = findings("Finding_Key__c LIKE 'rule:Lead.%' AND Severity__c = 'high'").find(
      ({ Finding_Key__c: key }) => key !== CONVERTED
    )!;
    const page = await stage.visit(manager, PLACE);
    const open = findings("State__c = 'new'").length;
    await page.getByText(`1 to ${Math.min(50, open)} of ${open} findings`).waitFor();
    await expectAccessible(page);
    await expectNarrow(page);
    const leads = findings("Object__c = 'Lead' AND Kind__c = 'rule'").length;
    await choose(page, 'Kind', /^rule \(/);
    await choose(page, 'Object', /^Lead \(/);
    await page.getByText(`1 to ${leads} of ${leads} findings`).waitFor();

    const dialog = await look(page, kept);
    const [way] = kept.Path__c.split('\n');
    await dialog.getByRole('img', { name: `Way 1: ${way!}` }).waitFor();
    await expectAccessible(page);
    await expectNarrow(page);
    await dialog.getByText('Keep: it is meant to be so').click();
    await dialog.getByRole('button', { name: 'Save Decision' }).click();
    await dialog.getByText('Say why the finding is kept.').waitFor();
    expect(finding(kept.Finding_Key__c).Decision__c).to.not.equal('keep');
    await dialog.getByLabel('Reason').fill('The circle works on these leads');
    await dialog.getByRole('button', { name: 'Save Decision' }).press('Enter');
    await saved(page, 'Keep');
    await page.getByText(`1 to ${leads - 1} of ${leads - 1} findings`).waitFor();
    const other = await look(page, finding(CONVERTED));
    await other.getByText('Convert: close it for people outside').click();
    await other.getByRole('button', { name: 'Save Decision' }).click();
    await saved(page, 'Convert');
    expect(finding(kept.Finding_Key__c)).to.deep.include({
      ...{ Decision__c: 'keep', Decision_Reason__c: 'The circle works on these leads', Proposal_Exported__c: false },
    });
    expect(finding(CONVERTED).Decided_By__r!.Username).to.equal(manager);

    const collected = await runCommand(SharingCollect, withFile());
    expect(collected.result?.summary.taken.map(({ key }) => key)).to.have.members([CONVERTED, kept.Finding_Key__c]);
    const text = await readFile(decisions, 'utf8');
    expect(text).to.contain('The circle works on these leads').and.to.contain(manager);
    expect((await runCommand(SharingApply, withFile())).error).to.equal(undefined);
    const next = await runCommand(SharingPublish, withFile());
    expect(next.result?.summary.gone).to.equal(1);

    await page.reload();
    await choose(page, 'Findings', 'Gone');
    const gone = await look(page, finding(CONVERTED));
    await gone.getByText('The last review did not find it any more. There is nothing to decide.').waitFor();
    expect(await gone.getByRole('button', { name: 'Save Decision' }).count()).to.equal(0);
    await expectAccessible(page);
    await expectNarrow(page);
    await page.keyboard.press('Escape');
    await choose(page, 'Findings', 'Decided');
    const decided = await look(page, kept);
    await decided.getByText('The decisions file has it.').waitFor();
    await decided.getByText(/^Keep: it is meant to be so by .+, \d/).waitFor();
    await page.keyboard.press('Escape');
    stage.expectNoTrouble();
  });

  it('says in words what is not for who lacks the permission, and shows nothing', async () => {
    await stage.strange(manager);
    const page = await stage.visit(manager, PLACE);
    await page.getByText(/You do not have the permission for this page.*Channel Manager/).waitFor();
    expect(await page.getByRole('table').count()).to.equal(0);
    stage.expectNoTrouble();
  });
});
