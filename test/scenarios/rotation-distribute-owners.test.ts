/** From whom a rotation takes leads, when leads wait, and for whom partners in queues count. */
import { expect } from 'chai';
import { DistributionDesk, rowsOf } from './rotation-distribute-support.js';

const rotation = (key: string, queue: string, ...more: string[]): string =>
  [
    ...[`key: ${key}`, `name: ${key}`, "leads: Country = 'Norway' AND IsConverted = false"],
    ...more,
    ...['members:', `  - queue: ${queue}`, ''],
  ].join('\n');

describe('channel lead distribute --rotation: owners', function () {
  this.timeout(60_000);
  let desk: DistributionDesk;
  afterEach(() => desk.close());

  const partner = (): { Id: string; Username: string } =>
    desk.query<{ Id: string; Username: string }>(
      "SELECT Id, Username FROM User WHERE UserType = 'PowerPartner' AND IsActive = true AND LastLoginDate != null AND Id NOT IN (SELECT UserOrGroupId FROM GroupMember) ORDER BY Name LIMIT 1"
    )[0]!;

  it('takes leads that nobody has: not from other rotations, queues of partners or users, unless owners are named', async () => {
    desk = await DistributionDesk.open(20, rotation('A', 'Partner_Leads_North'), rotation('B', 'Partner_Leads_South'));
    const { Id: una } = partner();
    const east = desk.queue('Partner_Leads_East');
    await desk.desk.desk.create('GroupMember', { GroupId: east, UserOrGroupId: una });
    const nora = desk.desk.desk.value("SELECT Id FROM User WHERE Name = 'Nora Fieldgate'");
    const free = desk.leads(3);
    const theirs = [
      ...desk.leads(1, { OwnerId: east }),
      ...desk.leads(1, { OwnerId: nora }),
      ...desk.leads(1, { OwnerId: una }),
    ];
    const result = await desk.done('A');
    expect(result.from).to.deep.equal([{ id: desk.queue('Unassigned_Leads'), name: 'Unassigned Leads', leads: 3 }]);
    const other = await desk.run('--rotation', 'B', '--no-prompt');
    expect(other.result!.state).to.equal('nothing-to-do');
    const owners = desk.owners();
    expect(free.map((id) => owners.get(id))).to.deep.equal(free.map(() => desk.queue('Partner_Leads_North')));
    expect(theirs.map((id) => owners.get(id))).to.deep.equal([east, nora, una]);
    const named = await desk.done('A', '--where', `OwnerId = '${nora}'`);
    expect(named.from.map(({ name }) => name)).to.deep.equal(['Nora Fieldgate']);
    const again = await desk.done('A', '--redistribute');
    expect(again.assigned).to.equal(2);
  });

  it('lets leads wait for working hours, and gives to the fallback queue only what hours do not hold up', async () => {
    const today = new Date().toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' });
    const other = today === 'Mon' ? 'Tue' : 'Mon';
    desk = await DistributionDesk.open(
      20,
      rotation(
        'A',
        'Partner_Leads_North',
        'timeZone: UTC',
        `hours: ${other} 09:00-10:00`,
        'fallback: Partner_Leads_East'
      )
    );
    const leads = desk.leads(3);
    const { result, stdout } = await desk.run('--rotation', 'A', '--no-prompt');
    expect(result).to.deep.include({ state: 'nothing-to-do', skipped: { waiting: 3 } });
    expect(stdout).to.contain('3 wait where they are, because members are out of hours');
    const pool = desk.queue('Unassigned_Leads');
    expect(leads.map((id) => desk.owners().get(id))).to.deep.equal([pool, pool, pool]);
  });

  it('counts a partner for the queue that he is in, also by his role, for companies and for what he lost', async () => {
    desk = await DistributionDesk.open(
      20,
      rotation('A', 'Partner_Leads_North', 'sticky: [company]', 'neverBackTo: [pulled-back]') +
        '  - queue: Partner_Leads_South\n'
    );
    const { Id: una } = partner();
    const south = desk.queue('Partner_Leads_South');
    const role = desk.desk.desk.value(`SELECT UserRoleId FROM User WHERE Id = '${una}'`);
    const group = desk.desk.desk.value(`SELECT Id FROM Group WHERE Type = 'Role' AND RelatedId = '${role}'`);
    const inside = await desk.desk.desk.create('Group', { Name: 'Inside', DeveloperName: 'Inside', Type: 'Regular' });
    await desk.desk.desk.create('GroupMember', { GroupId: inside, UserOrGroupId: group });
    await desk.desk.desk.create('GroupMember', { GroupId: south, UserOrGroupId: inside });
    desk.leads(1, { OwnerId: una, Company: 'Role Works' });
    const kept = desk.leads(3, { Company: 'Role Works' });
    const lost = desk.leads(3);
    for (const Lead__c of lost)
      await desk.desk.desk.create('Lead_Assignment__c', { Lead__c, Owner_Before__c: una, Outcome__c: 'PulledBack' });
    const result = await desk.done('A');
    const owners = desk.owners();
    expect(kept.map((id) => owners.get(id))).to.deep.equal([south, south, south]);
    const north = desk.queue('Partner_Leads_North');
    expect(lost.map((id) => owners.get(id))).to.deep.equal([north, north, north]);
    const reasons = (await rowsOf(result)).map(({ Reason }) => Reason).join('\n');
    expect(reasons).to.contain('has leads of this company').and.to.contain('pulled back from it');
  });
});
