import { expect } from 'chai';
import fc from 'fast-check';
import { add, evaluator } from './evaluator.js';

const integer = fc.oneof(fc.integer(), fc.constantFrom(-2147483648, 2147483647, 0, 1, -1));
const long = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, 0n, -1n)
);

/** What each operator does to whole numbers without an end; `undefined` where it throws. */
const MODEL: Readonly<Record<string, (left: bigint, right: bigint, bits: number) => bigint | undefined>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => (right === 0n ? undefined : left / right),
  '&': (left, right) => left & right,
  '|': (left, right) => left | right,
  '^': (left, right) => left ^ right,
  '<<': (left, right, bits) => left << BigInt.asUintN(bits === 32 ? 5 : 6, right),
  '>>': (left, right, bits) => left >> BigInt.asUintN(bits === 32 ? 5 : 6, right),
  '>>>': (left, right, bits) => BigInt.asUintN(bits, left) >> BigInt.asUintN(bits === 32 ? 5 : 6, right),
};

describe('Apex: arithmetic against whole numbers without an end', () => {
  for (const op of Object.keys(MODEL)) {
    it(`Integer ${op} Integer wraps at 32 bits`, () => {
      const run = evaluator('Integer', op);
      fc.assert(
        fc.property(integer, integer, (left, right) => {
          const wanted = MODEL[op]!(BigInt(left), BigInt(right), 32);
          expect(run(left, right)).to.equal(
            wanted === undefined ? 'System.MathException: Divide by 0' : Number(BigInt.asIntN(32, wanted))
          );
        })
      );
    });

    it(`Long ${op} Long wraps at 64 bits`, () => {
      const run = evaluator('Long', op);
      fc.assert(
        fc.property(long, long, (left, right) => {
          const wanted = MODEL[op]!(left, right, 64);
          expect(run(left, right)).to.equal(
            wanted === undefined ? 'System.MathException: Divide by 0' : BigInt.asIntN(64, wanted)
          );
        })
      );
    });
  }

  it('Integer and Long together are a Long', () => {
    fc.assert(
      fc.property(
        integer,
        long,
        (left, right) => void expect(add(left, right)).to.equal(BigInt.asIntN(64, BigInt(left) + right))
      )
    );
  });

  it('compares as whole numbers do, and negates, inverts and steps', () => {
    const compare = evaluator('Long', '<', 'Boolean');
    const down = evaluator('Integer', '- 1 -');
    fc.assert(fc.property(long, long, (left, right) => void expect(compare(left, right)).to.equal(left < right)));
    fc.assert(
      fc.property(
        integer,
        integer,
        (left, right) =>
          void expect(down(left, right)).to.equal(Number(BigInt.asIntN(32, BigInt(left) - 1n - BigInt(right))))
      )
    );
  });
});
