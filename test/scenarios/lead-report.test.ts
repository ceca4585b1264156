/** Who got which leads and why, from the org's records, runs of this computer and the history of leads. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect } from 'chai';
import LeadAssign from '../../src/commands/channel/lead/assign.js';
import LeadPullback from '../../src/commands/channel/lead/pullback.js';
import LeadReport from '../../src/commands/channel/lead/report.js';
import type { LeadReportResult } from '../../src/leads/report/index.js';
import { runCommand } from '../helpers/command.js';
import { DistributionDesk } from './rotation-distribute-support.js';

const NORWAY = `key: Norway
name: Norway
leads: Country = 'Norway' AND IsConverted = false
members:
  - queue: Partner_Leads_North
    weight: 2
  - queue: Partner_Leads_South
`;

type Line = Record<
  'Lead' | 'At' | 'From' | 'To' | 'Source' | 'Reason' | 'Run' | 'Rotation' | 'Outcome' | 'To Id',
  string
>;

const DAY = 86_400_000;

const NAMES = { north: 'Partner Leads North', south: 'Partner Leads South', east: 'Partner Leads East' };

describe('channel lead report', function () {
  this.timeout(90_000);
  let at: DistributionDesk;
  afterEach(() => at.close());

  const report = async (...args: string[]): Promise<{ result: LeadReportResult; stdout: string; stderr: string }> => {
    const outcome = await runCommand(LeadReport, [...at.desk.target(), ...args]);
    expect(outcome.error?.message).to.equal(undefined);
    return { result: outcome.result!, stdout: outcome.stdout, stderr: outcome.stderr };
  };

  const adHoc = async (ids: readonly string[], ...to: string[]): Promise<string> => {
    const file = await at.desk.save('ids.csv', ['Id', ...ids, ''].join('\n'));
    const outcome = await at.run('--file', file, ...to.flatMap((one) => ['--to', one]), '--no-prompt');
    expect([outcome.error?.message, outcome.exitCode], outcome.stderr).to.deep.equal([undefined, 0]);
    return outcome.result!.run!;
  };

  const figures = ({ owners }: LeadReportResult, name: string): Record<string, unknown> => {
    const { got, lost, claimed, pulledBack, openNow, untouchedNow } = owners.find((one) => one.name === name)!;
    return { got, lost, claimed, pulledBack, openNow, untouchedNow };
  };

  it('counts each change once: recorded ones, those of runs, and the rest from the history', async () => {
    at = await DistributionDesk.open(20, NORWAY);
    const { desk } = at.desk;
    const first = at.leads(6);
    const rotated = await at.done('Norway');
    const others = at.leads(4, { Country: 'Spain' });
    const named = await adHoc(others, 'Partner_Leads_East:3', 'Partner_Leads_South');
    const owners = at.owners();
    const south = at.queue('Partner_Leads_South');
    const user = at.query<{ Id: string; Name: string; Username: string }>(
      "SELECT Id, Name, Username FROM User WHERE UserType = 'PowerPartner' AND IsActive = true AND LastLoginDate != null ORDER BY Name LIMIT 1"
    )[0]!;
    await desk.create('GroupMember', { GroupId: south, UserOrGroupId: user.Id });
    const token = desk.test.org.access.open(user.Username).id;
    const claimed = first.find((id) => owners.get(id) === south)!;
    await desk.update('Lead', claimed, { OwnerId: user.Id }, token);
    const given = others.find((id) => owners.get(id) !== south)!;
    await desk.update('Lead', given, { OwnerId: at.queue('Partner_Leads_North') });

    const back = await adHoc(at.leads(2, { Country: 'Peru' }), 'Partner_Leads_East');
    expect((await at.desk.undo(back)).exitCode).to.equal(0);
    await desk.test.control.setClock(new Date(Date.now() - 5 * DAY));
    const quiet = await desk.create('Lead', { LastName: 'Quiet', Company: 'Quiet Ltd', OwnerId: user.Id });
    await desk.test.control.setClock();
    const flags = ['--untouched', '3d', '--from-owner', user.Username, '--to', 'Unassigned_Leads', '--no-prompt'];
    const pulled = await runCommand(LeadPullback, [...at.desk.target(), ...flags, '--where', "Company = 'Quiet Ltd'"]);
    expect(pulled.result!.summary.untouched).to.equal(1);

    const csv = join(at.desk.folder, 'changes.csv');
    const page = join(at.desk.folder, 'page.html');
    const { result, stdout } = await report('--csv', csv, '--report', page);
    expect(result.events).to.deep.equal({ total: 13, assignment: 7, run: 4, history: 2 });
    const figure = { lost: 0, claimed: 0, pulledBack: 0 };
    expect(figures(result, NAMES.north)).to.deep.equal({ ...figure, got: 5, openNow: 5, untouchedNow: 5 });
    expect(figures(result, NAMES.south)).to.deep.equal({ ...figure, got: 3, lost: 1, openNow: 2, untouchedNow: 2 });
    expect(figures(result, NAMES.east)).to.deep.include({ ...figure, got: 3, lost: 1 });
    expect(figures(result, user.Name)).to.deep.include({ got: 1, lost: 1, claimed: 1, pulledBack: 1, openNow: 1 });
    expect(figures(result, 'Unassigned Leads')).to.deep.include({ got: 1, lost: 10 });
    for (const { got, series, name } of result.owners) {
      expect(
        series.reduce((sum, one) => sum + one, 0),
        name
      ).to.equal(got);
      expect(series.slice(-2).reduce((sum, one) => sum + one, 0)).to.equal(got);
    }

    const lines: Line[] = parse(await readFile(csv, 'utf8'), { columns: true });
    const by = (source: string): Line[] => lines.filter(({ Source }) => Source === source);
    expect(lines).to.have.length(13);
    expect(by('assignment').map(({ Lead }) => Lead)).to.have.members([...first, quiet]);
    expect(by('run').map(({ Lead }) => Lead)).to.have.members(others);
    for (const { Lead, Run, Rotation, Outcome, Reason, 'To Id': to } of lines) {
      if (Run === rotated.run) expect([Rotation, Outcome, to]).to.deep.equal(['Norway', 'Offered', owners.get(Lead)]);
      if (Run === named) expect([Rotation, Outcome, to]).to.deep.equal(['', 'Offered', owners.get(Lead)]);
      expect(Reason).to.not.equal('');
    }
    expect(by('history').map(({ Lead, From, To, Reason, Outcome }) => [Lead, From, To, Reason, Outcome])).to.deep.equal(
      [
        [claimed, NAMES.south, user.Name, `claimed from ${NAMES.south}`, 'Claimed'],
        [given, NAMES.east, NAMES.north, by('history')[1]!.Reason, ''],
      ]
    );
    expect(by('history')[1]!.Reason).to.match(/^by /);

    const { rotations, distributions } = result.fairness;
    expect(
      rotations.map(({ key, members }) => [key, ...members.map(({ name, weight, given: all }) => [name, weight, all])])
    ).to.deep.equal([['Norway', [NAMES.north, 2, 4], [NAMES.south, 1, 2]]]);
    expect(distributions.map(({ run, rotation, given: all, written }) => [run, rotation, all, written])).to.deep.equal([
      [rotated.run, 'Norway', 6, 6],
      [named, null, 4, 4],
    ]);
    expect(result.notes.join()).to.contain('1 run was undone');
    expect(stdout).to.contain('13 changes of owners (7 recorded in the org, 4 from runs of this computer, 2 from');
    const text = await readFile(page, 'utf8');
    for (const part of ['Leads over time', NAMES.north, 'Untouched leads', 'Rotation Norway', `Distribution ${named}`])
      expect(text).to.contain(part);
  });

  it('tells without package and history what runs of this computer did, and what it cannot know', async () => {
    at = await DistributionDesk.bare(20);
    const ids = at.leads(4);
    await adHoc(ids, 'Partner_Leads_North:3', 'Partner_Leads_South');
    const undone = await adHoc(at.leads(2), 'Partner_Leads_East');
    expect((await at.desk.undo(undone)).exitCode).to.equal(0);
    const csv = join(at.desk.folder, 'changes.csv');
    const { result, stderr } = await report('--csv', csv, '--days', '120');
    expect(result.events).to.deep.equal({ total: 4, assignment: 0, run: 4, history: 0 });
    expect(figures(result, NAMES.north)).to.deep.include({ got: 3, lost: 0 });
    expect(figures(result, NAMES.south)).to.deep.include({ got: 1, lost: 0 });
    expect(figures(result, 'Unassigned Leads')).to.deep.include({ got: 0, lost: 4, untouchedNow: null });
    expect(result.owners.some(({ name }) => name === NAMES.east)).to.equal(false);
    expect([result.series.unit, result.owners[0]!.series.length]).to.deep.equal(['week', 18]);
    expect(parse(await readFile(csv, 'utf8'), { columns: true })).to.have.length(4);
    expect(result.fairness.rotations).to.deep.equal([]);
    expect(result.fairness.distributions).to.have.length(1);
    const notes = result.notes.join('\n');
    for (const part of [
      'Lead_Assignment__c',
      'Set History Tracking',
      'Only runs of this computer',
      'no rotations',
      '1 run was undone',
    ])
      expect(notes).to.contain(part);
    expect(stderr).to.contain('Only runs of this computer are counted');
  });

  it('counts what an assignment rule gave', async () => {
    at = await DistributionDesk.bare(20);
    const ids = at.leads(3, { Country: 'Germany', LeadSource: 'Partner Referral' });
    const file = await at.desk.save('ids.csv', ['Id', ...ids, ''].join('\n'));
    const assigned = await runCommand(LeadAssign, [...at.desk.target(), '--file', file, '--no-prompt']);
    expect([assigned.error?.message, assigned.exitCode], assigned.stderr).to.deep.equal([undefined, 0]);
    const pool = at.queue('Unassigned_Leads');
    const moved = [...at.owners()].filter(([id, owner]) => ids.includes(id) && owner !== pool);
    expect(moved.length).to.be.greaterThan(0);
    const csv = join(at.desk.folder, 'changes.csv');
    const { result } = await report('--csv', csv);
    expect(result.events.run).to.equal(moved.length);
    const lines: Line[] = parse(await readFile(csv, 'utf8'), { columns: true });
    expect(lines.map(({ Lead, 'To Id': to }) => [Lead, to])).to.have.deep.members(moved);
    for (const { Reason, Run } of lines) {
      expect(Reason).to.match(/^assignment rule ./);
      expect(Run).to.equal(assigned.result!.run);
    }
  });
});
