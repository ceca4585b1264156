import { expect } from 'chai';
import fc from 'fast-check';
import { IdMap } from '../../../src/leads/rotation/id-map.js';

describe('numbers by record id', () => {
  it('are those of a plain map, whatever the ids, with 15 or 18 characters', () => {
    // Few characters, so that ids are alike.
    const id = fc.string({ unit: fc.constantFrom('0', 'Z', 'a', 'z'), minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(id, fc.nat(9)), { maxLength: 60 }), (rows) => {
        const [map, plain] = [new IdMap(), new Map<string, number>()];
        for (const [rest, value] of rows) {
          expect(map.get(`00Q${rest}AAA`)).to.equal(plain.get(rest));
          map.set(`00Q${rest}AAA`, value);
          plain.set(rest, value);
          expect(map.get(`00Q${rest}`)).to.equal(value);
        }
        for (const [rest, value] of plain) expect(map.get(`00Q${rest}BBB`)).to.equal(value);
      })
    );
  });
});
