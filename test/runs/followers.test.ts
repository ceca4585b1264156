/** Rows of a `records` step that follow lines of the step before: they are written where those were done, and only there. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { createRecordsStep, type RunFolder } from '../../src/runs/index.js';
import { todays } from '../helpers/moments.js';
import { momentsOf, outcomes, resultOf, RunDesk, type LeadRow } from './run-desk.js';

describe('rows that follow others', function () {
  this.timeout(240_000);
  let org: RunDesk;
  let leads: LeadRow[];
  let owner: string;
  let used = 0;
  before(async () => {
    org = await RunDesk.open({ leads: 500 });
    owner = org.staff()[0]!.id;
    leads = org.leads(300, owner);
  });
  after(() => org.close());
  afterEach(() => org.desk.test.control.clearFaults());

  type Run = { folder: RunFolder; own: LeadRow[] };
  /** Leads get an owner, and a city or a record of the assignment behind it. */
  const newRun = async (operation: 'insert' | 'update', count = 6): Promise<Run> => {
    const own = leads.slice(used, (used += count));
    const folder = await org.folder();
    const isNew = operation === 'insert';
    const fields = (isNew ? ['Lead__c', 'Run_Key__c'] : ['City']).map((name) => ({ name, type: 'text' as const }));
    const cities = new Map(
      org.desk.test
        .query<{ Id: string; City: string | null }>('SELECT Id, City FROM Lead')
        .map((row) => [row.Id, row.City])
    );
    const step = await createRecordsStep(
      folder,
      {
        id: 'more',
        title: 'More',
        object: isNew ? 'Lead_Assignment__c' : 'Lead',
        operation,
        fields,
        key: isNew ? ['Lead__c', 'Run_Key__c'] : [],
        keyIsUnique: false,
        takeBack: 'delete',
        onlyIfDone: 'owners',
        undo: 'exact',
      },
      own.map(({ Id }, after) => ({
        id: isNew ? '' : Id,
        values: isNew ? [Id, folder.id] : ['Harbour'],
        was: isNew ? [] : [cities.get(Id) ?? null],
        stamp: '',
        label: Id,
        after,
      }))
    );
    const owners = await org.ownersStep(
      folder,
      own.map((lead) => ({ lead, to: owner }))
    );
    return { folder: await org.plan(folder, [owners, step]), own };
  };
  const recorded = ({ folder }: Run): string[] =>
    org.desk.test
      .query<{ Lead__c: string }>(`SELECT Lead__c FROM Lead_Assignment__c WHERE Run_Key__c = '${folder.id}'`)
      .map(({ Lead__c }) => Lead__c)
      .sort();
  const citiesOf = ({ own }: Run): Array<string | null> => {
    const rows = org.desk.test.query<{ Id: string; City: string | null }>('SELECT Id, City FROM Lead');
    const byId = new Map(rows.map((row) => [row.Id, row.City]));
    return own.map(({ Id }) => byId.get(Id) ?? null);
  };
  const idsOf = (run: Run): string[] => run.own.map(({ Id }) => Id);

  it('are written for lines that were done; for those that failed when a resumed run does them', async () => {
    const run = await newRun('insert');
    const ids = idsOf(run);
    await org.giveByHand(ids[1]!, org.staff()[4]!.id);
    await org.desk.test.control.setFaults([{ kind: 'lock-rows', object: 'Lead', every: 5, count: 0 }]);
    expect((await org.apply(run.folder, { passes: 1 })).state).to.equal('partly-done');
    const owners = await outcomes(run.folder, 'owners');
    expect(owners.filter((outcome) => outcome.startsWith('failed'))).to.have.length(1);
    expect(recorded(run)).to.deep.equal(ids.filter((_, at) => owners[at] === 'done').sort());
    expect(await resultOf(run.folder, 'more')).to.include({ done: 4, changed: 1, failed: 1 });
    await org.desk.test.control.clearFaults();
    expect((await org.apply(run.folder)).state).to.equal('done');
    expect(recorded(run)).to.deep.equal(ids.filter((_, at) => at !== 1).sort());
    expect((await org.undo(run.folder)).receipt.state).to.equal('done');
    expect(recorded(run)).to.deep.equal([]);
    expect(org.owners(ids).filter((id) => id === owner)).to.deep.equal([]);
  });

  it('may change the records themselves, and undo brings both back', async () => {
    const run = await newRun('update');
    const [cities, ids] = [citiesOf(run), idsOf(run)];
    await org.giveByHand(ids[0]!, org.staff()[4]!.id);
    const receipt = await org.apply(run.folder);
    expect([receipt.state, receipt.verification!.agrees]).to.deep.equal(['done', true]);
    expect(citiesOf(run)).to.deep.equal([cities[0], ...Array<string>(5).fill('Harbour')]);
    const { receipt: undone } = await org.undo(run.folder);
    expect([undone.state, undone.verification!.agrees]).to.deep.equal(['done', true]);
    expect(undone.steps.map(({ done, changed }) => [done, changed])).to.deep.equal([
      [5, 0],
      [5, 0],
    ]);
    expect(citiesOf(run)).to.deep.equal(cities);
    expect(org.owners(ids).slice(1)).to.deep.equal(run.own.slice(1).map(({ OwnerId }) => OwnerId));
  });

  for (const operation of ['insert', 'update'] as const) {
    it(`end the same wherever the run is killed and resumed (${operation})`, async () => {
      const trace = join(await mkdtemp(join(process.env.HOME!, 'followers-')), 'trace');
      await org.applyApart((await newRun(operation, 3)).folder, { CHANNEL_TEST_TRACE: trace }).end;
      const all = (await momentsOf(trace, 8)).slice(2);
      // Where both ways are the same one of them is enough.
      const moments = operation === 'insert' ? all : all.filter((moment) => moment.startsWith('after'));
      for (const kill of todays(moments)) {
        const run = await newRun(operation, 3);
        await org.killed(run.folder, kill);
        expect((await org.apply(run.folder)).state, kill).to.equal('done');
        expect(org.owners(idsOf(run)), kill).to.deep.equal(Array(3).fill(owner));
        if (operation === 'insert') expect(recorded(run), kill).to.deep.equal(idsOf(run).sort());
        else expect(citiesOf(run), kill).to.deep.equal(Array(3).fill('Harbour'));
      }
    });
  }
});
