/** Rotations go from files into the org, through the real commands over HTTP. */
import { join } from 'node:path';
import { expect } from 'chai';
import { readRotation, readRotations } from '../../src/leads/rotation/records/index.js';
import { connect } from '../helpers/exposure.js';
import { EMEA, RotationDesk, SMALL, type Row } from './rotation-support.js';

describe('rotations as records', function () {
  this.timeout(60_000);
  let at: RotationDesk;

  beforeEach(async () => (at = await RotationDesk.open()));
  afterEach(() => at.close());

  it('a file becomes records, once', async () => {
    await at.install();
    await at.save('emea.yaml', EMEA);
    await at.save('small.yaml', SMALL);
    const result = await at.done();
    expect(result.summary.members).to.deep.equal({ added: 4, changed: 0, removed: 0 });
    const [rotation] = at.desk.test.query<Row>(
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
      at.members().map(({ Key__c, Weight__c, Cap__c, Hours__c }) => [Key__c, Weight__c, Cap__c, Hours__c])
    ).to.deep.equal([
      ['EMEA/queue:partner_leads_north', 3, 50, null],
      ['EMEA/queue:partner_leads_south', 1, null, null],
      ['EMEA/user:nora.fieldgate@practice.example.com', 1, null, 'always'],
    ]);
    expect(at.members()[2]).to.deep.include({ Paused_Until__c: '2026-12-01T07:00:00.000+0000' });
    expect(at.members('Small')).to.have.length(1);
    const again = await at.imported();
    expect([again.exitCode, again.result!.state]).to.deep.equal([0, 'nothing-to-do']);
    expect(again.stdout).to.contain('Nothing to do.');
  });

  it('a reading has ids, state and the rotation of the file', async () => {
    await at.install();
    await at.done('--file', await at.save('emea.yaml', EMEA));
    await at.desk.update('Lead_Rotation_Member__c', at.memberId('EMEA/queue:partner_leads_south'), {
      Assigned_Count__c: 7,
      Period_Count__c: 2,
      Period_Start__c: '2026-11-23',
      Deficit__c: -250_000,
    });
    const { conn } = await connect(at.desk.test.username);
    const stored = (await readRotation(conn, 'emea'))!;
    const { rotation } = stored;
    expect(rotation.key).to.equal('EMEA');
    expect(rotation.members[2]).to.deep.include({
      kind: 'user',
      name: 'nora.fieldgate@practice.example.com',
      hours: [],
    });
    expect(stored.problems).to.deep.equal([]);
    expect(stored.fallbackId).to.equal(at.desk.id('Group', 'Unassigned Leads'));
    expect(stored.members.map(({ key, targetId, state }) => ({ key, targetId, state }))).to.deep.equal([
      {
        key: 'queue:partner_leads_north',
        targetId: at.desk.id('Group', 'Partner Leads North'),
        state: { assigned: 0, periodCount: 0, deficit: 0 },
      },
      {
        key: 'queue:partner_leads_south',
        targetId: at.desk.id('Group', 'Partner Leads South'),
        state: { assigned: 7, periodCount: 2, periodStart: '2026-11-23', deficit: -250_000 },
      },
      {
        key: 'user:nora.fieldgate@practice.example.com',
        targetId: at.desk.id('User', 'Nora Fieldgate'),
        state: { assigned: 0, periodCount: 0, deficit: 0 },
      },
    ]);
    expect(await readRotation(conn, 'nobody')).to.equal(undefined);
  });

  it('changes keep what members got, and an undo brings former values back', async () => {
    await at.install();
    const file = await at.save('emea.yaml', EMEA);
    await at.done();
    const north = at.memberId('EMEA/queue:partner_leads_north');
    await at.desk.update('Lead_Rotation_Member__c', north, { Assigned_Count__c: 12, Deficit__c: 400_000 });
    await at.save(
      'emea.yaml',
      EMEA.replace('weight: 3', 'weight: 5').replace('period: week', 'period: month').replace('    cap: 50\n', '')
    );
    const look = await at.imported('--dry-run');
    expect(look.stdout).to.contain('queue Partner_Leads_North: weight: 3 -> 5');
    expect(look.stdout).to.contain('queue Partner_Leads_North: cap: 50 -> nothing');
    expect(look.stdout).to.contain('period: week -> month');
    expect(at.members()[0]).to.include({ Weight__c: 3 });
    const { run } = await at.done('--file', file);
    expect(at.members()[0]).to.include({
      Id: north,
      Weight__c: 5,
      Cap__c: null,
      Assigned_Count__c: 12,
      Deficit__c: 400_000,
    });
    const back = await at.undo(run!);
    expect(back.exitCode, back.stderr).to.equal(0);
    expect(at.members()[0]).to.include({
      Id: north,
      Weight__c: 3,
      Cap__c: 50,
      Assigned_Count__c: 12,
      Deficit__c: 400_000,
    });
    expect(at.desk.value(`SELECT Period__c FROM Lead_Rotation__c WHERE Key__c = 'EMEA'`)).to.equal('Week');
  });

  it('who leaves has a line of his own, and goes only with consent', async () => {
    await at.install();
    await at.save('emea.yaml', EMEA);
    await at.done();
    await at.desk.update('Lead_Rotation_Member__c', at.memberId('EMEA/queue:partner_leads_south'), {
      Assigned_Count__c: 4,
      Deficit__c: -1_500_000,
    });
    await at.save('emea.yaml', EMEA.replace(/ {2}- queue: Partner_Leads_South\n.*\n/, ''));
    const refused = await at.imported();
    expect(refused.stdout).to.contain(
      'queue Partner_Leads_South: leaves for good, with its counts (4 assigned, ahead by 1.50)'
    );
    expect(refused.error?.message).to.contain('cannot be taken back');
    expect(at.members()).to.have.length(3);
    const { domain } = refused.error ? (await connect(at.desk.test.username)).identity : { domain: '' };
    const result = await at.done('--confirm-domain', domain);
    expect(result.summary.members).to.deep.equal({ added: 0, changed: 0, removed: 1 });
    expect(at.members().map(({ Key__c }) => Key__c)).to.deep.equal([
      'EMEA/queue:partner_leads_north',
      'EMEA/user:nora.fieldgate@practice.example.com',
    ]);
  });

  it('what was made is deleted by the undo, unless somebody uses it', async () => {
    await at.install();
    await at.save('emea.yaml', EMEA);
    await at.save('small.yaml', SMALL);
    const { run } = await at.done();
    // Stamps of the org are of whole seconds.
    await at.desk.test.control.setClock(new Date(Date.now() + 5000));
    await at.desk.update('Lead_Rotation__c', at.desk.value(`SELECT Id FROM Lead_Rotation__c WHERE Key__c = 'Small'`), {
      Name: 'Changed by hand',
    });
    const back = await at.undo(run!);
    expect(back.exitCode, back.stderr).to.equal(0);
    expect(at.desk.test.query<Row>('SELECT Key__c FROM Lead_Rotation__c').map(({ Key__c }) => Key__c)).to.deep.equal([
      'Small',
    ]);
  });

  it('a saved plan is applied exactly, and refused when the rotation was changed meanwhile', async () => {
    await at.install();
    await at.save('emea.yaml', EMEA);
    await at.done();
    await at.save('emea.yaml', EMEA.replace('weight: 3', 'weight: 5'));
    const plan = join(at.folder, 'plan.json');
    await at.imported('--dry-run', '--plan-file', plan);
    // Counts do not matter to it.
    await at.desk.update('Lead_Rotation_Member__c', at.memberId('EMEA/queue:partner_leads_south'), {
      Assigned_Count__c: 1,
    });
    await at.done('--plan', plan);
    expect(at.members()[0]).to.include({ Weight__c: 5 });
    const stale = await at.imported('--plan', plan);
    expect(stale.error?.message).to.match(/changed/);
  });

  it('bad files and unknown members are refused together, before anything is written', async () => {
    await at.install();
    await at.save('a.yaml', EMEA.replace('weight: 3', 'wieght: 3').replace('period: week', 'period: year'));
    await at.save('b.yaml', SMALL.replace('East', 'Eest'));
    const bad = await at.imported();
    expect(bad.error?.message).to.contain('a.yaml:4:9: "period" must be one of day, week, month');
    expect(bad.error?.message).to.contain('a.yaml:13:5: "wieght" is not a field of a member; did you mean "weight"?');
    await at.save('a.yaml', EMEA.replace('nora.fieldgate@practice.example.com', 'nora.fieldgate@practice.example'));
    const unknown = await at.imported();
    expect(unknown.error?.message).to.contain('there is no queue "Partner_Leads_Eest"');
    expect(unknown.error?.message).to.contain(
      'there is no user "nora.fieldgate@practice.example", but nora.fieldgate@practice.example.com'
    );
    expect(unknown.error?.actions?.join(' ')).to.contain('queues, which keep their names');
    await at.save('a.yaml', EMEA.replace('fallback: Unassigned_Leads', 'fallback: Partner_Support_Cases'));
    await at.save('b.yaml', SMALL);
    expect((await at.imported()).error?.message).to.contain('"Partner_Support_Cases" does not take leads');
    await at.save('c.yaml', SMALL);
    expect((await at.imported()).error?.message).to.contain('the rotation "Small" is in');
    expect(at.desk.test.query('SELECT Id FROM Lead_Rotation__c')).to.deep.equal([]);
  });

  it('an inactive user is told, and imported all the same', async () => {
    await at.install();
    const user = at.desk.test.query<{ Username: string }>(
      "SELECT Username FROM User WHERE IsActive = false AND UserType = 'PowerPartner' LIMIT 1"
    )[0]!.Username;
    await at.save('a.yaml', SMALL.replace('queue: Partner_Leads_East', `user: ${user}`));
    const result = await at.done();
    expect(result.warnings.join('\n')).to.contain('is not active');
    const { conn } = await connect(at.desk.test.username);
    const [stored] = await readRotations(conn);
    expect(stored!.problems).to.have.length(1);
    expect(stored!.members[0]!.targetId).to.be.a('string');
  });

  it('records that people edited are told, shown without what is wrong, and mended by an import', async () => {
    await at.install();
    await at.save('emea.yaml', EMEA);
    await at.done();
    const id = at.desk.value(`SELECT Id FROM Lead_Rotation__c WHERE Key__c = 'EMEA'`);
    await at.desk.update('Lead_Rotation__c', id, {
      Hours__c: 'office hours',
      Time_Zone__c: 'Europe/Berlim',
      Holidays__c: '2026-12-25\nxmas',
      Filter__c: 'Name LIMIT 3',
    });
    const { conn } = await connect(at.desk.test.username);
    const stored = (await readRotation(conn, 'EMEA'))!;
    expect(stored.problems.map((problem) => problem.split(':')[0])).to.have.members([
      'hours',
      'timeZone',
      'holidays',
      'leads',
    ]);
    expect(stored.rotation.members).to.have.length(3);
    await at.done();
    expect((await readRotation(conn, 'EMEA'))!.problems).to.deep.equal([]);
  });
});
