import { expect } from 'chai';
import { BadReference, lookUp, resolveBody, resolveText } from '../../../src/practice/rest/references.js';

const answers = new Map([
  ['lead', { body: { id: '00Q1', success: true }, failed: false }],
  ['found', { body: { totalSize: 2, records: [{ Id: '0011', Owner: { Name: 'A & B' } }] }, failed: false }],
  ['broken', { body: [{ errorCode: 'X', message: 'no' }], failed: true }],
]);

describe('composite references', () => {
  it('finds values by path, index and field name in any case', () => {
    expect(lookUp('lead.id', answers)).to.equal('00Q1');
    expect(lookUp('lead.Id', answers)).to.equal('00Q1');
    expect(lookUp('found.records[0].Owner.Name', answers)).to.equal('A & B');
    expect(lookUp('found.totalSize', answers)).to.equal(2);
  });

  it('refuses unknown parts, missing values, whole objects and parts that failed', () => {
    for (const expression of [
      'nobody.id',
      'lead.name',
      'found.records[0]',
      'found.records[7].Id',
      'broken.id',
      'lead.__proto__',
    ]) {
      expect(() => lookUp(expression, answers), expression).to.throw(BadReference, `No value for ${expression}`);
    }
  });

  it('encodes values in addresses and keeps the type of a text that is one reference', () => {
    expect(resolveText('/q?n=@{found.records[0].Owner.Name}', answers, encodeURIComponent)).to.equal(
      '/q?n=A%20%26%20B'
    );
    const body = { a: '@{found.totalSize}', b: ['x @{lead.id}'], c: { d: null, e: 5 } };
    expect(resolveBody(body, answers)).to.deep.equal({ a: 2, b: ['x 00Q1'], c: { d: null, e: 5 } });
  });
});
