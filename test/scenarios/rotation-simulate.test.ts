/** Rotations are tried out on made-up leads and on the leads of a practice org, through the real command. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import RotationSimulate from '../../src/commands/channel/rotation/simulate.js';
import type { RotationSimulateResult } from '../../src/leads/simulate/index.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';
import { EMEA, RotationDesk } from './rotation-support.js';

const FILE = `key: EMEA
name: EMEA partners
timeZone: Europe/Berlin
fallback: Unassigned_Leads
members:
  - queue: Partner_Leads_North
    weight: 3
    cap: 10
  - queue: Partner_Leads_South
    hours: Mon-Fri 09:00-17:00
`;

const simulated = (...args: string[]): Promise<CommandOutcome<RotationSimulateResult>> =>
  runCommand(RotationSimulate, args);

const rowsOf = async (csv: string): Promise<Array<Record<string, string>>> =>
  parse(await readFile(csv, 'utf8'), { columns: true });

describe('channel rotation simulate', function () {
  this.timeout(60_000);
  let folder: string;
  const save = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };

  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'channel-desk-simulate-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('compares two files on the same made-up leads, without an org, with a report and each lead', async () => {
    const first = await save('first.yaml', FILE);
    const second = await save('second.yaml', FILE.replace('cap: 10', 'cap: 20'));
    const [report, csv] = [join(folder, 'report.html'), join(folder, 'leads.csv')];
    const args = ['--file', first, '--against', second, '--leads', '300', '--per-day', '30', '--start', '2026-11-02'];
    const { result, error, stdout } = await simulated(...args, '--report', report, '--csv', csv);
    expect(error).to.equal(undefined);
    expect(result!.org).to.equal(undefined);
    expect(result!.arrivals).to.include({ kind: 'synthetic', leads: 300 });
    expect(result!.rotations.map(({ source }) => source)).to.deep.equal([first, second]);
    for (const one of result!.rotations) {
      expect(one.assigned + one.waiting + one.unassigned).to.equal(300);
      expect(one.members.reduce((sum, { assigned }) => sum + assigned, 0)).to.equal(one.assigned);
      expect(one.worst).to.be.below(3);
      expect(stdout).to.contain(one.worst.toFixed(2));
    }
    const [before, after] = result!.rotations;
    expect(after!.assigned).to.be.above(before!.assigned);
    expect(stdout).to.contain(`${before!.waiting} leads came while members were out of hours.`);
    expect(before!.members[0]!.capped).to.be.above(0);
    const rows = await rowsOf(csv);
    expect(rows).to.have.length(600);
    const north = rows.filter((row) => row.Configuration === first && row.Member === 'Partner_Leads_North');
    expect(north).to.have.length(before!.members[0]!.assigned);
    const perDay = Map.groupBy(north, ({ Time }) =>
      new Date(Time!).toLocaleDateString('en', { timeZone: 'Europe/Berlin' })
    );
    expect(Math.max(...[...perDay.values()].map((day) => day.length))).to.equal(10);
    const html = await readFile(report, 'utf8');
    expect(html).to.contain('Leads over time').and.to.contain('Partner_Leads_South');
    expect(html.match(/class="climb/g)).to.have.length(4);
  });

  it('gives the same result for the same seed, and another for another', async () => {
    const file = await save('one.yaml', FILE);
    const run = async (seed: string): Promise<RotationSimulateResult> => {
      const { result } = await simulated('--file', file, '--start', '2026-11-02', '--leads', '500', '--seed', seed);
      return result!;
    };
    expect(await run('3')).to.deep.equal(await run('3'));
    expect((await run('4')).arrivals.to).to.not.equal((await run('3')).arrivals.to);
  });

  it('says what made-up leads cannot show', async () => {
    const { result, stderr } = await simulated('--file', await save('emea.yaml', EMEA), '--leads', '20');
    expect(result!.notes).to.have.length(3);
    expect(result!.notes.join(' ')).to.contain('criteria').and.to.contain('e-mail domain').and.to.contain('declines');
    expect(stderr).to.contain('--history');
  });

  it('refuses what cannot be, and says what to do', async () => {
    const file = await save('one.yaml', FILE);
    const refused = async (...args: string[]): Promise<string> => {
      const { error, exitCode } = await simulated(...args);
      expect(exitCode, args.join(' ')).to.equal(1);
      return error!.message;
    };
    expect(await refused('--rotation', 'EMEA')).to.contain('Without an org');
    expect(await refused('--file', file, '--history')).to.contain('Without an org');
    expect(await refused('--file', file, '--start', 'tomorrow')).to.contain('"tomorrow" is not a day');
    expect(await refused('--file', await save('bad.yaml', 'key: A\nmembers: []\n'))).to.contain('bad.yaml');
    expect(await refused('--file', join(folder, 'none.yaml'))).to.contain('no such file');
    expect(await refused('--file', file, '--report', join(folder, 'none', 'r.html'))).to.contain('r.html');
    expect(await refused('--file', file, '--days', '3')).to.contain('--history');
    expect(await refused()).to.contain('--rotation');
  });

  describe('over the history of an org', () => {
    let org: TestOrg;
    beforeEach(async () => (org = await startTestOrg({ leads: 800 })));
    afterEach(() => org.close());
    const replay = async (text: string, ...args: string[]): Promise<CommandOutcome<RotationSimulateResult>> =>
      simulated('--file', await save('r.yaml', text), '--history', '--target-org', org.username, ...args);

    it('gives each lead to members whose criteria it meets, as the org says', async () => {
      const text = `${FILE}    criteria: Country = 'Germany' OR NumberOfEmployees > 500\n`;
      const csv = join(folder, 'leads.csv');
      const { result, error } = await replay(text, '--days', '3650', '--csv', csv);
      expect(error).to.equal(undefined);
      const matches = new Set(
        org
          .query<{ Id: string }>("SELECT Id FROM Lead WHERE Country = 'Germany' OR NumberOfEmployees > 500")
          .map(({ Id }) => Id)
      );
      const all = org.query<{ Id: string; CreatedDate: string }>(
        'SELECT Id, CreatedDate FROM Lead ORDER BY CreatedDate, Id'
      );
      const rows = await rowsOf(csv);
      expect(result!.org!.kind).to.be.a('string');
      expect(result!.arrivals).to.include({ kind: 'history', leads: all.length });
      expect(rows.map((row) => row.Lead)).to.deep.equal(all.map(({ Id }) => Id));
      const south = rows.filter(({ Member }) => Member === 'Partner_Leads_South');
      expect(south.length).to.be.above(0);
      expect(south.every(({ Lead }) => matches.has(Lead!))).to.equal(true);
      for (const row of rows) {
        const isExcluded = /Partner_Leads_South[^)]*\(criteria\)/.test(row.Reason!);
        if (matches.has(row.Lead!)) expect(isExcluded, row.Reason).to.equal(false);
      }
    });

    it('takes the leads of --where, and keeps companies together where the rotation says so', async () => {
      const { result } = await replay(`${FILE}sticky: [company]\n`, '--where', "Country = 'Germany'", '--days', '3650');
      const germans = org.query("SELECT Id FROM Lead WHERE Country = 'Germany'").length;
      expect(result!.arrivals.leads).to.equal(germans);
      expect(result!.notes).to.deep.equal([]);
      const companies = org.query<{ Company: string }>('SELECT Company FROM Lead').map(({ Company }) => Company);
      const repeated = companies.length - new Set(companies).size;
      const always = `${FILE.split('members:')[0]}sticky: [company]\nmembers:\n  - queue: A\n  - queue: B\n  - queue: C\n`;
      const all = await replay(always, '--days', '3650');
      expect(repeated).to.be.above(10);
      expect(all.result!.rotations[0]!.sticky).to.equal(repeated);
    });

    it('tells conditions that the org does not understand, and selections without leads', async () => {
      const wrong = await replay(FILE, '--where', 'Nothing__c = 1');
      expect([wrong.exitCode, wrong.error!.message]).to.deep.include(1);
      expect(wrong.error!.message).to.contain('Nothing__c');
      const broken = await replay(FILE, '--where', 'Country =');
      expect(broken.error!.message).to.contain('cannot be used');
      const none = await replay(FILE, '--where', "Country = 'Nowhere'");
      expect(none.error!.message).to.contain('no such leads');
    });

    it('reads a history of any size by Bulk', async function () {
      const big = await startTestOrg({ leads: 10_500 });
      try {
        const file = await save('r.yaml', `${FILE}    criteria: IsConverted = false\n`);
        const args = ['--file', file, '--history', '--days', '3650', '--target-org', big.username];
        const { result } = await simulated(...args);
        expect(result!.arrivals.leads).to.equal(big.query('SELECT Id FROM Lead').length);
        const paths = (await big.control.requests()).map(({ path }) => path);
        expect(paths.some((path) => path.includes('jobs/query'))).to.equal(true);
      } finally {
        await big.close();
      }
    });
  });

  it('compares a rotation of the org with a file', async () => {
    const at = await RotationDesk.open();
    try {
      await at.install();
      const file = await at.save('emea.yaml', EMEA);
      await at.done('--file', file);
      const other = await at.save('other.yaml', EMEA.replace('weight: 3', 'weight: 1'));
      const args = ['--rotation', 'emea', '--against', other, '--leads', '60', '--start', '2026-11-02', ...at.target()];
      const { result, error } = await simulated(...args);
      expect(error).to.equal(undefined);
      expect(result!.rotations.map(({ source }) => source)).to.deep.equal(['EMEA in the org', other]);
      expect(result!.rotations[0]!.members[0]!.assigned).to.be.above(result!.rotations[1]!.members[0]!.assigned);
      const unknown = await simulated('--rotation', 'Nowhere', ...at.target());
      expect(unknown.error!.message).to.contain('Nowhere');
    } finally {
      await at.close();
    }
  });
});
