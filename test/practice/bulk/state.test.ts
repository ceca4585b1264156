import { expect } from 'chai';
import {
  checkDelete,
  checkTransition,
  checkUpload,
  isFinished,
  isPending,
  type JobState,
} from '../../../src/practice/bulk/state.js';

const states: JobState[] = ['Open', 'UploadComplete', 'InProgress', 'JobComplete', 'Failed', 'Aborted'];

describe('bulk job states', () => {
  it('closes an upload only from Open, and only for ingest', () => {
    const closable = states.filter((state) => {
      try {
        return checkTransition('ingest', state, 'UploadComplete') === 'UploadComplete';
      } catch {
        return false;
      }
    });
    expect(closable).to.deep.equal(['Open']);
    expect(() => checkTransition('query', 'Open', 'UploadComplete')).to.throw('InvalidJobState');
  });

  it('aborts whatever is not finished', () => {
    for (const state of states) {
      const abort = (): unknown => checkTransition('query', state, 'Aborted');
      if (isFinished(state)) expect(abort, state).to.throw('InvalidJobState');
      else expect(abort(), state).to.equal('Aborted');
    }
  });

  it('refuses any other state a client asks for', () => {
    for (const wanted of ['JobComplete', 'Open', undefined, 7]) {
      expect(() => checkTransition('ingest', 'Open', wanted)).to.throw('InvalidJobState');
    }
  });

  it('takes one upload, and only while open', () => {
    checkUpload('Open', false);
    expect(() => checkUpload('Open', true)).to.throw('one upload');
    expect(() => checkUpload('InProgress', false)).to.throw('InProgress');
  });

  it('deletes finished jobs only, and pending ones are never finished', () => {
    for (const state of states) {
      if (isFinished(state)) checkDelete(state);
      else expect(() => checkDelete(state)).to.throw('InvalidJobState');
      expect(isFinished(state) && isPending(state)).to.equal(false);
    }
  });
});
