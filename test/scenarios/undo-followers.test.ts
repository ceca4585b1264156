/** Undo of a run whose records tell of leads: records of leads that are left alone stay, too. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import LeadPullback from '../../src/commands/channel/lead/pullback.js';
import RunShow from '../../src/commands/channel/run/show.js';
import RunUndo from '../../src/commands/channel/run/undo.js';
import { runCommand } from '../helpers/command.js';
import { TimeDesk } from './lead-time.js';

describe('undo of leads and their records', function () {
  this.timeout(120_000);

  it('keeps the record of a lead that moved on, and deletes that of a lead that comes back', async () => {
    const at = await TimeDesk.open({ scenario: { leads: 40, history: true } });
    try {
      await at.install();
      const [una, ben] = at.partners(2);
      const pool = at.queue('Unassigned_Leads');
      const [moved, back] = await at.daysAgo(9, async () => [await at.lead(pool), await at.lead(pool)]);
      await at.daysAgo(5, async () => {
        for (const lead of [moved, back]) await at.give(lead, una!.id);
      });
      const wish = ['--untouched', '3d', '--to', 'Unassigned_Leads', '--where', "Company = 'Timely Ltd'"];
      const pulled = await at.run(LeadPullback, ...wish, '--no-prompt');
      const records = () =>
        at.desk.test
          .query<{ Id: string; Lead__c: string }>(
            "SELECT Id, Lead__c FROM Lead_Assignment__c WHERE Outcome__c = 'PulledBack'"
          )
          .map(({ Id, Lead__c }) => ({ id: Id, lead: Lead__c }));
      const before = records();
      expect(before.map(({ lead }) => lead)).to.have.members([moved, back]);
      await at.give(moved, ben!.id);
      const { result, stderr } = await at.run(RunUndo, (pulled.result as { run: string }).run, '--no-prompt');
      const undone = result as {
        run: string;
        state: string;
        receipt: { steps: Array<{ kind: string; done: number }> };
      };
      expect(undone.state, stderr).to.equal('done');
      expect(undone.receipt.steps.map(({ kind, done }) => [kind, done])).to.deep.equal([
        ['update-rows', 1],
        ['records', 1],
      ]);
      const kept = before.filter(({ lead }) => lead === moved);
      expect(records()).to.deep.equal(kept);
      expect([at.owners()[moved], at.owners()[back]]).to.deep.equal([ben!.id, una!.id]);
      const shown = await runCommand(RunShow, [undone.run]);
      const skipped = await readFile(join(shown.result!.run.folder, 'skipped.csv'), 'utf8');
      expect(skipped).to.contain(kept[0]!.id).and.contain('the record that it tells of is left alone');
    } finally {
      await at.close();
    }
  });
});
