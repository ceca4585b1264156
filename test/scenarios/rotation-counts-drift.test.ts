/** What a rotation remembers of leads that somebody else took between the plan and the run. */
import { expect } from 'chai';
import LeadDistribute from '../../src/commands/channel/lead/distribute.js';
import { runCommand } from '../helpers/command.js';
import { DistributionDesk } from './rotation-distribute-support.js';

const ROTATION = `key: A
name: A
leads: Country = 'Norway' AND IsConverted = false
members:
  - queue: Partner_Leads_North
  - queue: Partner_Leads_South
    criteria: NumberOfEmployees > 100
`;

describe('counts of leads that were planned but not written', function () {
  this.timeout(120_000);

  it('owe nothing from a member that could take none of them', async () => {
    const desk = await DistributionDesk.open(20, ROTATION);
    try {
      const leads = desk.leads(60, { NumberOfEmployees: 5 });
      const file = `${desk.desk.folder}/plan.json`;
      await desk.run('--rotation', 'A', '--dry-run', '--plan-file', file);
      const east = desk.queue('Partner_Leads_East');
      for (const id of leads.slice(0, 58))
        await desk.desk.desk.update('Lead', id, { OwnerId: east, Country: 'Iceland' });
      const { result, stderr } = await runCommand(LeadDistribute, [
        ...desk.desk.target(),
        ...['--plan', file, '--no-prompt'],
      ]);
      expect(result, stderr).to.not.equal(undefined);
      expect(stderr).to.contain('58 records were changed by somebody').and.not.contain('wrote nothing');
      const counts = [...desk.counts('A').values()].map(({ Assigned_Count__c, Deficit__c }) => [
        Assigned_Count__c ?? 0,
        Deficit__c ?? 0,
      ]);
      expect(counts.sort()).to.deep.equal([
        [0, 0],
        [2, 0],
      ]);
      desk.leads(40, { NumberOfEmployees: 500 });
      const next = await desk.done('A');
      expect(next.members.map(({ assigned }) => assigned)).to.deep.equal([20, 20]);
    } finally {
      await desk.close();
    }
  });
});
