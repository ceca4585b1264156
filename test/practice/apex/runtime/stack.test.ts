import { expect } from 'chai';
import { sitesOf } from '../../../../src/practice/apex/runtime/stack.js';

describe('Apex: where errors come from', () => {
  it('leaves an error with a stack that is text, or a test runner that prints it would die unnoticed', () => {
    const error = new Error('words');
    const sites = sitesOf(error);
    expect(sites[0]?.getFileName()).to.match(/stack\.test\.ts$/);
    expect(error.stack)
      .to.be.a('string')
      .that.matches(/^Error: words\n +at .*stack\.test\.ts/);
    expect(sitesOf(error), 'asked again').to.equal(sites);
  });

  it('knows no places of what has none', () => {
    const told = new Error('read before');
    expect(told.stack).to.be.a('string');
    expect(sitesOf(told)).to.deep.equal([]);
    expect(sitesOf({})).to.deep.equal([]);
  });
});
