import { expect } from 'chai';
import { LEDGER_UNIT } from '../../src/leads/rotation/model.js';
import { DistributionDesk, rowsOf } from './rotation-distribute-support.js';

const NORWAY = `key: Norway
name: Norway
leads: Country = 'Norway' AND IsConverted = false
period: day
members:
  - queue: Partner_Leads_North
    weight: 2
  - queue: Partner_Leads_South
`;

describe('channel lead distribute --rotation', function () {
  this.timeout(60_000);
  let desk: DistributionDesk;
  afterEach(() => desk.close());

  it('gives new leads by weight, remembers counts and debts, records why, and repays in the next run', async () => {
    desk = await DistributionDesk.open(20, NORWAY);
    const first = desk.leads(4);
    const result = await desk.done('Norway');
    expect(result.result).to.include({ rows: 4, done: 4, changed: 0, failed: 0 });
    const [north, south] = [desk.queue('Partner_Leads_North'), desk.queue('Partner_Leads_South')];
    const got = [...desk.owners().entries()].filter(([id]) => first.includes(id)).map(([, owner]) => owner);
    const share = (owner: string): number => got.filter((one) => one === owner).length;
    expect(share(north) + share(south)).to.equal(4);
    const counts = desk.counts('Norway');
    expect(counts.get('partner_leads_north')!.Assigned_Count__c).to.equal(share(north));
    expect(counts.get('partner_leads_south')!.Assigned_Count__c).to.equal(share(south));
    const owed = (4 * 2 * LEDGER_UNIT) / 3 - share(north) * LEDGER_UNIT;
    expect(counts.get('partner_leads_north')!.Deficit__c).to.be.closeTo(owed, 2);
    const assignments = desk.query(
      'SELECT Lead__c, Owner_After__c, Owner_Before__c, Outcome__c, Reason__c, Rotation__r.Key__c FROM Lead_Assignment__c'
    );
    expect(assignments.map(({ Lead__c }) => Lead__c)).to.have.members(first);
    const rows = new Map((await rowsOf(result)).map((row) => [row.Id, row]));
    for (const { Lead__c, ...row } of assignments) {
      const { OwnerId, Reason } = rows.get(String(Lead__c))!;
      expect(row).to.deep.include({ Owner_After__c: OwnerId, Outcome__c: 'Offered', Reason__c: Reason });
      expect(row.Owner_Before__c).to.equal(desk.queue('Unassigned_Leads'));
    }
    desk.leads(2);
    await desk.done('Norway');
    const after = desk.counts('Norway');
    expect([...after.values()].map((row) => row.Assigned_Count__c)).to.deep.equal([4, 2]);
    expect([...after.values()].map((row) => Math.abs(row.Deficit__c!) < 3)).to.deep.equal([true, true]);
  });

  it('finds nothing new the second time, and takes no lead from a partner who claimed it', async () => {
    desk = await DistributionDesk.open(20, NORWAY);
    const [claimed, other] = desk.leads(2);
    const nora = desk.desk.desk.value(
      "SELECT Id FROM User WHERE UserType = 'PowerPartner' AND IsActive = true LIMIT 1"
    );
    await desk.desk.desk.update('Lead', claimed!, { OwnerId: nora });
    expect((await desk.done('Norway')).selected).to.equal(1);
    expect(desk.owners().get(claimed!)).to.equal(nora);
    const before = desk.owners();
    const again = await desk.run('--rotation', 'norway', '--no-prompt');
    expect([again.exitCode, again.result!.state, again.result!.selected]).to.deep.equal([0, 'nothing-to-do', 0]);
    expect(desk.owners()).to.deep.equal(before);
    const ids = await desk.desk.save('ids.csv', [claimed, other, ''].join('\n'));
    const named = await desk.run('--rotation', 'Norway', '--file', ids, '--no-prompt');
    expect(named.result!.skipped).to.deep.equal({ held: 2 });
    const redone = await desk.run('--rotation', 'Norway', '--file', ids, '--redistribute', '--no-prompt');
    expect(redone.result).to.deep.include({ assigned: 1, skipped: { held: 1 } });
    expect(desk.owners().get(claimed!)).to.not.equal(nora);
  });

  it('keeps caps, criteria and hours, names who cannot take leads, and gives the rest to the fallback queue', async () => {
    desk = await DistributionDesk.open(
      20,
      `${NORWAY}    cap: 3
    criteria: NumberOfEmployees > 10
  - user: nora.fieldgate@practice.example.com
    pausedUntil: 2099-01-01
`
        .replace('    weight: 2\n', '    weight: 2\n    cap: 2\n')
        .replace('members:', 'fallback: Partner_Leads_East\nmembers:')
    );
    const small = desk.leads(5, { NumberOfEmployees: 5 });
    const big = desk.leads(5, { NumberOfEmployees: 50 });
    const result = await desk.done('Norway');
    const owners = desk.owners();
    const [north, south, east] = ['North', 'South', 'East'].map((name) => desk.queue(`Partner_Leads_${name}`));
    const count = (ids: string[], owner: string): number => ids.filter((id) => owners.get(id) === owner).length;
    expect(count([...big, ...small], north!)).to.equal(2);
    expect(count(small, south!)).to.equal(0);
    expect(count(big, south!)).to.equal(3);
    const given = count([...big, ...small], north!) + count(big, south!);
    expect(count([...big, ...small], east!)).to.equal(10 - given);
    const reasons = (await rowsOf(result)).map(({ Reason }) => Reason).join('\n');
    expect(reasons).to.contain('(cap 2 a day)').and.to.contain('(criteria)').and.to.contain('(paused)');
    expect(reasons).to.contain('nobody can take it');
    const counts = desk.counts('Norway');
    expect(counts.get('partner_leads_north')).to.include({ Assigned_Count__c: 2, Period_Count__c: 2 });
    desk.leads(3, { NumberOfEmployees: 50 });
    const next = await desk.done('Norway');
    expect(next.members[0]!.assigned).to.equal(0);
  });

  it('keeps a company with its partner, and never gives a lead back to who lost it', async () => {
    desk = await DistributionDesk.open(
      20,
      NORWAY.replace('members:', 'sticky: [company, email-domain]\nneverBackTo: [declined, pulled-back]\nmembers:')
    );
    const [first] = desk.leads(1, { Company: 'Sticky Works', Email: 'ann@sticky.example' });
    await desk.done('Norway');
    const partner = desk.owners().get(first!)!;
    const [south] = [desk.queue('Partner_Leads_South')];
    const more = desk.leads(3, { Company: 'STICKY  works' });
    const mail = desk.leads(1, { Company: 'Other', Email: 'bob@sticky.example' });
    const lost = desk.leads(4);
    for (const lead of lost) {
      await desk.desk.desk.create('Lead_Assignment__c', {
        Lead__c: lead,
        Owner_Before__c: south,
        Outcome__c: 'PulledBack',
      });
    }
    const result = await desk.done('Norway');
    const owners = desk.owners();
    expect([...more, ...mail].map((id) => owners.get(id))).to.deep.equal([partner, partner, partner, partner]);
    expect(lost.map((id) => owners.get(id))).to.deep.equal(lost.map(() => desk.queue('Partner_Leads_North')));
    const rows = await rowsOf(result);
    const why = (id: string): string => rows.find((row) => row.Id === id)!.Reason;
    expect(why(more[0]!)).to.contain('has leads of this company');
    expect(why(mail[0]!)).to.contain('has leads of this e-mail domain');
    expect(why(lost[0]!)).to.contain('pulled back from it');
  });

  it('balances open leads where the rotation says so', async () => {
    desk = await DistributionDesk.open(20, NORWAY.replace('members:', 'balance: open-leads\nmembers:'));
    const north = desk.queue('Partner_Leads_North');
    const open = (): number => desk.owners(`OwnerId = '${north}' AND IsConverted = false`).size;
    const south = (): number =>
      desk.owners(`OwnerId = '${desk.queue('Partner_Leads_South')}' AND IsConverted = false`).size;
    desk.leads(30);
    await desk.done('Norway');
    expect(Math.abs(open() - 2 * south())).to.be.below(4);
    expect(desk.counts('Norway').get('partner_leads_north')!.Deficit__c ?? 0).to.equal(0);
  });

  it('is undone with its counts and records, except for leads that somebody moved on', async () => {
    desk = await DistributionDesk.open(20, NORWAY);
    const leads = desk.leads(6);
    const { run } = await desk.done('Norway');
    const east = desk.queue('Partner_Leads_East');
    await desk.desk.desk.update('Lead', leads[0]!, { OwnerId: east });
    const { exitCode } = await desk.desk.undo(run!);
    expect(exitCode).to.equal(0);
    const owners = desk.owners();
    const unassigned = desk.queue('Unassigned_Leads');
    expect(leads.map((id) => owners.get(id))).to.deep.equal([east, ...leads.slice(1).map(() => unassigned)]);
    const counts = [...desk.counts('Norway').values()];
    expect(counts.reduce((sum, row) => sum + row.Assigned_Count__c!, 0)).to.equal(1);
    // The record of the lead that stays away stays with it.
    const kept = desk.query('SELECT Lead__c FROM Lead_Assignment__c').map(({ Lead__c }) => Lead__c);
    expect(kept).to.deep.equal([leads[0]]);
  });
});
