/** Lengths of time, classes of ages, and streams in the order of ids. */
import { expect } from 'chai';
import {
  AGE_CLASSES,
  ageClassOf,
  DAY,
  durationText,
  hoursOf,
  parseDuration,
  Sorted,
} from '../../../src/leads/holding/index.js';

const HOUR = DAY / 24;

describe('lengths of time', () => {
  it('are read in hours, days and weeks, and nothing else', () => {
    expect(['36h', '3d', '2W', ' 1d '].map(parseDuration)).to.deep.equal([36 * HOUR, 3 * DAY, 14 * DAY, DAY]);
    for (const text of ['0d', '3', 'd', '3 m', '-1d', '1.5d', '3dd', '', '999999d'])
      expect(parseDuration(text), text).to.equal(undefined);
  });

  it('are written in whole days and hours', () => {
    const texts = [4 * DAY + 3 * HOUR, 3 * DAY, 5 * HOUR + 59 * 60_000, 60_000].map(durationText);
    expect(texts).to.deep.equal(['4 d 3 h', '3 d', '5 h', '0 h']);
    expect(hoursOf(99 * HOUR + 7 * 60_000)).to.equal(99.1);
  });
});

describe('classes of ages', () => {
  it('take a time at the border into the older class', () => {
    const names = [0, DAY - 1, DAY, 3 * DAY - 1, 3 * DAY, 7 * DAY, 30 * DAY - 1, 30 * DAY, 400 * DAY].map(
      (held) => AGE_CLASSES[ageClassOf(held)]
    );
    expect(names).to.deep.equal([
      'under 1 d',
      'under 1 d',
      '1 to 3 d',
      '1 to 3 d',
      '3 to 7 d',
      '7 to 30 d',
      '7 to 30 d',
      '30 d and more',
      '30 d and more',
    ]);
  });
});

describe('streams in the order of ids', () => {
  async function* pages(...all: string[][]): AsyncGenerator<string[]> {
    for (const page of all) yield await Promise.resolve(page);
  }
  const sorted = (...all: string[][]): Sorted<string> => new Sorted('rows', pages(...all), (row) => row[0]!);

  it('give all rows of an id, over the ends of pages, and leave others out', async () => {
    const rows = sorted(['a1', 'b1'], [], ['b2', 'b3', 'd1'], ['e1']);
    expect(await rows.of('b')).to.deep.equal(['b1', 'b2', 'b3']);
    expect(await rows.of('c')).to.deep.equal([]);
    expect(await rows.of('e')).to.deep.equal(['e1']);
    expect(await rows.of('f')).to.deep.equal([]);
  });

  it('refuse rows that are not in order, rather than miss them', async () => {
    const rows = sorted(['b1', 'a1']);
    const error = await rows.of('b').catch((thrown: unknown) => thrown as Error);
    expect(error).to.have.property('name', 'NotSorted');
  });
});
