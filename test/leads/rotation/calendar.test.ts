import { expect } from 'chai';
import fc from 'fast-check';
import { Availability, periodAt } from '../../../src/leads/rotation/availability.js';
import { Calendar, Holidays } from '../../../src/leads/rotation/calendar.js';

const WEEK = [{ days: [1, 2, 3, 4, 5], from: 9 * 60, to: 17 * 60 }];
const at = (iso: string): number => Date.parse(iso);
const until = (span: { until: number }): string => new Date(span.until).toISOString();

describe('calendar of a rotation', () => {
  const berlin = new Calendar(WEEK, 'Europe/Berlin', new Holidays(['2026-12-25'], 'Europe/Berlin'));

  it('opens and closes by the clock of its time zone', () => {
    const early = berlin.at(at('2026-11-25T07:59:59Z'));
    expect(early.closed).to.equal('hours');
    expect(until(early)).to.equal('2026-11-25T08:00:00.000Z');
    const open = berlin.at(at('2026-11-25T08:00:00Z'));
    expect(open.closed).to.equal(undefined);
    expect(until(open)).to.equal('2026-11-25T16:00:00.000Z');
    expect(berlin.at(at('2026-11-25T16:00:00Z')).closed).to.equal('hours');
  });

  it('waits over the weekend', () => {
    expect(until(berlin.at(at('2026-11-27T18:00:00Z')))).to.equal('2026-11-30T08:00:00.000Z');
  });

  it('follows the change of the clocks', () => {
    expect(until(berlin.at(at('2026-03-27T17:00:00Z')))).to.equal('2026-03-30T07:00:00.000Z');
    expect(until(berlin.at(at('2026-10-23T16:00:00Z')))).to.equal('2026-10-26T08:00:00.000Z');
  });

  it('begins behind a time that the clocks leave out', () => {
    const night = [{ days: [7], from: 150, to: 240 }];
    const calendar = new Calendar(night, 'Europe/Berlin', new Holidays([], 'UTC'));
    // On 29 March 2026 the clocks go from 2:00 to 3:00: 2:30 is 3:30, and 4:00 is 2:00 UTC.
    expect(until(calendar.at(at('2026-03-29T00:00:00Z')))).to.equal('2026-03-29T01:30:00.000Z');
    expect(until(calendar.at(at('2026-03-29T01:30:00Z')))).to.equal('2026-03-29T02:00:00.000Z');
  });

  it('is closed on holidays of the rotation, which has a time zone of its own', () => {
    const always = new Calendar([], 'America/New_York', new Holidays(['2026-12-25'], 'Europe/Berlin'));
    expect(until(always.at(at('2026-12-01T00:00:00Z')))).to.equal('2026-12-24T23:00:00.000Z');
    const off = always.at(at('2026-12-24T23:00:00Z'));
    expect(off.closed).to.equal('holiday');
    expect(until(off)).to.equal('2026-12-25T23:00:00.000Z');
    expect(always.at(at('2026-12-25T23:00:00Z'))).to.deep.equal({ until: Infinity });
  });

  it('counts the time that it is open', () => {
    const HOUR = 3_600_000;
    expect(berlin.openTime(at('2026-11-27T15:00:00Z'), at('2026-11-30T09:30:00Z'))).to.equal(2.5 * HOUR);
    expect(berlin.openTime(at('2026-12-24T15:00:00Z'), at('2026-12-28T09:00:00Z'))).to.equal(2 * HOUR);
  });

  it('is ever closed where no day is named', () => {
    const never = new Calendar([{ days: [], from: 0, to: 60 }], 'UTC', new Holidays([], 'UTC'));
    expect(never.at(0)).to.deep.equal({ closed: 'hours', until: Infinity });
  });

  it('says the same at any moment of a span, in any order of questions', () => {
    const from = at('2026-03-20T00:00:00Z');
    fc.assert(
      fc.property(fc.array(fc.nat(20 * 24 * 60), { maxLength: 20 }), (minutes) => {
        for (const minute of minutes) {
          const instant = from + minute * 60_000;
          const fresh = new Calendar(WEEK, 'Europe/Berlin', new Holidays(['2026-12-25'], 'Europe/Berlin'));
          const span = fresh.at(instant);
          expect(berlin.at(instant)).to.deep.equal(span);
          expect(fresh.at(span.until - 1).closed).to.equal(span.closed);
          expect(fresh.at(span.until).closed).to.not.equal(span.closed);
        }
      })
    );
  });

  it('refuses zones and dates that are none', () => {
    expect(() => new Calendar([], 'Europe/Berln', new Holidays([], 'UTC'))).to.throw(RangeError, 'Europe/Berln');
    expect(() => new Holidays(['2026-02-30'], 'UTC')).to.throw(RangeError, '2026-02-30');
  });
});

describe('availability of members', () => {
  const clock = { timeZone: 'UTC', hours: WEEK, holidays: ['2026-11-27'] };
  const availability = (): Availability =>
    new Availability([{}, { hours: [] }, { hours: [], pausedUntil: '2026-11-26T12:00:00Z' }], clock);
  const absences = (one: Availability): Array<string | undefined> => [0, 1, 2].map((member) => one.absence(member));

  it('says who is away and why, and whether anything changed', () => {
    const one = availability();
    one.at(at('2026-11-25T08:00:00Z'));
    expect(absences(one)).to.deep.equal(['hours', undefined, 'paused']);
    expect(one.at(at('2026-11-25T08:30:00Z'))).to.equal(false);
    expect(one.at(at('2026-11-25T09:00:00Z'))).to.equal(true);
    expect(absences(one)).to.deep.equal([undefined, undefined, 'paused']);
    expect(one.at(at('2026-11-26T12:00:00Z'))).to.equal(true);
    expect(absences(one)).to.deep.equal([undefined, undefined, undefined]);
    expect(one.at(at('2026-11-27T00:00:00Z'))).to.equal(true);
    expect(absences(one)).to.deep.equal(['holiday', 'holiday', 'holiday']);
  });

  it('does not go back in time', () => {
    const one = availability();
    one.at(at('2026-11-25T08:00:00Z'));
    expect(() => one.at(at('2026-11-25T07:00:00Z'))).to.throw(RangeError);
    expect(() => one.at(NaN)).to.throw(RangeError);
  });
});

describe('periods of caps', () => {
  it('begin by the clock of the rotation, weeks on Monday', () => {
    const instant = at('2026-11-29T23:30:00Z');
    expect(periodAt(instant, 'day', 'UTC')).to.deep.equal({ start: '2026-11-29', end: at('2026-11-30T00:00:00Z') });
    expect(periodAt(instant, 'day', 'Europe/Berlin').start).to.equal('2026-11-30');
    expect(periodAt(instant, 'week', 'UTC').start).to.equal('2026-11-23');
    expect(periodAt(instant, 'week', 'Europe/Berlin').start).to.equal('2026-11-30');
    expect(periodAt(instant, 'month', 'Europe/Berlin')).to.deep.equal({
      start: '2026-11-01',
      end: at('2026-11-30T23:00:00Z'),
    });
  });
});
