/** `partner check --fix`: what is offered, what is made, and that the check agrees afterwards. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Progress } from '../../src/channel-command.js';
import PartnerCheck from '../../src/commands/channel/partner/check.js';
import RunUndo from '../../src/commands/channel/run/undo.js';
import type { PartnerCheckResult } from '../../src/partners/index.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { Desk } from '../practice/sites/support.js';

const LIVE = 'Example Partner Central';

type Outcome = CommandOutcome<PartnerCheckResult>;

describe('partner check --fix', function () {
  this.timeout(60_000);
  let desk: Desk;
  let folder: string;

  beforeEach(async () => {
    desk = await Desk.open();
    folder = await mkdtemp(join(tmpdir(), 'channel-desk-repair-'));
  });
  afterEach(async () => {
    await desk.close();
    await rm(folder, { recursive: true, force: true });
  });

  const check = (...args: string[]): Promise<Outcome> =>
    runCommand(PartnerCheck, ['--target-org', desk.test.username, ...args]);
  const fix = (...args: string[]): Promise<Outcome> => check('--fix', '--no-prompt', ...args);

  /** The same command, where somebody answers its questions. */
  const asked = (answers: boolean[], ...args: string[]): Promise<Outcome> => {
    const Asking = class extends PartnerCheck {
      public override confirm = (): Promise<boolean> => Promise.resolve(answers.shift() ?? false);
      protected override canAsk = (): boolean => true;
    };
    Object.defineProperty(Asking, 'name', { value: 'PartnerCheck' });
    return runCommand(Asking, ['--target-org', desk.test.username, '--fix', ...args]);
  };

  const inactive = (): number =>
    desk.value<number>("SELECT count(Id) FROM User WHERE UserType = 'PowerPartner' AND IsActive = false");
  const first = ({ result }: Outcome, condition: string): number =>
    result!.users.filter((user) => user.first?.condition === condition && user.state === 'ineligible').length;

  it('offers exactly what it can repair, and changes nothing in a dry run', async () => {
    const plain = await check();
    const dry = await check('--fix', '--dry-run');
    expect(dry.exitCode, dry.stderr).to.equal(0);
    const { offered, chosen, state } = dry.result!.repair!;
    expect(state).to.equal('planned');
    expect(offered.reactivate)
      .to.equal(inactive())
      .and.to.equal(plain.result!.users.filter(({ active }) => !active).length);
    expect(offered.joinings).to.have.length(1);
    expect(offered.joinings[0]).to.deep.include({ site: LIVE, profile: 'Example Partner Offsite' });
    expect(offered.logins).to.be.greaterThan(0);
    expect(offered.people.reactivate).to.have.length(offered.reactivate);
    expect(offered.people.logins).to.have.length(offered.logins);
    expect(chosen).to.deep.include({ reactivate: 0, logins: 0, joinings: offered.joinings });
    expect(dry.stdout).to.contain('never logged in. Nobody is mailed without being asked for');
    expect(dry.stdout).to.contain('add --repair reactivate');
    expect(dry.result!.users).to.deep.equal(plain.result!.users);
    expect(await desk.test.control.outbox()).to.deep.equal([]);
  });

  it('names whom it makes active, and the seats that this takes', async () => {
    const { stdout, result } = await check('--fix', '--repair', 'reactivate', '--dry-run');
    const { people, seats } = result!.repair!.chosen;
    for (const { username } of people.reactivate.slice(0, 15)) expect(stdout).to.contain(username);
    const needed = seats.reduce((sum, seat) => sum + seat.needed, 0);
    expect(needed).to.equal(inactive());
    for (const { licence, left } of seats) {
      const [row] = desk.test.query<{ TotalLicenses: number; UsedLicenses: number }>(
        `SELECT TotalLicenses, UsedLicenses FROM UserLicense WHERE Name = '${licence}'`
      );
      expect(left).to.equal(row!.TotalLicenses - row!.UsedLicenses);
      expect(stdout).to.contain(`${left} left`);
    }
  });

  it('refuses to mail without consent, and mails exactly those it counted with it', async () => {
    const refused = await fix();
    expect(refused.exitCode).to.equal(1);
    expect(refused.error!.message).to.contain('mails that cannot be held back');
    expect(await desk.test.control.outbox()).to.deep.equal([]);
    const asleep = inactive();
    const done = await fix('--accept-mails');
    expect(done.exitCode, done.stderr).to.equal(0);
    const { chosen, receipt } = done.result!.repair!;
    expect(receipt!.state).to.equal('done');
    expect(receipt!.verification!.agrees).to.equal(true);
    const mails = await desk.test.control.outbox();
    expect(mails).to.have.length(chosen.joinings[0]!.mails!);
    expect(mails.every(({ kind }) => kind === 'welcome')).to.equal(true);
    expect(first(done, 'site-member'), 'the one on its way stays').to.equal(1);
    expect(inactive(), 'who is not active may be so on purpose').to.equal(asleep);
    const again = await fix();
    expect(again.exitCode, again.stderr).to.equal(0);
    expect(again.result!.repair!.chosen).to.deep.include({ reactivate: 0, joinings: [] });
  });

  it('makes only the repair that is named, and takes it back', async () => {
    const before = inactive();
    const done = await fix('--repair', 'reactivate');
    expect(done.exitCode, done.stderr).to.equal(0);
    expect(inactive()).to.equal(0);
    expect(await desk.test.control.outbox()).to.deep.equal([]);
    const run = done.result!.repair!.run!;
    const [touched] = done.result!.repair!.chosen.people.reactivate;
    await desk.update('User', touched!.id, { IsActive: false });
    const dry = await runCommand(RunUndo, [run, '--target-org', desk.test.username, '--dry-run']);
    expect(dry.result).to.include({ left: 1, restorable: before - 1 });
    expect(dry.stdout).to.contain('1 are left alone').and.to.contain(`${touched!.id} (${touched!.username}): `);
    expect(dry.stdout + dry.stderr).not.to.contain('skipped');
    const undone = await runCommand(RunUndo, [
      done.result!.repair!.run!,
      '--target-org',
      desk.test.username,
      '--no-prompt',
    ]);
    expect(undone.exitCode, undone.stderr).to.equal(0);
    expect(inactive()).to.equal(before);
  });

  it('sends logins when that is named, each link opened by its recipient, and keeps no secret', async () => {
    const done = await fix('--repair', 'send-login');
    expect(done.exitCode, done.stderr).to.equal(0);
    const { chosen, run } = done.result!.repair!;
    const mails = await desk.test.control.outbox({ kind: 'password-reset' });
    expect(mails).to.have.length(chosen.logins);
    const users = new Map(done.result!.users.map((user) => [user.id, user]));
    for (const mail of mails) {
      expect(users.get(mail.relatedId!)!.lastLogin).to.equal(null);
      expect(mail.template).to.be.a('string').and.not.to.equal('');
      const opened = await desk.fetch(mail.link!.replace(desk.test.server.url, ''));
      expect(opened.status, mail.link).to.be.oneOf([200, 302]);
    }
    const after = await check();
    expect(
      after.result!.users.filter(({ id, lastLogin }) => users.has(id) && lastLogin === null).length
    ).to.be.lessThan(done.result!.users.filter(({ lastLogin }) => lastLogin === null).length);
    const codes = mails.map(({ link }) => new URL(link!, 'http://x').searchParams.get('c')!);
    const texts = [done.stdout, done.stderr, JSON.stringify(done.result), ...(await filesOf(run!))];
    for (const text of texts) for (const secret of [...codes, desk.test.token]) expect(text).not.to.contain(secret);
  });

  it('asks for each repair where somebody is there', async () => {
    const before = inactive();
    // add-to-site no, reactivate yes, send-login no, apply yes
    const done = await asked([false, true, false, true]);
    expect(done.exitCode, done.stderr).to.equal(0);
    expect(done.result!.repair!.chosen).to.deep.include({ joinings: [], logins: 0 });
    expect(before).to.be.greaterThan(0);
    expect(inactive()).to.equal(0);
    const nothing = await asked([false, false]);
    expect(nothing.result!.repair!.state).to.equal('nothing-chosen');
    const declined = await asked([true, false, false]);
    expect(declined.error!.message).to.contain('not applied');
  });

  it('takes Ctrl-C at a question as a no', async () => {
    const left = await asked([]);
    expect(left.result!.repair!.state).to.equal('nothing-chosen');
    const Leaving = class extends PartnerCheck {
      public override confirm = (): Promise<boolean> =>
        Promise.reject(
          Object.assign(new Error('User force closed the prompt with SIGINT'), { name: 'ExitPromptError' })
        );
      protected override canAsk = (): boolean => true;
    };
    const { error, exitCode } = await runCommand(Leaving, ['--target-org', desk.test.username, '--fix']);
    expect(exitCode).to.equal(1);
    expect(error!.message).to.contain('Nothing was changed');
  });

  it('tells of the repairs where the check cannot be made again', async () => {
    let checks = 0;
    const Failing = class extends PartnerCheck {
      protected override reading = <T>(
        _title: string,
        _tell: (error: unknown) => Error,
        work: (...progress: Progress) => Promise<T>
      ): Promise<T> =>
        ++checks === 2
          ? Promise.reject(new Error('The line is cut.'))
          : work(
              () => undefined,
              () => Promise.resolve()
            );
    };
    Object.defineProperty(Failing, 'name', { value: 'PartnerCheck' });
    const args = ['--target-org', desk.test.username, '--fix', '--repair', 'reactivate', '--no-prompt'];
    const { error, exitCode, result, stderr } = await runCommand(Failing, args);
    expect(error).to.equal(undefined);
    expect(exitCode).to.equal(68);
    expect(result!.repair!.receipt!.state).to.equal('done');
    expect(stderr).to.contain('The line is cut.').and.to.contain('from before the repairs');
    expect(inactive()).to.equal(0);
  });

  it('tells what the org refuses, when no licence is left', async () => {
    desk.test.org.store.sql('UPDATE "UserLicense" SET "TotalLicenses" = "UsedLicenses" + 1').run();
    const done = await fix('--repair', 'reactivate');
    expect(done.exitCode).to.equal(68);
    expect(done.stderr).to.contain('LICENSE_LIMIT_EXCEEDED').and.to.contain('1 seat(s) left');
    expect(done.result!.repair!.receipt!.steps[0]).to.include({ done: 1 });
  });

  it('applies a saved plan while the repairs are the same', async () => {
    const file = join(folder, 'plan.json');
    const args = ['--repair', 'reactivate'];
    const planned = await check('--fix', ...args, '--dry-run', '--plan-file', file);
    expect(planned.exitCode, planned.stderr).to.equal(0);
    const id = desk.value("SELECT Id FROM User WHERE UserType = 'PowerPartner' AND IsActive = false LIMIT 1");
    const stale = await desk.update('User', id, { IsActive: true }).then(() => fix('--plan', file));
    expect(stale.error!.message).to.contain('has changed since it was made');
    await desk.update('User', id, { IsActive: false });
    // A yes to the plan is all that is asked for, whatever else could be repaired.
    const applied = await asked([true], '--plan', file);
    expect(applied.exitCode, applied.stderr).to.equal(0);
    expect(applied.result!.repair!.chosen).to.deep.include({ joinings: [], logins: 0 });
    expect(inactive()).to.equal(0);
  });

  it('wants --fix before it plans anything', async () => {
    const outcome = await check('--dry-run');
    expect(outcome.error!.message).to.contain('--dry-run is about repairs');
    const repair = await check('--repair', 'reactivate');
    expect(repair.exitCode).to.equal(1);
  });

  async function filesOf(run: string): Promise<string[]> {
    const found = await readdir(process.env.XDG_DATA_HOME!, { recursive: true, withFileTypes: true });
    const files = found.filter((entry) => entry.isFile() && entry.parentPath.endsWith(run));
    expect(files.length).to.be.greaterThan(3);
    return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')));
  }
});
