/** Rotations are shown, listed beside files and written to files, through the real commands over HTTP. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import RotationShow from '../../src/commands/channel/rotation/show.js';
import { runCommand } from '../helpers/command.js';
import { EMEA, RotationDesk, SMALL } from './rotation-support.js';

describe('rotations as files', function () {
  this.timeout(60_000);
  let at: RotationDesk;

  beforeEach(async () => (at = await RotationDesk.open()));
  afterEach(() => at.close());

  it('show tells weights, counts, and who is available', async () => {
    await at.install();
    const file = await at.save(
      'a.yaml',
      `key: Full
name: Full
members:
  - queue: Partner_Leads_North
    weight: 3
    cap: 2
  - queue: Partner_Leads_South
    pausedUntil: 2999-01-01
`
    );
    await at.done();
    const today = new Date().toISOString().slice(0, 10);
    const counts = { Assigned_Count__c: 9, Period_Count__c: 2, Period_Start__c: today, Deficit__c: -1_250_000 };
    await at.desk.update('Lead_Rotation_Member__c', at.memberId('Full/queue:partner_leads_north'), counts);
    const { result, stdout } = await runCommand(RotationShow, ['full', ...at.target()]);
    expect(result!.members).to.deep.equal([
      {
        kind: 'queue',
        name: 'Partner_Leads_North',
        targetName: 'Partner Leads North',
        weight: 3,
        share: 75,
        cap: 2,
        hours: 'always',
        timeZone: 'UTC',
        assigned: 9,
        periodCount: 2,
        periodStart: today,
        deficit: -1.25,
        hindrances: ['cap 2 a day'],
      },
      {
        kind: 'queue',
        name: 'Partner_Leads_South',
        targetName: 'Partner Leads South',
        weight: 1,
        share: 25,
        hours: 'always',
        timeZone: 'UTC',
        pausedUntil: '2999-01-01T00:00:00Z',
        assigned: 0,
        periodCount: 0,
        deficit: 0,
        hindrances: ['paused until 2999-01-01T00:00:00Z'],
      },
    ]);
    expect(stdout).to.contain('-1.25');
    const ofFile = await runCommand(RotationShow, ['--file', file]);
    expect(ofFile.result!.members.map(({ share, assigned }) => [share, assigned])).to.deep.equal([
      [75, undefined],
      [25, undefined],
    ]);
    const bad = await runCommand(RotationShow, ['--file', await at.save('bad.yaml', 'key: 5\n')]);
    expect(bad.error?.message).to.contain('bad.yaml:1:6: "key" must be text');
    expect((await runCommand(RotationShow, ['Nobody', ...at.target()])).error?.message).to.contain(
      'no rotation "Nobody"'
    );
    expect((await runCommand(RotationShow, [])).error?.message).to.contain('Either the key');
  });

  it('list shows both sides, and what an import would change', async () => {
    await at.save('small.yaml', SMALL);
    const without = await at.list();
    expect(without.result).to.deep.include({ package: false });
    expect(without.result!.rotations.map(({ key, state }) => [key, state])).to.deep.equal([['Small', 'only-in-file']]);
    expect(without.stderr).to.contain('no objects of Channel Desk');
    await at.install();
    await at.save('emea.yaml', EMEA);
    await at.done();
    await at.save(
      'emea.yaml',
      EMEA.replace('weight: 3', 'weight: 4').replace('Mon-Fri 09:00-17:00', 'monday-friday 9:00-17:00')
    );
    await rm(join(at.folder, 'small.yaml'));
    await at.save('new.yaml', SMALL.replace('key: Small', 'key: New'));
    await at.save('bad.yaml', 'key: 5\n');
    const { result, stdout } = await at.list();
    expect(result!.rotations.map(({ key, state, differences }) => [key, state, differences])).to.deep.equal([
      ['EMEA', 'different', ['queue Partner_Leads_North: weight: 3 -> 4']],
      ['New', 'only-in-file', []],
      ['Small', 'only-in-org', []],
      [undefined, 'broken', []],
    ]);
    expect(stdout).to.contain('weight: 3 -> 4');
  });

  it('export writes what import reads, and replaces nothing unasked', async () => {
    await at.install();
    const file = await at.save('mine.yml', `# Ours\n${EMEA}`);
    await at.save('small.yaml', SMALL);
    await at.done();
    const same = await at.exported();
    expect(same.result!.rotations.map(({ state }) => state)).to.deep.equal(['unchanged', 'unchanged']);
    expect(await readFile(file, 'utf8')).to.contain('# Ours');
    await rm(file);
    const written = await at.exported('emea');
    expect(written.result!.rotations.map(({ file: name, state }) => [name, state])).to.deep.equal([
      [join(at.folder, 'EMEA.yaml'), 'written'],
    ]);
    expect(await readdir(at.folder)).to.include('rotation.schema.json');
    expect((await at.imported()).result!.state).to.equal('nothing-to-do');
    await at.save('small.yaml', SMALL.replace('name: Small', 'name: Smaller'));
    await at.save('EMEA.yaml', 'key: [\n');
    const refused = await at.exported();
    expect(refused.error?.message).to.contain('EMEA.yaml: it cannot be read');
    expect(refused.error?.message).to.contain('small.yaml: name: Smaller -> Small');
    expect(await readFile(join(at.folder, 'small.yaml'), 'utf8')).to.contain('Smaller');
    const forced = await at.exported('--force');
    expect(forced.result!.rotations.map(({ state }) => state)).to.deep.equal(['replaced', 'replaced']);
    expect((await at.imported()).result!.state).to.equal('nothing-to-do');
    expect((await at.exported('Nobody')).error?.message).to.contain(
      'The org has no rotation "Nobody". It has: EMEA, Small'
    );
  });

  it('without the package the commands say what to deploy', async () => {
    await at.save('small.yaml', SMALL);
    const { error } = await at.imported();
    expect(error?.message).to.contain('no objects of Channel Desk').and.not.to.contain('ERROR at Row');
    expect(error?.actions?.join(' ')).to.contain('sf project deploy start --source-dir force-app/main');
    expect((await at.exported()).error?.message).to.contain('no objects of Channel Desk');
  });
});
