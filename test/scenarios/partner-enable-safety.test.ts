/** What `partner enable` must not touch: accounts of others, work that people have done since, and rows that contradict. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import PartnerEnable from '../../src/commands/channel/partner/enable.js';
import RunUndo from '../../src/commands/channel/run/undo.js';
import type { PartnerEnableResult } from '../../src/partners/enable/index.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { Desk } from '../practice/sites/support.js';

const NORA = 'Nora Fieldgate';

describe('partner enable and what it leaves alone', function () {
  this.timeout(60_000);
  let desk: Desk;
  let folder: string;

  before(async () => {
    desk = await Desk.open();
    folder = await mkdtemp(join(tmpdir(), 'channel-desk-safety-'));
  });
  after(async () => {
    await desk.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function go(lines: string[], ...args: string[]): Promise<CommandOutcome<PartnerEnableResult>> {
    const file = join(folder, 'partners.csv');
    await writeFile(file, lines.join('\n'));
    const flags = ['--target-org', desk.test.username, '--file', file, '--no-prompt', '--partner-roles', '1'];
    return runCommand(PartnerEnable, [...flags, ...args]);
  }
  const undo = (run: string): ReturnType<typeof runCommand> =>
    runCommand(RunUndo, [run, '--target-org', desk.test.username, '--no-prompt']);
  const named = (name: string): Array<{ Id: string; IsPartner: boolean; AccountNumber: string | null }> =>
    desk.test.query(`SELECT Id, IsPartner, AccountNumber FROM Account WHERE Name = '${name}'`);

  it('does not take an account of the same name for the one with another number', async () => {
    const other = await desk.create('Account', { Name: 'Same Name (Example)', AccountNumber: '777' });
    const lines = ['AccountNumber,Account,Manager,Create', `888,Same Name (Example),${NORA},yes`];
    const done = await go(lines, '--external-id', 'AccountNumber');
    expect(done.exitCode, done.stderr).to.equal(0);
    const found = named('Same Name (Example)');
    expect(found).to.have.length(2);
    expect(found.find(({ Id }) => Id === other)).to.deep.include({ IsPartner: false, AccountNumber: '777' });
    expect(found.find(({ Id }) => Id !== other)).to.deep.include({ IsPartner: true, AccountNumber: '888' });
  });

  it('makes two accounts of one name that have different numbers', async () => {
    const lines = [
      'AccountNumber,Account,Manager,Create',
      `1001,Twin (Example),${NORA},yes`,
      `1002,Twin (Example),${NORA},yes`,
    ];
    const done = await go(lines, '--external-id', 'AccountNumber');
    expect(done.exitCode, done.stderr).to.equal(0);
    expect(
      named('Twin (Example)')
        .map(({ AccountNumber }) => AccountNumber)
        .sort()
    ).to.deep.equal(['1001', '1002']);
  });

  it('rejects a second row that wants other values for the same new account', async () => {
    const lines = ['Account,Manager,Create,Phone', `Vetch (Example),${NORA},yes,1`, `Vetch (Example),${NORA},yes,2`];
    const done = await go(lines);
    expect(done.exitCode, done.stderr).to.equal(68);
    expect(done.result!.rejected[0]!.reason).to.contain('with other values (Phone)');
    expect(named('Vetch (Example)')).to.have.length(1);
  });

  it('does not make an account for an id that is not there', async () => {
    const lines = ['Account Id,Account,Manager,Create', `001000000000001AAA,Woad (Example),${NORA},yes`];
    const done = await go(lines);
    expect(done.exitCode).to.equal(1);
    expect(named('Woad (Example)')).to.have.length(0);
  });

  it('does not delete an account with which people have worked since', async () => {
    const names = ['Yarrow', 'Zinnia', 'Aster'].map((name) => `${name} (Example)`);
    const done = await go(['Account,Manager,Create', ...names.map((name) => `${name},${NORA},yes`)]);
    expect(done.exitCode, done.stderr).to.equal(0);
    const [worked, edited, idle] = names.map((name) => named(name)[0]!.Id);
    await desk.create('Contact', { LastName: 'Example', AccountId: worked });
    await desk.test.control.setClock(new Date(Date.now() + 60_000));
    await desk.update('Account', edited!, { Phone: '123' });
    const undone = await undo(done.result!.run!);
    expect(undone.exitCode, undone.stderr).to.equal(0);
    const left = desk.test.query<{ Id: string; IsPartner: boolean }>(
      `SELECT Id, IsPartner FROM Account WHERE Id IN ('${[worked, edited, idle].join("','")}') ORDER BY Id`
    );
    expect(left.map(({ Id }) => Id)).to.have.members([worked, edited]);
  });

  it('gives a partner account with users back to its former channel manager', async () => {
    const [account] = desk.test.query<{ Id: string; OwnerId: string }>(
      "SELECT Id, OwnerId FROM Account WHERE Name = 'Example Stage Ltd'"
    );
    const done = await go(['Account Id,Manager', `${account!.Id},Wim Overbeek`]);
    expect(done.exitCode, done.stderr).to.equal(0);
    expect(done.result!.summary).to.include({ changeOwner: 1 });
    const undone = await undo(done.result!.run!);
    expect(undone.exitCode, undone.stderr).to.equal(0);
    expect(desk.value(`SELECT OwnerId FROM Account WHERE Id = '${account!.Id}'`)).to.equal(account!.OwnerId);
  });
});
