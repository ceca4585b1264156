/** Leads that partners do not touch go back to a queue, through the real command over HTTP. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import LeadPullback from '../../src/commands/channel/lead/pullback.js';
import RunShow from '../../src/commands/channel/run/show.js';
import type { LeadPullbackResult } from '../../src/leads/pullback/index.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { TimeDesk, type Holder } from './lead-time.js';

const OURS = `Company = 'Timely Ltd'`;
const NEW = 'Open - Not Contacted';

describe('channel lead pullback', function () {
  this.timeout(60_000);

  describe('where the package is installed and the history of leads is kept', () => {
    let at: TimeDesk;
    let pool: string;
    let una: Holder;
    let ben: Holder;
    const lead: Record<string, string> = {};

    const pullback = (...args: string[]): Promise<CommandOutcome<LeadPullbackResult>> => at.run(LeadPullback, ...args);
    const plan = (...args: string[]): Promise<CommandOutcome<LeadPullbackResult>> =>
      pullback('--untouched', '3d', '--to', 'Unassigned_Leads', '--where', OURS, ...args);
    const task = (whoId: string, token?: string, values = {}): Promise<string> =>
      at.desk.create('Task', { Subject: 'Call', WhoId: whoId, ...values }, token);

    before(async () => {
      at = await TimeDesk.open({ scenario: { leads: 40, history: true } });
      await at.install();
      [una, ben] = at.partners(2) as [Holder, Holder];
      pool = at.queue('Unassigned_Leads');
      const names = ['quiet', 'read', 'called', 'changed', 'young', 'working', 'withTask', 'other'];
      await at.daysAgo(9, async () => {
        for (const name of names)
          lead[name] = await at.lead(pool, name === 'working' ? { Status: 'Working - Contacted' } : {});
        await task(lead.withTask!, undefined, { OwnerId: at.desk.id('User', 'Nora Fieldgate') });
      });
      await at.daysAgo(5, async () => {
        for (const name of names.filter((one) => one !== 'young'))
          await at.give(lead[name]!, name === 'other' ? ben.id : una.id);
      });
      await at.daysAgo(4, () => at.desk.update('Lead', lead.read!, { IsUnreadByOwner: false }));
      await at.daysAgo(2, async () => {
        await at.give(lead.young!, una.id);
        await task(lead.called!, una.token);
        await at.desk.update('Lead', lead.changed!, { Status: 'Working - Contacted' }, una.token);
        await at.desk.update('Lead', lead.changed!, { Status: NEW });
      });
    });
    after(() => at.close());

    it('plans what nobody touched, says of each lead why, and writes nothing', async () => {
      const before = at.owners();
      const { result, stdout } = await plan('--dry-run');
      const reason = `held 5 d, unread, no activity, not changed, status ${NEW}`;
      expect(result!.summary).to.deep.include({
        looked: 8,
        untouched: 3,
        recorded: true,
        left: { read: 1, activity: 1, change: 1, status: 1, 'held-less-long': 1 },
      });
      expect(result!.summary.owners.map(({ name, leads, oldest }) => [name, leads, oldest])).to.deep.equal([
        [una.name, 2, 120],
        [ben.name, 1, 120],
      ]);
      expect(result!.summary.examples).to.have.deep.members([
        { lead: lead.quiet, owner: una.name, reason },
        { lead: lead.withTask, owner: una.name, reason },
        { lead: lead.other, owner: ben.name, reason },
      ]);
      expect(stdout).to.contain(`${lead.quiet!} of ${una.name}: ${reason}`);
      expect([result!.state, at.owners()]).to.deep.equal(['planned', before]);
    });

    it('lets a sign not count, and keeps what nobody can know then', async () => {
      const { result } = await plan('--dry-run', '--ignore', 'read', '--ignore', 'status');
      expect(result!.summary.untouched).to.equal(4);
      expect(result!.summary.left).to.deep.equal({
        'not-known': 1,
        activity: 1,
        change: 1,
        'held-less-long': 1,
      });
      const named = await pullback('--untouched', '1d', '--to', pool, '--from-owner', ben.username, '--dry-run');
      expect(named.result!.summary).to.deep.include({ selection: ben.name });
      expect(named.result!.summary.owners.map(({ id }) => id)).to.deep.equal([ben.id]);
    });

    it('applies a saved plan only while nobody has touched its leads, records each, and takes it back', async () => {
      const file = join(at.folder, 'plan.json');
      await plan('--dry-run', '--plan-file', file);
      const call = await task(lead.quiet!, una.token);
      const late = await pullback('--plan', file, '--no-prompt');
      expect(late.error?.message).to.contain(lead.quiet!).and.contain('activity on');
      await at.desk.rest('DELETE', `/sobjects/Task/${call}`);
      await at.desk.update('Lead', lead.withTask!, { City: 'Ulm' });
      const before = at.owners();

      const { result, exitCode } = await pullback('--plan', file, '--no-prompt');
      expect([exitCode, result!.state]).to.deep.equal([0, 'done']);
      expect(result!.receipt!.steps.map(({ kind, done, changed }) => [kind, done, changed])).to.deep.equal([
        ['update-rows', 2, 1],
        ['records', 2, 1],
      ]);
      expect(at.owners()).to.deep.equal({ ...before, [lead.quiet!]: pool, [lead.other!]: pool });
      const records = at.desk.test.query<Record<string, string>>(
        `SELECT Lead__c, Outcome__c, Owner_Before__c, Owner_After__c, Reason__c, Run_Key__c, Partner_Account__c FROM Lead_Assignment__c ORDER BY Lead__c`
      );
      const account = (id: string): string => at.desk.value(`SELECT AccountId FROM User WHERE Id = '${id}'`);
      expect(records.map(({ attributes: _, ...values }) => values)).to.deep.equal(
        [una, ben].map((holder, index) => ({
          Lead__c: [lead.quiet, lead.other][index],
          Outcome__c: 'PulledBack',
          Owner_Before__c: holder.id,
          Owner_After__c: pool,
          Reason__c: `held 5 d, unread, no activity, not changed, status ${NEW}`,
          Run_Key__c: result!.run,
          Partner_Account__c: account(holder.id),
        }))
      );

      const undone = await at.undo(result!.run!);
      expect(undone.exitCode).to.equal(0);
      expect(at.owners()).to.deep.equal(before);
      expect(at.desk.test.query('SELECT Id FROM Lead_Assignment__c')).to.have.length(0);
    });
  });

  describe('where nothing but the leads themselves is known', () => {
    let at: TimeDesk;
    before(async () => (at = await TimeDesk.open({ leads: 40 })));
    after(() => at.close());

    it('takes the last change for the latest moment, keeps what changed since, and says what is not known', async () => {
      const [una] = at.partners(1) as [Holder];
      const pool = at.queue('Unassigned_Leads');
      const [quiet, fresh] = await at.daysAgo(9, async () => [await at.lead(pool), await at.lead(pool)] as const);
      await at.daysAgo(5, async () => {
        await at.give(quiet, una.id);
        await at.give(fresh, una.id);
      });
      await at.daysAgo(1, () => at.desk.update('Lead', fresh, { City: 'Ulm' }));
      const result = await at.done<LeadPullbackResult>(
        LeadPullback,
        ...['--untouched', '3d', '--to', 'Unassigned Leads', '--where', OURS]
      );
      expect(result.summary).to.deep.include({ untouched: 1, recorded: false, left: { 'since-unknown': 1 } });
      expect(result.summary.examples[0]!.reason).to.match(/^held at least 5 d, unread/);
      expect(result.warnings.join('\n')).to.contain('history of leads has no change').and.contain('are not recorded');
      expect(at.owners()).to.deep.equal({ [quiet]: pool, [fresh]: una.id });
      const shown = await runCommand(RunShow, [result.run]);
      const rows = await readFile(join(shown.result!.run.folder, 'skipped.csv'), 'utf8');
      expect(rows).to.contain(`${fresh},${una.id},`).and.contain('since-unknown: held at least 1 d');
    });

    it('refuses what cannot be planned, in words', async () => {
      const refused = async (...args: string[]): Promise<string> => {
        const { error, result } = await at.run(LeadPullback, ...args);
        expect(result).to.equal(undefined);
        expect(error!.actions, error!.message).to.have.length.above(0);
        return error!.message;
      };
      expect(await refused('--to', 'Unassigned_Leads')).to.contain('how long a lead may lie');
      expect(await refused('--untouched', 'soon', '--to', 'Unassigned_Leads')).to.contain('"soon"');
      expect(await refused('--untouched', '3d')).to.contain('which queue');
      expect(await refused('--untouched', '3d', '--to', 'Nobody')).to.contain('Nobody');
      expect(await refused('--untouched', '3d', '--to', 'admin@practice.example.com')).to.contain('is a user');
      const to = ['--untouched', '3d', '--to', 'Unassigned_Leads'];
      expect(await refused(...to, '--from-owner', 'Nobody At All')).to.contain('Nobody At All');
      expect(await refused(...to, '--where', 'Nonsense__c = 1')).to.contain('Nonsense__c');
      expect(await refused(...to, '--rotation', 'EMEA')).to.contain('no objects of Channel Desk');
    });
  });
});
