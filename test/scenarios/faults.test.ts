/** What goes wrong on the way: each case ends done, or partly done with a run that can be resumed, and says which. */
import { expect } from 'chai';
import LeadDistribute from '../../src/commands/channel/lead/distribute.js';
import RunUndo from '../../src/commands/channel/run/undo.js';
import RunResume from '../../src/commands/channel/run/resume.js';
import type { DistributeResult } from '../../src/leads/distribute/index.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';

const UPDATE = { method: 'PATCH', path: '*/composite/sobjects' };
const TO = ['Partner Leads North', 'Partner Leads South'].flatMap((name) => ['--to', name]);

describe('faults of the org', function () {
  this.timeout(120_000);
  let org: TestOrg;

  beforeEach(async () => {
    org = await startTestOrg({ leads: 800 });
    org.org.logWrites = true;
  });
  afterEach(() => org.close());

  const distribute = (...args: string[]): Promise<CommandOutcome<DistributeResult>> =>
    runCommand(LeadDistribute, ['--target-org', org.username, ...TO, '--no-prompt', ...args]);

  /** 150 leads go by collections, the whole queue by Bulk. */
  const few = (): string[] => {
    const ids = org.query<{ Id: string }>(
      "SELECT Id FROM Lead WHERE Owner.Name = 'Unassigned Leads' AND IsConverted = false LIMIT 150"
    );
    return ['--where', `Id IN (${ids.map(({ Id }) => `'${Id}'`).join(',')})`];
  };
  const many = ['--from-queue', 'Unassigned Leads'];

  const writtenTwice = async (): Promise<string[]> => {
    const seen = new Map<string, number>();
    for (const { record } of await org.control.writes()) seen.set(record, (seen.get(record) ?? 0) + 1);
    return [...seen].filter(([, count]) => count > 1).map(([record]) => record);
  };

  async function expectDone(outcome: CommandOutcome<DistributeResult>): Promise<void> {
    expect(outcome.error, outcome.stderr).to.equal(undefined);
    expect(outcome.exitCode).to.equal(0);
    expect(outcome.result!.result).to.include({ failed: 0, pending: 0, done: outcome.result!.assigned });
    expect(await writtenTwice()).to.deep.equal([]);
    expect(
      (await org.control.faults()).some(({ fired }) => fired > 0),
      'a fault has happened'
    ).to.equal(true);
  }

  async function expectResumable(outcome: CommandOutcome<DistributeResult>, words: RegExp): Promise<void> {
    expect(outcome.exitCode).to.equal(68);
    expect(outcome.result!.state).to.be.oneOf(['stopped', 'partly-done']);
    expect(outcome.stderr).to.match(words).and.to.contain(`sf channel run resume ${outcome.result!.run}`);
    await org.control.clearFaults();
    const resumed = await runCommand(RunResume, [outcome.result!.run!, '--target-org', org.username]);
    expect(resumed.exitCode, resumed.stderr).to.equal(0);
    expect(resumed.result!.receipt!.steps[0]).to.include({ failed: 0, pending: 0, done: outcome.result!.assigned });
    expect(await writtenTwice()).to.deep.equal([]);
  }

  for (const kind of ['drop-before', 'drop-after']) {
    it(`reads back what a lost reply has done (collections, ${kind})`, async () => {
      await org.control.setFaults([{ kind, ...UPDATE }]);
      await expectDone(await distribute(...few()));
    });
    for (const [name, occasion] of Object.entries({
      create: { method: 'POST', path: '*/jobs/ingest' },
      upload: { method: 'PUT', path: '*/batches' },
      close: { method: 'PATCH', path: '*/jobs/ingest/*' },
      results: { method: 'GET', path: '*/successfulResults' },
    })) {
      it(`goes on after a connection lost at the job's ${name} (${kind})`, async () => {
        await org.control.setFaults([{ kind, ...occasion }]);
        await expectDone(await distribute(...many));
      });
    }
  }

  it('tries again when the org is unavailable for a moment', async () => {
    await org.control.setFaults([
      { kind: 'status', status: 503, count: 2, ...UPDATE },
      { kind: 'status', status: 503, html: true, method: 'POST', path: '*/jobs/ingest' },
    ]);
    await expectDone(await distribute(...few()));
    await expectDone(await distribute(...many));
  });

  it('stops resumably when the org stays unavailable', async () => {
    await org.control.setFaults([{ kind: 'status', status: 503, count: 0, ...UPDATE }]);
    await expectResumable(await distribute(...few()), /could not be reached/);
  });

  it('stops resumably when the session ends in the middle', async () => {
    await org.control.setFaults([{ kind: 'expire-session', ...UPDATE }]);
    const outcome = await distribute(...few());
    expect(outcome.exitCode).to.equal(68);
    expect(outcome.stderr).to.match(/session ended/);
    await org.control.clearFaults();
    const session = org.org.access.open(org.username);
    const { register } = await import('../helpers/practice.js');
    await register(org.server.url, org.username, session.id);
    const resumed = await runCommand(RunResume, [outcome.result!.run!, '--target-org', org.username]);
    expect(resumed.exitCode, resumed.stderr).to.equal(0);
    expect(await writtenTwice()).to.deep.equal([]);
  });

  it('stops resumably when the request limit is reached', async () => {
    await org.control.setFaults([{ kind: 'request-limit', count: 0, ...UPDATE }]);
    await expectResumable(await distribute(...few()), /no more API calls/);
  });

  it('tries rows again that could not be locked', async () => {
    await org.control.setFaults([{ kind: 'lock-rows', object: 'Lead', every: 3, count: 2 }]);
    await expectDone(await distribute(...few()));
    await org.control.setFaults([{ kind: 'lock-rows', object: 'Lead', every: 3, count: 3 }]);
    await expectDone(await distribute(...many));
  });

  it('ends partly done when rows stay locked, with the code, and resumes', async () => {
    await org.control.setFaults([{ kind: 'lock-rows', object: 'Lead', every: 3, count: 0 }]);
    const outcome = await distribute(...few());
    expect(outcome.result!.result!.errors[0]).to.include({ code: 'UNABLE_TO_LOCK_ROW' });
    await expectResumable(outcome, /could not be written/);
  });

  it('sends what a failed job left over in another job', async () => {
    await org.control.setFaults([{ kind: 'fail-job', method: 'CHUNK', path: '/jobs/ingest/Lead/update', nth: 2 }]);
    await expectDone(await distribute(...many));
  });

  it('ends partly done when every job fails, and resumes', async () => {
    await org.control.setFaults([
      { kind: 'fail-job', method: 'CHUNK', path: '/jobs/ingest/Lead/update', nth: 2, count: 0 },
    ]);
    await expectResumable(await distribute(...many), /could not be written/);
  });

  it('takes back what a stopped run has done, also where its reply was lost', async () => {
    const owners = (): Map<string, string> =>
      new Map(
        org
          .query<{ Id: string; OwnerId: string }>('SELECT Id, OwnerId FROM Lead')
          .map(({ Id, OwnerId }) => [Id, OwnerId])
      );
    const before = owners();
    await org.control.setFaults([
      { kind: 'drop-after', ...UPDATE },
      { kind: 'request-limit', count: 0, method: 'GET', path: '*/query', nth: 8 },
    ]);
    const stopped = await distribute(...few());
    expect(stopped.result!.state).to.equal('stopped');
    expect(owners()).not.to.deep.equal(before);
    await org.control.clearFaults();
    const undo = await runCommand(RunUndo, [stopped.result!.run!, '--target-org', org.username, '--no-prompt']);
    expect(undo.exitCode, undo.stderr).to.equal(0);
    expect(owners()).to.deep.equal(before);
  });
});
