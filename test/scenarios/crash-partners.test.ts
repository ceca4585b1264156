/**
 * Kills `partner enable` and `partner invite` wherever they force something to disk: resumed, they end as if they had not been
 * killed. Accounts, contacts and users are made once each, and nobody is sent a second login.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { RunStore, summarize } from '../../src/runs/index.js';
import { InviteDesk, NORA, PARTNER } from '../helpers/invite.js';
import { momentsOf, todays } from '../helpers/moments.js';
import { spawnCommand, type SpawnOutcome } from '../helpers/spawn-command.js';

/** A command on rows that no other kill touches. */
type Attempt = { args: string[]; check: (exitCode: number, kill: string) => Promise<void> | void };

describe('crashes of partner enable and partner invite', function () {
  this.timeout(300_000);
  let org: InviteDesk;
  let serial = 0;

  before(async () => {
    org = await InviteDesk.open({ scenario: { leads: 5, seats: { PID_Partner_Community: 500 } } });
    await org.welcomes(false);
  });
  after(() => org.close());

  const run = (args: readonly string[], env: Record<string, string> = {}): Promise<SpawnOutcome> =>
    spawnCommand([...args, '--target-org', org.desk.test.username, '--no-prompt', '--json'], env);

  /** An account that is to be made, and one that is there. */
  const enabling = async (): Promise<Attempt> => {
    const name = `Crash Enable ${++serial}`;
    await org.desk.create('Account', { Name: `${name} b` });
    const file = await org.file('enable.csv', `Account,Manager,Create\n${name} a,${NORA},yes\n${name} b,${NORA},\n`);
    const check = (exitCode: number, kill: string): void => {
      expect(exitCode, kill).to.equal(0);
      const soql = `SELECT Name, IsPartner, Owner.Name FROM Account WHERE Name LIKE '${name} %' ORDER BY Name`;
      const rows = org.desk.test.query<{ Name: string; IsPartner: boolean; Owner: { Name: string } }>(soql);
      const found = rows.map(({ Name, IsPartner, Owner }) => [Name, IsPartner, Owner.Name]);
      expect(found, kill).to.deep.equal([`${name} a`, `${name} b`].map((one) => [one, true, NORA]));
    };
    return { args: ['channel', 'partner', 'enable', '--file', file, '--partner-roles', '3'], check };
  };

  /** A contact that is to be made and one that is there, who get users and logins. */
  const inviting = async (): Promise<Attempt> => {
    const name = `Crash Invite ${++serial}`;
    const account = await org.account(name);
    await org.contact(account, 'There', `there.${serial}@crash.example.com`);
    const line = (last: string, create: string): string =>
      `${name},${last},${last.toLowerCase()}.${serial}@crash.example.com,${create}`;
    const file = await org.file(
      'invite.csv',
      ['Account,Last Name,Email,Create', line('There', ''), line('New', 'yes')].join('\n')
    );
    await org.desk.test.control.clearOutbox();
    const check = async (exitCode: number, kill: string): Promise<void> => {
      const contacts = org.contacts(account);
      const users = org.users('AccountId', account);
      expect(
        contacts.map(({ LastName }) => LastName),
        kill
      ).to.deep.equal(['There', 'New']);
      expect(
        users.map(({ ContactId }) => ContactId),
        kill
      ).to.have.members(contacts.map(({ Id }) => Id));
      const mailed = (await org.mails()).map(({ relatedId }) => relatedId);
      expect(new Set(mailed).size, `${kill}: nobody twice`).to.equal(mailed.length);
      // Where it is not certain that a login was sent, it is not sent again, and the run says so.
      if (exitCode === 0) expect(mailed, kill).to.have.members(users.map(({ Id }) => Id));
      else expect([exitCode, mailed.length >= 1], kill).to.deep.equal([68, true]);
    };
    return { args: ['channel', 'partner', 'invite', '--file', file, '--profile', PARTNER, '--send-login'], check };
  };

  /** Goes on with the newest run, or begins again where none was begun. @returns the exit code */
  async function goOn(args: readonly string[], kill: string): Promise<number> {
    const [newest] = await new RunStore(join(process.env.XDG_DATA_HOME!, 'sf-plugin-channel')).list();
    const summary = newest && (await summarize(newest).catch(() => undefined));
    if (summary?.state === 'interrupted') return (await org.resume(newest!.id)).exitCode;
    const { code, stdout } = await run(args);
    expect(code, `${kill}: ${stdout}`).to.equal(0);
    return 0;
  }

  /** @returns how often the end was uncertain */
  async function killEverywhere(make: () => Promise<Attempt>, least: number): Promise<number> {
    const trace = org.path(`trace-${serial}`);
    const whole = await make();
    const { code, stdout } = await run(whole.args, { CHANNEL_TEST_TRACE: trace });
    expect(code, stdout).to.equal(0);
    await whole.check(0, 'not killed');
    const kills = todays(momentsOf(await readFile(trace, 'utf8'), least));
    let uncertain = 0;
    for (const kill of kills) {
      const { args, check } = await make();
      const killed = await run(args, { CHANNEL_TEST_KILL: kill });
      expect(killed.signal, `${kill}: ${killed.stdout}${killed.stderr}`).to.equal('SIGKILL');
      const exitCode = await goOn(args, kill);
      await check(exitCode, kill);
      if (exitCode !== 0) uncertain += 1;
    }
    return uncertain;
  }

  it('partner enable ends the same wherever it is killed', async () => {
    expect(await killEverywhere(enabling, 12)).to.equal(0);
  });

  it('partner invite ends the same wherever it is killed, but for logins whose reply nobody has seen', async () => {
    // Of each login: before and after its announcement is on disk, and before its outcome is.
    const uncertain = await killEverywhere(inviting, 20);
    if (process.env.CHANNEL_TEST_MOMENTS === 'all') expect(uncertain).to.equal(6);
    else expect(uncertain).to.be.within(1, 5);
  });
});
