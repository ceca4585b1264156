/** The lock of runs in the org: who gets it, who waits, and who has to stop. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { readReceipt, type Plan, type Receipt, type RunFolder } from '../../src/runs/index.js';
import { readJournal } from '../../src/runs/store/journal.js';
import { RunDesk, type LeadRow } from './run-desk.js';

const LOCK = { key: 'rotation:Test', what: 'Rotation Test' };
const WRITES = { method: 'PATCH', path: '*/composite/sobjects' };
/** By SOAP a call has as many rows as a chunk, so that a run of few rows has several units. */
const MAILED = { method: 'POST', path: '*/Soap/u/*' };
const LEASES = { method: 'PATCH', path: '*/sobjects/Channel_Run__c/*' };

type RunRow = Record<
  'Id' | 'Run_Key__c' | 'State__c' | 'Lock_Key__c' | 'Owner_Token__c' | 'Holder__c' | 'Lease_Until__c' | 'Ended_At__c',
  string | null
>;

describe('the lock of a run', function () {
  this.timeout(90_000);
  let org: RunDesk;
  let leads: LeadRow[];
  let owner: string;
  let used = 0;
  before(async () => {
    org = await RunDesk.open({ leads: 400 });
    owner = org.staff()[0]!.id;
    leads = org.leads(250, owner);
  });
  after(() => org.close());
  beforeEach(() => (process.env.SF_CHANNEL_LEASE_MS = '20000'));
  afterEach(async () => {
    delete process.env.SF_CHANNEL_LEASE_MS;
    await org.desk.test.control.clearFaults();
  });

  /** A run that gives so many leads, which no other run touches, to the owner. */
  const newRun = async (
    count: number,
    lock: Plan['lock'] = LOCK,
    mail?: 'soap'
  ): Promise<{ folder: RunFolder; own: string[] }> => {
    const rows = leads.slice(used, (used += count)).map((lead) => ({ lead, to: owner }));
    expect(rows).to.have.length(count);
    const folder = await org.folder();
    await org.plan(folder, [await org.ownersStep(folder, rows, mail ? { mail } : {})], lock);
    return { folder, own: rows.map(({ lead }) => lead.Id) };
  };
  const given = (ids: readonly string[]): number => org.owners(ids).filter((id) => id === owner).length;
  const rowOf = ({ id }: RunFolder): RunRow =>
    org.desk.test.query<RunRow>(
      `SELECT Id, Run_Key__c, State__c, Lock_Key__c, Owner_Token__c, Holder__c, Lease_Until__c, Ended_At__c
        FROM Channel_Run__c WHERE Run_Key__c = '${id}'`
    )[0]!;
  /** Resolves when so many units of a run are announced. */
  const announced = async (folder: RunFolder, units = 1): Promise<void> => {
    for (;;) {
      const { lines } = await readJournal(folder.journal);
      if (lines.filter(({ t }) => t === 'unit').length >= units) return;
      const end = lines.find(({ t }) => t === 'end');
      if (end) throw new Error(`The run ended before: ${JSON.stringify(end)}`);
      await sleep(10);
    }
  };
  const held = (receipt: Receipt): void => {
    expect(receipt).to.include({ state: 'stopped', failure: 'lock-held' });
    expect(receipt.steps.map(({ pending, done }) => [pending, done])).to.deep.equal([[5, 0]]);
  };

  it('is given back with how the run ended', async () => {
    const { folder, own } = await newRun(5);
    expect((await org.apply(folder)).state).to.equal('done');
    expect(given(own)).to.equal(5);
    expect(rowOf(folder)).to.include({
      State__c: 'Done',
      Lock_Key__c: null,
      Owner_Token__c: null,
      Lease_Until__c: null,
    });
    expect(rowOf(folder).Ended_At__c).to.match(/^\d{4}-/);
  });

  it('lets one of two runs work; the other stops before its first write and is resumed afterwards', async () => {
    const [first, second] = [await newRun(5), await newRun(5)];
    await org.desk.test.control.setFaults([{ kind: 'latency', ms: 1500, ...WRITES }]);
    const work = org.apply(first.folder);
    await announced(first.folder);
    const row = rowOf(first.folder);
    const receipt = await org.apply(second.folder);
    held(receipt);
    expect(receipt.reason).to.contain('Rotation Test is held by');
    expect(receipt.reason).to.contain(first.folder.id).and.to.contain(org.desk.test.username);
    expect(receipt.reason).to.contain(new Date(row.Lease_Until__c!).toISOString());
    expect(await readReceipt(second.folder)).to.deep.equal(JSON.parse(JSON.stringify(receipt)));
    expect(given(second.own), 'nothing was written').to.equal(0);
    expect(rowOf(second.folder), 'nor any row of the lock').to.equal(undefined);
    expect((await work).state).to.equal('done');
    expect((await org.apply(second.folder)).state).to.equal('done');
    expect([given(first.own), given(second.own)]).to.deep.equal([5, 5]);
  });

  it('has one winner among runs that begin in the same instant', async () => {
    for (let round = 0; round < 3; round++) {
      const runs = [await newRun(5), await newRun(5), await newRun(5)];
      // All have looked before one has written: the unique key decides.
      await org.desk.test.control.setFaults([
        { kind: 'latency', ms: 400, count: 3, ...LEASES },
        { kind: 'latency', ms: 1000, count: 0, ...WRITES },
      ]);
      const receipts = await Promise.all(runs.map(({ folder }) => org.apply(folder)));
      const won = receipts.findIndex(({ state }) => state === 'done');
      expect(won, JSON.stringify(receipts)).to.be.at.least(0);
      for (const [at, receipt] of receipts.entries()) {
        if (at === won) continue;
        held(receipt);
        expect(receipt.reason).to.contain(runs[won]!.folder.id);
        expect(given(runs[at]!.own)).to.equal(0);
      }
      expect(given(runs[won]!.own)).to.equal(5);
      await org.desk.test.control.clearFaults();
      for (const { folder } of runs) expect((await org.apply(folder)).state).to.equal('done');
    }
  });

  it('is no lock for runs of something else', async () => {
    const [first, second] = [await newRun(5), await newRun(5, { key: 'rotation:Other', what: 'Rotation Other' })];
    const states = (await Promise.all([org.apply(first.folder), org.apply(second.folder)])).map(({ state }) => state);
    expect(states).to.deep.equal(['done', 'done']);
  });

  it('is renewed by a run that works longer than a lease lasts', async () => {
    process.env.SF_CHANNEL_LEASE_MS = '3000';
    const [{ folder, own }, other] = [await newRun(6, LOCK, 'soap'), await newRun(5)];
    await org.desk.test.control.setFaults([{ kind: 'latency', ms: 4000, count: 2, ...MAILED }]);
    const work = org.apply(folder, { collectionRows: 3 });
    await announced(folder);
    const first = rowOf(folder).Lease_Until__c!;
    await announced(folder, 2);
    await sleep(3000);
    expect(rowOf(folder).Lease_Until__c! > first).to.equal(true);
    held(await org.apply(other.folder));
    expect((await work).state).to.equal('done');
    expect(given(own)).to.equal(6);
  });

  it('stops its holder before the next unit when somebody else took it over', async () => {
    const [{ folder, own }, other] = [await newRun(9, LOCK, 'soap'), await newRun(5)];
    await org.desk.test.control.setFaults([{ kind: 'latency', ms: 1500, nth: 2, ...MAILED }]);
    const work = org.apply(folder, { collectionRows: 3 });
    await announced(folder, 2);
    // As a run does that finds the lease ended: it clears the row first, then takes the lock itself.
    await org.desk.update('Channel_Run__c', rowOf(folder).Id!, { Lock_Key__c: null, Owner_Token__c: null });
    await org.desk.create('Channel_Run__c', {
      Run_Key__c: 'somebody',
      Kind__c: 'lead.distribute',
      Lock_Key__c: LOCK.key,
      Owner_Token__c: 'theirs',
      Holder__c: 'nora@example.com',
      State__c: 'Running',
      Lease_Until__c: new Date(Date.now() + 20_000).toISOString(),
    });
    const receipt = await work;
    expect(receipt).to.include({ state: 'stopped', failure: 'lock-lost' });
    expect(receipt.reason).to.equal('Rotation Test is now held by run somebody of nora@example.com.');
    expect(receipt.steps[0]).to.include({ done: 6, pending: 3, failed: 0 });
    expect(given(own), 'what the receipt says').to.equal(6);
    expect(rowOf({ id: 'somebody' } as RunFolder)).to.include({ Owner_Token__c: 'theirs', Lock_Key__c: LOCK.key });
    expect(rowOf(folder).State__c).to.equal('Stopped');
    held(await org.apply(other.folder));
    const theirs = rowOf({ id: 'somebody' } as RunFolder).Id!;
    await org.desk.update('Channel_Run__c', theirs, { Lock_Key__c: null, Owner_Token__c: null });
    expect((await org.apply(folder)).state, 'resumed when they are done').to.equal('done');
    expect(given(own)).to.equal(9);
    expect((await org.apply(other.folder)).state).to.equal('done');
  });

  it('is taken from a process that was killed, once its lease has ended, and at once by the same run', async () => {
    process.env.SF_CHANNEL_LEASE_MS = '4000';
    const [{ folder, own }, other] = [await newRun(5), await newRun(5)];
    await org.desk.test.control.setFaults([{ kind: 'latency', ms: 60_000, ...WRITES }]);
    const apart = org.applyApart(folder);
    await announced(folder);
    apart.kill();
    expect(await apart.end).to.equal('SIGKILL');
    await org.desk.test.control.clearFaults();
    held(await org.apply(other.folder));
    await sleep(6000);
    expect((await org.apply(other.folder)).state).to.equal('done');
    expect(rowOf(folder)).to.include({ State__c: 'Running', Lock_Key__c: null, Owner_Token__c: null });
    expect((await org.apply(folder)).state).to.equal('done');
    expect(given(own)).to.equal(5);
    const [third] = [await newRun(5)];
    await org.desk.test.control.setFaults([{ kind: 'latency', ms: 60_000, ...WRITES }]);
    const again = org.applyApart(third.folder);
    await announced(third.folder);
    again.kill();
    await again.end;
    await org.desk.test.control.clearFaults();
    expect((await org.apply(third.folder)).state, 'its own lock').to.equal('done');
  });

  it('survives lost replies and an org that is down for a moment', async () => {
    for (const kind of ['drop-before', 'drop-after', 'status']) {
      const { folder, own } = await newRun(6);
      await org.desk.test.control.setFaults([{ kind, ...LEASES }]);
      const receipt = await org.apply(folder, { collectionRows: 3 });
      expect([receipt.state, receipt.reason], kind).to.deep.equal(['done', undefined]);
      expect(given(own)).to.equal(6);
      expect(rowOf(folder)).to.include({ State__c: 'Done', Lock_Key__c: null });
    }
  });

  it('survives them while it is renewed', async () => {
    process.env.SF_CHANNEL_LEASE_MS = '3000';
    const { folder, own } = await newRun(9, LOCK, 'soap');
    await org.desk.test.control.setFaults([
      { kind: 'latency', ms: 2500, count: 3, ...MAILED },
      { kind: 'drop-before', nth: 2, count: 2, ...LEASES },
    ]);
    const receipt = await org.apply(folder, { collectionRows: 3 });
    expect([receipt.state, receipt.reason]).to.deep.equal(['done', undefined]);
    expect(given(own)).to.equal(9);
  });
});
