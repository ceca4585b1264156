import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import LeadDistribute from '../../src/commands/channel/lead/distribute.js';
import RunShow from '../../src/commands/channel/run/show.js';
import RunUndo from '../../src/commands/channel/run/undo.js';
import { runCommand } from '../helpers/command.js';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';

const QUEUES = ['Partner Leads North', 'Partner Leads South', 'Partner Leads East'];
const to = (...names: string[]): string[] => names.flatMap((name) => ['--to', name]);

type Owned = { Id: string; OwnerId: string };

describe('channel lead distribute', function () {
  this.timeout(60_000);
  let org: TestOrg;
  const owners = (): Map<string, string> =>
    new Map(org.query<Owned>('SELECT Id, OwnerId FROM Lead').map(({ Id, OwnerId }) => [Id, OwnerId]));
  const base = (): string[] => ['--target-org', org.username];

  beforeEach(async () => (org = await startTestOrg({ leads: 600 })));
  afterEach(() => org.close());

  it('spreads a queue over others by collections of up to 200 leads, and verifies', async () => {
    const before = owners();
    const where = `Id IN (${[...before.keys()]
      .slice(0, 150)
      .map((id) => `'${id}'`)
      .join(',')}) AND IsConverted = false`;
    const { result, error, exitCode } = await runCommand(LeadDistribute, [
      ...base(),
      '--where',
      where,
      ...to(...QUEUES),
      '--no-prompt',
    ]);
    expect(error).to.equal(undefined);
    expect(exitCode).to.equal(0);
    expect(result!.state).to.equal('done');
    expect(result!.result).to.include({ failed: 0, pending: 0, changed: 0 });
    expect(result!.verification!.agrees).to.equal(true);
    const now = owners();
    for (const { id, assigned } of result!.members) {
      const got = [...now].filter(([lead, owner]) => owner === id && before.get(lead) !== id).length;
      expect(got).to.be.at.most(assigned);
      expect(Math.abs(assigned - result!.assigned / 3)).to.be.below(1);
    }
    const paths = (await org.control.requests()).map(({ path }) => path);
    expect(paths.filter((path) => path.includes('composite/sobjects'))).to.have.length(1);
    expect(paths.filter((path) => path.includes('jobs/'))).to.have.length(0);
  });

  it('uses Bulk above 200 leads, in several jobs where the limit asks for it, by weight', async () => {
    process.env.SF_CHANNEL_JOB_ROWS = '100';
    try {
      const args = [
        ...base(),
        '--from-queue',
        'Unassigned Leads',
        ...to(`${QUEUES[0]}:3`, `${QUEUES[1]}:1`),
        '--no-prompt',
        '--json',
      ];
      const { result, exitCode, stdout } = await runCommand(LeadDistribute, args);
      expect(exitCode).to.equal(0);
      expect((JSON.parse(stdout) as { result: unknown }).result).to.deep.equal(JSON.parse(JSON.stringify(result)));
      const [three, one] = result!.members;
      expect(Math.abs(three!.assigned - 3 * one!.assigned)).to.be.below(4);
      const jobs = (await org.control.requests()).filter(
        ({ method, path }) => method === 'POST' && path.endsWith('/jobs/ingest')
      );
      expect(jobs.length).to.equal(Math.ceil(result!.result!.rows / 100));
    } finally {
      delete process.env.SF_CHANNEL_JOB_ROWS;
    }
  });

  it('changes nothing in a dry run, saves the plan, and applies exactly that plan', async () => {
    const before = owners();
    const file = join(process.env.HOME!, `plan-${process.pid}.json`);
    const dry = await runCommand(LeadDistribute, [
      ...base(),
      '--from-queue',
      'Unassigned Leads',
      ...to(...QUEUES),
      '--dry-run',
      '--plan-file',
      file,
    ]);
    expect(dry.result!.state).to.equal('planned');
    expect(owners()).to.deep.equal(before);
    const rows = (await readFile(file.replace('.json', '.owners.rows.csv'), 'utf8')).trim().split('\n').slice(1);
    const applied = await runCommand(LeadDistribute, [...base(), '--plan', file, '--no-prompt']);
    expect(applied.result!.state).to.equal('done');
    const now = owners();
    for (const row of rows) {
      const [id, owner] = row.split(',');
      expect(now.get(id!)).to.equal(owner);
    }
  });

  it('leaves leads alone that changed after the plan, and says so', async () => {
    const file = join(process.env.HOME!, `plan-drift-${process.pid}.json`);
    await runCommand(LeadDistribute, [
      ...base(),
      '--from-queue',
      'Unassigned Leads',
      ...to(...QUEUES),
      '--dry-run',
      '--plan-file',
      file,
    ]);
    const rows = (await readFile(file.replace('.json', '.owners.rows.csv'), 'utf8')).trim().split('\n').slice(1);
    const changed = rows.slice(5, 12).map((row) => row.split(',')[0]!);
    await org.control.setClock(new Date(Date.now() + 60_000));
    const session = org.org.access.session(org.token);
    org.org.saver.save(
      'update',
      'Lead',
      changed.map((Id) => ({ Id, Title: 'Edited by somebody' })),
      { session, assignment: 'none', source: 'rest' }
    );
    const before = owners();
    const { result, stderr } = await runCommand(LeadDistribute, [...base(), '--plan', file, '--no-prompt']);
    expect(result!.result).to.include({ changed: 7, failed: 0, pending: 0, done: rows.length - 7 });
    for (const id of changed) expect(owners().get(id)).to.equal(before.get(id));
    expect(stderr).to.contain('7 records were changed by somebody');
  });

  it('is undone exactly, except for leads that somebody moved on', async () => {
    const before = owners();
    const { result } = await runCommand(LeadDistribute, [
      ...base(),
      '--from-queue',
      'Unassigned Leads',
      ...to(...QUEUES),
      '--no-prompt',
    ]);
    const moved = [...owners()].find(([id, owner]) => owner !== before.get(id))![0];
    const session = org.org.access.session(org.token);
    org.org.saver.save('update', 'Lead', [{ Id: moved, OwnerId: session.user.Id }], {
      session,
      assignment: 'none',
      source: 'rest',
    });
    const undo = await runCommand(RunUndo, [result!.run!, ...base(), '--no-prompt']);
    expect(undo.result).to.include({ state: 'done', left: 1, restorable: result!.result!.done - 1 });
    const now = owners();
    for (const [id, owner] of before) expect(now.get(id)).to.equal(id === moved ? session.user.Id : owner);
    const show = await runCommand(RunShow, [result!.run!]);
    expect(show.result!.run.undoneBy).to.equal(undo.result!.run);
    const again = await runCommand(RunUndo, [result!.run!, ...base(), '--no-prompt']);
    expect(again.error!.name).to.equal('AlreadyUndoneError');
  });

  it('repays in the second run what the first left over', async () => {
    const all = org
      .query<{ Id: string }>('SELECT Id FROM Lead WHERE IsConverted = false ORDER BY Id LIMIT 40')
      .map(({ Id }) => Id);
    const runs = [all.slice(0, 7), all.slice(7, 15), all.slice(15, 40)];
    const got = new Map<string, number>();
    for (const [index, ids] of runs.entries()) {
      const file = join(process.env.HOME!, `ids-${process.pid}-${index}.csv`);
      await writeFile(file, ids.join('\n'));
      const { result } = await runCommand(LeadDistribute, [
        ...base(),
        ...(index === 0 ? ['--fresh'] : []),
        ...['--file', file, ...to(...QUEUES), '--no-prompt'],
      ]);
      for (const { id, assigned } of result!.members) got.set(id, (got.get(id) ?? 0) + assigned);
    }
    for (const count of got.values()) expect(Math.abs(count - 40 / 3)).to.be.below(1);
  });

  it('respects caps and gives the reason for each lead', async () => {
    const args = [
      ...base(),
      '--from-queue',
      'Unassigned Leads',
      ...to(...QUEUES),
      '--cap',
      `${QUEUES[0]}=10`,
      '--no-prompt',
    ];
    const { result } = await runCommand(LeadDistribute, args);
    expect(result!.members[0]!.assigned).to.equal(10);
    const rows = await readFile(result!.files.rows!, 'utf8');
    expect(rows).to.match(/due first \(\d\.?\d* behind\); skipped Partner Leads North \(cap 10\)/);
  });
});

