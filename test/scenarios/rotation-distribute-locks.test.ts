/** What keeps two distributions apart, and what a distribution refuses. */
import { join } from 'node:path';
import { expect } from 'chai';
import type { DistributeResult } from '../../src/leads/distribute/index.js';
import { spawnCommand } from '../helpers/spawn-command.js';
import { DistributionDesk } from './rotation-distribute-support.js';

const NORWAY = `key: Norway
name: Norway
leads: Country = 'Norway' AND IsConverted = false
members:
  - queue: Partner_Leads_North
  - queue: Partner_Leads_South
`;

const NAMED = ['--where', "Country = 'Norway'", '--to', 'Partner_Leads_North', '--to', 'Partner_Leads_South'];

describe('channel lead distribute: locks and refusals', function () {
  this.timeout(60_000);
  let desk: DistributionDesk;
  afterEach(() => desk.close());

  it('lets one of two at the same time win; the other says who holds the rotation', async () => {
    desk = await DistributionDesk.open(20, NORWAY);
    desk.leads(30);
    const file = join(desk.desk.folder, 'plan.json');
    await desk.run('--rotation', 'Norway', '--dry-run', '--plan-file', file);
    // Slow answers, so that the two are at work at the same time.
    await desk.desk.desk.test.control.setFaults([{ kind: 'latency', ms: 60, count: 0 }]);
    const args = ['channel', 'lead', 'distribute', ...desk.desk.target(), '--plan', file, '--no-prompt', '--json'];
    const both = await Promise.all([0, 1].map(() => spawnCommand(args)));
    await desk.desk.desk.test.control.setFaults([]);
    const results = both.map(({ stdout }) => (JSON.parse(stdout) as { result: DistributeResult }).result);
    expect(results.map(({ state }) => state).sort(), both[0]!.stdout + both[1]!.stdout).to.deep.equal([
      'done',
      'stopped',
    ]);
    const winner = results.find(({ state }) => state === 'done')!;
    const loser = both[results.findIndex(({ state }) => state === 'stopped')]!;
    expect(results.find(({ state }) => state === 'stopped')!.result).to.include({ done: 0, pending: 30 });
    expect(loser.code).to.equal(68);
    expect(loser.stdout).to.contain(`is held by run ${winner.run}`);
    const counts = [...desk.counts('Norway').values()];
    expect(counts.map((row) => row.Assigned_Count__c)).to.deep.equal([15, 15]);
    const runs = desk.query("SELECT State__c, Lock_Key__c FROM Channel_Run__c WHERE Kind__c = 'lead.distribute'");
    expect(runs.map((row) => row.Lock_Key__c)).to.deep.equal(runs.map(() => null));
  });

  it('is refused before it reads leads while somebody holds the rotation, with his name', async () => {
    desk = await DistributionDesk.open(20, NORWAY);
    desk.leads(3);
    await desk.desk.desk.create('Channel_Run__c', {
      Run_Key__c: 'their-run',
      Lock_Key__c: 'rotation:norway',
      Owner_Token__c: 'theirs',
      Holder__c: 'ops@example.com',
      Lease_Until__c: new Date(Date.now() + 60_000).toISOString(),
    });
    const before = desk.owners();
    const { error, exitCode } = await desk.run('--rotation', 'Norway', '--no-prompt');
    expect(exitCode).to.equal(1);
    expect(error!.message)
      .to.contain('the rotation Norway')
      .and.to.contain('their-run')
      .and.to.contain('ops@example.com');
    expect(desk.owners()).to.deep.equal(before);
  });

  it('refuses a saved plan when the rotation gave leads since, or is another', async () => {
    desk = await DistributionDesk.open(20, NORWAY);
    desk.leads(5);
    const file = join(desk.desk.folder, 'plan.json');
    await desk.run('--rotation', 'Norway', '--dry-run', '--plan-file', file);
    await desk.done('Norway');
    const before = desk.owners();
    const stale = await desk.run('--plan', file, '--no-prompt');
    expect([stale.exitCode, stale.result!.state]).to.deep.equal([68, 'stopped']);
    expect(stale.stderr).to.contain('Leads were given to');
    await desk.desk.save(
      'r0.yaml',
      NORWAY.replace('  - queue: Partner_Leads_South', '  - queue: Partner_Leads_South\n    weight: 5')
    );
    await desk.desk.done();
    const changed = await desk.run('--plan', file, '--no-prompt');
    expect([changed.exitCode, changed.error!.name]).to.deep.equal([1, 'PlanStaleError']);
    expect(desk.owners()).to.deep.equal(before);
  });

  it('refuses rotations that are not there, not active or not understood, and gives around members that are gone', async () => {
    desk = await DistributionDesk.open(20, NORWAY);
    desk.leads(4);
    const refused = async (key: string): Promise<string> => {
      const { error, exitCode } = await desk.run('--rotation', key, '--no-prompt');
      expect(exitCode).to.equal(1);
      return error!.message;
    };
    expect(await refused('Sweden')).to.contain('no rotation "Sweden"');
    const south = desk.desk.memberId('Norway/queue:partner_leads_south');
    await desk.desk.desk.update('Lead_Rotation_Member__c', south, { Queue_Developer_Name__c: 'Gone' });
    const { result, stderr } = await desk.run('--rotation', 'Norway', '--no-prompt');
    expect(stderr).to.contain('Gone gets nothing');
    expect(result!.members.map(({ assigned }) => assigned)).to.deep.equal([4, 0]);
    const rotation = desk.desk.desk.value<string>("SELECT Id FROM Lead_Rotation__c WHERE Key__c = 'Norway'");
    await desk.desk.desk.update('Lead_Rotation__c', rotation, { Hours__c: 'whenever' });
    expect(await refused('Norway')).to.contain('hours');
    await desk.desk.desk.update('Lead_Rotation__c', rotation, { Hours__c: null, Active__c: false });
    expect(await refused('Norway')).to.contain('not active');
  });

  it('needs the package for a rotation; named members do without, and say that only this computer is safe', async () => {
    desk = await DistributionDesk.bare(20);
    desk.leads(6);
    const { error, exitCode } = await desk.run('--rotation', 'Norway', '--no-prompt');
    expect(exitCode).to.equal(1);
    expect(error!.message).to.contain('no objects of Channel Desk');
    const named = await desk.run(...NAMED, '--no-prompt');
    expect(named.result!.state).to.equal('done');
    expect(named.result!.warnings.join(' ')).to.contain('Without the in-org package');
    expect(named.result!.lock).to.equal(null);
    const recorded = await desk.run(...NAMED, '--no-prompt', '--record-assignments');
    expect(recorded.exitCode).to.equal(1);
    expect(recorded.error!.message).to.contain('no objects of Channel Desk');
  });

  it('locks named members too where the package is there, balances their open leads, and records when asked', async () => {
    desk = await DistributionDesk.open(20);
    const leads = desk.leads(21);
    const { result } = await desk.run(...NAMED, '--no-prompt', '--balance', 'open-leads', '--record-assignments');
    expect(result!.state).to.equal('done');
    expect(result!.warnings).to.deep.equal([]);
    expect(result!.lock).to.match(/^distribute:/);
    const open = ['North', 'South'].map(
      (name) => desk.owners(`OwnerId = '${desk.queue(`Partner_Leads_${name}`)}' AND IsConverted = false`).size
    );
    expect(Math.abs(open[0]! - open[1]!)).to.be.at.most(1);
    const recorded = desk.query('SELECT Lead__c FROM Lead_Assignment__c').map(({ Lead__c }) => Lead__c);
    expect(recorded).to.include.members(leads);
    expect(desk.query("SELECT Id FROM Channel_Run__c WHERE Lock_Key__c = null AND State__c = 'Done'")).to.have.length(
      1
    );
  });
});
