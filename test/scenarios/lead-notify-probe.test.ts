/** Whether the org mails new owners by SOAP is tried with one lead; only then does a reassignment rely on it. */
import { expect } from 'chai';
import LeadNotifyProbe from '../../src/commands/channel/lead/notify-probe.js';
import RunShow from '../../src/commands/channel/run/show.js';
import type { LeadNotifyProbeResult } from '../../src/leads/notify/index.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { OPEN, ReassignDesk } from './reassign-support.js';

describe('channel lead notify-probe', function () {
  this.timeout(60_000);
  let desk: ReassignDesk;
  before(async () => {
    desk = await ReassignDesk.open({ leads: 200 });
    desk.org.org.preferences.set('Email.deliverability', 'all');
  });
  after(() => desk.close());
  beforeEach(() => desk.org.org.outbox.clear());

  const probe = (...args: string[]): Promise<CommandOutcome<LeadNotifyProbeResult>> =>
    runCommand(LeadNotifyProbe, [...args, '--target-org', desk.org.username]);
  const sent = (): Array<[string | undefined, string[]]> =>
    desk.org.org.outbox.list().map(({ relatedId, to, kind }) => {
      expect(kind).to.equal('owner-change');
      return [relatedId, to];
    });
  const email = (id: string): string => desk.desk.value(`SELECT Email FROM User WHERE Id = '${id}'`);
  const free = (count: number): string[] =>
    desk
      .leads(
        `${OPEN} AND OwnerId != '${desk.user('Ada Ashgrove')}' AND OwnerId != '${desk.user('Nora Fieldgate')}'`,
        count
      )
      .map(({ Id }) => Id);

  it('gives one lead away and back with one mail, and records what was seen', async () => {
    const [ada, [lead]] = [desk.user('Ada Ashgrove'), free(1) as [string]];
    const before = desk.owners([lead]);
    const dry = await probe('--lead', lead, '--to', 'Ada Ashgrove', '--dry-run');
    expect(dry.stdout).to.contain(`goes to Ada Ashgrove and comes back at once. The org may mail ${email(ada)}`);
    expect((await probe('--confirm-received')).error!.message).to.contain('No probe was made');
    expect((await probe('--lead', lead, '--to', 'Ada Ashgrove', '--no-prompt')).error!.message).to.contain(
      'The org may mail'
    );
    expect([sent(), desk.owners([lead])]).to.deep.equal([[], before]);

    const outcome = await probe('--lead', lead, '--to', 'Ada Ashgrove', '--no-prompt', '--accept-mails');
    expect(outcome.error?.message).to.equal(undefined);
    expect([outcome.exitCode, outcome.result!.state]).to.deep.equal([0, 'done']);
    expect(outcome.result!.probe).to.deep.include({ lead, kind: 'partner', received: null });
    expect([sent(), desk.owners([lead])]).to.deep.equal([[[lead, [email(ada)]]], before]);
    expect(outcome.stdout).to.contain('--confirm-received');
    expect((await runCommand(RunShow, [outcome.result!.run!])).error?.message).to.equal(undefined);
  });

  it('lets a reassignment mail by SOAP only where a mail was seen, and an undo mails nobody', async () => {
    const [ada, nora, [a, b]] = [desk.user('Ada Ashgrove'), desk.user('Nora Fieldgate'), free(2) as [string, string]];
    const before = desk.owners([a, b]);
    const args = [a, b, '--to', 'Ada Ashgrove', '--notify', '--route', 'soap', '--accept-mails'];
    expect((await desk.run(...args, '--no-prompt')).error!.message)
      .to.contain('Nobody has confirmed')
      .and.to.contain('partner');
    const said = await probe('--confirm-received');
    expect([said.result!.state, said.result!.probe!.received]).to.deep.equal(['answered', true]);
    // What is known of partners says nothing about the company's own people.
    const inside = await desk.run(a, '--to', 'Nora Fieldgate', '--notify', '--route', 'soap', '--no-prompt');
    expect(inside.error!.message).to.contain('internal users');

    const result = await desk.done(0, ...args);
    expect(sent()).to.have.deep.members([
      [a, [email(ada)]],
      [b, [email(ada)]],
    ]);
    expect(result.summary.notify).to.deep.include({ route: 'soap', mails: 2, sample: null });
    desk.org.org.outbox.clear();
    expect((await desk.undo(result.run)).error?.message).to.equal(undefined);
    expect([sent(), desk.owners([a, b]), nora]).to.deep.equal([[], before, nora]);

    await probe('--not-received');
    expect((await desk.run(...args, '--no-prompt')).error!.message).to.contain('Nobody has confirmed');
    expect((await desk.run(...args, '--template', 'Any', '--no-prompt')).error!.message).to.contain('have no template');
  });

  it('refuses what would try nothing', async () => {
    const message = async (...args: string[]): Promise<string> => (await probe(...args, '--dry-run')).error!.message;
    const [me, [lead]] = [desk.org.username, free(1) as [string]];
    expect(await message('--lead', lead)).to.contain('Nobody was named');
    expect(await message('--lead', lead, '--to', me)).to.contain('is you');
    expect(await message('--lead', lead, '--to', 'Partner_Leads_North')).to.contain('is a queue');
    expect(await message('--lead', lead, '--to', 'Bela Pinecrest')).to.contain('Bela Pinecrest cannot get the lead');
    expect(await message('--lead', '003000000000001', '--to', 'Ada Ashgrove')).to.contain('no open lead 003');
  });
});
