import { expect } from 'chai';
import fc from 'fast-check';
import { analyse } from '../../src/sharing/analyse/analyse.js';
import { mergeDecisions, type DecidedFinding } from '../../src/sharing/decisions/index.js';
import { answer, beginWalk, screenOf, type Answer, type WalkState } from '../../src/sharing/walk/machine.js';
import { walk, type Asker } from '../../src/sharing/walk/run.js';
import { SmallOrg, to } from './small-org.js';

/** Rules on two objects for two targets, a public folder and a list view: eight findings in three steps. */
function decided(): DecidedFinding[] {
  const org = new SmallOrg().role('Boss').role('North', 'Boss').portal('Acme', 'North', ['User']).user('boss', 'Boss');
  org.partner('ann', 'Acme').reads('PowerPartner', 'Lead', 'Case');
  org.owns('Lead', { 'user:boss': 4 }).owns('Case', { 'user:boss': 2 });
  for (const object of ['Lead', 'Case'])
    for (const target of ['Boss', 'North'])
      org.ownerRule(object, `To_${target}`, to('role', 'Boss'), to('roleAndSubordinates', target));
  org.snapshot.folders.push({ content: 'Report', name: 'Open', label: '', accessType: 'Public', shares: [] });
  org.snapshot.listViews.push({ object: 'Lead', name: 'All', label: 'All', scope: 'Everything' });
  const { findings, dormant } = analyse(org.snapshot, { managerRoles: [], partnerRoles: 1 });
  return mergeDecisions({ findings: findings.filter(({ kind }) => kind !== 'implicit'), dormant }, undefined).decided;
}

const decide = (
  decision: 'keep' | 'convert' | 'defer',
  scope: 'one' | 'target' | 'object' = 'one',
  reason?: string
): Answer => ({
  do: 'decide',
  decision,
  scope,
  reason,
});

const told = ({ decided: all }: Pick<WalkState, 'decided'>): string[] =>
  all.map(({ finding, decision }) => `${finding.key} ${decision}`);

describe('sharing: walk', () => {
  it('goes through three steps, one finding a screen', () => {
    let state = beginWalk(decided());
    const seen: string[] = [];
    for (let screen = screenOf(state); screen; screen = screenOf(state)) {
      seen.push(
        `${screen.step}:${screen.number}/${screen.of}${screen.first ? ' first' : ''} ${screen.item.finding.key}`
      );
      state = answer(state, decide('convert'));
    }
    expect(seen).to.deep.equal([
      '1:1/4 first rule:Case.To_Boss',
      '1:2/4 rule:Case.To_North',
      '1:3/4 rule:Lead.To_Boss',
      '1:4/4 rule:Lead.To_North',
      '2:1/1 first folder:Report/Open',
      '3:1/1 first listview:Lead.All',
    ]);
    expect(state.quit).to.equal(false);
    expect(state.decided.every(({ decision }) => decision === 'convert')).to.equal(true);
  });

  it('answers for all with the same target, or on the same object, and never for another kind', () => {
    const start = beginWalk(decided());
    expect(screenOf(start)!.alike).to.deep.equal({ target: 2, object: 2 });
    const target = answer(start, decide('convert', 'target'));
    expect(told(target).filter((one) => one.endsWith('convert'))).to.deep.equal([
      'rule:Case.To_Boss convert',
      'rule:Lead.To_Boss convert',
    ]);
    expect(screenOf(target)!.item.finding.key).to.equal('rule:Case.To_North');
    const object = answer(start, decide('keep', 'object', 'Wanted'));
    expect(told(object).filter((one) => one.endsWith('keep'))).to.deep.equal([
      'rule:Case.To_Boss keep',
      'rule:Case.To_North keep',
    ]);
    expect(object.decided[1]!.reason).to.equal('Wanted');
  });

  it('takes no keep without a reason', () => {
    const start = beginWalk(decided());
    expect(answer(start, decide('keep'))).to.equal(start);
    expect(answer(start, decide('keep', 'one', '  '))).to.equal(start);
  });

  it('undoes with back whatever was answered, also for many at once', () => {
    const one = fc.oneof(
      fc.record({
        do: fc.constant('decide' as const),
        decision: fc.constantFrom('keep' as const, 'convert' as const, 'defer' as const),
        scope: fc.constantFrom('one' as const, 'target' as const, 'object' as const),
        reason: fc.constant('Agreed'),
      }),
      fc.constant({ do: 'back' as const })
    );
    const begin = beginWalk(decided(), 'me');
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (answers) => {
        let state = begin;
        const stack: WalkState[] = [];
        for (const given of answers) {
          if (state.at === undefined) break;
          if (given.do === 'back') expect((state = answer(state, given))).to.equal(stack.pop() ?? begin);
          else {
            stack.push(state);
            const next = answer(state, given);
            // Every answered finding has an answer, nothing else has changed.
            next.decided.forEach(({ decision }, place) =>
              expect(next.answered.has(place) || decision === begin.decided[place]!.decision).to.equal(true)
            );
            expect(next.answered.size).to.be.above(state.answered.size);
            state = next;
          }
        }
      })
    );
  });

  it('asks only about what is open, and comes back after quit', async () => {
    const answers = ['convert', 'one', 'quit'];
    const shown: string[] = [];
    const asker = (script: string[]): Asker => ({
      show: (lines) => shown.push(lines.join('\n')),
      choose: (_message, choices) => {
        const wanted = script.shift();
        return Promise.resolve(choices.find(({ value }) => value === wanted)!.value);
      },
      text: () => Promise.resolve('Because'),
    });
    const saved: number[] = [];
    const first = await walk(decided(), asker(answers), 'me@example.com', (all) => {
      saved.push(all.filter(({ decision }) => decision !== 'open').length);
      return Promise.resolve();
    });
    expect(first).to.include({ quit: true, answered: 1 });
    expect(saved).to.deep.equal([1, 1]);
    expect(first.decided[0]).to.include({ decision: 'convert', by: 'me@example.com' });
    expect(shown[0]).to.include('Step 1 of 3: sharing rules, 1 of 4').and.include('way: ').and.include('fix: ');
    const rest = ['keep', 'target', 'back', 'defer', 'one', 'convert', 'one', 'convert', 'convert', 'convert'];
    const second = await walk(first.decided, asker(rest));
    expect(second.quit).to.equal(false);
    expect(shown[2]).to.include('rules, 1 of 3');
    expect(told(second).map((one) => one.split(' ')[1])).to.deep.equal([
      'convert',
      'defer',
      'convert',
      'convert',
      'convert',
      'convert',
    ]);
  });

  it('takes an interrupted prompt for quit, and no other error', async () => {
    const failing = (name: string): Asker => ({
      show: () => undefined,
      choose: () => Promise.reject(Object.assign(new Error('stopped'), { name })),
      text: () => Promise.resolve(''),
    });
    expect(await walk(decided(), failing('ExitPromptError'))).to.include({ quit: true, answered: 0 });
    const other = await walk(decided(), failing('Other')).catch((error: Error) => error);
    expect(other).to.be.instanceOf(Error);
  });
});
