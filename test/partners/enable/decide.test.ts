/** What becomes of wishes for partner accounts, and why some are not carried out. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { AccountAnswer, FoundAccount } from '../../../src/partners/accounts.js';
import { decide, type Answers } from '../../../src/partners/enable/decide.js';
import { rowsOf } from '../../../src/partners/enable/plan.js';
import type { Wish } from '../../../src/partners/enable/wishes.js';
import type { Manager, ManagerAnswer } from '../../../src/partners/managers.js';

const manager = (name: string, changes: Partial<Manager> = {}): Manager => ({
  id: `005 ${name}`,
  name,
  active: true,
  role: 'Channel',
  ...changes,
});

const MANAGERS = [
  manager('Nora'),
  manager('Stellan'),
  manager('Gone', { active: false }),
  manager('Kaja', { role: null }),
];
const VIEWER = manager('Viewer');

const account = (name: string, changes: Partial<FoundAccount> = {}): FoundAccount => ({
  id: `001 ${name}`,
  name,
  isPartner: false,
  isPersonAccount: false,
  ownerId: MANAGERS[0]!.id,
  owner: MANAGERS[0],
  stamp: '2026-01-01T00:00:00.000Z',
  country: null,
  state: null,
  ...changes,
});

const ACCOUNTS = [
  account('Plain'),
  account('Partner', { isPartner: true }),
  account('Person', { isPersonAccount: true }),
  account('Hidden', { owner: undefined, ownerId: '005 somebody' }),
  account('Left', { owner: MANAGERS[2], ownerId: MANAGERS[2]!.id }),
];

const answers: Answers = {
  account: ({ text }): AccountAnswer => {
    const found = ACCOUNTS.find(({ name }) => name.toLowerCase() === text.toLowerCase());
    if (found) return { account: found };
    return text === 'Twin' ? { missing: false, problem: 'Two.' } : { missing: true, problem: 'None.' };
  },
  manager: (text): ManagerAnswer => {
    const found = MANAGERS.find(({ name }) => name === text);
    return found ? { manager: found } : { problem: `Nobody is ${text}.` };
  },
  viewer: VIEWER,
};

let line = 1;
const wish = (text: string, changes: Partial<Wish> = {}): Wish => ({
  line: ++line,
  cells: [text],
  ref: { by: 'name', text },
  create: false,
  fields: { Name: text },
  ...changes,
});

const reasonOf = (...wishes: Wish[]): string | undefined => decide(wishes, answers).rejected.at(-1)?.reason;

describe('decisions about partner accounts', () => {
  it('make, enable, hand over, or leave', () => {
    const wishes = [
      wish('New', { create: true, manager: 'Stellan' }),
      wish('Own', { create: true }),
      wish('Plain'),
      wish('Partner', { manager: 'Stellan' }),
      wish('Hidden', { manager: 'Nora' }),
    ];
    const { decided, rejected } = decide([...wishes, wish('partner', { manager: 'Stellan' })], answers);
    expect(rejected).to.deep.equal([]);
    expect(decided.map(({ name, action, owner }) => [name, action, owner.name])).to.deep.equal([
      ['New', 'create', 'Stellan'],
      ['Own', 'create', 'Viewer'],
      ['Plain', 'enable', 'Nora'],
      ['Partner', 'change-owner', 'Stellan'],
      ['Hidden', 'enable', 'Nora'],
    ]);
    expect(decide([wish('Partner', { manager: 'Nora' })], answers).decided[0]!.action).to.equal('unchanged');
  });

  it('say why not', () => {
    expect(reasonOf(wish('Nowhere'))).to.equal('None. To make it, put "yes" into the column Create.');
    expect(reasonOf(wish('Nowhere', { line: undefined }))).to.equal('None.');
    expect(reasonOf(wish('Twin', { create: true })), 'not certain is not missing').to.equal('Two.');
    expect(reasonOf(wish('Person', { manager: 'Nora' }))).to.contain('Person is a person account');
    expect(reasonOf(wish('Plain', { manager: 'Nemo' }))).to.equal('Nobody is Nemo.');
    expect(reasonOf(wish('Hidden'))).to.contain('You may not see who owns Hidden');
    expect(reasonOf(wish('Left'))).to.contain('Gone is not active');
    expect(reasonOf(wish('Plain', { manager: 'Kaja' }))).to.match(/Kaja has no role.*Setup > Users > Kaja/);
    const first = wish('Plain', { manager: 'Nora' });
    expect(reasonOf(first, wish('plain', { manager: 'Stellan' }))).to.equal(
      `Plain was given to Nora on line ${first.line}; this row wants Stellan.`
    );
    const made = wish('New', { create: true, line: undefined });
    expect(reasonOf(made, wish('NEW', { create: true, manager: 'Nora' }))).to.equal(
      'NEW was given to Viewer before; this row wants Nora.'
    );
  });

  const anyWish = fc.record({
    text: fc.constantFrom('Plain', 'Partner', 'Person', 'Hidden', 'Left', 'Twin', 'New', 'NEW', 'Other'),
    manager: fc.option(fc.constantFrom('Nora', 'Stellan', 'Gone', 'Kaja', 'Nemo'), { nil: undefined }),
    create: fc.boolean(),
  });

  it('account for every wish, each account once, and are the same each time', () => {
    fc.assert(
      fc.property(fc.array(anyWish, { maxLength: 12 }), (list) => {
        const wishes = list.map(({ text, ...rest }) => wish(text, rest));
        const { decided, rejected } = decide(wishes, answers);
        const ids = decided.map(({ account: found, name }) => found?.id ?? name.toLowerCase());
        expect(new Set(ids).size).to.equal(ids.length);
        for (const { owner } of decided) expect([owner.active, owner.role === null]).to.deep.equal([true, false]);
        const lines = new Set([...decided.map((one) => one.wish.line), ...rejected.map((row) => row.line)]);
        for (const { line: own, ref } of wishes) {
          // A wish that is neither says the same of an account as one before it.
          if (!lines.has(own))
            expect(ids.some((id) => id.toLowerCase().endsWith(ref.text.toLowerCase()))).to.equal(true);
        }
        expect(decide(wishes, answers)).to.deep.equal({ decided, rejected });
        const { created, updated, moved } = rowsOf(decided);
        expect(updated).to.have.members(decided.filter(({ action }) => action === 'create' || action === 'enable'));
        expect(moved).to.have.members(decided.filter(({ action }) => action === 'change-owner'));
        expect(created).to.have.members(decided.filter(({ action }) => action === 'create'));
        expect(updated.filter((one) => created.includes(one))).to.deep.equal(created);
        const owners = updated.map(({ owner }) => owner.id);
        expect(owners).to.deep.equal([...owners].sort((a, b) => a.localeCompare(b)));
      })
    );
  });
});
