/** Nothing is changed without consent: a yes at the prompt, or the typed name of a production org. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import LeadDistribute from '../../src/commands/channel/lead/distribute.js';
import { domainOf } from '../../src/org/read/index.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';
import type { DistributeResult } from '../../src/leads/distribute/index.js';

const TO = ['Partner Leads North', 'Partner Leads South'].flatMap((name) => ['--to', name]);

describe('consent', function () {
  this.timeout(60_000);
  let org: TestOrg;

  beforeEach(async () => {
    org = await startTestOrg({ leads: 600 });
    org.org.logWrites = true;
    org.org.store.sql('UPDATE "Organization" SET "IsSandbox" = 0').run();
  });
  afterEach(() => org.close());

  const distribute = (...args: string[]): Promise<CommandOutcome<DistributeResult>> =>
    runCommand(LeadDistribute, ['--target-org', org.username, ...TO, ...args]);
  const many = ['--from-queue', 'Unassigned Leads'];

  it('asks for the name of a production org before more than 200 leads change', async () => {
    const { error, exitCode } = await distribute(...many, '--no-prompt');
    expect(exitCode).to.equal(1);
    expect(error!.name).to.equal('NeedsDomainError');
    expect(error!.actions![0]).to.contain(`--confirm-domain ${domainOf(org.server.url)}`);
    const wrong = await distribute(...many, '--no-prompt', '--confirm-domain', 'another');
    expect(wrong.error!.name).to.equal('NeedsDomainError');
    expect(await org.control.writes()).to.deep.equal([]);
  });

  it('changes them when the name is given', async () => {
    const { result, exitCode } = await distribute(...many, '--no-prompt', '--confirm-domain', domainOf(org.server.url));
    expect(exitCode).to.equal(0);
    expect(result!.state).to.equal('done');
    expect(result!.org.kind).to.equal('production');
  });

  it('is content with --no-prompt for up to 200 leads', async () => {
    const ids = org.query<{ Id: string }>(
      "SELECT Id FROM Lead WHERE Owner.Name = 'Unassigned Leads' AND IsConverted = false LIMIT 50"
    );
    const file = join(await mkdtemp(join(process.env.HOME!, 'consent-')), 'leads.csv');
    await writeFile(file, ids.map(({ Id }) => Id).join('\n'));
    expect((await distribute('--file', file, '--no-prompt')).result!.state).to.equal('done');
  });
});

describe('the launcher', () => {
  it('refuses a Node.js that is too old, in words', async () => {
    const { isSupported, tooOld } = await import('../../bin/node-version.js');
    for (const version of ['18.20.0', '20.20.2', '22.22.1', '23.11.0', '24.14.9', '25.1.0'])
      expect(isSupported(version), version).to.equal(false);
    for (const version of ['22.22.2', '22.23.0', '24.15.0', '24.21.0', '26.0.0', '27.1.0'])
      expect(isSupported(version), version).to.equal(true);
    expect(tooOld('20.1.0')).to.match(/^Node\.js 20\.1\.0 cannot run this plugin/);
  });
});
