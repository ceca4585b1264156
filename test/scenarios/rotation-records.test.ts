/** Rotations go from files into the org and back, through the real commands over HTTP. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import RotationExport from '../../src/commands/channel/rotation/export.js';
import RotationImport from '../../src/commands/channel/rotation/import.js';
import RotationList from '../../src/commands/channel/rotation/list.js';
import RunUndo from '../../src/commands/channel/run/undo.js';
import { readRotation, readRotations } from '../../src/leads/rotation/records/index.js';
import type { RotationImportResult } from '../../src/leads/rotations/import/index.js';
import type { RotationExportResult, RotationListResult } from '../../src/leads/rotations/index.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { connect } from '../helpers/exposure.js';
import { installPackage } from '../helpers/package.js';
import { Desk } from '../practice/sites/support.js';

const EMEA = `key: EMEA
name: EMEA partners
leads: Country IN ('Germany', 'France') AND IsConverted = false
period: week
timeZone: Europe/Berlin
hours: Mon-Fri 09:00-17:00
holidays: [2026-12-25, 2026-12-26]
fallback: Unassigned_Leads
sticky: [company, email-domain]
neverBackTo: [pulled-back]
members:
  - queue: Partner_Leads_North
    weight: 3
    cap: 50
  - queue: Partner_Leads_South
    criteria: NumberOfEmployees > 10
  - user: nora.fieldgate@practice.example.com
    hours: always
    pausedUntil: 2026-12-01T08:00
`;

const SMALL = 'key: Small\nname: Small\nmembers:\n  - queue: Partner_Leads_East\n';

type Row = Record<string, unknown>;

describe('rotations as records', function () {
  this.timeout(60_000);
  let desk: Desk;
  let folder: string;
  let home: string | undefined;

  beforeEach(async () => {
    desk = await Desk.open();
    folder = await mkdtemp(join(tmpdir(), 'channel-desk-rotations-'));
    home = process.env.XDG_DATA_HOME;
    process.env.XDG_DATA_HOME = join(folder, 'share');
  });
  afterEach(async () => {
    process.env.XDG_DATA_HOME = home;
    await desk.close();
    await rm(folder, { recursive: true, force: true });
  });

  const install = (): Promise<void> => installPackage({ url: desk.test.server.url, token: desk.test.token });
  const save = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const target = (): string[] => ['--target-org', desk.test.username];
  const imported = (...args: string[]): Promise<CommandOutcome<RotationImportResult>> =>
    runCommand(RotationImport, [...target(), '--folder', folder, '--no-prompt', ...args]);
  const list = (): Promise<CommandOutcome<RotationListResult>> =>
    runCommand(RotationList, [...target(), '--folder', folder]);
  const exported = (...args: string[]): Promise<CommandOutcome<RotationExportResult>> =>
    runCommand(RotationExport, [...args, ...target(), '--folder', folder]);
  const undo = (run: string, ...args: string[]): ReturnType<typeof runCommand> =>
    runCommand(RunUndo, [run, ...target(), '--no-prompt', ...args]);
  const done = (outcome: CommandOutcome<RotationImportResult>): RotationImportResult => {
    expect(outcome.error?.message).to.equal(undefined);
    expect([outcome.exitCode, outcome.result!.state], outcome.stderr).to.deep.equal([0, 'done']);
    expect(outcome.result!.receipt?.verification?.agrees).to.equal(true);
    return outcome.result!;
  };
  const members = (key = 'EMEA'): Row[] =>
    desk.test.query<Row>(
      `SELECT Id, Key__c, Weight__c, Cap__c, Assigned_Count__c, Deficit__c, User__r.Name, Paused_Until__c, Hours__c
        FROM Lead_Rotation_Member__c WHERE Rotation__r.Key__c = '${key}' ORDER BY Name`
    );
  const memberId = (key: string): string =>
    desk.value(`SELECT Id FROM Lead_Rotation_Member__c WHERE Key__c = '${key}'`);

  it('a file becomes records, once', async () => {
    await install();
    await save('emea.yaml', EMEA);
    await save('small.yaml', SMALL);
    const result = done(await imported());
    expect(result.summary.members).to.deep.equal({ added: 4, changed: 0, removed: 0 });
    const [rotation] = desk.test.query<Row>(
      `SELECT Name, Active__c, Filter__c, Balance__c, Period__c, Time_Zone__c, Hours__c, Holidays__c, Fallback_Queue__c,
        Sticky__c, Never_Back_To__c FROM Lead_Rotation__c WHERE Key__c = 'EMEA'`
    );
    expect(rotation).to.deep.include({
      Name: 'EMEA partners',
      Active__c: true,
      Filter__c: "Country IN ('Germany', 'France') AND IsConverted = false",
      Balance__c: 'Assigned',
      Period__c: 'Week',
      Time_Zone__c: 'Europe/Berlin',
      Hours__c: 'Mon-Fri 09:00-17:00',
      Holidays__c: '2026-12-25\r\n2026-12-26',
      Fallback_Queue__c: 'Unassigned_Leads',
      Sticky__c: 'Company;Email Domain',
      Never_Back_To__c: 'Pulled Back',
    });
    expect(
      members().map(({ Key__c, Weight__c, Cap__c, Hours__c }) => [Key__c, Weight__c, Cap__c, Hours__c])
    ).to.deep.equal([
      ['EMEA/queue:partner_leads_north', 3, 50, null],
      ['EMEA/queue:partner_leads_south', 1, null, null],
      ['EMEA/user:nora.fieldgate@practice.example.com', 1, null, 'always'],
    ]);
    expect(members()[2]).to.deep.include({ Paused_Until__c: '2026-12-01T07:00:00.000+0000' });
    expect(members('Small')).to.have.length(1);
    const again = await imported();
    expect([again.exitCode, again.result!.state]).to.deep.equal([0, 'nothing-to-do']);
    expect(again.stdout).to.contain('Nothing to do.');
  });

  it('a reading has ids, state and the rotation of the file', async () => {
    await install();
    done(await imported('--file', await save('emea.yaml', EMEA)));
    await desk.update('Lead_Rotation_Member__c', memberId('EMEA/queue:partner_leads_south'), {
      Assigned_Count__c: 7,
      Period_Count__c: 2,
      Period_Start__c: '2026-11-23',
      Deficit__c: -250_000,
    });
    const { conn } = await connect(desk.test.username);
    const stored = (await readRotation(conn, 'emea'))!;
    const { rotation } = stored;
    expect(rotation.key).to.equal('EMEA');
    expect(rotation.members[2]).to.deep.include({
      kind: 'user',
      name: 'nora.fieldgate@practice.example.com',
      hours: [],
    });
    expect(stored.problems).to.deep.equal([]);
    expect(stored.fallbackId).to.equal(desk.id('Group', 'Unassigned Leads'));
    expect(stored.members.map(({ key, targetId, state }) => ({ key, targetId, state }))).to.deep.equal([
      {
        key: 'queue:partner_leads_north',
        targetId: desk.id('Group', 'Partner Leads North'),
        state: { assigned: 0, periodCount: 0, deficit: 0 },
      },
      {
        key: 'queue:partner_leads_south',
        targetId: desk.id('Group', 'Partner Leads South'),
        state: { assigned: 7, periodCount: 2, periodStart: '2026-11-23', deficit: -250_000 },
      },
      {
        key: 'user:nora.fieldgate@practice.example.com',
        targetId: desk.id('User', 'Nora Fieldgate'),
        state: { assigned: 0, periodCount: 0, deficit: 0 },
      },
    ]);
    expect(await readRotation(conn, 'nobody')).to.equal(undefined);
  });

  it('changes keep what members got, and an undo brings former values back', async () => {
    await install();
    const file = await save('emea.yaml', EMEA);
    done(await imported());
    const north = memberId('EMEA/queue:partner_leads_north');
    await desk.update('Lead_Rotation_Member__c', north, { Assigned_Count__c: 12, Deficit__c: 400_000 });
    await save(
      'emea.yaml',
      EMEA.replace('weight: 3', 'weight: 5').replace('period: week', 'period: month').replace('    cap: 50\n', '')
    );
    const look = await imported('--dry-run');
    expect(look.stdout).to.contain('queue Partner_Leads_North: weight: 3 -> 5');
    expect(look.stdout).to.contain('queue Partner_Leads_North: cap: 50 -> nothing');
    expect(look.stdout).to.contain('period: week -> month');
    expect(members()[0]).to.include({ Weight__c: 3 });
    const { run } = done(await imported('--file', file));
    expect(members()[0]).to.include({
      Id: north,
      Weight__c: 5,
      Cap__c: null,
      Assigned_Count__c: 12,
      Deficit__c: 400_000,
    });
    const back = await undo(run!);
    expect(back.exitCode, back.stderr).to.equal(0);
    expect(members()[0]).to.include({
      Id: north,
      Weight__c: 3,
      Cap__c: 50,
      Assigned_Count__c: 12,
      Deficit__c: 400_000,
    });
    expect(desk.value(`SELECT Period__c FROM Lead_Rotation__c WHERE Key__c = 'EMEA'`)).to.equal('Week');
  });

  it('who leaves has a line of his own, and goes only with consent', async () => {
    await install();
    await save('emea.yaml', EMEA);
    done(await imported());
    await desk.update('Lead_Rotation_Member__c', memberId('EMEA/queue:partner_leads_south'), {
      Assigned_Count__c: 4,
      Deficit__c: -1_500_000,
    });
    await save('emea.yaml', EMEA.replace(/ {2}- queue: Partner_Leads_South\n.*\n/, ''));
    const refused = await imported();
    expect(refused.stdout).to.contain(
      'queue Partner_Leads_South: leaves for good, with its counts (4 assigned, ahead by 1.50)'
    );
    expect(refused.error?.message).to.contain('cannot be taken back');
    expect(members()).to.have.length(3);
    const { domain } = refused.error ? (await connect(desk.test.username)).identity : { domain: '' };
    const result = done(await imported('--confirm-domain', domain));
    expect(result.summary.members).to.deep.equal({ added: 0, changed: 0, removed: 1 });
    expect(members().map(({ Key__c }) => Key__c)).to.deep.equal([
      'EMEA/queue:partner_leads_north',
      'EMEA/user:nora.fieldgate@practice.example.com',
    ]);
  });

  it('what was made is deleted by the undo, unless somebody uses it', async () => {
    await install();
    await save('emea.yaml', EMEA);
    await save('small.yaml', SMALL);
    const { run } = done(await imported());
    // Stamps of the org are of whole seconds.
    await desk.test.control.setClock(new Date(Date.now() + 5000));
    await desk.update('Lead_Rotation__c', desk.value(`SELECT Id FROM Lead_Rotation__c WHERE Key__c = 'Small'`), {
      Name: 'Changed by hand',
    });
    const back = await undo(run!);
    expect(back.exitCode, back.stderr).to.equal(0);
    expect(desk.test.query<Row>('SELECT Key__c FROM Lead_Rotation__c').map(({ Key__c }) => Key__c)).to.deep.equal([
      'Small',
    ]);
  });

  it('a saved plan is applied exactly, and refused when the rotation was changed meanwhile', async () => {
    await install();
    await save('emea.yaml', EMEA);
    done(await imported());
    await save('emea.yaml', EMEA.replace('weight: 3', 'weight: 5'));
    const plan = join(folder, 'plan.json');
    await imported('--dry-run', '--plan-file', plan);
    // Counts do not matter to it.
    await desk.update('Lead_Rotation_Member__c', memberId('EMEA/queue:partner_leads_south'), { Assigned_Count__c: 1 });
    done(await imported('--plan', plan));
    expect(members()[0]).to.include({ Weight__c: 5 });
    const stale = await imported('--plan', plan);
    expect(stale.error?.message).to.match(/changed/);
  });

  it('bad files and unknown members are refused together, before anything is written', async () => {
    await install();
    await save('a.yaml', EMEA.replace('weight: 3', 'wieght: 3').replace('period: week', 'period: year'));
    await save('b.yaml', SMALL.replace('East', 'Eest'));
    const bad = await imported();
    expect(bad.error?.message).to.contain('a.yaml:4:9: "period" must be one of day, week, month');
    expect(bad.error?.message).to.contain('a.yaml:13:5: "wieght" is not a field of a member; did you mean "weight"?');
    await save('a.yaml', EMEA.replace('nora.fieldgate@practice.example.com', 'nora.fieldgate@practice.example'));
    const unknown = await imported();
    expect(unknown.error?.message).to.contain('there is no queue "Partner_Leads_Eest"');
    expect(unknown.error?.message).to.contain(
      'there is no user "nora.fieldgate@practice.example", but nora.fieldgate@practice.example.com'
    );
    expect(unknown.error?.actions?.join(' ')).to.contain('queues, which keep their names');
    await save('a.yaml', EMEA.replace('fallback: Unassigned_Leads', 'fallback: Partner_Support_Cases'));
    await save('b.yaml', SMALL);
    expect((await imported()).error?.message).to.contain('"Partner_Support_Cases" does not take leads');
    await save('c.yaml', SMALL);
    expect((await imported()).error?.message).to.contain('the rotation "Small" is in');
    expect(desk.test.query('SELECT Id FROM Lead_Rotation__c')).to.deep.equal([]);
  });

  it('an inactive user is told, and imported all the same', async () => {
    await install();
    const user = desk.test.query<{ Username: string }>(
      "SELECT Username FROM User WHERE IsActive = false AND UserType = 'PowerPartner' LIMIT 1"
    )[0]!.Username;
    await save('a.yaml', SMALL.replace('queue: Partner_Leads_East', `user: ${user}`));
    const result = done(await imported());
    expect(result.warnings.join('\n')).to.contain('is not active');
    const { conn } = await connect(desk.test.username);
    const [stored] = await readRotations(conn);
    expect(stored!.problems).to.have.length(1);
    expect(stored!.members[0]!.targetId).to.be.a('string');
  });

  it('list shows both sides, and what an import would change', async () => {
    await save('small.yaml', SMALL);
    const without = await list();
    expect(without.result).to.deep.include({ package: false });
    expect(without.result!.rotations.map(({ key, state }) => [key, state])).to.deep.equal([['Small', 'only-in-file']]);
    expect(without.stderr).to.contain('no objects of Channel Desk');
    await install();
    await save('emea.yaml', EMEA);
    done(await imported());
    await save(
      'emea.yaml',
      EMEA.replace('weight: 3', 'weight: 4').replace('Mon-Fri 09:00-17:00', 'monday-friday 9:00-17:00')
    );
    await rm(join(folder, 'small.yaml'));
    await save('new.yaml', SMALL.replace('key: Small', 'key: New'));
    await save('bad.yaml', 'key: 5\n');
    const { result, stdout } = await list();
    expect(result!.rotations.map(({ key, state, differences }) => [key, state, differences])).to.deep.equal([
      ['EMEA', 'different', ['queue Partner_Leads_North: weight: 3 -> 4']],
      ['New', 'only-in-file', []],
      ['Small', 'only-in-org', []],
      [undefined, 'broken', []],
    ]);
    expect(stdout).to.contain('weight: 3 -> 4');
  });

  it('export writes what import reads, and replaces nothing unasked', async () => {
    await install();
    const file = await save('mine.yml', `# Ours\n${EMEA}`);
    await save('small.yaml', SMALL);
    done(await imported());
    const same = await exported();
    expect(same.result!.rotations.map(({ state }) => state)).to.deep.equal(['unchanged', 'unchanged']);
    expect(await readFile(file, 'utf8')).to.contain('# Ours');
    await rm(file);
    const written = await exported('emea');
    expect(written.result!.rotations.map(({ file: name, state }) => [name, state])).to.deep.equal([
      [join(folder, 'EMEA.yaml'), 'written'],
    ]);
    expect(await readdir(folder)).to.include('rotation.schema.json');
    expect((await imported()).result!.state).to.equal('nothing-to-do');
    await save('small.yaml', SMALL.replace('name: Small', 'name: Smaller'));
    await save('EMEA.yaml', 'key: [\n');
    const refused = await exported();
    expect(refused.error?.message).to.contain('EMEA.yaml: it cannot be read');
    expect(refused.error?.message).to.contain('small.yaml: name: Smaller -> Small');
    expect(await readFile(join(folder, 'small.yaml'), 'utf8')).to.contain('Smaller');
    const forced = await exported('--force');
    expect(forced.result!.rotations.map(({ state }) => state)).to.deep.equal(['replaced', 'replaced']);
    expect((await imported()).result!.state).to.equal('nothing-to-do');
    expect((await exported('Nobody')).error?.message).to.contain(
      'The org has no rotation "Nobody". It has: EMEA, Small'
    );
  });

  it('records that people edited are told, shown without what is wrong, and mended by an import', async () => {
    await install();
    await save('emea.yaml', EMEA);
    done(await imported());
    const id = desk.value(`SELECT Id FROM Lead_Rotation__c WHERE Key__c = 'EMEA'`);
    await desk.update('Lead_Rotation__c', id, {
      Hours__c: 'office hours',
      Time_Zone__c: 'Europe/Berlim',
      Holidays__c: '2026-12-25\nxmas',
      Filter__c: 'Name LIMIT 3',
    });
    const { conn } = await connect(desk.test.username);
    const stored = (await readRotation(conn, 'EMEA'))!;
    expect(stored.problems.map((problem) => problem.split(':')[0])).to.have.members([
      'hours',
      'timeZone',
      'holidays',
      'leads',
    ]);
    expect(stored.rotation.members).to.have.length(3);
    done(await imported());
    expect((await readRotation(conn, 'EMEA'))!.problems).to.deep.equal([]);
  });

  it('without the package the commands say what to deploy', async () => {
    await save('small.yaml', SMALL);
    const { error } = await imported();
    expect(error?.message).to.contain('no objects of Channel Desk');
    expect(error?.actions?.join(' ')).to.contain('sf project deploy start --source-dir force-app/main');
    expect((await exported()).error?.message).to.contain('no objects of Channel Desk');
  });
});
