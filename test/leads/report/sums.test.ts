/** Sums and series of changes of owners, worked out by hand. */
import { expect } from 'chai';
import { binAt, binsOf, Sums } from '../../../src/leads/report/sums.js';
import type { OwnerEvent } from '../../../src/leads/report/event.js';

const NOW = Date.parse('2026-11-29T08:00:00Z');
const DAY = 86_400_000;

const event = (from: string, to: string, values: Partial<OwnerEvent> = {}): OwnerEvent => ({
  ...{ lead: 'L', at: NOW, from, to, source: 'run', reason: '', run: '', rotation: '', outcome: '' },
  ...values,
});

describe('sums of changes of owners', () => {
  it('have a bin for each day up to 90 days, and beyond for each week', () => {
    const cases: Array<[days: number, unit: string, count: number]> = [
      [1, 'day', 2],
      [30, 'day', 31],
      [90, 'day', 91],
      [91, 'week', 14],
      [365, 'week', 53],
    ];
    for (const [days, unit, count] of cases) {
      const bins = binsOf(NOW - days * DAY, NOW, days);
      expect([bins.unit, bins.count], String(days)).to.deep.equal([unit, count]);
      expect([binAt(bins, NOW - days * DAY), binAt(bins, NOW)]).to.deep.equal([0, count - 1]);
      expect([binAt(bins, NOW - days * DAY - 9 * DAY), binAt(bins, NOW + 9 * DAY)]).to.deep.equal([0, count - 1]);
    }
  });

  it('change days at midnight UTC', () => {
    const bins = binsOf(NOW - DAY, NOW, 1);
    const midnight = Date.parse('2026-11-29T00:00:00Z');
    expect([binAt(bins, midnight - 1), binAt(bins, midnight)]).to.deep.equal([0, 1]);
  });

  it('give each change to who got and who lost the lead, and each outcome to whom it is about', () => {
    const sums = new Sums(binsOf(NOW - DAY, NOW, 1));
    const changes = [
      event('Q', 'A', { at: NOW - DAY }),
      event('Q', 'A', { outcome: 'Claimed', source: 'history' }),
      event('A', 'Q', { outcome: 'PulledBack', source: 'assignment' }),
      event('A', 'B', { outcome: 'Declined', source: 'assignment' }),
      event('', 'B', { outcome: 'Offered' }),
      // The record of an acceptance changes no owner.
      event('B', 'B', { outcome: 'Accepted', source: 'assignment' }),
    ];
    for (const one of changes) sums.add(one);
    const none = { got: 0, lost: 0, accepted: 0, declined: 0, pulledBack: 0, claimed: 0 };
    expect([...sums.owners]).to.deep.equal([
      ['A', { ...none, got: 2, lost: 2, declined: 1, pulledBack: 1, claimed: 1, series: [1, 1] }],
      ['Q', { ...none, got: 1, lost: 2, series: [0, 1] }],
      ['B', { ...none, got: 2, accepted: 1, series: [0, 2] }],
    ]);
    expect([sums.events, sums.told]).to.deep.equal([6, { assignment: 3, run: 2, history: 1 }]);
  });
});
