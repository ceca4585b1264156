import { expect } from 'chai';
import type { Rotation, RotationMember } from '../../../src/leads/rotation/model.js';
import type { Arrival } from '../../../src/leads/simulate/arrivals.js';
import { notesOf } from '../../../src/leads/simulate/notes.js';
import { simulate } from '../../../src/leads/simulate/simulation.js';

const HOUR = 3_600_000;
/** Monday, 8:00 UTC. */
const MONDAY = Date.parse('2026-11-23T08:00:00Z');

const queue = (name: string, more: Partial<RotationMember> = {}): RotationMember => ({
  kind: 'queue',
  name,
  weight: 1,
  ...more,
});

const rotation = (members: RotationMember[], more: Partial<Rotation> = {}): Rotation => ({
  key: 'R',
  name: 'R',
  active: true,
  balance: 'assigned',
  period: 'day',
  timeZone: 'UTC',
  hours: [],
  holidays: [],
  sticky: [],
  neverBackTo: [],
  members,
  ...more,
});

/** A lead at each of so many hours after Monday, 8:00. */
const leads = (...hours: number[]): Arrival[] =>
  hours.map((hour, index) => ({ at: MONDAY + hour * HOUR, lead: String(index + 1), company: '', email: '' }));

describe('simulation of a rotation', () => {
  it('gives shares, waits and caps, in the order of the rotation', async () => {
    const day = [{ days: [1, 2, 3, 4, 5], from: 9 * 60, to: 17 * 60 }];
    const members = [queue('South', { hours: day }), queue('North', { cap: 1 })];
    const told: string[] = [];
    const result = await simulate(rotation(members), leads(0, 0.5, 2, 4, 24.5, 26), {
      seed: 0,
      onLead: (number, { lead }, member = 'nobody', reason) => told.push(`${number} ${lead} ${member}: ${reason}`),
    });
    expect(told).to.deep.equal([
      '1 1 North: North due first (1 behind); skipped South (out of hours)',
      '2 2 nobody: nobody can take it: North (cap 1 a day), South (out of hours)',
      '3 3 South: South due first (1 behind); skipped North (cap 1 a day)',
      '4 4 South: South due first (1 behind); skipped North (cap 1 a day)',
      '5 5 North: North due first (1 behind); skipped South (out of hours)',
      '6 6 South: South due first (1 behind); skipped North (cap 1 a day)',
    ]);
    expect(result).to.include({ leads: 6, waiting: 1, unassigned: 0, sticky: 0, from: MONDAY, to: MONDAY + 26 * HOUR });
    const [south, north] = result.members;
    expect(south).to.deep.include({ label: 'South', assigned: 3, share: 3, deviation: 0, capped: 0 });
    expect(north).to.deep.include({ label: 'North', assigned: 2, share: 2, capped: 2, cap: 1 });
    // From 12:00 on Monday until 10:00 on Tuesday, in which five and one hours are worked.
    expect(south!.wait).to.deep.equal({ longest: 22 * HOUR, open: 6 * HOUR });
    expect(north!.wait).to.deep.equal({ longest: 24.5 * HOUR, open: 24.5 * HOUR });
    expect(result.moments.at(-1)).to.deep.include({ lead: 6, counts: [3, 2] });
  });

  it('counts the beginning and the end as waits, and a pause at the beginning not', async () => {
    const members = [queue('A'), queue('B', { cap: 0 }), queue('C', { pausedUntil: '2026-11-23T18:00:00Z' })];
    const { members: results } = await simulate(rotation(members), leads(0, 1, 12, 13), { seed: 0 });
    expect(results.map(({ wait }) => wait.longest / HOUR)).to.deep.equal([12, 13, 2]);
  });

  it('keeps leads of a company or of a domain with the member that had them first', async () => {
    const one = rotation([queue('A'), queue('B'), queue('C')], { sticky: ['company', 'email-domain'] });
    const named = (company: string, email: string): Arrival => ({ at: MONDAY, lead: '', company, email });
    const owners: string[] = [];
    const arrivals = [
      named('Acme', 'x@acme.example'),
      named(' ACME ', ''),
      named('Other', 'y@acme.example'),
      named('Third', 'z@gmail.com'),
      named('Fourth', 'v@gmail.com'),
      named('', ''),
    ];
    const result = await simulate(one, arrivals, { seed: 0, onLead: (_, __, member = '') => owners.push(member) });
    expect(owners.slice(0, 3)).to.deep.equal(['A', 'A', 'A']);
    expect(owners.slice(3, 5)).to.have.members(['B', 'C']);
    expect(result.sticky).to.equal(2);
  });

  it('pauses now and then, so that others can work', async () => {
    const pauses: number[] = [];
    const many = Array.from({ length: 25_000 }, (_, index) => leads(index / 100)[0]!);
    const result = await simulate(rotation([queue('A', { weight: 3 }), queue('B')]), many, {
      seed: 0,
      pause: (given) => Promise.resolve(void pauses.push(given)),
    });
    expect(pauses).to.deep.equal([10_000, 20_000]);
    expect(result.members.map(({ assigned }) => assigned)).to.deep.equal([18_750, 6250]);
    expect(result.moments.length).to.be.within(100, 242);
  });

  it('says what it leaves out', () => {
    const full = rotation([queue('A', { criteria: "Country = 'Germany'" }), queue('B')], {
      active: false,
      balance: 'open-leads',
      sticky: ['company'],
      neverBackTo: ['declined'],
    });
    const keys = (kind: 'history' | 'synthetic'): string[] => notesOf(full, { kind }).map(({ key }) => key);
    expect(keys('synthetic')).to.deep.equal(['inactive', 'openLeads', 'criteria', 'sticky', 'neverBack']);
    expect(keys('history')).to.deep.equal(['inactive', 'openLeads', 'neverBack']);
    expect(notesOf(rotation([queue('A')]), { kind: 'synthetic' })).to.deep.equal([]);
  });
});
