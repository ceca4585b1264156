/** What is added to the counts of members, whatever was written of a plan. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { CountedMember, RotationCountsStep } from '../../src/runs/index.js';
import { changesOf, countAfter, scaled } from '../../src/runs/apply/counts.js';

const member = fc.record({
  weight: fc.integer({ min: 1, max: 1000 }),
  moved: fc.integer({ min: 0, max: 1_000_000 }),
  own: fc.integer({ min: 0, max: 50 }),
  part: fc.double({ min: 0, max: 1, noNaN: true }),
  deficit: fc.integer({ min: -1_000_000, max: 1_000_000 }),
});

type Drawn = { weight: number; moved: number; own: number; part: number; deficit: number };

/** Planned deficits sum up to zero. */
function stepOf(drawn: readonly Drawn[], direction: RotationCountsStep['direction']): RotationCountsStep {
  const sum = drawn.reduce((total, { deficit }) => total + deficit, 0);
  const members = drawn.map(({ weight, moved, own, deficit }, at): CountedMember => ({
    record: `r${at}`,
    target: `t${at}`,
    name: `m${at}`,
    weight,
    was: { assigned: 0, deficit: 0, periodCount: 0 },
    planned: { assigned: moved + own, deficit: at === 0 ? deficit - sum : deficit },
    moved,
    periodStart: '2026-11-23',
  }));
  const base = { id: 'c', kind: 'rotation-counts', title: '', rotation: '', source: 's', undo: 'exact' } as const;
  return { ...base, unit: 1_000_000, direction, members };
}

/** What each received; what it gave is no matter there. */
const receivedBy = (drawn: readonly Drawn[]) =>
  Object.fromEntries(drawn.map((one, at) => [`t${at}`, { received: writtenOf(one), gave: 7 }]));

const writtenOf = ({ moved, part }: Drawn): number => Math.floor(moved * part);

describe('changes of counts', () => {
  it('count each lead that was written, keep the sum of deficits, and shrink the shares of the plan alike', () => {
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 12 }), (drawn) => {
        const step = stepOf(drawn, 'give');
        const changes = changesOf(step, receivedBy(drawn));
        const planned = drawn.reduce((sum, { moved, own }) => sum + moved + own, 0);
        const done = drawn.reduce((sum, one) => sum + writtenOf(one) + one.own, 0);
        changes.forEach(({ assigned, deficit }, at) => {
          const counted = step.members[at]!.planned;
          expect(assigned).to.equal(writtenOf(drawn[at]!) + drawn[at]!.own);
          const share = counted.assigned * 1e6 + counted.deficit;
          const exact = planned === 0 ? counted.deficit : (share * done) / planned - assigned * 1e6;
          expect(Math.abs(deficit - exact)).to.be.at.most(1.01);
        });
        expect(changes.reduce((sum, { deficit }) => sum + deficit, 0)).to.equal(0);
      })
    );
  });

  it('charge nobody who has no share in the plan, and are the plan where all was written', () => {
    fc.assert(
      fc.property(
        fc.array(member, { minLength: 2, maxLength: 12 }),
        fc.integer({ min: 1, max: 1000 }),
        (some, weight) => {
          const idle = { weight, moved: 0, own: 0, part: 1, deficit: 0 };
          const drawn = [...some, idle];
          const step = stepOf(drawn, 'give');
          expect(changesOf(step, receivedBy(drawn)).at(-1)).to.deep.equal({ assigned: 0, deficit: 0 });
          const full = drawn.map((one) => ({ ...one, part: 1 }));
          expect(changesOf(step, receivedBy(full))).to.deep.equal(step.members.map(({ planned }) => planned));
        }
      )
    );
  });

  it('leave deficits alone where open leads are balanced', () => {
    const drawn = [3, 1].map((moved) => ({ weight: 1, moved, own: 1, part: 0.4, deficit: 0 }));
    for (const direction of ['give', 'take-back'] as const) {
      const step = { ...stepOf(drawn, direction), keepsDebts: false };
      expect(changesOf(step, receivedBy(drawn)).map(({ deficit }) => deficit)).to.deep.equal([0, 0]);
    }
  });

  it('of the way back are those of the way there, where all comes back', () => {
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 12 }), (drawn) => {
        const moved = Object.fromEntries(
          drawn.map((one, at) => [`t${at}`, { received: writtenOf(one), gave: writtenOf(one) }])
        );
        const there = changesOf(stepOf(drawn, 'give'), moved);
        const back = stepOf(drawn, 'take-back');
        const members = back.members.map((one, at) => ({
          ...one,
          planned: { assigned: 0 - there[at]!.assigned, deficit: 0 - there[at]!.deficit },
          moved: writtenOf(drawn[at]!),
        }));
        changesOf({ ...back, members }, moved).forEach(({ assigned, deficit }, at) => {
          expect([assigned + there[at]!.assigned, deficit + there[at]!.deficit]).to.deep.equal([0, 0]);
        });
      })
    );
  });

  it('are exact where the amount times the leads is more than a double holds', () => {
    const amounts = [1_000_000_000_001, 999_999_999_999, 7_000_000_000_000, 0];
    const shares = amounts.map((amount) => (BigInt(amount) * 8_999_998n) / 9_000_000n);
    // What the rounding leaves goes to the largest remainders.
    const result = scaled(amounts, 8_999_998, 9_000_000).map(BigInt);
    expect(result.reduce((sum, share) => sum + share, 0n)).to.equal((9_000_000_000_000n * 8_999_998n) / 9_000_000n);
    result.forEach((share, at) => expect(Number(share - shares[at]!)).to.be.within(0, at === 3 ? 0 : 1));
  });

  it('count in their own period only', () => {
    const [counted] = stepOf([{ weight: 1, moved: 0, own: 0, part: 1, deficit: 0 }], 'give').members;
    const now = (periodStart: string | null) => ({ assigned: 10, deficit: 5, periodCount: 4, periodStart });
    const change = { assigned: 3, deficit: -2 };
    const total = { assigned: 13, deficit: 3 };
    const own = '2026-11-23';
    expect(countAfter(counted!, now(own), change)).to.deep.equal({ ...total, periodCount: 7, periodStart: own });
    expect(countAfter(counted!, now(null), change)).to.deep.equal({ ...total, periodCount: 3, periodStart: own });
    expect(countAfter(counted!, now('2026-11-22'), change)).to.deep.equal({
      ...total,
      periodCount: 3,
      periodStart: own,
    });
    const later = { ...total, periodCount: 4, periodStart: '2026-11-24' };
    expect(countAfter(counted!, now('2026-11-24'), change)).to.deep.equal(later);
    const off = { assigned: -6, deficit: 0 };
    expect(countAfter(counted!, now(own), off).periodCount, 'never below none').to.equal(0);
  });
});
