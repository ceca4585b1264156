import { expect } from 'chai';
import { shown, shownRow } from '../../src/report/shown.js';

describe('texts on a terminal', () => {
  it('cannot act on it', () => {
    const name = 'Evil\u001b]0;owned\u0007\u001b[31m Ltd\u009b2J';
    expect(shown(name)).to.equal('Evil\uFFFD]0;owned\uFFFD\uFFFD[31m Ltd\uFFFD2J');
    expect(shownRow({ name, count: 3 })).to.deep.equal({ name: shown(name), count: 3 });
  });

  it('keep what people write', () => {
    for (const text of ['Příklad s.r.o.', '見本照明', "O'Neil & Søn <1>", '']) expect(shown(text)).to.equal(text);
  });
});
