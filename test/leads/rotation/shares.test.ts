import { expect } from 'chai';
import fc from 'fast-check';
import { RotationEngine, type EngineMember, type EngineOptions } from '../../../src/leads/rotation/engine.js';

const weightsOf = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 24 });

/** Keys in the order of the weights, so that members are where their weights are. */
const membersOf = (weights: readonly number[]): EngineMember[] =>
  weights.map((weight, index) => {
    const key = `member-${String(index).padStart(3, '0')}`;
    return { key, label: key, weight };
  });

const engineOf = (weights: readonly number[], options?: EngineOptions): RotationEngine =>
  new RotationEngine(membersOf(weights), options);

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

function* run(engine: RotationEngine, leads: number): Generator<number> {
  for (let lead = 0; lead < leads; lead++) {
    const { member } = engine.next();
    if (member !== undefined) yield member;
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

describe('shares of members that stay the same', () => {
  it('stays within 1 - 1/(2m-2) of the exact share at every prefix, for any weights', () => {
    fc.assert(
      fc.property(weightsOf, fc.integer({ min: 1, max: 600 }), fc.nat(1000), (weights, leads, seed) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const { scaled } = worst(weights, run(engineOf(weights, { seed }), leads));
        expect(scaled).to.be.at.most((2 * weights.length - 3) * total);
      }),
      { numRuns: 500 }
    );
  });

  it('holds where furthest behind first does not', () => {
    const skewed = [17, 1, 5, 1, 17, 5, 1];
    expect(worst(skewed, furthestBehindFirst(skewed, 47)).leads).to.be.above(1);
    expect(worst(skewed, run(engineOf(skewed), 470)).leads).to.be.at.most(1 - 1 / 12);
    const mixed = [...Array.from({ length: 23 }, () => 1), ...Array.from({ length: 6 }, () => 30)];
    expect(worst(mixed, furthestBehindFirst(mixed, 203)).leads).to.be.above(1.5);
    expect(worst(mixed, run(engineOf(mixed), 2030)).leads).to.be.at.most(1 - 1 / 56);
  });

  it('repays the remainder of one run in the next: many short runs are as fair as one long run', () => {
    fc.assert(
      fc.property(
        weightsOf,
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 30 }),
        (weights, runs) => {
          let states: EngineOptions['states'];
          const choices: number[] = [];
          runs.forEach((leads, seed) => {
            const engine = engineOf(weights, { states, seed });
            choices.push(...run(engine, leads));
            states = engine.state();
          });
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          // What is owed is remembered in millionths of a lead.
          const rounding = (2 * weights.length - 2) * total * 1e-3;
          expect(worst(weights, choices).scaled).to.be.at.most((2 * weights.length - 3) * total + rounding);
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
          const members = shape.map(({ weight, cap }, index) => ({
            ...{ key: `m${String(index).padStart(2, '0')}`, label: '', weight },
            cap,
          }));
          const engine = new RotationEngine(members);
          const given = [...run(engine, leads)].length;
          const room = members.reduce((sum, { cap }) => sum + (cap ?? Infinity), 0);
          expect(given).to.equal(Math.min(leads, room));
          members.forEach(({ cap }, index) => expect(engine.counts[index]).to.be.at.most(cap ?? Infinity));
        }
      )
    );
  });

  it('shares what a capped member cannot take by weight, within two leads', () => {
    const members = [
      { key: 'a', label: 'A', weight: 4, cap: 10 },
      { key: 'b', label: 'B', weight: 2 },
      { key: 'c', label: 'C', weight: 1 },
    ];
    const engine = new RotationEngine(members);
    for (const _ of run(engine, 100));
    expect(engine.counts[0]).to.equal(10);
    expect(engine.counts[1]).to.be.within(58, 62);
    expect(engine.counts[1]! + engine.counts[2]!).to.equal(90);
  });

  it('does not favour a member for its place in the input', () => {
    fc.assert(
      fc.property(weightsOf, fc.nat(50), fc.integer({ min: 1, max: 200 }), (weights, seed, leads) => {
        const members = membersOf(weights);
        const turned = [...members].reverse();
        const byKey = (list: EngineMember[]): string[] => {
          const engine = new RotationEngine(list, { seed });
          return [...run(engine, leads)].map((member) => engine.members[member]!.key);
        };
        expect(byKey(turned)).to.deep.equal(byKey(members));
      })
    );
  });

  it('lets equals take turns, and the seed decide who starts', () => {
    const equals = [1, 1, 1, 1, 1];
    const first = new Set(Array.from({ length: 5 }, (_, seed) => engineOf(equals, { seed }).next().member));
    expect(first.size).to.equal(5);
    const turns = [...run(engineOf(equals), 10)];
    expect(turns.slice(5)).to.deep.equal(turns.slice(0, 5));
    expect(new Set(turns.slice(0, 5)).size).to.equal(5);
  });

  it('hands what a leaving member was owed to the others', () => {
    const before = engineOf([3, 2, 1]);
    for (const _ of run(before, 5));
    const after = engineOf([3, 2], { states: before.state() }).state();
    expect([...after.values()].reduce((sum, { deficit }) => sum + deficit, 0)).to.equal(0);
  });

  it('keeps exact counts over its internal restarts', function () {
    this.timeout(20_000);
    const weights = [3, 1, 7, 2];
    const engine = engineOf(weights);
    for (let lead = 0; lead < 1_300_000; lead++) engine.next();
    engine.counts.forEach((count, index) => {
      expect(Math.abs(count - (1_300_000 * weights[index]!) / 13)).to.be.below(1);
    });
  });

  it('refuses weights and keys that are none', () => {
    const refused = (...members: Array<Omit<EngineMember, 'label'>>): (() => unknown) => {
      return () => new RotationEngine(members.map((member) => ({ ...member, label: '' })));
    };
    expect(refused()).to.throw(RangeError);
    expect(refused({ key: 'a', weight: 0 })).to.throw(RangeError, 'weight of a');
    expect(refused({ key: 'a', weight: 1, cap: 1.5 })).to.throw(RangeError, 'cap of a');
    expect(refused({ key: 'a', weight: 1 }, { key: 'a', weight: 2 })).to.throw(RangeError, 'one key');
    expect(() => engineOf([1e9, 1])).to.throw(RangeError, 'too large');
  });
});
