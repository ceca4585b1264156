/** New owners are mailed by an e-mail alert: exactly the planned mails, and none without --notify. */
import { expect } from 'chai';
import RunResume from '../../src/commands/channel/run/resume.js';
import { runCommand } from '../helpers/command.js';
import { OPEN, ReassignDesk } from './reassign-support.js';

describe('channel lead reassign --notify', function () {
  this.timeout(60_000);
  let desk: ReassignDesk;
  before(async () => {
    desk = await ReassignDesk.open({ leads: 400 });
    desk.org.org.preferences.set('Email.deliverability', 'all');
  });
  after(() => desk.close());
  beforeEach(() => desk.org.org.outbox.clear());

  const NAME = 'Channel_Desk_Lead_Assigned';
  const templates = (): number => desk.org.query(`SELECT Id FROM EmailTemplate WHERE DeveloperName = '${NAME}'`).length;
  const alerts = (): string[] => desk.org.org.tools.components.list('WorkflowAlert').map(({ fullName }) => fullName);
  const ids = (count: number, owner: string): string[] =>
    desk
      .leads(`${OPEN} AND OwnerId != '${owner}' AND OwnerId != '${desk.queue('Unassigned_Leads')}'`, count)
      .map(({ Id }) => Id);

  it('shows the mail and the count first, brings alert and template, and mails exactly the planned', async () => {
    const [ada, queue] = [desk.user('Ada Ashgrove'), desk.queue('Unassigned_Leads')];
    const [a, b, c, d] = ids(4, ada) as [string, string, string, string];
    const file = await desk.save('mails.csv', [
      'Id,Owner',
      `${a},Ada Ashgrove`,
      `${b},Ada Ashgrove`,
      `${c},Unassigned_Leads`,
      `${d},Ada Ashgrove`,
    ]);
    const dry = await desk.run('--file', file, '--notify', '--dry-run');
    expect(dry.error?.message).to.equal(undefined);
    const name = desk.desk.value(`SELECT Name FROM Lead WHERE Id = '${a}'`);
    expect(dry.stdout).to.contain('Mails: 4 (the org still sends').and.to.contain(`A lead for you: ${name}`);
    expect(dry.stdout).to.contain(`Bring the e-mail template ${NAME}`).and.to.contain('/s/detail/');
    expect(dry.stderr).to.contain('Look at Deliverability in Setup').and.not.to.contain('no link to a site');
    expect([templates(), alerts(), desk.org.org.outbox.list()]).to.deep.equal([0, [], []]);
    const refused = await desk.run('--file', file, '--notify', '--no-prompt');
    expect(refused.error!.message).to.contain('The plan sends 4 mails');

    const result = await desk.done(0, '--file', file, '--notify', '--accept-mails');
    const mails = desk.org.org.outbox.list();
    const email = desk.desk.value(`SELECT Email FROM User WHERE Id = '${ada}'`);
    expect(mails.map(({ relatedId, to, kind, template }) => [relatedId, to, kind, template])).to.have.deep.members(
      [
        [a, email],
        [b, email],
        [c, 'leads@example.com'],
        [d, email],
      ].map(([id, to]) => [id, [to], 'email-alert', NAME])
    );
    expect(result.cost.emails).to.equal(4);
    expect(result.summary.owners.map(({ id, mails: count }) => [id, count])).to.deep.equal([
      [ada, 3],
      [queue, 1],
    ]);

    // What the customer makes of the template stays, also when the run is taken back.
    const id = desk.desk.value(`SELECT Id FROM EmailTemplate WHERE DeveloperName = '${NAME}'`);
    desk.org.org.outbox.clear();
    const undone = await desk.undo(result.run);
    expect(undone.error?.message).to.equal(undefined);
    expect(undone.stderr).to.contain('4 mails cannot be called back');
    expect([templates(), alerts(), desk.org.org.outbox.list()], id).to.deep.equal([0, [], []]);
  });

  it('writes over nothing that the customer edited, and refuses a saved plan whose mail says something else by now', async () => {
    const ada = desk.user('Ada Ashgrove');
    const [first, second, third] = ids(3, ada) as [string, string, string];
    await desk.done(0, first, '--to', 'Ada Ashgrove', '--notify', '--accept-mails');
    const id = desk.desk.value(`SELECT Id FROM EmailTemplate WHERE DeveloperName = '${NAME}'`);
    await desk.desk.update('EmailTemplate', id, { Subject: 'Edited: {!Lead.Name}' });
    desk.org.org.outbox.clear();
    const result = await desk.done(0, second, '--to', 'Ada Ashgrove', '--notify', '--accept-mails');
    expect(result.summary.notify!.brings).to.deep.equal([]);
    expect(desk.org.org.outbox.list().map(({ subject }) => subject.slice(0, 8))).to.deep.equal(['Edited: ']);

    const plan = `${desk.folder}/mail.json`;
    await desk.run(third, '--to', 'Ada Ashgrove', '--notify', '--dry-run', '--plan-file', plan);
    await desk.desk.update('EmailTemplate', id, { Body: 'Something else' });
    const stale = await desk.run('--plan', plan, '--no-prompt', '--accept-mails');
    expect(stale.error?.name, stale.stdout).to.equal('PlanStaleError');
    const other = await desk.run(third, '--to', 'Ada Ashgrove', '--notify', '--template', 'Not_There', '--dry-run');
    expect(other.error!.message).to.contain('Not_There');
  });

  it('mails nobody about a lead that somebody changed, and nobody at all without --notify', async () => {
    const ada = desk.user('Ada Ashgrove');
    const [first, second, third] = ids(3, ada) as [string, string, string];
    const plan = `${desk.folder}/drift.json`;
    await desk.run(first, second, '--to', 'Ada Ashgrove', '--notify', '--dry-run', '--plan-file', plan);
    await desk.desk.update('Lead', first, { Company: 'Example Changed Ltd' });
    const applied = await desk.run('--plan', plan, '--no-prompt', '--accept-mails');
    expect(applied.error?.message).to.equal(undefined);
    expect(desk.org.org.outbox.list().map(({ relatedId }) => relatedId)).to.deep.equal([second]);
    desk.org.org.outbox.clear();
    await desk.done(0, third, '--to', 'Ada Ashgrove');
    expect(desk.org.org.outbox.list()).to.deep.equal([]);
  });

  it('refuses more mails than the org still sends today', async () => {
    const ada = desk.user('Ada Ashgrove');
    const chosen = ids(3, ada);
    const { Max, Remaining } = desk.org.org.limits.all().DailyWorkflowEmails!;
    desk.org.org.limits.setMax('DailyWorkflowEmails', Max - Remaining + 2);
    const refused = await desk.run(...chosen, '--to', 'Ada Ashgrove', '--notify', '--accept-mails', '--no-prompt');
    expect(refused.error!.message).to.equal(
      'These are 3 mails, and the org sends only 2 more today. It would throw the others away and not say so.'
    );
    desk.org.org.limits.setMax('DailyWorkflowEmails', Max);
    expect(Object.values(desk.owners(chosen))).not.to.include(ada);
    expect(desk.org.org.outbox.list()).to.deep.equal([]);
  });

  it('mails by a template of the customer, counts the members of a queue, and resumes without a second mail', async () => {
    const queue = desk.queue('Partner_Leads_South');
    await desk.desk.create('EmailTemplate', {
      ...{ FolderId: desk.desk.value('SELECT Id FROM Organization'), DeveloperName: 'Own_Words', Name: 'Own words' },
      ...{ TemplateType: 'text', TemplateStyle: 'none', Encoding: 'UTF-8', IsActive: true },
      ...{ Subject: 'Ours: {!Lead.Name}', Body: 'Hello' },
    });
    const chosen = ids(3, queue);
    const args = [...chosen, '--to', 'Partner_Leads_South', '--notify', '--template', 'Own_Words', '--accept-mails'];
    // The reply of the call that mails is lost: all of them are sent, and nobody can tell.
    await desk.org.control.setFaults([{ kind: 'drop-after', method: 'POST', path: '*/actions/custom/emailAlert/*' }]);
    const outcome = await desk.run(...args, '--no-prompt');
    await desk.org.control.setFaults([]);
    expect(outcome.error?.message).to.equal(undefined);
    const { result } = outcome;
    const members = desk.org.query(
      `SELECT Id FROM GroupMember WHERE GroupId = '${queue}' AND UserOrGroupId IN (SELECT Id FROM User WHERE IsActive = true)`
    ).length;
    const mails = desk.org.org.outbox.list();
    expect(mails.map(({ template }) => template)).to.deep.equal(chosen.map(() => 'Own_Words'));
    expect(mails.reduce((sum, { to }) => sum + to.length, 0)).to.equal(3 * members);
    expect(result!.cost.emails).to.equal(3 * members);
    expect(result!.summary.notify).to.deep.include({
      alert: 'Channel_Desk_Own_Words',
      template: 'unfiled$public/Own_Words',
    });
    expect(result!.state).not.to.equal('done');
    const again = await runCommand(RunResume, [result!.run!, '--target-org', desk.org.username]);
    expect(again.error?.message).to.equal(undefined);
    expect(desk.org.org.outbox.list()).to.have.length(3);
    expect(JSON.stringify(again.result)).to.contain('REPLY_LOST');
  });
});
