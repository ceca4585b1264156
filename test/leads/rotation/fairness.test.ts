import { expect } from 'chai';
import fc from 'fast-check';
import { LEDGER_UNIT } from '../../../src/leads/rotation/model.js';
import { ourRule } from '../../helpers/rotation-rule.js';
import { measure, modRule, pointerRule, type World } from '../../helpers/rotation-world.js';
import { SHAPES, worldOf } from '../../helpers/rotation-worlds.js';

/**
 * Where members change there is no proof of a bound: which leads come next is not known when one is given. The largest
 * distance in 40 worlds of each shape, 1,000 runs each, was 2.3 leads (docs/fairness.md); 3 leaves room for other seeds.
 */
const MOST = 3;

/** Leads that rounding in the ledger may have come to. */
const ROUNDING = 0.01;

function run(world: World): ReturnType<typeof measure> & { ledger: number[]; wrong: string[] } {
  const wrong: string[] = [];
  const rule = ourRule(world.members, (text) => wrong.push(text));
  const fairness = measure(world, rule);
  const states = rule.states();
  const ledger = world.members.map(({ key }) => (states.get(key)?.deficit ?? 0) / LEDGER_UNIT);
  return { ...fairness, ledger, wrong };
}

describe('fairness over 1,000 runs', function () {
  this.timeout(60_000);

  for (const [name, shape] of Object.entries(SHAPES)) {
    it(`${name}: nobody is far from the exact share, and no lead is lost`, () => {
      const { furthest, lost, wrong } = run(worldOf(name, shape, 1));
      expect(wrong).to.deep.equal([]);
      expect(lost).to.equal(0);
      expect(furthest).to.be.at.most(MOST);
    });
  }

  it('keeps members that stay the same within the bound of Tijdeman over all runs', () => {
    for (const name of ['fixed members, equal', 'fixed members, weights 1 to 9', 'short runs of 1 to 3 leads']) {
      const world = worldOf(name, SHAPES[name]!, 2);
      expect(run(world).furthest, name).to.be.at.most(1 - 1 / (2 * world.members.length - 2) + ROUNDING);
    }
  });

  it('is fairer than a pointer or MOD where members come and go', () => {
    const world = worldOf('caps a day', SHAPES['caps a day']!, 3);
    const ours = run(world).furthest;
    expect(measure(world, pointerRule(world.members)).furthest).to.be.above(10 * ours);
    expect(measure(world, modRule(world.members)).furthest).to.be.above(10 * ours);
  });
});

describe('fairness of any rotation', function () {
  this.timeout(60_000);
  const shape = fc.record({
    runs: fc.integer({ min: 1, max: 60 }),
    most: fc.integer({ min: 1, max: 40 }),
    members: fc.integer({ min: 2, max: 12 }),
    weights: fc.integer({ min: 1, max: 30 }),
    caps: fc.boolean(),
    pauses: fc.boolean(),
    hours: fc.boolean(),
    joins: fc.boolean(),
    regions: fc.integer({ min: 2, max: 4 }),
  });

  it('skips exactly those who cannot take a lead, and keeps the exact shares in its ledger', () => {
    fc.assert(
      fc.property(shape, fc.nat(1_000_000), (one, seed) => {
        const { furthest, lost, off, ledger, wrong } = run(worldOf('any', one, seed));
        expect(wrong).to.deep.equal([]);
        expect(lost).to.equal(0);
        expect(furthest).to.be.at.most(MOST);
        ledger.forEach((owed, member) => expect(owed + off[member]!).to.be.closeTo(0, ROUNDING));
      }),
      { numRuns: 60 }
    );
  });
});
