/** The switch of partner relationship management: rehearsed in a sandbox, thrown in production, proved, never twice. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import Doctor from '../../src/commands/channel/doctor.js';
import PrmEnable from '../../src/commands/channel/prm/enable.js';
import RunResume from '../../src/commands/channel/run/resume.js';
import RunUndo from '../../src/commands/channel/run/undo.js';
import { addSandbox } from '../../src/practice/metadata/sandboxes.js';
import { domainOf } from '../../src/org/read/index.js';
import type { PrmEnableResult } from '../../src/prm/index.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';

const SWITCH = 'Communities.enableEnablePRM';
const NETWORKS = 'Communities.enableNetworksEnabled';

describe('prm enable', function () {
  this.timeout(60_000);
  let org: TestOrg;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(process.env.HOME!, 'prm-'));
    org = await startTestOrg({ leads: 20 });
    org.org.preferences.set(SWITCH, false);
  });
  afterEach(() => org.close());

  const enable = (...args: string[]): Promise<CommandOutcome<PrmEnableResult>> =>
    runCommand(PrmEnable, ['--target-org', org.username, ...args]);
  const yes = (): string[] => ['--no-prompt', '--confirm-domain', domainOf(org.server.url)];
  const isOn = (): boolean => org.org.preferences.on(SWITCH);
  const toProduction = (): void => {
    org.org.store.sql('UPDATE "Organization" SET "IsSandbox" = 0').run();
  };

  /** Rehearses in the sandbox that the org is, and makes it another org, a production one, that has not seen PRM. */
  const rehearse = async (file: string): Promise<string> => {
    const { result } = await enable(...yes(), '--partner-roles', '1', '--receipt', file);
    expect(result!.files.receipt).to.equal(file);
    const sandbox = result!.run!;
    org.org.preferences.set(SWITCH, false);
    toProduction();
    return sandbox;
  };

  const verdictOf = (result: PrmEnableResult | undefined, check: string): string => {
    const found = result!.checks.find((one) => one.check === check)!;
    return `${found.verdict} ${found.finding}`;
  };

  it('shows checks and plan in a dry run and changes nothing', async () => {
    const { result, exitCode, stdout } = await enable('--dry-run');
    expect(exitCode).to.equal(0);
    expect(result!.state).to.equal('planned');
    expect(result!.changes).to.deep.equal([{ setting: 'enableEnablePRM', from: 'false', to: 'true' }]);
    expect(verdictOf(result, 'deploy')).to.equal('ok deploy.accepted');
    expect(stdout).to.contain('cannot be turned back');
    expect(isOn()).to.equal(false);
  });

  it('switches it on, proves it, and leaves the other settings as they were', async () => {
    org.org.preferences.set('Communities.enableRelaxPartnerAccountFieldPref', true);
    const { result, exitCode } = await enable(...yes(), '--partner-roles', '3');
    expect(exitCode).to.equal(0);
    expect(result!.state).to.equal('done');
    expect(result!.proof).to.deep.equal({ setting: true, partnerFields: true });
    expect(result!.verification!.agrees).to.equal(true);
    expect(result!.partnerRoles).to.equal(3);
    expect(isOn()).to.equal(true);
    expect(org.org.preferences.on('Communities.enableRelaxPartnerAccountFieldPref')).to.equal(true);
    expect(result!.next[0]).to.contain('sharing review');
  });

  it('takes "on already" for success, and sends nothing', async () => {
    org.org.preferences.set(SWITCH, true);
    const { result, exitCode } = await enable();
    expect(exitCode).to.equal(0);
    expect(result!.state).to.equal('already-enabled');
    expect(result!.run).to.equal(null);
    expect(realDeploys()).to.equal(0);
  });

  it('refuses a receipt that cannot be written before it switches anything', async () => {
    const { error } = await enable('--receipt', join(folder, 'not-there', 'receipt.json'), ...yes());
    expect(error!.name).to.equal('FolderError');
    expect([isOn(), realDeploys()]).to.deep.equal([false, 0]);
  });

  it('asks for the name of the org, also of a sandbox: the switch is for good', async () => {
    const { error } = await enable('--no-prompt');
    expect(error!.name).to.equal('NeedsDomainForGoodError');
    expect(error!.actions![0]).to.contain(`--confirm-domain ${domainOf(org.server.url)}`);
    expect(isOn()).to.equal(false);
  });

  it('cannot be undone, and says so', async () => {
    const { result } = await enable(...yes());
    const undo = await runCommand(RunUndo, ['--target-org', org.username, result!.run!, '--no-prompt']);
    expect(undo.result!.state).to.equal('nothing-to-do');
    expect(isOn()).to.equal(true);
  });

  it('stops where Digital Experiences are off, and turns both on when told', async () => {
    org.org.preferences.set(NETWORKS, false);
    const stopped = await enable(...yes());
    expect(stopped.exitCode).to.equal(1);
    expect(stopped.error!.name).to.equal('StoppedError');
    expect(isOn()).to.equal(false);
    const { result } = await enable(...yes(), '--digital-experiences');
    expect(result!.state).to.equal('done');
    expect(result!.changes.map(({ setting }) => setting)).to.deep.equal(['enableNetworksEnabled', 'enableEnablePRM']);
    expect([isOn(), org.org.preferences.on(NETWORKS)]).to.deep.equal([true, true]);
  });

  describe('in production', () => {
    it('wants a rehearsal', async () => {
      toProduction();
      const dry = await enable('--dry-run');
      expect([dry.result!.state, verdictOf(dry.result, 'rehearsal')]).to.deep.equal([
        'refused',
        'stop rehearsal.missing',
      ]);
      const { error } = await enable(...yes());
      expect(error!.name).to.equal('StoppedError');
      expect(isOn()).to.equal(false);
    });

    it('refuses the receipt of an org that is no sandbox of it, and one that was edited', async () => {
      const file = join(folder, 'receipt.json');
      await rehearse(file);
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replace(/"id": "00D[^"]+"/, '"id": "00D000000000001EAA"'));
      expect((await enable(...yes(), '--receipt', file)).error!.name).to.equal('ReceiptEditedError');
      await writeFile(file, 'no receipt');
      expect((await enable(...yes(), '--receipt', file)).error!.name).to.equal('ReceiptUnreadableError');
      expect(isOn()).to.equal(false);
    });

    it('takes the receipt of its own sandbox, and of no other', async () => {
      const file = join(folder, 'receipt.json');
      await enable(...yes(), '--partner-roles', '1', '--receipt', file);
      const production = await startTestOrg({ leads: 20 });
      try {
        production.org.preferences.set(SWITCH, false);
        production.org.store.sql('UPDATE "Organization" SET "IsSandbox" = 0, "Id" = \'00D000000000001EAA\'').run();
        const args = ['--target-org', production.username, '--receipt', file, '--no-prompt'];
        const consent = ['--confirm-domain', domainOf(production.server.url)];
        const foreign = await runCommand(PrmEnable, [...args, ...consent]);
        expect(foreign.error!.message).to.contain('is no sandbox of this org');
        expect(production.org.preferences.on(SWITCH)).to.equal(false);
        addSandbox(production.org, org.org.id, 'dev');
        const { result, exitCode } = await runCommand(PrmEnable, [...args, ...consent]);
        expect([exitCode, result!.state]).to.deep.equal([0, 'done']);
        expect(verdictOf(result, 'rehearsal')).to.equal('ok rehearsal.rehearsed');
        expect(production.org.preferences.on(SWITCH)).to.equal(true);
      } finally {
        await production.close();
      }
    });

    it('goes without one for a reason, which is kept', async () => {
      toProduction();
      const { result } = await enable(...yes(), '--without-rehearsal', 'The only sandbox was refreshed');
      expect(result!.state).to.equal('done');
      expect(verdictOf(result, 'rehearsal')).to.equal('look rehearsal.waived');
      expect(await readFile(result!.files.plan!, 'utf8')).to.contain('The only sandbox was refreshed');
    });
  });

  it('applies a saved plan, and refuses it when a setting has changed since', async () => {
    const file = join(folder, 'plan.json');
    await enable('--dry-run', '--plan-file', file);
    org.org.preferences.set('Communities.enableCommunityWorkspaces', true);
    expect((await enable('--plan', file, ...yes())).error!.name).to.equal('PlanStaleError');
    org.org.preferences.set('Communities.enableCommunityWorkspaces', false);
    expect((await enable('--plan', file, ...yes())).result!.state).to.equal('done');
  });

  it('asks a user for permission who may not read the settings', async () => {
    const other = await startTestOrg({ leads: 5, user: 'rhea.quillon@practice.example.com' });
    try {
      const { error } = await runCommand(PrmEnable, ['--target-org', other.username, '--dry-run']);
      expect(error!.name).to.match(/SettingsError|NoPermissionError/);
    } finally {
      await other.close();
    }
  });

  it('deploys once, whichever call is lost on its way', async () => {
    const soapCalls = async (): Promise<number> =>
      (await org.control.requests()).filter(({ path }) => path.startsWith('/services/Soap/m/')).length;
    await enable(...yes());
    const calls = await soapCalls();
    // The check of the deploy, the deploy and its proof are the last calls.
    const cases = { 'drop-after': [2, 4, 5, 6, 7, 8], 'drop-before': [5, 7] };
    let deployed = 0;
    for (const [kind, backwards] of Object.entries(cases)) {
      for (const nth of backwards.map((back) => calls - back)) {
        org.org.preferences.set(SWITCH, false);
        const before = realDeploys();
        await org.control.setFaults([{ kind, method: 'POST', path: '/services/Soap/m/*', nth }]);
        const { result, error } = await enable(...yes());
        await org.control.setFaults([]);
        const about = `${kind} ${nth} of ${calls}: ${error?.message ?? ''}`;
        // Lost before the switch, the command ends without a change; lost behind it, the run ends or is resumed.
        if (error && realDeploys() === before) expect(isOn(), about).to.equal(false);
        else {
          const state = result?.state === 'stopped' ? await resume(result.run!) : 'done';
          expect([state, isOn(), realDeploys() - before], about).to.deep.equal(['done', true, 1]);
          deployed += 1;
        }
      }
    }
    expect(deployed).to.be.above(2);
  }).timeout(240_000);

  /** Deploys that were made, not only checked. */
  const realDeploys = (): number =>
    Number(org.org.store.sql('SELECT count(*) AS n FROM "DeployRequest" WHERE "CheckOnly" = 0').get()!.n);

  const resume = async (run: string): Promise<string | undefined> => {
    const { result } = await runCommand(RunResume, ['--target-org', org.username, run]);
    return result!.receipt?.state;
  };
});

