import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  dayOfYear,
  daysInMonth,
  momentOf,
  plusMonths,
  wallOf,
} from '../../../../src/practice/apex/library/dates/moment.js';
import { formatMoment } from '../../../../src/practice/apex/library/dates/pattern.js';

const ZONES = ['America/Los_Angeles', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'];
const moments = fc.integer({ min: Date.UTC(1970, 0, 2), max: Date.UTC(2037, 11, 30) });

const refuse = (message: string): never => {
  throw new Error(message);
};

describe('Dates of Apex', () => {
  it('show the wall of a zone as luxon does', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom(...ZONES), (ms, zone) => {
        const there = DateTime.fromMillis(ms, { zone });
        expect(new Date(wallOf(ms, zone)).toISOString()).to.equal(
          there.setZone('UTC', { keepLocalTime: true }).toISO()
        );
      })
    );
  });

  it('find the moment of a wall again; of an hour that comes twice it is the later one', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom(...ZONES), (ms, zone) => {
        const found = momentOf(wallOf(ms, zone), zone);
        expect(wallOf(found, zone)).to.equal(wallOf(ms, zone));
        expect(found).to.be.at.least(ms);
      })
    );
    // 2026-10-25 2:30 comes twice in Berlin, 2026-03-29 2:30 never.
    expect(momentOf(Date.UTC(2026, 9, 25, 2, 30), 'Europe/Berlin')).to.equal(Date.UTC(2026, 9, 25, 1, 30));
    expect(momentOf(Date.UTC(2026, 2, 29, 2, 30), 'Europe/Berlin')).to.equal(Date.UTC(2026, 2, 29, 1, 30));
  });

  it('add months as luxon does: a day stays in its month', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: -500, max: 500 }), (ms, months) => {
        const expected = DateTime.fromMillis(ms, { zone: 'UTC' }).plus({ months }).toMillis();
        expect(plusMonths(ms, months)).to.equal(expected);
      })
    );
    expect(daysInMonth(2024, 2)).to.equal(29);
    expect(daysInMonth(2100, 2)).to.equal(28);
  });

  it('write patterns as luxon does, where both have a letter for it', () => {
    const pairs: Array<[string, string]> = [
      ['yyyy-MM-dd HH:mm:ss.SSS', 'yyyy-MM-dd HH:mm:ss.SSS'],
      ["EEE, d MMM yy 'at' h:mm a", "EEE, d MMM yy 'at' h:mm a"],
      ['EEEE MMMM D', 'EEEE MMMM o'],
      ['u K k Z', 'E'],
    ];
    fc.assert(
      fc.property(moments, fc.constantFrom(...ZONES), (ms, zone) => {
        const there = DateTime.fromMillis(ms, { zone, locale: 'en-US' });
        for (const [java, luxon] of pairs.slice(0, 3)) {
          expect(formatMoment(ms, zone, java, refuse)).to.equal(there.toFormat(luxon));
        }
        const [weekday, hourOf12, hourOf24, offset] = formatMoment(ms, zone, pairs[3]![0], refuse).split(' ');
        expect(weekday).to.equal(there.toFormat('E'));
        expect(Number(hourOf12)).to.equal(there.hour % 12);
        expect(Number(hourOf24)).to.equal(there.hour === 0 ? 24 : there.hour);
        expect(offset).to.equal(there.toFormat('ZZZ'));
        expect(dayOfYear(wallOf(ms, zone))).to.equal(there.ordinal);
      })
    );
  });

  it('know zones, weeks that begin on Sunday, and quotes', () => {
    const ms = Date.UTC(2026, 10, 29, 18, 5);
    const shown = (pattern: string, zone = 'America/Los_Angeles'): string => formatMoment(ms, zone, pattern, refuse);
    expect(shown('h:mm a z')).to.equal('10:05 AM PST');
    expect(shown('zzzz')).to.equal('Pacific Standard Time');
    expect(shown('X XX XXX Z')).to.equal('-08 -0800 -08:00 -0800');
    expect(shown('X z zzzz', 'GMT')).to.equal('Z GMT Greenwich Mean Time');
    // The 29th is the first day of week 49, and the fifth Sunday of the month.
    expect(shown('w W F')).to.equal('49 5 5');
    expect(shown("''yy'' 'o''clock'")).to.equal("'26' o'clock");
    expect(() => shown('z', 'Asia/Kolkata')).to.throw('short name');
    expect(() => shown('yyyy b')).to.throw("Illegal pattern character 'b'");
    expect(() => shown('YYYY')).to.throw('letter Y is not supported');
  });
});
