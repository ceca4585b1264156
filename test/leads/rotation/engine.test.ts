import { expect } from 'chai';
import { RotationEngine, engineParts, type EngineMember } from '../../../src/leads/rotation/engine.js';
import { LEDGER_UNIT, type MemberState, type Rotation } from '../../../src/leads/rotation/model.js';

const member = (key: string, more: Partial<EngineMember> = {}): EngineMember => ({
  key,
  label: key.toUpperCase(),
  weight: 1,
  ...more,
});
const at = (iso: string): number => Date.parse(iso);
const CLOCK = { timeZone: 'UTC', hours: [], holidays: [], period: 'day' } as const;

/** Keys of those who get so many leads. */
const turns = (engine: RotationEngine, leads: number, excluded?: Parameters<RotationEngine['next']>[0]): string =>
  Array.from({ length: leads }, () => {
    const { member: chosen } = engine.next(excluded);
    return chosen === undefined ? '-' : engine.members[chosen]!.key;
  }).join('');

const deficits = (engine: RotationEngine): Record<string, number> =>
  Object.fromEntries([...engine.state()].map(([key, { deficit }]) => [key, deficit]));

describe('rotation engine', () => {
  it('lets equals take turns, and gives by weight', () => {
    expect(turns(new RotationEngine([member('c'), member('a'), member('b')]), 6)).to.equal('abcabc');
    const weighted = new RotationEngine([member('a', { weight: 20 }), member('b', { weight: 10 })]);
    turns(weighted, 9);
    expect(weighted.counts).to.deep.equal([6, 3]);
  });

  it('owes a lead to those who may take it, and to nobody else', () => {
    const engine = new RotationEngine([member('a'), member('b'), member('c', { weight: 2 })]);
    const excluded = [{ member: 2, why: 'criteria' as const }];
    expect(turns(engine, 1, { excluded })).to.equal('a');
    expect(deficits(engine)).to.deep.equal({ a: -LEDGER_UNIT / 2, b: LEDGER_UNIT / 2, c: 0 });
  });

  it('repays over leads of any kind: who got one alone stands behind at the next', () => {
    const engine = new RotationEngine([member('a'), member('b'), member('c')]);
    turns(engine, 1, { excluded: [{ member: 2, why: 'criteria' }] });
    expect(turns(engine, 2)).to.equal('bc');
  });

  it('goes on in the next run where the last one ended, whatever the order of the members', () => {
    let states: ReadonlyMap<string, MemberState> = new Map();
    let all = '';
    for (let run = 0; run < 8; run++) {
      const members = [member('a', { weight: 3 }), member('b', { weight: 2 }), member('c')];
      const engine = new RotationEngine(run % 2 === 0 ? members : members.reverse(), { states });
      all += turns(engine, 3);
      states = engine.state();
    }
    expect([...'abc'].map((key) => all.split(key).length - 1)).to.deep.equal([12, 8, 4]);
    expect([...states.values()].map(({ assigned }) => assigned)).to.deep.equal([12, 8, 4]);
    expect([...states.values()].map(({ deficit }) => Math.abs(deficit) <= 8)).to.deep.equal([true, true, true]);
  });

  it('shares by weight what a member that left was owed', () => {
    const state = (deficit: number): MemberState => ({ assigned: 10, periodCount: 0, deficit });
    const states = new Map([
      ['a', state(100_000)],
      ['b', state(-400_000)],
      ['gone', state(300_000)],
    ]);
    const engine = new RotationEngine([member('a', { weight: 2 }), member('b')], { states });
    expect(deficits(engine)).to.deep.equal({ a: 300_000, b: -300_000 });
  });

  it('takes who was there before in again where it stood, and a new one at zero', () => {
    const states = new Map([['a', { assigned: 3, periodCount: 0, deficit: -250_000 }]]);
    const engine = new RotationEngine([member('a'), member('new'), member('old')], {
      states: new Map([...states, ['old', { assigned: 1, periodCount: 0, deficit: 250_000 }]]),
    });
    expect(deficits(engine)).to.deep.equal({ a: -250_000, new: 0, old: 250_000 });
    expect(turns(engine, 1)).to.equal('old');
  });

  it('keeps caps a day, gives what is over to the others, and begins anew the next day', () => {
    const engine = new RotationEngine([member('a', { cap: 2 }), member('b'), member('c')], { clock: CLOCK });
    engine.at(at('2026-11-25T10:00:00Z'));
    expect(turns(engine, 9)).to.equal('abcabcbcb');
    engine.at(at('2026-11-26T00:00:00Z'));
    expect(turns(engine, 4)).to.match(/a/);
    expect(engine.state().get('a')).to.include({ assigned: 3, periodCount: 1, periodStart: '2026-11-26' });
    expect(engine.results()[0]).to.include({ assigned: 3, capped: 1 });
  });

  it('counts the leads of the same period of earlier runs, and not those of an earlier one', () => {
    const before = (periodStart: string): RotationEngine => {
      const states = new Map([['a', { assigned: 9, periodCount: 2, periodStart, deficit: 0 }]]);
      const engine = new RotationEngine([member('a', { cap: 3 })], { clock: CLOCK, states });
      engine.at(at('2026-11-25T10:00:00Z'));
      return engine;
    };
    expect(turns(before('2026-11-25'), 3)).to.equal('a--');
    expect(turns(before('2026-11-24'), 4)).to.equal('aaa-');
    const untouched = before('2026-11-24');
    expect(untouched.state().get('a')).to.deep.equal({
      assigned: 9,
      periodCount: 2,
      periodStart: '2026-11-24',
      deficit: 0,
    });
  });

  it('gives nothing to those who are out of hours, paused or blocked, and says so', () => {
    const nine = [{ days: [1, 2, 3, 4, 5], from: 540, to: 1020 }];
    const members = [
      member('a', { hours: nine }),
      member('b', { pausedUntil: '2026-11-26T00:00:00Z' }),
      member('c', { blocked: 'never logged in' }),
      member('d', { cap: 1 }),
      member('e'),
    ];
    const engine = new RotationEngine(members, { clock: CLOCK });
    engine.at(at('2026-11-25T08:00:00Z'));
    expect(turns(engine, 2)).to.equal('de');
    const outcome = engine.next();
    expect(outcome).to.deep.include({
      member: 4,
      rule: 'due',
      skipped: [
        { member: 0, why: 'hours' },
        { member: 1, why: 'paused' },
        { member: 2, why: 'blocked' },
        { member: 3, why: 'cap' },
      ],
    });
    expect(engine.explain(outcome)).to.equal(
      'E due first (1 behind); skipped A (out of hours), B (paused), C (never logged in), D (cap 1 a day)'
    );
    engine.at(at('2026-11-25T09:00:00Z'));
    expect(turns(engine, 2)).to.match(/a/);
  });

  it('gives a lead to the partner who had the company before, and counts it', () => {
    const engine = new RotationEngine([member('a'), member('b'), member('c')]);
    const sticky = { member: 1, by: 'company' as const };
    const first = engine.next({ sticky });
    expect(engine.explain(first)).to.equal('B has leads of this company (0.33 behind)');
    expect(turns(engine, 2)).to.equal('ac');
    const second = engine.next({ sticky, excluded: [{ member: 1, why: 'declined' }] });
    expect(engine.explain(second)).to.match(/^[AC] due first \(0\.5 behind\); skipped B \(declined it\)$/);
  });

  it('takes turns out of order in the middle of a long stretch too', () => {
    const engine = new RotationEngine([member('a', { weight: 3 }), member('b', { weight: 2 }), member('c')]);
    turns(engine, 7);
    for (let lead = 0; lead < 5; lead++) engine.next({ sticky: { member: 2, by: 'email-domain' } });
    turns(engine, 24);
    expect(engine.counts).to.deep.equal([18, 12, 6]);
  });

  it('says why nobody can take a lead, and owes it to nobody', () => {
    const engine = new RotationEngine([member('a', { cap: 0 }), member('b')]);
    const outcome = engine.next({ excluded: [{ member: 1, why: 'criteria' }] });
    expect(outcome.member).to.equal(undefined);
    expect(engine.explain(outcome)).to.equal('nobody can take it: A (cap 0), B (criteria)');
    expect(deficits(engine)).to.deep.equal({ a: 0, b: 0 });
  });

  it('says of a member that is away that it is away, whatever the lead', () => {
    const engine = new RotationEngine([member('a', { blocked: 'not active' }), member('b')]);
    const { skipped } = engine.next({ excluded: [{ member: 0, why: 'declined' }] });
    expect(skipped).to.deep.equal([{ member: 0, why: 'blocked' }]);
  });

  it('keeps the exact shares in its ledger over many runs of one lead', () => {
    let states: ReadonlyMap<string, MemberState> = new Map();
    for (let run = 0; run < 3000; run++) {
      const engine = new RotationEngine([member('a'), member('b'), member('c')], { states });
      engine.next();
      states = engine.state();
    }
    for (const { assigned, deficit } of states.values()) {
      expect(assigned).to.equal(1000);
      expect(Math.abs(deficit)).to.be.below(10);
    }
  });

  it('names three members of a reason, and counts the others', () => {
    const members = [...'abcdef'].map((key) => member(key));
    const engine = new RotationEngine(members);
    const excluded = [0, 1, 2, 3, 4].map((number) => ({ member: number, why: 'criteria' as const }));
    expect(engine.explain(engine.next({ excluded }))).to.equal(
      'F due first (1 behind); skipped A, B, C and 2 more (criteria)'
    );
  });

  it('balances open leads where asked: who has fewest by weight gets the next, and no debts are kept', () => {
    const openLeads = new Map([
      ['a', 10],
      ['b', 4],
    ]);
    const states = new Map([['a', { assigned: 7, periodCount: 0, deficit: 123 }]]);
    const members = [member('a', { weight: 2 }), member('b'), member('c')];
    const engine = new RotationEngine(members, { openLeads, states });
    expect(turns(engine, 6)).to.match(/^c+b?c*$/i);
    turns(engine, 8);
    expect(engine.counts).to.deep.equal([4, 3, 7]);
    expect(engine.state().get('a')).to.include({ assigned: 11, deficit: 123 });
  });

  it('is not hurried by open leads that are far apart', () => {
    const openLeads = new Map([['a', 3_000_000]]);
    const members = [member('a', { weight: 999 }), member('b', { weight: 1000 }), member('c', { weight: 7 })];
    const engine = new RotationEngine(members, { openLeads });
    for (let lead = 0; lead < 20_140; lead++) engine.next();
    expect(engine.counts).to.deep.equal([0, 20_000, 140]);
  });

  it('measures how far each member was off', () => {
    const engine = new RotationEngine([member('a', { weight: 3 }), member('b')]);
    let worst = 0;
    for (let lead = 1; lead <= 50; lead++) {
      engine.next();
      worst = Math.max(worst, Math.abs(engine.counts[0]! - lead * 0.75));
    }
    const [a, b] = engine.results();
    expect(a!.worst).to.be.closeTo(worst, 1e-9);
    expect(a!.deviation).to.be.closeTo(a!.assigned - 37.5, 1e-9);
    expect(b!.share).to.be.closeTo(12.5, 1e-9);
    expect(engine.deviations()).to.deep.equal([a!.deviation, b!.deviation]);
  });

  it('takes members and clock from a rotation', () => {
    const rotation: Rotation = {
      key: 'EMEA',
      name: 'EMEA',
      active: true,
      balance: 'assigned',
      period: 'week',
      timeZone: 'Europe/Berlin',
      hours: [],
      holidays: ['2026-12-25'],
      sticky: [],
      neverBackTo: [],
      members: [{ kind: 'queue', name: 'Partner_North', weight: 2, cap: 50 }],
    };
    const { members, clock } = engineParts(rotation);
    expect(members).to.deep.equal([
      {
        kind: 'queue',
        name: 'Partner_North',
        key: 'queue:partner_north',
        label: 'Partner_North',
        weight: 2,
        cap: 50,
      },
    ]);
    expect(clock).to.deep.equal({ timeZone: 'Europe/Berlin', hours: [], holidays: ['2026-12-25'], period: 'week' });
  });

  it('refuses members that cannot be, and time that goes back', () => {
    expect(() => new RotationEngine([])).to.throw(RangeError);
    expect(() => new RotationEngine([member('a'), member('a')])).to.throw(RangeError, 'one key');
    expect(() => new RotationEngine([member('a', { pausedUntil: 'soon' })], { clock: CLOCK })).to.throw(RangeError);
    const engine = new RotationEngine([member('a')], { clock: CLOCK });
    engine.at(at('2026-11-25T10:00:00Z'));
    expect(() => engine.at(at('2026-11-25T09:00:00Z'))).to.throw(RangeError);
  });
});
