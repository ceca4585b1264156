import { expect } from 'chai';
import { isStopped, preflight, type Check } from '../../src/prm/index.js';
import type { PrmSnapshot } from '../../src/prm/index.js';
import { orgOf, snapshotOf } from './support.js';

const REHEARSED: Check = { check: 'rehearsal', verdict: 'ok', finding: 'rehearsal.not-needed', values: ['sandbox'] };

const checksOf = (snapshot: Partial<PrmSnapshot>, more: Partial<Parameters<typeof preflight>[0]> = {}): Check[] =>
  preflight({ snapshot: snapshotOf(snapshot), turnsNetworksOn: false, rehearsal: REHEARSED, ...more });

const findingOf = (checks: readonly Check[], name: Check['check']): string => {
  const found = checks.find(({ check }) => check === name)!;
  return `${found.verdict} ${found.finding} ${found.values.join('|')}`.trim();
};

describe('preflight of the PRM switch', () => {
  it('lets an org pass in which all is well', () => {
    const checks = checksOf({}, { partnerRoles: 1 });
    expect(isStopped(checks)).to.equal(false);
    expect(checks.filter(({ verdict }) => verdict !== 'ok').map(({ check }) => check)).to.deep.equal([]);
  });

  it('stops where Digital Experiences are off, unless the plan turns them on', () => {
    const off = checksOf({ digitalExperiences: false });
    expect(findingOf(off, 'digital-experiences')).to.equal('stop digital-experiences.off');
    expect(isStopped(off)).to.equal(true);
    const on = checksOf({ digitalExperiences: false }, { turnsNetworksOn: true });
    expect(findingOf(on, 'digital-experiences')).to.equal('look digital-experiences.turned-on');
    expect(isStopped(on)).to.equal(false);
  });

  it('stops where the org itself refuses the change, with its words', () => {
    const checks = checksOf({ validation: { known: true, value: { accepted: false, problem: 'Not available' } } });
    expect(findingOf(checks, 'deploy')).to.equal('stop deploy.refused Not available');
    expect(isStopped(checks)).to.equal(true);
  });

  it('says unknown, never fine, of what could not be read', () => {
    const unknown = { known: false, reason: 'no permission' } as const;
    const checks = checksOf({ licences: unknown, openDefaults: unknown, exposures: unknown, validation: unknown });
    for (const name of ['licences', 'external-defaults', 'exposures', 'deploy'] as const) {
      expect(findingOf(checks, name)).to.equal(`unknown ${name}.unknown no permission`);
    }
    expect(isStopped(checks)).to.equal(false);
  });

  it('tells an older org from a newer one by the day of the new sharing model', () => {
    const of = (createdDate: string): string => findingOf(checksOf({ org: orgOf({ createdDate }) }), 'conversion');
    expect(of('2024-02-07T23:59:59.000+0000')).to.equal('look conversion.matters 2024-02-07');
    expect(of('2024-02-08T00:00:00.000+0000')).to.equal('ok conversion.internal 2024-02-08');
  });

  it('counts seats, open defaults and undecided exposures', () => {
    const checks = checksOf({
      licences: { known: true, value: { used: 40, total: 60 } },
      openDefaults: { known: true, value: ['Case (Read)', 'Campaign (ReadWrite)'] },
      exposures: { known: true, value: { open: 7, undecided: 3 } },
    });
    expect(findingOf(checks, 'licences')).to.equal('ok licences.seats 20|60');
    expect(findingOf(checks, 'external-defaults')).to.equal(
      'look external-defaults.open 2|Case (Read), Campaign (ReadWrite)'
    );
    expect(findingOf(checks, 'exposures')).to.equal('look exposures.open 7|3|admin@example.com');
    const decided = checksOf({ exposures: { known: true, value: { open: 7, undecided: 0 } } });
    expect(findingOf(decided, 'exposures')).to.equal('ok exposures.decided 7');
  });

  it('asks for nothing more where PRM is on already', () => {
    const names = checksOf({ enabled: true }).map(({ check }) => check);
    expect(names).to.not.include('deploy');
    expect(names).to.not.include('rehearsal');
  });
});
