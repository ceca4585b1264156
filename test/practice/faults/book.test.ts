import { expect } from 'chai';
import { FaultBook } from '../../../src/practice/faults/book.js';
import { parseFaultRules } from '../../../src/practice/faults/rules.js';

const occasion = { method: 'PATCH', path: '/services/data/v66.0/sobjects/Lead/1' };

describe('fault book', () => {
  it('hits the n-th occurrence, so many times', () => {
    const book = new FaultBook(parseFaultRules([{ kind: 'status', nth: 2, count: 2 }]));
    const hits = Array.from({ length: 5 }, () => book.take('request', occasion).length);
    expect(hits).to.deep.equal([0, 1, 1, 0, 0]);
    expect(book.state()[0]).to.include({ seen: 5, fired: 2 });
  });

  it('hits for ever with a count of 0', () => {
    const book = new FaultBook(parseFaultRules([{ kind: 'latency', count: 0 }]));
    expect(Array.from({ length: 3 }, () => book.take('request', occasion).length)).to.deep.equal([1, 1, 1]);
  });

  it('matches method, path pattern and object', () => {
    const rules = [
      { kind: 'lock-rows', method: 'patch', path: '/services/data/*/sobjects/Lead/*', object: 'lead', count: 0 },
    ];
    const book = new FaultBook(parseFaultRules(rules));
    expect(book.take('save', { ...occasion, object: 'Lead' })).to.have.length(1);
    expect(book.take('save', { ...occasion, object: 'Account' })).to.have.length(0);
    expect(book.take('save', { ...occasion, method: 'POST', object: 'Lead' })).to.have.length(0);
    expect(
      book.take('save', { ...occasion, path: '/services/data/v66.0/sobjects/Leads', object: 'Lead' })
    ).to.have.length(0);
  });

  it('asks a rule only at its own moment', () => {
    const book = new FaultBook(parseFaultRules([{ kind: 'kill-before-commit' }]));
    expect(book.take('request', occasion)).to.have.length(0);
    expect(book.take('commit', occasion)).to.have.length(1);
  });

  it('says which rule is wrong, and where', () => {
    expect(() => parseFaultRules([{ kind: 'latency' }, { kind: 'explode' }])).to.throw('Fault rule 2: kind');
    expect(() => parseFaultRules([{ kind: 'latency', mss: 3 }])).to.throw('Fault rule 1');
    expect(() => parseFaultRules('x')).to.throw('array of rules');
  });
});
