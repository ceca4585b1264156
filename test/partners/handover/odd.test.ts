/** Handovers that are not like the others: rows that cannot be written, a manager who is gone, hundreds of accounts. */
import { expect } from 'chai';
import RunResume from '../../../src/commands/channel/run/resume.js';
import { runCommand } from '../../helpers/command.js';
import { connect } from '../../helpers/exposure.js';
import { startTestOrg, type TestOrg } from '../../helpers/practice.js';
import { Bench, between, ESME, ids, NORA } from './bench.js';

describe('odd handovers', function () {
  this.timeout(60_000);
  let org: TestOrg;
  let bench: Bench;

  beforeEach(async () => {
    org = await startTestOrg({ leads: 200 });
    bench = new Bench(org);
  });
  afterEach(() => org.close());

  it('goes on with the leads where accounts cannot be written, and resumes', async () => {
    const accounts = ids(bench.partnersOf(NORA));
    await org.control.setFaults([{ kind: 'lock-rows', object: 'Account', every: 1, count: 0 }]);
    const { result, exitCode } = await bench.handover(...between(NORA, ESME));
    expect([exitCode, result!.state]).to.deep.equal([68, 'partly-done']);
    expect(result!.steps[0]!.failed).to.equal(accounts.length);
    expect(result!.steps[1]).to.include({ failed: 0, pending: 0 });
    const { moved, of } = result!.proof!.accounts;
    expect([moved, of]).to.deep.equal([result!.steps[0]!.done, accounts.length]);
    expect(result!.proof!.remaining).to.equal(of - moved);
    // The proof names each account that still is where it was.
    expect(result!.proof!.differences).to.have.length(of - moved);
    await org.control.clearFaults();
    const resumed = await runCommand(RunResume, [result!.run!, '--target-org', org.username]);
    expect([resumed.exitCode, resumed.result!.receipt!.state]).to.deep.equal([0, 'done']);
    expect(ids(bench.partnersOf(ESME))).to.include.members(accounts);
  });

  it('hands over from one who is inactive already, where the platform let that happen', async () => {
    (org.org.tools.variants as Record<string, string>).portalOwnerChange = 'allowed';
    const { conn } = await connect(org.username);
    const accounts = ids(bench.partnersOf(NORA));
    await conn.update('User', { Id: bench.idOf(NORA), IsActive: false });
    const { result, stderr, exitCode } = await bench.handover(...between(NORA, ESME));
    expect([exitCode, result!.state]).to.deep.equal([0, 'done']);
    expect(ids(bench.partnersOf(ESME))).to.include.members(accounts);
    expect(stderr).to.contain('can only be taken back once that user is active again');
    const back = await bench.undo(result!.run!);
    expect([back.exitCode, back.result!.state]).to.deep.equal([68, 'partly-done']);
    expect(ids(bench.partnersOf(ESME))).to.include.members(accounts);
  });

  it('moves several hundred accounts', async () => {
    const add = async (count: number): Promise<void> => {
      const { conn } = await connect(org.username);
      const names = Array.from({ length: count }, (_, at) => ({ Name: `Many ${at}`, OwnerId: bench.idOf(NORA) }));
      const made = await conn.create('Account', names, { allowRecursive: true });
      await conn.update(
        'Account',
        made.map(({ id }) => ({ Id: id!, IsPartner: true })),
        { allowRecursive: true }
      );
    };
    await add(240);
    const accounts = ids(bench.partnersOf(NORA));
    const { result, exitCode } = await bench.handover(...between(NORA, ESME));
    expect([exitCode, result!.state]).to.deep.equal([0, 'done']);
    expect(accounts.length).to.be.greaterThan(240);
    expect(result!.proof!.accounts).to.deep.equal({ moved: accounts.length, of: accounts.length });
    expect(ids(bench.partnersOf(ESME))).to.include.members(accounts);
    const back = await bench.undo(result!.run!);
    expect(back.result!.state).to.equal('done');
    expect(ids(bench.partnersOf(NORA))).to.deep.equal(accounts);
  });
});
