/** Record sets as files, what a `records` step costs, and the files of plans that are kept. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { groupsOfValues } from '../../src/org/read/records.js';
import {
  callsOfRecords,
  createRecordsStep,
  createSendLoginStep,
  lineOf,
  loadPlan,
  madeBy,
  PLAN_FORMAT,
  readRecordSet,
  RunStore,
  savePlan,
  totalCalls,
  type Plan,
  type RecordRow,
  type RecordsStep,
  type RunFolder,
} from '../../src/runs/index.js';
import { filesOf } from '../../src/runs/plan-file.js';
import { resolved } from '../../src/runs/records/context.js';

const temporary = (): Promise<string> => mkdtemp(join(process.env.HOME!, 'records-'));
const newFolder = async (): Promise<RunFolder> => new RunStore(await temporary()).create('test');

const STEP: Omit<RecordsStep, 'kind' | 'rows'> = {
  id: 'people',
  title: 'People',
  object: 'Contact',
  operation: 'insert',
  fields: [
    { name: 'LastName', type: 'text' },
    { name: 'Description', type: 'text' },
  ],
  key: ['LastName'],
  keyIsUnique: false,
  takeBack: 'delete',
  undo: 'best-effort',
};

const stepOf = (changes: Partial<RecordsStep>, count = 1): RecordsStep => ({
  ...STEP,
  kind: 'records',
  rows: { file: '', count, sha256: '' },
  ...changes,
});

/** Letters, line ends, quotes, blanks, and what lone halves of characters become in a file. */
const cell = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary-ascii' }),
  fc.constantFrom(
    '',
    ' ',
    '"',
    '""',
    '\r\n',
    '\n',
    '\r',
    ',',
    ';',
    '#1',
    '\uFEFF',
    'a\u2028b',
    '=1+1',
    '田中',
    '👩‍👩‍👧',
    '\t'
  )
);
const value = fc.oneof(fc.constant(null), cell);

describe('record sets', () => {
  it('give back any text, and nothing as null', async () => {
    const row = fc.record({
      id: fc.constantFrom('', '003000000000001AAA', '#7'),
      values: fc.tuple(value, value),
      was: fc.oneof(fc.constant<Array<string | null>>([]), fc.tuple(value, value)),
      stamp: fc.constantFrom('', '2026-01-01T00:00:00.000Z'),
      label: cell,
    });
    const empty = (text: string | null | undefined): string | null => (text === '' ? null : (text ?? null));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
        const folder = await newFolder();
        const step = await createRecordsStep(folder, STEP, rows);
        const read = (await Array.fromAsync(readRecordSet(folder.rows('people'), step))).flat();
        expect(step.rows.count).to.equal(rows.length);
        const wanted = rows.map((one, index) => ({
          ...one,
          index,
          values: one.values.map(empty),
          was: [empty(one.was[0]), empty(one.was[1])],
        }));
        expect(read).to.deep.equal(wanted);
      }),
      { numRuns: 60 }
    );
  });

  it('refer to records that an earlier step makes', () => {
    const fields = [
      { name: 'LastName', type: 'text' as const },
      { name: 'AccountId', type: 'text' as const, from: 'accounts' },
    ];
    const step = { ...STEP, fields, idFrom: undefined };
    const row = (account: string | null): RecordRow => ({
      index: 0,
      id: '',
      values: ['#0', account],
      was: [],
      stamp: '',
      label: '',
    });
    const made = new Map([['accounts', new Map([[3, '001A']])]]);
    expect(resolved({ step, made }, row(madeBy(3)))!.values, 'only where the field says so').to.deep.equal([
      '#0',
      '001A',
    ]);
    expect(resolved({ step, made }, row('001B'))!.values[1]).to.equal('001B');
    expect(resolved({ step, made }, row(null))!.values[1]).to.equal(null);
    expect(resolved({ step, made }, row(madeBy(4)))).to.equal(undefined);
    expect(resolved({ step: { ...step, idFrom: 'accounts' }, made }, { ...row(null), id: '#3' })!.id).to.equal('001A');
    expect(resolved({ step: { ...step, idFrom: 'accounts' }, made }, { ...row(null), id: '#2' })).to.equal(undefined);
    fc.assert(fc.property(fc.nat(), (line) => lineOf(madeBy(line)) === line));
    for (const text of ['', '#', '#x', '# 1', '1', '#1a', null]) expect(lineOf(text)).to.equal(undefined);
  });
});

