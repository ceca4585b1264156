import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StateAggregator } from '@salesforce/core';
import { expect } from 'chai';
import PracticeReset from '../../src/commands/channel/practice/reset.js';
import PracticeStart from '../../src/commands/channel/practice/start.js';
import PracticeStatus from '../../src/commands/channel/practice/status.js';
import ChannelStatus from '../../src/commands/channel/status.js';
import type { PracticeStatusResult } from '../../src/practice/control/results.js';
import PracticeStop from '../../src/commands/channel/practice/stop.js';
import { runCommand } from '../helpers/command.js';

/** What docs/practice-org.md tells users to do. */
describe('channel practice', function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'channel-desk-practice-'))));
  after(async () => {
    await runCommand(PracticeStop, ['--forget']);
    await rm(folder, { recursive: true, force: true });
  });

  const status = async (): Promise<NonNullable<PracticeStatusResult['status']>> =>
    (await runCommand(PracticeStatus, [])).result!.status!;
  const start = (...args: string[]): ReturnType<typeof runCommand<{ alreadyRunning: boolean; username: string }>> =>
    runCommand(PracticeStart, args);

  it('starts once; flags that a running server cannot follow are refused', async () => {
    const first = await start('--leads', '40', '--variant', 'ownerMail=silent');
    expect(first.error).to.equal(undefined);
    expect(first.result).to.include({ alreadyRunning: false, username: 'admin@practice.example.com' });
    expect(await status()).to.containSubset({ counts: { Lead: 40 }, variants: { ownerMail: 'silent' } });
    expect((await start()).result).to.include({ alreadyRunning: true });
    for (const args of [
      ['--leads', '60'],
      ['--port', '8400'],
      ['--variant', 'ownerMail=sent'],
    ]) {
      const { error } = await start(...args);
      expect(error?.name, args.join(' ')).to.equal('RunningError');
    }
  });

  it('keeps its data when it is started again; a reset takes the new number of leads', async () => {
    await runCommand(PracticeStop, []);
    await start('--leads', '60');
    expect((await status()).counts.Lead).to.equal(40);
    await runCommand(PracticeReset, ['--no-prompt']);
    expect((await status()).counts.Lead).to.equal(60);
  });

  it('refuses variants and faults that do not exist', async () => {
    await runCommand(PracticeStop, []);
    const file = join(folder, 'faults.json');
    await writeFile(file, '[{ "kind": "latency", "ms": -1 }]');
    expect((await start('--faults', file)).error!.message).to.contain('Fault rule 1: ms');
    expect((await start('--variant', 'nothing=else')).error!.message).to.contain('Unknown variant nothing=else');
    expect((await start('--variant', 'nothing')).error!.message).to.contain('is not a variant');
  });

  it('forgets the org also where it is stopped already; a command on it then says how to start it', async () => {
    const username = 'admin@practice.example.com';
    await start();
    await runCommand(PracticeStop, []);
    const { error } = await runCommand(ChannelStatus, ['--target-org', username]);
    expect(error?.name).to.equal('OrgUnreachableError');
    expect(error?.actions?.join(' ')).to.contain('sf channel practice start');
    const { orgs } = await StateAggregator.getInstance();
    expect(await orgs.hasFile(username)).to.equal(true);
    await runCommand(PracticeStop, ['--forget']);
    expect(await orgs.hasFile(username)).to.equal(false);
  });
});
