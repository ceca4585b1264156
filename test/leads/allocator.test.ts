import { expect } from 'chai';
import fc from 'fast-check';
import { Allocator, type AllocatorMember } from '../../src/leads/rotation/allocator.js';
import { NO_REMAINDER } from '../../src/leads/rotation/deficits.js';

const weightsOf = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 24 });

const membersOf = (weights: readonly number[]): AllocatorMember[] =>
  weights.map((weight, index) => ({ key: `member-${String(index).padStart(3, '0')}`, weight }));

/** Greatest distance from the exact share at any prefix, in units of 1/(W·(2m−2)) lead, so that it is exact. */
function worst(weights: readonly number[], choices: Iterable<number>): { scaled: number; leads: number } {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const counts = weights.map(() => 0);
  let most = 0;
  let k = 0;
  for (const member of choices) {
    k += 1;
    counts[member]! += 1;
    weights.forEach((weight, index) => (most = Math.max(most, Math.abs(k * weight - counts[index]! * total))));
  }
  return { scaled: most * (2 * weights.length - 2), leads: most / total };
}

function* run(allocator: Allocator, leads: number): Generator<number> {
  for (let lead = 0; lead < leads; lead++) {
    const choice = allocator.next();
    if (choice) yield choice.member;
  }
}

/** The rule most tools use, to show what it costs. */
function* furthestBehindFirst(weights: readonly number[], leads: number): Generator<number> {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const counts = weights.map(() => 0);
  for (let k = 1; k <= leads; k++) {
    let best = 0;
    weights.forEach((weight, index) => {
      if (k * weight - counts[index]! * total > k * weights[best]! - counts[best]! * total) best = index;
    });
    counts[best]! += 1;
    yield best;
  }
}

describe('allocator', () => {
  it('stays within 1 - 1/(2m-2) of the exact share at every prefix, for any weights', () => {
    fc.assert(
      fc.property(weightsOf, fc.integer({ min: 1, max: 600 }), fc.nat(1000), (weights, leads, seed) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const { scaled } = worst(weights, run(new Allocator(membersOf(weights), { seed }), leads));
        expect(scaled).to.be.at.most((2 * weights.length - 3) * total);
      }),
      { numRuns: 500 }
    );
  });

  it('holds where furthest behind first does not', () => {
    const skewed = [17, 1, 5, 1, 17, 5, 1];
    expect(worst(skewed, furthestBehindFirst(skewed, 47)).leads).to.be.above(1);
    expect(worst(skewed, run(new Allocator(membersOf(skewed)), 470)).leads).to.be.at.most(1 - 1 / 12);
    const mixed = [...Array.from({ length: 23 }, () => 1), ...Array.from({ length: 6 }, () => 30)];
    expect(worst(mixed, furthestBehindFirst(mixed, 203)).leads).to.be.above(1.5);
    expect(worst(mixed, run(new Allocator(membersOf(mixed)), 2030)).leads).to.be.at.most(1 - 1 / 56);
  });

  it('repays the remainder of one run in the next: many short runs are as fair as one long run', () => {
    fc.assert(
      fc.property(
        weightsOf,
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 30 }),
        (weights, runs) => {
          let carried = NO_REMAINDER;
          const choices: number[] = [];
          runs.forEach((leads, seed) => {
            const allocator = new Allocator(membersOf(weights), { carried, seed });
            choices.push(...run(allocator, leads));
            carried = allocator.remainder();
          });
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          expect(worst(weights, choices).scaled).to.be.at.most((2 * weights.length - 3) * total);
        }
      ),
      { numRuns: 200 }
    );
  });

  it('never gives a member more than its cap, and everything while somebody has room', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ weight: fc.integer({ min: 1, max: 9 }), cap: fc.option(fc.nat(30), { nil: undefined }) }),
          {
            minLength: 1,
            maxLength: 12,
          }
        ),
        fc.integer({ min: 0, max: 300 }),
        (shape, leads) => {
          const members = shape.map(({ weight, cap }, index) => ({ key: `m${index}`, weight, cap }));
          const allocator = new Allocator(members);
          const given = [...run(allocator, leads)].length;
          const room = members.reduce((sum, { cap }) => sum + (cap ?? Infinity), 0);
          expect(given).to.equal(Math.min(leads, room));
          members.forEach(({ cap }, index) => expect(allocator.counts[index]).to.be.at.most(cap ?? Infinity));
        }
      )
    );
  });

  it('shares what a capped member cannot take by weight, within two leads', () => {
    const members = [
      { key: 'a', weight: 4, cap: 10 },
      { key: 'b', weight: 2 },
      { key: 'c', weight: 1 },
    ];
    const allocator = new Allocator(members);
    for (const _ of run(allocator, 100));
    expect(allocator.counts[0]).to.equal(10);
    expect(allocator.counts[1]).to.be.within(58, 62);
    expect(allocator.counts[1]! + allocator.counts[2]!).to.equal(90);
  });

  it('does not favour a member for its place in the input', () => {
    fc.assert(
      fc.property(weightsOf, fc.nat(50), fc.integer({ min: 1, max: 200 }), (weights, seed, leads) => {
        const members = membersOf(weights);
        const turned = [...members].reverse();
        const byKey = (list: AllocatorMember[]): string[] =>
          [...run(new Allocator(list, { seed }), leads)].map((member) => list[member]!.key);
        expect(byKey(turned)).to.deep.equal(byKey(members));
      })
    );
  });

  it('lets equals take turns, and the seed decide who starts', () => {
    const members = membersOf([1, 1, 1, 1, 1]);
    const first = new Set(Array.from({ length: 5 }, (_, seed) => new Allocator(members, { seed }).next()?.member));
    expect(first.size).to.equal(5);
    const allocator = new Allocator(members);
    const turns = [...run(allocator, 10)];
    expect(turns.slice(5)).to.deep.equal(turns.slice(0, 5));
    expect(new Set(turns.slice(0, 5)).size).to.equal(5);
  });

  it('hands what a leaving member was owed to the others', () => {
    const before = new Allocator(membersOf([3, 2, 1]));
    for (const _ of run(before, 5));
    const carried = before.remainder();
    const after = new Allocator(membersOf([3, 2]), { carried });
    const { unit, deficits } = after.remainder();
    expect(unit).to.equal(5);
    expect(Object.values(deficits).reduce((sum, value) => sum + value, 0)).to.equal(0);
  });

  it('keeps exact counts over its internal restarts', function () {
    this.timeout(20_000);
    const weights = [3, 1, 7, 2];
    const allocator = new Allocator(membersOf(weights));
    for (let lead = 0; lead < 1_300_000; lead++) allocator.next();
    allocator.counts.forEach((count, index) => {
      expect(Math.abs(count - (1_300_000 * weights[index]!) / 13)).to.be.below(1);
    });
  });

  it('refuses weights and keys that are none', () => {
    expect(() => new Allocator([])).to.throw(RangeError);
    expect(() => new Allocator([{ key: 'a', weight: 0 }])).to.throw(RangeError, 'weight of a');
    expect(() => new Allocator([{ key: 'a', weight: 1, cap: 1.5 }])).to.throw(RangeError, 'cap of a');
    expect(
      () =>
        new Allocator([
          { key: 'a', weight: 1 },
          { key: 'a', weight: 2 },
        ])
    ).to.throw(RangeError, 'one key');
    expect(() => new Allocator(membersOf([1e9, 1]))).to.throw(RangeError, 'too large');
  });
});
