import { expect } from 'chai';
import fc from 'fast-check';
import { divide, rebase } from '../../../src/leads/rotation/deficits.js';
import { firstOrder, MOST_TURNS, Turns } from '../../../src/leads/rotation/turns.js';

const weightsOf = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const all = (weights: readonly number[]): number[] => [...weights.keys()];
const turnsOf = (weights: readonly number[], fine = 1): Turns =>
  new Turns(
    weights,
    firstOrder(
      weights.map(String).map((text, index) => `${index}-${text}`),
      3
    ),
    fine
  );

describe('turns', () => {
  it('chooses the same whether it goes on or begins anew at each turn', () => {
    fc.assert(
      fc.property(
        weightsOf,
        fc.array(fc.option(fc.nat(19), { freq: 4, nil: undefined }), { maxLength: 60 }),
        (weights, forced) => {
          const [long, short] = [turnsOf(weights), turnsOf(weights)];
          const open = all(weights);
          long.start(
            open,
            open.map(() => 0)
          );
          short.start(
            open,
            open.map(() => 0)
          );
          for (const number of forced) {
            const member = number === undefined ? undefined : number % weights.length;
            expect(short.next(member)).to.deep.equal(long.next(member));
            short.start(
              open,
              open.map((one) => short.deficit(one))
            );
          }
        }
      )
    );
  });

  it('tells deadlines apart that doubles cannot, where deficits are far apart', () => {
    const weights = [1000, 999, 1];
    const unit = 2000 * 256;
    // Deadlines are −(1000·q + r) / 1000 and −(999·q + s) / 999: next to each other, whatever q is.
    const deficitOf = (numerator: number): number => Math.round((3 * unit + numerator) / 4);
    fc.assert(
      fc.property(fc.integer({ min: 5e12, max: 9e12 }), fc.nat(30), fc.nat(30), (q, r, s) => {
        const [a, b] = [deficitOf(1000 * q + r), deficitOf(999 * q + s)];
        const turns = turnsOf(weights, 256);
        // One lead more is owed when the choice is made.
        const deficits = [a - 256 * 1000, b - 256 * 999, 256 * 1999 - a - b];
        turns.start([0, 1, 2], deficits);
        const deadline = (deficit: number): bigint => 3n * BigInt(unit) - 4n * BigInt(deficit);
        const difference = deadline(a) * 999n - deadline(b) * 1000n;
        const { member } = turns.next();
        if (difference !== 0n) expect(member).to.equal(difference < 0n ? 0 : 1);
      })
    );
  });

  it('says when it has to be started anew, and refuses weights that are too large', () => {
    const turns = turnsOf([1, 2]);
    turns.start([0, 1], [0, 0]);
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      expect(turns.isSpent).to.equal(false);
      turns.next();
    }
    expect(turns.isSpent).to.equal(true);
    expect(() => turnsOf([1e6, 1])).to.throw(RangeError, 'too large');
  });
});

describe('amounts divided by weight', () => {
  const amount = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });

  it('are whole, sum up to the amount, and are less than one off, whatever the phase', () => {
    fc.assert(
      fc.property(amount, weightsOf, fc.nat(0xffffffff), (total, weights, phase) => {
        const shares = divide(total, weights, phase);
        expect(sum(shares)).to.equal(total);
        shares.forEach((share, at) => {
          expect(Number.isInteger(share)).to.equal(true);
          expect(Math.abs(share - (total * weights[at]!) / sum(weights))).to.be.below(1.001);
        });
      })
    );
  });

  it('favour nobody over many phases', () => {
    const gained = [0, 0, 0];
    for (let lead = 0; lead < 3000; lead++) {
      divide(1_000_000, [1, 1, 1], Math.imul(lead, 2_654_435_769) >>> 0).forEach((share, at) => (gained[at]! += share));
    }
    for (const share of gained) expect(Math.abs(share - 1_000_000_000)).to.be.below(4);
  });
});

describe('deficits for other members', () => {
  it('are whole and sum up to zero; what is over is shared by weight', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: -5e5, max: 5e5 }), fc.nat(1e6)), {
          minLength: 1,
          maxLength: 30,
        }),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.constantFrom(1, 256),
        (rows, unit, fine) => {
          const weights = rows.map(([weight]) => weight);
          const known = rows.map(([, leads, part]) => leads * unit + (part % unit));
          const result = rebase(weights, known, unit, fine);
          expect(sum(result)).to.equal(0);
          const [total, rest] = [BigInt(sum(weights)), BigInt(sum(known))];
          result.forEach((value, at) => {
            const exact = (BigInt(known[at]!) * total - rest * BigInt(weights[at]!)) * BigInt(fine);
            const off = BigInt(value) * BigInt(unit) - exact;
            expect(off <= BigInt(unit) && -off <= BigInt(unit)).to.equal(true);
          });
        }
      )
    );
  });
});
