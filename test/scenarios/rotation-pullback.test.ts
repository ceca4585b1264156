/** A rotation, the pull-back of what its members let lie, and the rotation again. */
import { expect } from 'chai';
import LeadPullback from '../../src/commands/channel/lead/pullback.js';
import type { LeadPullbackResult } from '../../src/leads/pullback/index.js';
import { runCommand } from '../helpers/command.js';
import { DistributionDesk, rowsOf } from './rotation-distribute-support.js';

const DAY = 86_400_000;

/** A session of a user. */
const sessionOf = ({ desk }: DistributionDesk, id: string): string => {
  const [user] = desk.desk.test.query<{ Username: string }>(`SELECT Username FROM User WHERE Id = '${id}'`);
  return desk.desk.test.org.access.open(user!.Username).id;
};

describe('rotation and pull-back', function () {
  this.timeout(60_000);
  let desk: DistributionDesk;
  afterEach(() => desk.close());

  it('gives a lead that was pulled back to another member, and never again to the same', async () => {
    desk = await DistributionDesk.open(20);
    const partners = desk.query<{ Id: string; Username: string }>(
      `SELECT Id, Username FROM User WHERE UserType = 'PowerPartner' AND IsActive = true AND LastLoginDate != null ORDER BY Name`
    );
    const members: typeof partners = [];
    for (const one of partners) {
      const probe = await desk.run('--where', "Country = 'Norway'", '--to', one.Username, '--dry-run');
      if (!/cannot (take|receive) leads/.test(probe.error?.message ?? '')) members.push(one);
      if (members.length === 2) break;
    }
    await desk.desk.save(
      'pair.yaml',
      [
        'key: Pair',
        'name: Pair',
        "leads: Country = 'Norway' AND IsConverted = false",
        'fallback: Unassigned_Leads',
        'neverBackTo: [pulled-back]',
        'members:',
        ...members.map(({ Username }) => `  - user: ${Username}`),
        '',
      ].join('\n')
    );
    await desk.desk.done();
    const { control } = desk.desk.desk.test;
    await control.setClock(new Date(Date.now() - 5 * DAY));
    const leads = desk.leads(4);
    await desk.done('Pair');
    await control.setClock();
    const first = desk.owners();
    const back = await runCommand<LeadPullbackResult>(LeadPullback, [
      ...desk.desk.target(),
      ...['--untouched', '3d', '--rotation', 'Pair', '--no-prompt'],
    ]);
    expect(back.error?.message).to.equal(undefined);
    expect(back.result!.state).to.equal('done');
    const pool = desk.queue('Unassigned_Leads');
    const pooled = desk.owners();
    expect(leads.map((id) => pooled.get(id))).to.deep.equal(leads.map(() => pool));
    const again = await desk.done('Pair');
    const second = desk.owners();
    const [a, b] = members.map(({ Id }) => Id);
    expect(leads.map((id) => second.get(id))).to.deep.equal(leads.map((id) => (first.get(id) === a ? b : a)));
    for (const { Reason } of await rowsOf(again)) expect(Reason).to.contain('pulled back from it');
    // Who may not take the lead is neither owed nor charged anything.
    const counts = [...desk.counts('Pair').values()].map((row) => row.Assigned_Count__c!);
    expect(counts.reduce((sum, count) => sum + count, 0)).to.equal(8);
  });

  it('looks at what partners took out of the queues of a rotation only when asked to', async () => {
    desk = await DistributionDesk.open(
      20,
      [
        'key: North',
        'name: North',
        'fallback: Unassigned_Leads',
        'members:',
        '  - queue: Partner_Leads_North',
        '',
      ].join('\n')
    );
    const { control } = desk.desk.desk.test;
    const north = desk.queue('Partner_Leads_North');
    const [member] = desk.query<{ Id: string }>(
      `SELECT Id FROM User WHERE UserType = 'PowerPartner' AND IsActive = true
        AND Id IN (SELECT UserOrGroupId FROM GroupMember WHERE GroupId = '${north}')`
    );
    const leads = desk.leads(3);
    await control.setClock(new Date(Date.now() - 5 * DAY));
    for (const [at, id] of leads.entries())
      await desk.desk.desk.update('Lead', id, { OwnerId: at === 0 ? north : member!.Id });
    await control.setClock();
    const ours = `Id IN (${leads.map((id) => `'${id}'`).join()})`;
    const looked = async (...more: string[]): Promise<number> => {
      const { result, error } = await runCommand<LeadPullbackResult>(LeadPullback, [
        ...desk.desk.target(),
        ...['--untouched', '3d', '--rotation', 'North', '--where', ours, '--dry-run', ...more],
      ]);
      expect(error?.message).to.equal(undefined);
      return result!.summary.looked;
    };
    expect([await looked(), await looked('--claimed')]).to.deep.equal([1, 3]);

    // Who has left the queue since the plan still holds the leads that he touched.
    const [first, second] = [leads[1]!, leads[2]!];
    const file = `${desk.desk.folder}/claimed.json`;
    await looked('--claimed', '--plan-file', file);
    const [place] = desk.query<{ Id: string }>(
      `SELECT Id FROM GroupMember WHERE GroupId = '${north}' AND UserOrGroupId = '${member!.Id}'`
    );
    await desk.desk.desk.rest('DELETE', `/sobjects/GroupMember/${place!.Id}`);
    const token = sessionOf(desk, member!.Id);
    const call = await desk.desk.desk.create('Task', { Subject: 'Call', WhoId: first }, token);
    const before = desk.owners();
    const apply = (): ReturnType<typeof runCommand<LeadPullbackResult>> =>
      runCommand<LeadPullbackResult>(LeadPullback, [...desk.desk.target(), '--plan', file, '--no-prompt']);
    const late = await apply();
    expect(late.error?.message).to.contain(first).and.contain('activity on');
    expect(desk.owners()).to.deep.equal(before);
    await desk.desk.desk.rest('DELETE', `/sobjects/Task/${call}`);
    expect((await apply()).result!.state).to.equal('done');
    const pool = desk.queue('Unassigned_Leads');
    expect([first, second].map((id) => desk.owners().get(id))).to.deep.equal([pool, pool]);
  });
});
