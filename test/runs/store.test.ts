import { appendFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  fingerprint,
  loadPlan,
  PlanFileError,
  RunLocked,
  RunStore,
  savePlan,
  type Plan,
} from '../../src/runs/index.js';
import { filesOf } from '../../src/runs/plan-file.js';
import { createRowSet, readRowSet } from '../../src/runs/rows/row-set.js';
import { Journal, readJournal } from '../../src/runs/store/journal.js';
import { lockRun } from '../../src/runs/store/lock.js';
import { Outcomes, type RowOutcome } from '../../src/runs/store/outcomes.js';

const temporary = (): Promise<string> => mkdtemp(join(process.env.HOME!, 'store-'));

describe('journal', () => {
  it('gives back what was appended, and drops a line that a crash cut off', async () => {
    const file = join(await temporary(), 'journal.ndjson');
    const first = await Journal.open(file);
    await first.journal.append({ t: 'begin', at: '2026-01-01T00:00:00.000Z', step: 'owners', before: { a: 1 } });
    await first.journal.append({ t: 'opened', unit: 1, job: '750' });
    await first.journal.close();
    await appendFile(file, '{"t":"settled","unit":1,"outc');
    const second = await Journal.open(file);
    expect(second.lines.map(({ t }) => t)).to.deep.equal(['begin', 'opened']);
    await second.journal.append({ t: 'settled', unit: 1, step: 'owners', outcomeBytes: 7 });
    await second.journal.close();
    expect((await readJournal(file)).lines.map(({ t }) => t)).to.deep.equal(['begin', 'opened', 'settled']);
  });

  it('refuses a line that it does not know', async () => {
    const file = join(await temporary(), 'journal.ndjson');
    await writeFile(file, '{"t":"other"}\n');
    const error = await Journal.open(file).then(
      () => undefined,
      (reason: Error) => reason
    );
    expect(error).to.be.instanceOf(Error);
  });
});

describe('outcomes', () => {
  const outcome = fc.constantFrom<RowOutcome['outcome']>('done', 'changed', 'failed');

  it('are read again up to the bytes that count, whatever was cut off behind them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(49), outcome), { maxLength: 80 }),
        fc.array(fc.tuple(fc.nat(49), outcome), { maxLength: 20 }),
        fc.nat(60),
        async (kept, lost, cut) => {
          const file = join(await temporary(), 'outcomes.csv');
          const rows = (list: Array<[number, RowOutcome['outcome']]>): RowOutcome[] =>
            list.map(([index, what]) => ({ index, id: `id,"${index}`, outcome: what, code: 'C', message: 'a\nb' }));
          const first = await Outcomes.open(file, 50);
          await first.record(rows(kept));
          const { bytes } = first;
          const states = Array.from({ length: 50 }, (_, index) => first.of(index));
          await first.record(rows(lost));
          await first.close();
          const text = await readFile(file);
          await writeFile(file, text.subarray(0, Math.max(bytes, text.length - cut)));
          const second = await Outcomes.open(file, 50, bytes);
          expect(Array.from({ length: 50 }, (_, index) => second.of(index))).to.deep.equal(states);
          expect(second.count('pending')).to.equal(states.filter((state) => state === 'pending').length);
          await second.close();
        }
      ),
      { numRuns: 40 }
    );
  });

  it('count failed rows as pending once a run is resumed', async () => {
    const outcomes = await Outcomes.open(join(await temporary(), 'outcomes.csv'), 3);
    await outcomes.record([
      { index: 0, id: 'a', outcome: 'failed', code: 'X' },
      { index: 1, id: 'b', outcome: 'done' },
    ]);
    outcomes.reopenFailed();
    expect([0, 1, 2].map((index) => outcomes.of(index))).to.deep.equal(['pending', 'done', 'pending']);
    await outcomes.close();
  });
});

describe('row sets', () => {
  it('come back as they were written', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 12 }).map((value) => value.replaceAll('\r', ' '));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text, text, text, text), { maxLength: 30 }), async (rows) => {
        const file = join(await temporary(), 'rows.csv');
        const writer = await createRowSet(file, 'OwnerId');
        for (const row of rows) writer.add(row);
        await writer.close();
        const read = (await Array.fromAsync(readRowSet(file))).flat();
        expect(read.map(({ id, value, was, stamp, reason }) => [id, value, was, stamp, reason])).to.deep.equal(rows);
        expect(read.map(({ index }) => index)).to.deep.equal(rows.map((_, index) => index));
      }),
      { numRuns: 60 }
    );
  });
});

describe('locks of runs', () => {
  it('exclude another process that lives, and not one that is gone', async () => {
    const folder = await temporary();
    await writeFile(join(folder, 'lock'), String(process.ppid));
    const refused = await lockRun(folder).then(
      () => undefined,
      (error: Error) => error
    );
    expect(refused).to.be.instanceOf(RunLocked);
    await writeFile(join(folder, 'lock'), '999999999');
    const unlock = await lockRun(folder);
    expect(await readFile(join(folder, 'lock'), 'utf8')).to.equal(String(process.pid));
    await unlock();
  });
});

describe('fingerprints', () => {
  it('do not depend on the order of keys, and do on values', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const turned = Object.fromEntries(Object.entries(object).reverse());
        expect(fingerprint(turned)).to.equal(fingerprint(object));
        expect(fingerprint({ ...object, more: 1 })).not.to.equal(fingerprint({ ...object, more: 2 }));
      })
    );
  });
});

describe('plan files', () => {
  it('carry plan and rows to another folder', async () => {
    const store = new RunStore(await temporary());
    const source = await store.create('test');
    const writer = await createRowSet(source.rows('owners'), 'OwnerId');
    writer.add(['a', 'b', 'c', 'd', 'e']);
    await writer.close();
    const { fileHash } = await import('../../src/runs/index.js');
    const plan: Plan = {
      format: 1,
      kind: 'test',
      title: 'A test',
      createdAt: new Date().toISOString(),
      org: { id: '00D', domain: 'd', kind: 'sandbox', username: 'u' },
      fingerprint: 'f',
      steps: [
        {
          id: 'owners',
          kind: 'update-rows',
          title: 't',
          object: 'Lead',
          field: 'OwnerId',
          rows: { file: source.rows('owners'), count: 1, sha256: await fileHash(source.rows('owners')) },
          since: '',
          values: ['b'],
          undo: 'exact',
        },
      ],
      warnings: [],
      cost: { apiCalls: 0, formula: '', emails: 0, licences: 0 },
      details: {},
    };
    const file = join(await temporary(), 'plan.json');
    expect(await savePlan(source, plan, file)).to.have.length(2);
    const target = await store.create('test');
    const loaded = await loadPlan(file, { kind: 'test', orgId: '00D' }, target);
    expect(filesOf(loaded.steps[0]!)['rows.csv']!.sha256).to.equal(filesOf(plan.steps[0]!)['rows.csv']!.sha256);
    expect(await readFile(target.rows('owners'), 'utf8')).to.equal(await readFile(source.rows('owners'), 'utf8'));
    const other = await loadPlan(file, { kind: 'test', orgId: '00E' }, target).then(
      () => undefined,
      (error: Error) => error
    );
    expect(other).to.be.instanceOf(PlanFileError);
  });
});
