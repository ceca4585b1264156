import { expect } from 'chai';
import fc from 'fast-check';
import { DistributionPlanner } from '../../src/leads/distribute/planner.js';
import { actuallyOwed } from '../../src/leads/distribute/history.js';
import { namedWay } from '../../src/leads/distribute/named.js';
import { LEDGER_UNIT } from '../../src/leads/rotation/model.js';
import { parseCap, parseTarget, reduceWeights } from '../../src/leads/distribute/target-spec.js';
import type { LeadRow, Target } from '../../src/leads/distribute/types.js';
import { to18 } from '../../src/leads/record-id.js';
import type { Receipt } from '../../src/runs/index.js';

const target = (index: number, weight = 1, cap?: number): Target => ({
  id: `00G${index}`,
  name: `Queue ${index}`,
  kind: 'Queue',
  weight,
  cap,
});
const lead = (index: number, ownerId = '005', converted = false): LeadRow => ({
  id: `00Q${index}`,
  ownerId,
  converted,
  stamp: '',
});

function plannerOf(targets: readonly Target[]): DistributionPlanner {
  const { seats, engine } = namedWay({ targets, balance: 'assigned', open: new Map() });
  return new DistributionPlanner({ seats, engine: engine('seed') });
}

describe('distribution planner', () => {
  const shape = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.option(fc.nat(30), { nil: undefined })), {
    minLength: 1,
    maxLength: 8,
  });
  const leads = fc.array(fc.tuple(fc.nat(9), fc.boolean()), { maxLength: 120 });

  it('decides the same for the same leads, and its counts are those of its decisions', () => {
    fc.assert(
      fc.property(shape, leads, (members, rows) => {
        const targets = members.map(([weight, cap], index) => target(index, weight, cap));
        const decide = (): { decisions: string[]; planner: DistributionPlanner } => {
          const planner = plannerOf(targets);
          const decisions = rows.map(([owner, converted], index) =>
            JSON.stringify(planner.decide(lead(index, `00G${owner}`, converted)))
          );
          return { decisions, planner };
        };
        const { decisions, planner } = decide();
        expect(decide().decisions).to.deep.equal(decisions);
        const summary = planner.summary(new Map());
        const count = (action: string): number =>
          decisions.filter((decision) => decision.includes(`"action":"${action}"`)).length;
        expect(summary.members.reduce((sum, { moved }) => sum + moved, 0)).to.equal(count('assign'));
        expect(summary.assigned).to.equal(count('assign') + count('unchanged'));
        expect(Object.values(summary.skipped).reduce((sum, n) => sum + n, 0)).to.equal(count('skip'));
        expect(summary.skipped.converted ?? 0).to.equal(rows.filter(([, converted]) => converted).length);
      })
    );
  });

  it('measures the furthest distance at every moment', () => {
    const planner = plannerOf([target(0, 3), target(1, 1)]);
    let worst = 0;
    const counts = [0, 0];
    for (let index = 1; index <= 50; index++) {
      const decision = planner.decide(lead(index));
      if (decision.action === 'assign') counts[decision.target.id === '00G0' ? 0 : 1]! += 1;
      worst = Math.max(worst, Math.abs(counts[0]! - index * 0.75), Math.abs(counts[1]! - index * 0.25));
    }
    expect(planner.summary(new Map()).worst).to.be.closeTo(worst, 1e-9);
  });
});

describe('what a run leaves to the next', () => {
  it('counts only leads that were really written: the missing ones are owed again', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat(20), fc.nat(3)), { minLength: 2, maxLength: 6 }),
        (rows) => {
          const weights = rows.reduce((sum, [weight]) => sum + weight, 0);
          const planned = rows.reduce((sum, [, moved]) => sum + moved, 0);
          const members = rows.map(([weight, moved], index) => ({
            ...target(index, weight),
            ...{ before: 0, assigned: moved, moved, share: (planned * weight) / weights, deviation: 0 },
          }));
          const owes = (leads: number, weight: number, got: number): number =>
            (leads * weight * LEDGER_UNIT) / weights - got * LEDGER_UNIT;
          const owed = Object.fromEntries(
            members.map(({ id, weight, moved }) => [id, Math.round(owes(planned, weight, moved))])
          );
          const done = rows.map(([, moved, missing]) => Math.max(0, moved - missing));
          const received = Object.fromEntries(
            members.map(({ id }, index) => [id, { received: done[index]!, gave: 0 }])
          );
          const result = actuallyOwed(members, owed, { steps: [{ moved: received }] } as unknown as Receipt);
          const total = done.reduce((sum, count) => sum + count, 0);
          members.forEach(({ id, weight }, index) =>
            expect(result[id]).to.be.closeTo(owes(total, weight, done[index]!), 2)
          );
        }
      )
    );
  });
});

describe('open leads of named members', () => {
  it('are balanced, and what members are owed is kept for later runs', () => {
    const targets = [target(0), target(1)];
    const owed = { [targets[0]!.id]: LEDGER_UNIT / 2, [targets[1]!.id]: -LEDGER_UNIT / 2 };
    const open = new Map([
      [targets[0]!.id, 4],
      [targets[1]!.id, 1],
    ]);
    const { seats, engine } = namedWay({ targets, balance: 'open-leads', owed, open });
    const ready = engine('seed');
    const planner = new DistributionPlanner({ seats, engine: ready });
    for (let index = 0; index < 5; index++) planner.decide(lead(index));
    expect(planner.summary(new Map()).members.map(({ assigned }) => assigned)).to.deep.equal([1, 4]);
    expect([...ready.state().values()].map(({ deficit }) => deficit)).to.deep.equal(Object.values(owed));
  });
});

describe('targets as text', () => {
  it('splits weights and caps off, and leaves other colons alone', () => {
    expect(parseTarget('Partner Leads: North:3')).to.deep.equal({ text: 'Partner Leads: North', weight: 3 });
    expect(parseTarget('Region: East')).to.deep.equal({ text: 'Region: East', weight: 1 });
    expect(parseCap('A=B=12')).to.deep.equal({ text: 'A=B', cap: 12 });
    expect(parseCap('A')).to.equal(undefined);
    expect(reduceWeights([{ weight: 10 }, { weight: 20 }, { weight: 5 }])).to.deep.equal([
      { weight: 2 },
      { weight: 4 },
      { weight: 1 },
    ]);
  });
});

describe('record ids', () => {
  it('get their suffix, and are refused when it does not fit', () => {
    expect(to18('00QgL00000000Br')).to.match(/^00QgL00000000Br[A-Z0-5]{3}$/);
    expect(to18(to18('00QgL00000000Br')!)).to.equal(to18('00QgL00000000Br'));
    expect(to18('00QGL00000000BrUAI')).to.equal(undefined);
    expect(to18('Partner Leads 1')).to.equal(undefined);
  });
});
