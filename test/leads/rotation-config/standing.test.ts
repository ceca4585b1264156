/** Who is available when, worked out by hand. */
import { expect } from 'chai';
import { parseRotation } from '../../../src/leads/rotation/config/index.js';
import type { MemberState, Rotation } from '../../../src/leads/rotation/model.js';
import { hindrances } from '../../../src/leads/rotations/standing.js';

const NOTHING: MemberState = { assigned: 0, periodCount: 0, deficit: 0 };

const TEXT = `key: A
name: A
timeZone: Europe/Berlin
hours: Mon-Fri 09:00-17:00
period: week
holidays: [2026-12-25]
members:
  - queue: Berlin
  - queue: New_York
    timeZone: America/New_York
  - queue: Always
    hours: always
    cap: 3
    pausedUntil: 2026-06-01T12:00
`;

describe('standing of members', () => {
  let rotation: Rotation;
  before(async () => (rotation = await parseRotation(TEXT, 'a.yaml')));

  const at = (instant: string, state = NOTHING): string[][] =>
    rotation.members.map((member) => hindrances(rotation, member, state, new Date(instant)));

  it('hours are those of the clock of the member, summer and winter', () => {
    // Tuesday 9:00 in Berlin (winter), 3:00 in New York.
    expect(at('2026-11-24T08:00:00Z').map((found) => found.length)).to.deep.equal([0, 1, 0]);
    expect(at('2026-11-24T07:59:00Z')[0]).to.deep.equal(['out of hours']);
    // The end is not part of the span: 17:00 in Berlin, 11:00 in New York.
    expect(at('2026-11-24T16:00:00Z').map((found) => found.length)).to.deep.equal([1, 0, 0]);
    // 9:00 in Berlin in summer is an hour earlier.
    expect(at('2026-07-07T07:00:00Z')[0]).to.deep.equal([]);
    expect(at('2026-11-28T10:00:00Z')[0]).to.deep.equal(['out of hours']);
  });

  it('holidays are days of the rotation', () => {
    // In New York it is the 24th still, but the rotation is in Berlin.
    expect(at('2026-12-24T23:30:00Z').every((found) => found.includes('holiday'))).to.equal(true);
    expect(at('2026-12-25T23:30:00Z').some((found) => found.includes('holiday'))).to.equal(false);
  });

  it('a pause ends at its time in the zone of the member', () => {
    expect(at('2026-06-01T09:59:00Z')[2]).to.deep.equal(['paused until 2026-06-01T10:00:00Z']);
    expect(at('2026-06-01T10:00:00Z')[2]).to.deep.equal([]);
  });

  it('a cap counts in its period alone', () => {
    const full: MemberState = { assigned: 9, periodCount: 3, periodStart: '2026-11-23', deficit: 0 };
    expect(at('2026-11-29T22:59:00Z', full)[2]).to.deep.equal(['cap 3 a week']);
    // Monday has begun in Berlin.
    expect(at('2026-11-29T23:00:00Z', full)[2]).to.deep.equal([]);
    expect(at('2026-11-29T22:59:00Z', { ...full, periodCount: 2 })[2]).to.deep.equal([]);
  });

  it('nobody is available in a rotation that is not active', () => {
    const member = rotation.members[2]!;
    const found = hindrances({ ...rotation, active: false }, member, NOTHING, new Date('2026-11-24T08:00:00Z'));
    expect(found).to.deep.equal(['the rotation is not active']);
  });
});
