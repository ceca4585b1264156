/** What is added to the counts of members, whatever was written of a plan. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { CountedMember, RotationCountsStep } from '../../src/runs/index.js';
import { changesOf, countAfter } from '../../src/runs/apply/counts.js';

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

const writtenOf = ({ moved, part }: Drawn): number => Math.floor(moved * part);

describe('changes of counts', () => {
  it('count each lead that was written, keep the sum of deficits, and follow the shares within a part of a lead', () => {
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 12 }), (drawn) => {
        const step = stepOf(drawn, 'give');
        const moved = Object.fromEntries(drawn.map((one, at) => [`t${at}`, { received: writtenOf(one), gave: 7 }]));
        const changes = changesOf(step, moved);
        const missing = drawn.map((one) => one.moved - writtenOf(one));
        const total = missing.reduce((sum, count) => sum + count, 0);
        const weights = drawn.reduce((sum, { weight }) => sum + weight, 0);
        changes.forEach(({ assigned, deficit }, at) => {
          expect(assigned).to.equal(writtenOf(drawn[at]!) + drawn[at]!.own);
          const exact =
            step.members[at]!.planned.deficit + missing[at]! * 1e6 - (total * 1e6 * drawn[at]!.weight) / weights;
          expect(Math.abs(deficit - exact)).to.be.at.most(1);
        });
        expect(changes.reduce((sum, { deficit }) => sum + deficit, 0)).to.equal(0);
      })
    );
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

  it('are exact where the amount times a weight is more than a double holds', () => {
    const drawn = [3, 5, 9_000_000].map((weight) => ({ weight, moved: 1_000_000, own: 0, part: 0, deficit: 0 }));
    const [first, second, third] = changesOf(stepOf(drawn, 'give'), {}).map(({ deficit }) => BigInt(deficit));
    const [all, weights, moved] = [3_000_000_000_000n, 9_000_008n, 1_000_000_000_000n];
    const shares = [3n, 5n, 9_000_000n].map((weight) => (all * weight) / weights);
    // One unit is left over; the third has the largest remainder.
    expect([first, second, third]).to.deep.equal([moved - shares[0]!, moved - shares[1]!, moved - shares[2]! - 1n]);
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