describe('channel lead distribute to users', function () {
  this.timeout(60_000);
  let org: TestOrg;
  before(async () => (org = await startTestOrg({ leads: 300 })));
  after(() => org.close());

  it('gives leads to active partner users by username', async () => {
    const users = org.query<{ Username: string }>(
      "SELECT Username FROM User WHERE UserType = 'PowerPartner' AND IsActive = true LIMIT 3"
    );
    const args = [
      '--target-org',
      org.username,
      '--from-queue',
      'Unassigned Leads',
      ...to(...users.map(({ Username }) => Username)),
      '--no-prompt',
    ];
    const { result, error } = await runCommand(LeadDistribute, args);
    expect(error).to.equal(undefined);
    expect(result!.members.map(({ kind }) => kind)).to.deep.equal(['User', 'User', 'User']);
    expect(result!.result).to.include({ failed: 0, pending: 0 });
  });

  it('refuses a user who may not read leads', async () => {
    const [user] = org.query<{ Username: string }>(
      "SELECT Username FROM User WHERE IsActive = true AND Profile.Name = 'Minimum Access - Salesforce' LIMIT 1"
    );
    const args = [
      '--target-org',
      org.username,
      '--from-queue',
      'Unassigned Leads',
      '--to',
      user!.Username,
      '--no-prompt',
    ];
    expect((await runCommand(LeadDistribute, args)).error!.message).to.contain('may not read leads');
  });
});

