/** What a rotation remembers after a run: every lead that was written counts once, whatever happened on the way. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { RotationCountsStep, RunFolder, UpdateRowsStep } from '../../src/runs/index.js';
import { todays } from '../helpers/moments.js';
import { momentsOf, RunDesk, type LeadRow } from './run-desk.js';

const UNIT = 1_000_000;
const PERIOD = '2026-11-23';
/** Whose the eight leads are: four, two and two of them. */
const TURNS = [0, 1, 0, 2, 0, 1, 0, 2];

type Counts = [assigned: number, deficit: number, periodCount: number];
type CountRow = { Id: string } & Record<'Assigned_Count__c' | 'Deficit__c' | 'Period_Count__c', number>;

describe('counts of a rotation', function () {
  this.timeout(240_000);
  let org: RunDesk;
  let owners: string[];
  let leads: LeadRow[];
  let records: string[];
  let used = 0;
  before(async () => {
    org = await RunDesk.open({ leads: 900 });
    owners = org
      .staff()
      .slice(0, 4)
      .map(({ id }) => id);
    leads = org.leads(400, ...owners);
    const rotation = await org.desk.create('Lead_Rotation__c', { Name: 'Test', Key__c: 'Test' });
    records = [];
    for (const [at, weight] of [2, 1, 1].entries()) {
      const values = { Key__c: `Test/${at}`, Kind__c: 'User', User__c: owners[at], Weight__c: weight };
      records.push(await org.desk.create('Lead_Rotation_Member__c', { ...values, Rotation__c: rotation }));
    }
  });
  after(() => org.close());
  beforeEach(() => reset());
  afterEach(() => org.desk.test.control.clearFaults());

  const reset = async (periodStart = PERIOD): Promise<void> => {
    for (const record of records) {
      const values = { Assigned_Count__c: 10, Deficit__c: 0, Period_Count__c: 5, Period_Start__c: periodStart };
      await org.desk.update('Lead_Rotation_Member__c', record, values);
    }
  };
  const counts = (): Counts[] => {
    const rows = org.desk.test.query<CountRow>(
      'SELECT Id, Assigned_Count__c, Deficit__c, Period_Count__c FROM Lead_Rotation_Member__c'
    );
    const byId = new Map(rows.map((row) => [row.Id, row]));
    return records.map((record) => {
      const row = byId.get(record)!;
      return [row.Assigned_Count__c, row.Deficit__c, row.Period_Count__c];
    });
  };
  const step = (changes: Partial<RotationCountsStep> = {}): RotationCountsStep => ({
    id: 'counts',
    kind: 'rotation-counts',
    title: 'Counts',
    rotation: 'Test',
    source: 'owners',
    unit: UNIT,
    direction: 'give',
    members: records.map((record, at) => ({
      record,
      target: owners[at]!,
      name: `Member ${at}`,
      weight: [2, 1, 1][at]!,
      was: { assigned: 10, deficit: 0, periodCount: 5 },
      planned: { assigned: [4, 2, 2][at]!, deficit: [0, 250_000, -250_000][at]! },
      moved: [4, 2, 2][at]!,
      periodStart: PERIOD,
    })),
    undo: 'exact',
    ...changes,
  });
  const newRun = async (more: Partial<UpdateRowsStep> = {}): Promise<{ folder: RunFolder; own: string[] }> => {
    const rows = TURNS.map((turn, at) => ({ lead: leads[used + at]!, to: owners[turn]! }));
    used += TURNS.length;
    const folder = await org.folder();
    const lock = { key: 'rotation:Test', what: 'Rotation Test' };
    await org.plan(folder, [await org.ownersStep(folder, rows, more), step()], lock);
    return { folder, own: rows.map(({ lead }) => lead.Id) };
  };

  const ALL: Counts[] = [
    [14, 0, 9],
    [12, 250_000, 7],
    [12, -250_000, 7],
  ];
  const NONE: Counts[] = [
    [10, 0, 5],
    [10, 0, 5],
    [10, 0, 5],
  ];

  it('are what the plan says where all is written, and undo takes them off', async () => {
    const { folder } = await newRun();
    const receipt = await org.apply(folder);
    expect([receipt.state, receipt.verification!.agrees]).to.deep.equal(['done', true]);
    expect(counts()).to.deep.equal(ALL);
    expect((await org.apply(folder)).state, 'a second time nothing is added').to.equal('done');
    expect(counts()).to.deep.equal(ALL);
    expect((await org.undo(folder)).receipt.state).to.equal('done');
    expect(counts()).to.deep.equal(NONE);
  });

  it('hold only what was written; rows that a resumed run writes are added then; undo takes off what comes back', async () => {
    // By SOAP a call has as many rows as a chunk.
    const { folder, own } = await newRun({ mail: 'soap' });
    await org.giveByHand(own[1]!, owners[3]!);
    // The first lead cannot be locked.
    await org.desk.test.control.setFaults([{ kind: 'lock-rows', object: 'Lead', every: 1 }]);
    const first = await org.apply(folder, { collectionRows: 1, passes: 1 });
    expect(first.steps[0], JSON.stringify(first.steps[0])).to.include({ done: 6, changed: 1, failed: 1 });
    // Of the plan's eight leads 4, 2¼ and 1¾ were the shares; six are written, so they shrink to three quarters.
    expect(counts()).to.deep.equal([
      [13, 0, 8],
      [11, 687_500, 6],
      [12, -687_500, 7],
    ]);
    expect((await org.apply(folder)).state).to.equal('done');
    expect(counts(), 'one lead less').to.deep.equal([
      [14, -500_000, 9],
      [11, 968_750, 6],
      [12, -468_750, 7],
    ]);
    await org.giveByHand(own[3]!, owners[3]!);
    const { plan, receipt } = await org.undo(folder);
    expect([receipt.state, plan.details.left]).to.deep.equal(['done', 1]);
    // The third member keeps one lead; the shares are an eighth of those of the plan.
    expect(counts()).to.deep.equal([
      [10, 500_000, 5],
      [10, 281_250, 5],
      [11, -781_250, 6],
    ]);
  });

  it('leave a later period alone, and begin a new one', async () => {
    await reset('2026-11-30');
    expect((await org.apply((await newRun()).folder)).state).to.equal('done');
    expect(counts().map(([assigned, , period]) => [assigned, period])).to.deep.equal([
      [14, 5],
      [12, 5],
      [12, 5],
    ]);
    await reset('2026-11-16');
    expect((await org.apply((await newRun()).folder)).state).to.equal('done');
    expect(counts().map(([assigned, , period]) => [assigned, period])).to.deep.equal([
      [14, 4],
      [12, 2],
      [12, 2],
    ]);
  });

  it('stop a plan that another run has overtaken, before its first write', async () => {
    const [first, second] = [await newRun(), await newRun()];
    expect((await org.apply(first.folder)).state).to.equal('done');
    for (let time = 0; time < 2; time++) {
      const receipt = await org.apply(second.folder);
      expect(receipt).to.include({ state: 'stopped', failure: 'lock-stale' });
      expect(receipt.reason).to.contain('Leads were given to Member 0 after the plan was made');
      expect(org.owners(second.own).some((id) => owners.includes(id))).to.equal(false);
      expect(counts()).to.deep.equal(ALL);
    }
  });

  it('are the same wherever the run is killed and resumed', async () => {
    const trace = join(await mkdtemp(join(process.env.HOME!, 'counts-')), 'trace');
    await org.applyApart((await newRun()).folder, { CHANNEL_TEST_TRACE: trace }).end;
    expect(counts()).to.deep.equal(ALL);
    const moments = todays(await momentsOf(trace, 8));
    for (const kill of moments) {
      await reset();
      const { folder } = await newRun();
      await org.killed(folder, kill);
      expect((await org.apply(folder)).state, kill).to.equal('done');
      expect(counts(), kill).to.deep.equal(ALL);
    }
  });

  /** A run that ended when its counts were written, before it could note that. */
  const killedBehindCounts = async (): Promise<RunFolder> => {
    const { folder } = await newRun();
    expect((await org.apply(folder)).state).to.equal('done');
    // As after a power cut: the line that settles the counts never reached the disk. A signal alone leaves it there.
    const lines = (await readFile(folder.journal, 'utf8')).split('\n').filter((line) => line !== '');
    const last = lines.findLastIndex((line) => line.includes('"t":"settled"'));
    expect(lines[last]).to.contain('"step":"counts"');
    await writeFile(folder.journal, lines.slice(0, last).join('\n') + '\n');
    expect(counts(), 'written').to.deep.equal(ALL);
    return folder;
  };

  it('are taken off also where the run was killed right behind the write', async () => {
    const folder = await killedBehindCounts();
    expect((await org.undo(folder)).receipt.state).to.equal('done');
    expect(counts()).to.deep.equal(NONE);
  });

  it('are left alone where others changed them after a kill: nobody can tell what is in them', async () => {
    const folder = await killedBehindCounts();
    await org.desk.update('Lead_Rotation_Member__c', records[1]!, { Assigned_Count__c: 30 });
    const receipt = await org.apply(folder);
    expect(receipt).to.include({ state: 'stopped', failure: 'lock-stale' });
    expect(receipt.reason).to.contain('The counts of Member 1 were changed').and.to.contain('nobody can tell');
    expect(counts()[1]![0]).to.equal(30);
    const { plan } = await org.undo(folder);
    expect(plan.warnings.join()).to.contain('stay as they are');
    expect(counts()[1]![0]).to.equal(30);
  });

  it('are added once where some of them could not be locked, or a reply was lost', async () => {
    const member = { object: 'Lead_Rotation_Member__c' };
    const faults = [
      { kind: 'lock-rows', every: 2, ...member },
      { kind: 'drop-after', method: 'PATCH', path: '*/composite/sobjects', nth: 2 },
      { kind: 'drop-before', method: 'PATCH', path: '*/composite/sobjects', nth: 2 },
    ];
    for (const fault of faults) {
      await reset();
      await org.desk.test.control.setFaults([fault]);
      expect((await org.apply((await newRun()).folder)).state, fault.kind).to.equal('done');
      expect(counts(), fault.kind).to.deep.equal(ALL);
      await org.desk.test.control.clearFaults();
    }
    await reset();
    const { folder } = await newRun();
    await org.desk.test.control.setFaults([{ kind: 'lock-rows', every: 2, count: 0, ...member }]);
    expect(await org.apply(folder, { passes: 1 })).to.include({ state: 'stopped', failure: 'refused' });
    await org.desk.test.control.clearFaults();
    expect((await org.apply(folder)).state).to.equal('done');
    expect(counts(), 'also those that were written before the stop').to.deep.equal(ALL);
  });

  it('of a member that was taken out meanwhile are let go', async () => {
    const { folder } = await newRun();
    expect((await org.apply(folder)).state).to.equal('done');
    const gone = records.pop()!;
    expect((await org.desk.rest('DELETE', `/sobjects/Lead_Rotation_Member__c/${gone}`)).status).to.equal(204);
    const { receipt } = await org.undo(folder);
    expect(receipt.state, JSON.stringify(receipt.steps)).to.equal('done');
    expect(counts()).to.deep.equal(NONE.slice(0, 2));
  });
});