describe('costs of records', () => {
  it('count writes, looks and proofs, and name only those there are', () => {
    const users = stepOf({ object: 'User', keyIsUnique: true }, 900);
    expect(callsOfRecords(users)).to.deep.equal({ calls: 6, formula: 'User: 5 to write + 1 to prove' });
    const contacts = stepOf({}, 900);
    expect(callsOfRecords(contacts).formula).to.equal('Contact: 5 to write + 1 to look before + 1 to prove');
    const updates = stepOf({ object: 'Account', operation: 'update' }, 300);
    expect(callsOfRecords(updates, 0), 'new accounts are not looked at').to.deep.equal({
      calls: 3,
      formula: 'Account: 2 to write + 1 to prove',
    });
    expect(callsOfRecords(stepOf({}, 0))).to.deep.equal({ calls: 0, formula: '' });
    expect(totalCalls([callsOfRecords(users), callsOfRecords(stepOf({}, 0))])).to.deep.equal({
      apiCalls: 6,
      formula: 'User: 5 to write + 1 to prove',
    });
    expect(totalCalls([])).to.deep.equal({ apiCalls: 0, formula: 'nothing to write' });
  });

  it('are what reading by ids takes: five queries a call, of as many ids as an address holds', () => {
    const ids = Array.from({ length: 7000 }, (_, at) => `003A${String(at).padStart(14, '0')}`);
    const callsFor = (count: number): number => Math.ceil(groupsOfValues(ids.slice(0, count)).length / 5);
    const partOf = (step: RecordsStep, what: string): number =>
      Number(new RegExp(`(\\d+) to ${what}`).exec(callsOfRecords(step).formula)![1]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: ids.length }), (count) => {
        const step = stepOf({ operation: 'update' }, count);
        expect(partOf(step, 'write')).to.equal(Math.ceil(count / 200));
        // A block of records that are looked at before is read in one call.
        expect(callsFor(Math.min(count, 1000))).to.equal(1);
        expect(partOf(step, 'look before')).to.equal(Math.ceil(count / 1000));
        expect(partOf(step, 'prove') - callsFor(count)).to.be.within(0, 1);
      })
    );
  });
});

describe('plans with records that are kept', () => {
  it('have all their rows beside them, those of logins too', async () => {
    const [from, into] = [await newFolder(), await newFolder()];
    const people = await createRecordsStep(from, STEP, [
      { id: '', values: ['Nováková', null], was: [], stamp: '', label: 'a' },
    ]);
    const logins = { id: 'logins', title: 'Logins', idFrom: 'people', undo: 'best-effort' as const };
    const mails = await createSendLoginStep(from, logins, [{ id: madeBy(0), label: 'a' }]);
    const plan: Plan = {
      format: PLAN_FORMAT,
      kind: 'test',
      title: 'Test',
      createdAt: new Date().toISOString(),
      org: { id: '00D', domain: 'test', kind: 'sandbox', username: 'a@example.com' },
      fingerprint: '',
      steps: [people, mails],
      warnings: [],
      cost: { apiCalls: 0, formula: '', emails: 1, licences: 0 },
      details: {},
    };
    const file = join(await temporary(), 'plan.json');
    await savePlan(from, plan, file);
    await from.discard();
    const loaded = await loadPlan(file, { kind: 'test', orgId: '00D' }, into);
    for (const step of loaded.steps)
      for (const { file: place } of Object.values(filesOf(step))) expect(place).to.equal(into.rows(step.id));
    const rows = await Array.fromAsync(readRecordSet(into.rows('logins'), { fields: [] }));
    expect(rows.flat().map(({ id }) => id)).to.deep.equal(['#0']);
  });
});
