import { expect } from 'chai';
import fc from 'fast-check';
import { isId, makeId, sameId, to18 } from '../../../src/practice/store/ids.js';

const base62 = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');
const id15 = fc.string({ unit: base62, minLength: 15, maxLength: 15 });

describe('record ids', () => {
  it('adds the known suffix', () => {
    expect(to18('001D000000IqhSL')).to.equal('001D000000IqhSLIAZ');
    expect(to18('000000000000000')).to.equal('000000000000000AAA');
  });

  it('restores the case of any id of 18 characters that was folded', () => {
    fc.assert(
      fc.property(id15, (id) => {
        const full = to18(id);
        expect(full.slice(0, 15)).to.equal(id);
        expect(to18(full.toLowerCase())).to.equal(full);
        expect(to18(full.toUpperCase())).to.equal(full);
        expect(sameId(id, full)).to.equal(true);
        expect(isId(id) && isId(full)).to.equal(true);
      })
    );
  });

  it('tells ids from other text', () => {
    for (const text of ['', '00Q', 'a name with 15ch', '001D000000IqhSLIA!', '001D000000IqhSLIAA', undefined, 5]) {
      expect(isId(text), String(text)).to.equal(false);
    }
    expect(to18('not an id')).to.equal('not an id');
  });

  it('rises with the number', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), fc.nat(2 ** 40), (a, b) => {
        fc.pre(a < b);
        expect(makeId('00Q', a) < makeId('00Q', b)).to.equal(true);
      })
    );
  });
});
