/** Runs of `partner handover`: saved plans, lost replies, changes by others, and the way back. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { connect } from '../helpers/exposure.js';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';
import { Bench, between, ESME, ids, NORA } from '../partners/handover/bench.js';

const UPDATE = { method: 'PATCH', path: '*/composite/sobjects' };

describe('runs of partner handover', function () {
  this.timeout(60_000);
  let org: TestOrg;
  let bench: Bench;
  let folder: string;

  beforeEach(async () => {
    org = await startTestOrg({ leads: 200 });
    org.org.logWrites = true;
    bench = new Bench(org);
    folder = await mkdtemp(join(tmpdir(), 'channel-desk-handover-'));
  });
  afterEach(async () => {
    await org.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('applies a saved plan once, and not after what it relied on has changed', async () => {
    const file = join(folder, 'handover.json');
    const accounts = ids(bench.partnersOf(NORA));
    const saved = await bench.handover(...between(NORA, ESME), '--dry-run', '--plan-file', file);
    expect(saved.result!.files.plan).to.equal(file);
    expect((await bench.handover(...between(NORA, ESME), '--plan', file)).exitCode).to.equal(1);
    const [role] = org.query<{ Id: string }>("SELECT Id FROM UserRole WHERE Name = 'Channel Manager West'");
    const own = org.query<{ UserRoleId: string }>(`SELECT UserRoleId FROM User WHERE Name = '${ESME}'`)[0]!.UserRoleId;
    const { conn } = await connect(org.username);
    await conn.update('User', { Id: bench.idOf(ESME), UserRoleId: role!.Id });
    const stale = await bench.handover('--plan', file);
    expect(stale.error!.name).to.equal('PlanStaleError');
    await conn.update('User', { Id: bench.idOf(ESME), UserRoleId: own });
    const { result, exitCode, error } = await bench.handover('--plan', file);
    expect(error?.message).to.equal(undefined);
    expect([exitCode, result!.state]).to.deep.equal([0, 'done']);
    expect(ids(bench.partnersOf(ESME))).to.include.members(accounts);
    expect((await bench.handover('--plan', file)).error!.name).to.equal('PlanStaleError');
  });

  it('takes accounts and leads back, except what others have changed since', async () => {
    const [accounts, leads] = [ids(bench.partnersOf(NORA)), bench.openLeadsOf(NORA)];
    const { result } = await bench.handover(...between(NORA, ESME));
    const { conn } = await connect(org.username);
    await conn.update('Account', { Id: accounts[0]!, OwnerId: bench.idOf('Wim Overbeek') });
    await conn.update(
      'Lead',
      { Id: leads[0]!, OwnerId: bench.idOf('Wim Overbeek') },
      { headers: { 'Sforce-Auto-Assign': 'FALSE' } }
    );
    const back = await bench.undo(result!.run!);
    expect(back.error?.message).to.equal(undefined);
    expect(back.result).to.deep.include({ restorable: accounts.length + leads.length - 2, left: 2, state: 'done' });
    expect(ids(bench.partnersOf(NORA))).to.deep.equal(accounts.slice(1));
    expect(bench.openLeadsOf(NORA)).to.deep.equal(leads.slice(1));
    const owners = org.query<{ PortalAccountOwnerId: string }>(
      `SELECT PortalAccountOwnerId FROM UserRole WHERE PortalAccountId IN ('${accounts.slice(1).join("','")}')`
    );
    expect(new Set(owners.map((one) => one.PortalAccountOwnerId))).to.deep.equal(new Set([bench.idOf(NORA)]));
  });

  for (const kind of ['drop-before', 'drop-after']) {
    it(`reads back what a lost reply has done (${kind})`, async () => {
      const [accounts, leads] = [ids(bench.partnersOf(NORA)), bench.openLeadsOf(NORA)];
      await org.control.setFaults([
        { kind, ...UPDATE },
        { kind, ...UPDATE, nth: kind === 'drop-before' ? 3 : 2 },
      ]);
      const { result, exitCode } = await bench.handover(...between(NORA, ESME));
      expect([exitCode, result!.state]).to.deep.equal([0, 'done']);
      expect((await org.control.faults()).every(({ fired }) => fired > 0)).to.equal(true);
      expect(ids(bench.partnersOf(ESME))).to.include.members(accounts);
      expect(bench.openLeadsOf(ESME)).to.include.members(leads);
      const twice = (await org.control.writes()).filter(({ record }, at, all) =>
        all.slice(at + 1).some((other) => other.record === record && accounts.includes(record))
      );
      expect(twice).to.deep.equal([]);
    });
  }

  it('leaves an account alone that somebody changed after the plan', async () => {
    const [first, ...others] = bench.partnersOf(NORA);
    const file = join(folder, 'handover.json');
    await bench.handover(...between(NORA, ESME), '--dry-run', '--plan-file', file);
    const { conn } = await connect(org.username);
    await conn.update('Account', { Id: first!.Id, Phone: '+44 20 7946 0000' });
    const { result, stderr } = await bench.handover('--plan', file);
    expect(result!.steps[0]).to.include({ done: others.length, changed: 1 });
    expect(result!.proof!.accounts).to.deep.equal({ moved: others.length, of: others.length + 1 });
    expect(stderr).to.contain('1 records were changed by somebody');
    expect(ids(bench.partnersOf(NORA))).to.deep.equal([first!.Id]);
  });
});
