/** Open activities of leads that get another owner are kept or moved, and come back. */
import { expect } from 'chai';
import { OPEN, ReassignDesk } from './reassign-support.js';

describe('channel lead reassign --activities', function () {
  this.timeout(60_000);
  let desk: ReassignDesk;
  before(async () => (desk = await ReassignDesk.open({ leads: 200 })));
  after(() => desk.close());

  /** A lead of Ada, which the active assignment rule leaves alone, with an open and a closed task of hers, and an open one of somebody else. */
  const leadWithTasks = async (at: number): Promise<{ lead: string; open: string; closed: string; others: string }> => {
    const [ada, joel] = [desk.user('Ada Ashgrove'), desk.user('Joel Bramble')];
    const lead = desk.leads(`${OPEN} AND LeadSource != 'Partner Referral'`, 50)[at]!.Id;
    await desk.desk.update('Lead', lead, { OwnerId: ada });
    const task = (Subject: string, OwnerId: string, Status = 'Not Started'): Promise<string> =>
      desk.desk.create('Task', { Subject, OwnerId, Status, WhoId: lead, Priority: 'Normal' });
    return {
      lead,
      open: await task('Call', ada),
      closed: await task('Called', ada, 'Completed'),
      others: await task('Write', joel),
    };
  };
  const owner = (task: string): string => desk.desk.value(`SELECT OwnerId FROM Task WHERE Id = '${task}'`);

  it('keeps them with their owners though the platform hands them on, and an undo leaves them there', async () => {
    const [ada, joel, nora] = [desk.user('Ada Ashgrove'), desk.user('Joel Bramble'), desk.user('Nora Fieldgate')];
    const { lead, open, closed, others } = await leadWithTasks(1);
    const result = await desk.done(0, lead, '--to', 'Nora Fieldgate');
    expect(result.summary.activities).to.deep.include({ mode: 'keep', tasks: 1, toQueues: 0, unread: ['Event'] });
    expect([desk.owners([lead])[lead], owner(open), owner(closed), owner(others)]).to.deep.equal([
      nora,
      ada,
      ada,
      joel,
    ]);
    const undone = await desk.undo(result.run);
    expect(undone.error?.message).to.equal(undefined);
    expect([desk.owners([lead])[lead], owner(open)]).to.deep.equal([ada, ada]);
  });

  it('moves open ones of the former owner alone, brings them back, and leaves what somebody took since', async () => {
    const [ada, joel, nora] = [desk.user('Ada Ashgrove'), desk.user('Joel Bramble'), desk.user('Nora Fieldgate')];
    const [one, two] = [await leadWithTasks(2), await leadWithTasks(3)];
    const result = await desk.done(0, one.lead, two.lead, '--to', 'Nora Fieldgate', '--activities', 'move');
    expect(result.summary.activities).to.deep.include({ mode: 'move', tasks: 2 });
    expect([one.open, one.closed, one.others].map(owner)).to.deep.equal([nora, ada, joel]);
    await desk.desk.update('Task', two.open, { OwnerId: joel });
    const undone = await desk.undo(result.run);
    expect(undone.error?.message).to.equal(undefined);
    expect([desk.owners([one.lead])[one.lead], owner(one.open), owner(two.open)]).to.deep.equal([ada, ada, joel]);
    expect(undone.stdout).to.contain(two.open).and.to.contain('changed since the run');
  });

  it('stays with their owners where a queue takes over, and says so', async () => {
    const { lead, open } = await leadWithTasks(4);
    const outcome = await desk.run(lead, '--to', 'Partner_Leads_East', '--activities', 'move', '--no-prompt');
    expect(outcome.error?.message).to.equal(undefined);
    expect(outcome.stdout).to.contain('1 open activities stay with their owners, because a queue cannot own them');
    expect(owner(open)).to.equal(desk.user('Ada Ashgrove'));
  });

  it('writes to no activity of a lead that was left alone', async () => {
    const { lead, open } = await leadWithTasks(5);
    const plan = `${desk.folder}/left.json`;
    await desk.run(lead, '--to', 'Nora Fieldgate', '--activities', 'move', '--dry-run', '--plan-file', plan);
    await desk.desk.update('Lead', lead, { OwnerId: desk.queue('Partner_Leads_East') });
    const applied = await desk.run('--plan', plan, '--no-prompt');
    expect(applied.result!.receipt!.steps.map(({ done, changed }) => [done, changed])).to.deep.equal([
      [0, 1],
      [0, 1],
    ]);
    expect(owner(open)).to.equal(desk.user('Ada Ashgrove'));
  });

  it('plans nothing that the org refuses: inactive users get no activity back, and no lead', async () => {
    const partner = await desk.desk.newPartner();
    const lead = desk.leads(`${OPEN} AND LeadSource != 'Partner Referral'`, 50)[6]!.Id;
    await desk.desk.update('Lead', lead, { OwnerId: partner.id });
    const values = { Subject: 'Call', OwnerId: partner.id, Status: 'Not Started', WhoId: lead, Priority: 'Normal' };
    await desk.desk.create('Task', values);
    await desk.desk.update('User', partner.id, { IsActive: false });
    const result = await desk.done(0, lead, '--to', 'Nora Fieldgate');
    expect(result.summary.activities).to.deep.include({ tasks: 0, ofInactive: 1 });
    expect(result.summary.ofInactive).to.equal(1);
    expect((await desk.undo(result.run)).stderr).to.contain('1 of 1 records could not be written');
  });
});