describe('doctor', function () {
  this.timeout(60_000);

  it('asks a sandbox without changing it, and writes the answers down', async () => {
    const org = await startTestOrg({ leads: 20 });
    try {
      const file = join(await mkdtemp(join(process.env.HOME!, 'doctor-')), 'answers.json');
      const before = org.query('SELECT count() FROM Group');
      const { result, exitCode } = await runCommand(Doctor, ['--target-org', org.username, '--output-file', file]);
      expect(exitCode).to.equal(0);
      const answerOf = (question: string): string | null =>
        result!.answers.find((one) => one.question === question)!.answer;
      expect(answerOf('prmSwitchBack')).to.equal('refused');
      expect(answerOf('prmWithoutNetworks')).to.equal(null);
      expect(answerOf('accountRuleWithoutSettings')).to.equal('refused');
      expect(JSON.parse(await readFile(file, 'utf8'))).to.deep.equal(JSON.parse(JSON.stringify(result)));
      expect(org.org.preferences.on(SWITCH)).to.equal(true);
      expect(org.query('SELECT count() FROM Group')).to.deep.equal(before);
    } finally {
      await org.close();
    }
  });

  it('leaves production alone', async () => {
    const org = await startTestOrg({ leads: 5 });
    try {
      org.org.store.sql('UPDATE "Organization" SET "IsSandbox" = 0').run();
      const { error } = await runCommand(Doctor, ['--target-org', org.username]);
      expect(error!.name).to.equal('ProductionError');
    } finally {
      await org.close();
    }
  });
});
