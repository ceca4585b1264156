import { DateTime } from 'luxon';
import { expect } from 'chai';
import { isDate, syntheticArrivals } from '../../../src/leads/simulate/synthetic.js';

const request = { leads: 7000, perDay: 100, start: '2026-11-02', timeZone: 'Europe/Berlin', seed: 4 };

describe('leads that are made up', () => {
  const leads = [...syntheticArrivals(request).leads];
  const local = leads.map(({ at }) => DateTime.fromMillis(at, { zone: request.timeZone }));

  it('are as many as asked for, in the order of their time, from the first day on', () => {
    expect(leads).to.have.length(7000);
    expect(leads.every(({ at }, index) => index === 0 || at >= leads[index - 1]!.at)).to.equal(true);
    expect(local[0]!.toISODate()).to.equal('2026-11-02');
    expect(new Set(leads.map(({ lead }) => lead)).size).to.equal(7000);
  });

  it('are so many a day on average', () => {
    const days = (leads.at(-1)!.at - leads[0]!.at) / 86_400_000;
    expect(7000 / days).to.be.within(95, 106);
  });

  it('are more in working hours than at night or on weekends', () => {
    const part = (is: (moment: DateTime) => boolean): number => local.filter(is).length / local.length;
    expect(part(({ hour, weekday }) => weekday < 6 && hour >= 8 && hour < 18)).to.be.above(0.7);
    expect(part(({ weekday }) => weekday > 5)).to.be.within(0.03, 0.1);
    expect(part(({ hour }) => hour < 5)).to.be.within(0.01, 0.06);
  });

  it('are scattered as chance does it: their number in an hour varies as much as its mean', () => {
    const hours = local.filter(({ hour, weekday }) => weekday < 5 && hour === 10).map((moment) => moment.toISODate());
    const counts = [...Map.groupBy(hours, (day) => day).values()].map((group) => group.length);
    const mean = hours.length / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
    expect(variance / mean).to.be.within(0.4, 2);
  });

  it('are the same for the same seed, as often as they are gone through, and others for another', () => {
    const arrivals = syntheticArrivals(request);
    expect([...arrivals.leads]).to.deep.equal(leads);
    expect([...arrivals.leads]).to.deep.equal(leads);
    expect([...syntheticArrivals({ ...request, seed: 5 }).leads][0]).to.not.deep.equal(leads[0]);
  });

  it('can be very many a day', () => {
    const many = [...syntheticArrivals({ ...request, leads: 50_000, perDay: 100_000 }).leads];
    expect(many.at(-1)!.at - many[0]!.at).to.be.within(0.3 * 86_400_000, 0.8 * 86_400_000);
  });

  it('begin on a day that is one', () => {
    expect(['2026-02-28', '2026-02-30', '26-02-01', '2026-02-01T10:00'].map(isDate)).to.deep.equal([
      true,
      false,
      false,
      false,
    ]);
  });
});
