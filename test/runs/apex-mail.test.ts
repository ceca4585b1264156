/** Owner changes by the Apex of the package, whose mails go out with the write itself. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { RunFolder } from '../../src/runs/index.js';
import { readJournal } from '../../src/runs/store/journal.js';
import { momentsOf, outcomes, RunDesk, type LeadRow } from './run-desk.js';

const APEX = { method: 'POST', path: '/services/apexrest/channel-desk/reassign' };
const MANY = 10_000;

describe('mails by Apex', function () {
  this.timeout(120_000);
  let org: RunDesk;
  let leads: LeadRow[];
  let owners: Array<{ id: string; email: string }>;
  let used = 0;
  before(async () => {
    org = await RunDesk.open({ leads: 13_500 });
    owners = org.staff().slice(0, 3);
    leads = org.leads(MANY + 300, ...owners.map(({ id }) => id));
  });
  after(() => org.close());
  beforeEach(() => org.desk.test.control.clearOutbox());
  afterEach(() => org.desk.test.control.clearFaults());

  const newRun = async (count: number): Promise<{ folder: RunFolder; mails: string[]; own: string[] }> => {
    const rows = leads.slice(used, (used += count)).map((lead, at) => ({ lead, to: owners[at % 3]!.id }));
    const folder = await org.folder();
    await org.plan(folder, [await org.ownersStep(folder, rows, { mail: 'apex' })]);
    const mails = rows.map(({ lead }, at) => `${lead.Id} ${owners[at % 3]!.email}`);
    return { folder, mails, own: rows.map(({ lead }) => lead.Id) };
  };
  const outbox = async (): Promise<string[]> =>
    (await org.desk.test.control.outbox({ kind: 'owner-change' }))
      .map(({ relatedId, to }) => `${relatedId} ${to.join()}`)
      .sort();
  const planned = (count: number): string[] => Array.from({ length: count }, (_, at) => owners[at % 3]!.id);
  const units = async ({ journal }: RunFolder): Promise<number> =>
    (await readJournal(journal)).lines.filter(({ t }) => t === 'unit').length;

  /** A run in another process, killed while its call of that number is on its way. */
  const killedInCall = async (folder: RunFolder, nth: number, ms: number, rows?: number): Promise<void> => {
    await org.desk.test.control.setFaults([{ kind: 'latency', ms, nth, ...APEX }]);
    const apart = org.applyApart(folder, rows === undefined ? {} : { SF_CHANNEL_COLLECTION_ROWS: String(rows) });
    while ((await units(folder)) < nth) await sleep(10);
    // The call is on its way once it is announced.
    await sleep(200);
    apart.kill();
    expect(await apart.end).to.equal('SIGKILL');
    await org.desk.test.control.clearFaults();
  };

  it('go out once, wherever between its calls the process is killed, and the rest is done by the run that goes on', async () => {
    const env = { SF_CHANNEL_COLLECTION_ROWS: '3' };
    const trace = join(await mkdtemp(join(process.env.HOME!, 'trace-')), 'trace');
    const whole = await newRun(6);
    expect(await org.applyApart(whole.folder, { ...env, CHANNEL_TEST_TRACE: trace }).end).to.equal(null);
    expect(await outbox()).to.deep.equal(whole.mails.sort());
    const moments = await momentsOf(trace, 7);
    // Behind each announced call, and before the line that says what became of it.
    for (const kill of moments
      .filter((moment) => moment.startsWith('after'))
      .flatMap((moment) => [moment, next(moment)])) {
      await org.desk.test.control.clearOutbox();
      const { folder, mails, own } = await newRun(6);
      expect(await org.applyApart(folder, { ...env, CHANNEL_TEST_KILL: kill }).end, kill).to.equal('SIGKILL');
      const sent = (await outbox()).length;
      expect(sent % 3, kill).to.equal(0);
      const receipt = await org.apply(folder, { collectionRows: 3 });
      expect(receipt.state, kill).to.equal('done');
      expect(await outbox(), kill).to.deep.equal(mails.sort());
      expect(org.owners(own), kill).to.deep.equal(planned(6));
      const told = (await outcomes(folder, 'owners')).filter((outcome) => outcome === 'done MAIL_UNKNOWN').length;
      expect(told, kill).to.equal(kill.startsWith('before') ? 3 : 0);
      expect(receipt.verification!.agrees, kill).to.equal(told > 0 ? null : true);
    }
  });

  it('leave alone, and tell, the lead that somebody gives away while the call is on its way', async () => {
    const { folder, mails, own } = await newRun(5);
    const other = org.staff()[4]!.id;
    await org.desk.test.control.setFaults([{ kind: 'latency', ms: 1000, ...APEX }]);
    const applied = org.apply(folder);
    while ((await units(folder)) === 0) await sleep(10);
    await org.giveByHand(own[2]!, other);
    const receipt = await applied;
    expect([receipt.state, receipt.verification!.agrees]).to.deep.equal(['done', true]);
    expect(receipt.steps[0]).to.include({ done: 4, changed: 1 });
    expect(await outcomes(folder, 'owners')).to.deep.equal(['done', 'done', 'changed', 'done', 'done']);
    expect(org.owners(own)).to.deep.equal(planned(5).map((id, at) => (at === 2 ? other : id)));
    expect(await outbox()).to.deep.equal(mails.filter((_, at) => at !== 2).sort());
  });

  it('go out once also where a call of the killed process comes in behind those of the run that goes on', async () => {
    const { folder, mails, own } = await newRun(6);
    await killedInCall(folder, 2, 4000, 3);
    expect(await outbox()).to.have.length(3);
    expect((await org.apply(folder, { collectionRows: 3 })).state).to.equal('done');
    await sleep(5000);
    expect(await outbox()).to.deep.equal(mails.sort());
    expect(org.owners(own)).to.deep.equal(planned(6));
  });

  it(`are exactly the planned ones of ${MANY} leads, also when the process is killed in the middle`, async () => {
    const { folder, mails, own } = await newRun(MANY);
    await killedInCall(folder, 21, 60_000);
    expect(await outbox()).to.have.length(4000);
    const receipt = await org.apply(folder);
    expect([receipt.state, receipt.verification!.agrees]).to.deep.equal(['done', true]);
    expect(receipt.steps[0]).to.include({ done: MANY, changed: 0, failed: 0 });
    expect(await outbox()).to.deep.equal(mails.sort());
    expect(org.owners(own)).to.deep.equal(planned(MANY));
  });
});

/** The time behind it that something is forced to disk: `after:3` to `before:4`. */
const next = (moment: string): string => `before:${Number(moment.slice(6)) + 1}`;