describe('channel lead distribute of more than 10,000 leads', function () {
  this.timeout(120_000);
  let org: TestOrg;
  before(async () => (org = await startTestOrg({ leads: 14_000 })));
  after(() => org.close());

  it('joins a long list of ids with one export, and undoes by one', async () => {
    const owners = (): Owned[] => org.query<Owned>('SELECT Id, OwnerId FROM Lead ORDER BY Id');
    const before = owners();
    const active = org.query<Owned>(
      'SELECT Id FROM Lead WHERE OwnerId NOT IN (SELECT Id FROM User WHERE IsActive = false) ORDER BY Id'
    );
    const ids = active.map(({ Id }) => Id).filter((_, index) => index % 20 !== 0);
    const unknown = '00QgL0000zzzzzzUAM';
    const file = join(process.env.HOME!, 'many-ids.csv');
    await writeFile(file, ['Id', ...ids.toReversed(), unknown.slice(0, 15)].join('\n'));
    const base = ['--target-org', org.username];
    const { result, stderr } = await runCommand(LeadDistribute, [
      ...base,
      '--file',
      file,
      ...to(...QUEUES),
      '--no-prompt',
    ]);
    expect(result!.state, stderr).to.equal('done');
    expect(result!.selected).to.equal(ids.length + 1);
    expect(result!.skipped['not-found']).to.equal(1);
    const touched = new Set(ids);
    owners().forEach(({ Id, OwnerId }, index) => {
      if (!touched.has(Id)) expect(OwnerId).to.equal(before[index]!.OwnerId);
    });
    expect(result!.result!.rows).to.be.above(10_000);
    const undo = await runCommand(RunUndo, [result!.run!, ...base, '--no-prompt']);
    expect(undo.result).to.include({ state: 'done', left: 0 });
    expect(owners()).to.deep.equal(before);
  });

  it('says which leads cannot go back because their former owner is inactive', async () => {
    const where = 'OwnerId IN (SELECT Id FROM User WHERE IsActive = false)';
    const ids = org
      .query<Owned>(`SELECT Id FROM Lead WHERE ${where} AND IsConverted = false LIMIT 20`)
      .map(({ Id }) => Id);
    const file = join(process.env.HOME!, 'inactive.csv');
    await writeFile(file, ids.join('\n'));
    const base = ['--target-org', org.username];
    const { result } = await runCommand(LeadDistribute, [...base, '--file', file, ...to(...QUEUES), '--no-prompt']);
    const undo = await runCommand(RunUndo, [result!.run!, ...base, '--no-prompt']);
    expect(undo.exitCode).to.equal(68);
    expect(undo.result!.receipt!.steps[0]!.errors[0]).to.include({ code: 'INACTIVE_OWNER_OR_USER' });
    expect(undo.stderr).to.contain('could not be written');
    expect((await runCommand(RunShow, [result!.run!])).result!.run.undoneBy).to.equal(undo.result!.run);
  });
});
