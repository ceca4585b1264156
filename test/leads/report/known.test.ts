/** Each change of an owner is told once, whoever tells of it: a table of cases, and any mix of sources. */
import { expect } from 'chai';
import fc from 'fast-check';
import { Known, spanOfRecords, spanOfRun, type Span } from '../../../src/leads/report/known.js';

const A = '00QgL000000000AAAA';
const B = '00QgL000000000BAAA';
const NORTH = '00GgL00000000N0AAA';
const SOUTH = '00GgL00000000S0AAA';

const MINUTE = 60_000;
const T0 = Date.parse('2026-11-29T08:00:00Z');
const at = (minutes: number): Span => ({ from: T0 + minutes * MINUTE, until: T0 + minutes * MINUTE });
const run = spanOfRun({ startedAt: '2026-11-29T08:00:00Z', endedAt: '2026-11-29T08:05:00Z' });

describe('changes of owners that were told already', () => {
  let known: Known;
  beforeEach(() => (known = new Known()));

  it('are those of the same lead and owner within a minute around the run', () => {
    const cases: Array<[what: string, lead: string, to: string, minutes: number, taken: boolean]> = [
      ['during the run', A, NORTH, 3, true],
      ['at the first moment', A, NORTH, -1, true],
      ['at the last moment', A, NORTH, 6, true],
      ['before', A, NORTH, -1.01, false],
      ['after', A, NORTH, 6.01, false],
      ['another owner', A, SOUTH, 3, false],
      ['another lead', B, NORTH, 3, false],
    ];
    for (const [what, lead, to, minutes, taken] of cases) {
      known = new Known();
      known.add(A, NORTH, run, 'run');
      expect(known.take(lead, to, at(minutes), 'history'), what).to.equal(taken);
    }
  });

  it('stand for one change of each worse source, not for a second one', () => {
    known.add(A, NORTH, run, 'assignment');
    expect(known.take(A, NORTH, run, 'run')).to.equal(true);
    expect(known.take(A, NORTH, at(1), 'history')).to.equal(true);
    // Somebody took it away, and back, within the minute.
    expect(known.take(A, NORTH, at(2), 'history')).to.equal(false);
    expect(known.take(A, NORTH, run, 'run')).to.equal(false);
  });

  it('do not stand for those of their own source', () => {
    known.add(A, NORTH, run, 'run');
    expect(known.take(A, NORTH, run, 'run')).to.equal(false);
  });

  it('are used up in the order of their times', () => {
    known.add(A, NORTH, at(0), 'run');
    known.add(A, NORTH, { from: at(0).from, until: at(10).until }, 'run');
    expect([0, 10].map((minutes) => known.take(A, NORTH, at(minutes), 'history'))).to.deep.equal([true, true]);
  });

  it('are found in a span that grows afterwards', () => {
    const span = { ...at(0) };
    known.add(A, NORTH, span, 'assignment');
    span.until += 20 * MINUTE;
    expect(known.take(A, NORTH, at(20), 'history')).to.equal(true);
  });

  it('began with their run where its id tells when that was, else some minutes before the record', () => {
    const recorded = T0 + 30 * MINUTE;
    const cases: Array<[string, number]> = [
      ['20261129-081500-distribute-38c052', 14],
      ['', 20],
      ['imported', 20],
      ['20269929-081500-distribute-38c052', 20],
      // A run cannot have begun after its record: the clock of the computer is ahead.
      ['20261129-093000-distribute-38c052', 30],
    ];
    for (const [id, minutes] of cases)
      expect(spanOfRecords(id, recorded), id).to.deep.equal({ from: at(minutes).from, until: at(31).until });
  });

  it('count each change once, in whatever mix of records, runs and history', () => {
    const change = fc.record({
      lead: fc.constantFrom(A, B),
      to: fc.constantFrom(NORTH, SOUTH),
      isRecorded: fc.boolean(),
      isRun: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const all = new Known();
        let told = 0;
        const tell = (source: 'assignment' | 'run' | 'history', isTold: (one: (typeof changes)[number]) => boolean) =>
          changes.forEach((one, index) => {
            // Ten minutes apart: no change lies within the time of another one.
            const span = at(index * 10);
            if (!isTold(one) || all.take(one.lead, one.to, span, source)) return;
            all.add(one.lead, one.to, span, source);
            told += 1;
          });
        tell('assignment', ({ isRecorded }) => isRecorded);
        tell('run', ({ isRun }) => isRun);
        tell('history', () => true);
        expect(told).to.equal(changes.length);
      })
    );
  });
});
