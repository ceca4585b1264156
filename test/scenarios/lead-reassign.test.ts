/** Leads are given to other owners, by the real command over HTTP. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { OPEN, ReassignDesk } from './reassign-support.js';

describe('channel lead reassign', function () {
  this.timeout(60_000);
  let desk: ReassignDesk;
  before(async () => (desk = await ReassignDesk.open()));
  after(() => desk.close());

  const idsOf = (leads: ReadonlyArray<{ Id: string }>): string[] => leads.map(({ Id }) => Id);

  it('gives named leads to a partner user, with the reason of each and no mail, and takes them back', async () => {
    const ada = desk.user('Ada Ashgrove');
    const chosen = desk.leads(`${OPEN} AND OwnerId != '${ada}'`, 5);
    const [converted] = desk.leads('IsConverted = true', 1);
    const before = desk.owners(idsOf(chosen));
    const args = [
      ...idsOf(chosen).map((id) => id.slice(0, 15)),
      converted!.Id,
      '00Q00000000000z',
      '--to',
      'ada ashgrove',
    ];
    desk.org.org.outbox.clear();
    const dry = await desk.run(...args, '--dry-run');
    expect(dry.error?.message).to.equal(undefined);
    expect(dry.stdout).to.contain('5 of 7 selected leads get a new owner').and.to.contain('No mail is sent.');
    expect(dry.stdout).to.contain('1 converted, 1 that the org does not show');
    expect([dry.result!.state, desk.owners(idsOf(chosen))]).to.deep.equal(['planned', before]);

    const result = await desk.done(0, ...args);
    const [owner] = result.summary.owners;
    expect(owner).to.deep.include({ id: ada, kind: 'User', partner: true, leads: 5, mails: 0 });
    expect(owner!.after - owner!.before).to.equal(5);
    expect(new Set(Object.values(desk.owners(idsOf(chosen))))).to.deep.equal(new Set([ada]));
    expect(await readFile(result.files.rows!, 'utf8')).to.contain('given to partner user Ada Ashgrove');
    expect(desk.org.org.outbox.list()).to.deep.equal([]);

    const again = await desk.run(...idsOf(chosen), '--to', 'Ada Ashgrove', '--no-prompt');
    expect([again.result!.state, again.result!.summary.unchanged]).to.deep.equal(['nothing-to-do', 5]);

    // Somebody takes one of them meanwhile: it is his.
    const other = desk.queue('Partner_Leads_East');
    await desk.desk.update('Lead', chosen[0]!.Id, { OwnerId: other });
    const undone = await desk.undo(result.run);
    expect(undone.error?.message).to.equal(undefined);
    expect(desk.owners(idsOf(chosen))).to.deep.equal({ ...before, [chosen[0]!.Id]: other });
    expect(undone.stdout).to.contain(`${chosen[0]!.Id} (${other})`).and.to.contain('changed since the run');
    expect(undone.result).to.deep.include({ restorable: 4, left: 1 });
  });

  it('takes owners from the rows of a file, rejects bad rows with reasons, and writes those ready to mend', async () => {
    const [north, ada] = [desk.queue('Partner_Leads_North'), desk.user('Ada Ashgrove')];
    const chosen = desk.leads(`${OPEN} AND OwnerId != '${north}' AND OwnerId != '${ada}'`, 9);
    const [a, b, c, d, e, f, g] = idsOf(chosen) as [string, string, string, string, string, string, string];
    const file = await desk.save('owners.csv', [
      'Lead Id;Owner;Note',
      `${a};Partner_Leads_North;plain`,
      `${b};${ada};by id`,
      `${c};Bela Pinecrest;inactive`,
      `${d};Nobody Atall;`,
      `0012;Partner_Leads_North;`,
      `${e};Partner_Leads_North;`,
      `${e};Partner_Leads_South;`,
      `${f};;`,
      `${g};PARTNER_LEADS_NORTH;`,
      `${g};partner_leads_north;`,
    ]);
    const before = desk.owners(idsOf(chosen));
    const result = await desk.done(68, '--file', file);
    const [moved, kept] = [{ [a]: north, [b]: ada, [g]: north }, desk.owners(idsOf(chosen))];
    expect(kept).to.deep.equal({ ...before, ...moved });
    const told = result.rejected.map(({ line, reason }) => [String(line), reason] as const);
    const reasons: Record<string, string> = Object.fromEntries(told);
    expect(Object.keys(reasons)).to.deep.equal(['4', '5', '6', '7', '8', '9', '11']);
    expect(reasons[4]).to.match(/Bela Pinecrest.*(not active|inactive)/i);
    expect(reasons[5]).to.contain('Nobody Atall');
    expect(reasons[7]).to.equal('Lines 7, 8 want different owners for this lead.');
    expect(reasons[9]).to.contain('names no owner');
    expect(reasons[11]).to.contain('line 10 already');
    expect(result.files.rejected).to.equal(join(desk.folder, 'owners.rejected.csv'));
    expect((await readFile(result.files.rejected!, 'utf8')).split('\r\n')[0]).to.contain('Lead Id;Owner;Note;Reason');

    // Rows without an owner take --to; a list of ids has no owners at all.
    const list = await desk.save('list.csv', [c, d]);
    const more = await desk.done(0, '--file', list, '--to', 'Partner_Leads_South');
    expect(more.summary.moved).to.equal(2);
    const none = await desk.run('--file', await desk.save('bad.csv', ['Id,Owner', `${a},Nobody Atall`]), '--no-prompt');
    expect(none.error!.message).to.contain('No row of the file can be carried out (1 rows)');
    expect(await readFile(join(desk.folder, 'bad.rejected.csv'), 'utf8')).to.contain('Nobody Atall');
    expect((await desk.run('--file', list)).error!.message).to.contain('Nobody was named');
  });

  it('takes over from an owner, and leaves alone what changed between plan and run', async () => {
    const west = desk.queue('Unassigned_Leads');
    const mine = desk.leads(`IsConverted = false AND OwnerId = '${west}'`);
    expect(mine).to.have.length.above(3);
    const plan = join(desk.folder, 'plan.json');
    const args = ['--from-owner', 'Unassigned_Leads', '--to', 'Partner_Leads_Alps'];
    const planned = await desk.run(...args, '--dry-run', '--plan-file', plan);
    expect(planned.result!.summary.selection).to.equal('open leads of Unassigned Leads');
    expect(planned.result!.summary.moved).to.equal(mine.length);
    await desk.desk.update('Lead', mine[0]!.Id, { Company: 'Example Changed Ltd' });
    const applied = await desk.run('--plan', plan, '--no-prompt');
    expect(applied.error?.message).to.equal(undefined);
    const [step] = applied.result!.receipt!.steps;
    expect([step!.done, step!.changed]).to.deep.equal([mine.length - 1, 1]);
    expect(applied.stderr).to.contain('1');
    expect(desk.owners([mine[0]!.Id])).to.deep.equal({ [mine[0]!.Id]: west });
    const some = await desk.run(
      '--from-owner',
      'Partner_Leads_Alps',
      '--where',
      "Country = 'Germany'",
      '--to',
      'Partner_Leads_West',
      '--dry-run'
    );
    const german = desk.leads(
      `IsConverted = false AND OwnerId = '${desk.queue('Partner_Leads_Alps')}' AND Country = 'Germany'`
    );
    expect(some.error?.message ?? some.result!.summary.moved).to.equal(
      german.length > 0
        ? german.length
        : "The selection holds no leads: open leads of Partner Leads Alps where Country = 'Germany'"
    );
  });

  it('refuses who cannot take leads, names that mean nobody, and plans whose owner cannot take leads any more', async () => {
    const [lead] = idsOf(desk.leads(OPEN, 1)) as [string];
    const message = async (...args: string[]): Promise<string> =>
      (await desk.run(...args, '--no-prompt')).error!.message;
    expect(await message(lead, '--to', 'Bela Pinecrest')).to.match(/Bela Pinecrest.*active/s);
    expect(await message(lead, '--to', 'Rosa Goldmoor'))
      .to.contain('Rosa Goldmoor')
      .and.to.match(/member/);
    expect(await message(lead, '--to', 'Nobody'))
      .to.contain('Nobody')
      .and.to.contain('Partner Leads North');
    expect(await message('--to', 'Ada Ashgrove')).to.contain('No leads were selected');
    expect(await message(lead, '--where', "Country = 'Germany'", '--to', 'Ada Ashgrove')).to.contain('one way only');
    expect(await message('--from-owner', 'Nobody', '--to', 'Ada Ashgrove')).to.contain('Nobody');
    expect(await message('--where', 'Nothing = 1', '--to', 'Ada Ashgrove')).to.contain('Nothing');
    expect(await message(lead, '--to', 'Ada Ashgrove', '--record-assignments')).to.contain('not there for you');

    const plan = join(desk.folder, 'stale.json');
    const partner = await desk.desk.newPartner();
    const made = await desk.run(lead, '--to', partner.username, '--dry-run', '--plan-file', plan);
    expect(made.error?.message).to.equal(undefined);
    expect(made.stderr).to.contain('gets leads, but');
    await desk.desk.update('User', partner.id, { IsActive: false });
    expect(await message('--plan', plan)).to.match(/plan/i);
  });
});
