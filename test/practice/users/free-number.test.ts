import { expect } from 'chai';
import fc from 'fast-check';
import { freeNumber } from '../../../src/practice/rules/free-number.js';

describe('free numbers of nicknames', () => {
  it('is free, and 0 or right after one that is taken, whatever is taken', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(300), { maxLength: 300 }), (numbers) => {
        const taken = new Set(numbers);
        const free = freeNumber((number) => taken.has(number));
        expect(taken.has(free)).to.equal(false);
        expect(free === 0 || taken.has(free - 1)).to.equal(true);
      })
    );
  });

  it('takes few look-ups where thousands are taken', () => {
    let lookUps = 0;
    const free = freeNumber((number) => {
      lookUps++;
      return number < 3000;
    });
    expect(free).to.equal(3000);
    expect(lookUps).to.be.lessThan(30);
  });
});
