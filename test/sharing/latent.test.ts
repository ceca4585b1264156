import { expect } from 'chai';
import { analyse } from '../../src/sharing/analyse/analyse.js';
import type { Finding } from '../../src/sharing/finding.js';
import { outsideKind, type SharingSnapshot } from '../../src/sharing/model.js';
import { reviewSharing, type Review } from '../../src/sharing/review.js';
import { connect } from '../helpers/exposure.js';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';

/** The same org before its first partner: no people from outside, no portal roles, no groups of such roles. */
function withoutPartners({ ...snapshot }: SharingSnapshot): SharingSnapshot {
  const portal = new Set(snapshot.roles.filter((role) => role.portal !== 'None').map(({ id }) => id));
  snapshot.people = snapshot.people.filter(({ userType }) => outsideKind(userType) === undefined);
  snapshot.roles = snapshot.roles.filter(({ id }) => !portal.has(id));
  snapshot.groups = snapshot.groups.filter(({ relatedId }) => !portal.has(relatedId ?? ''));
  const known = new Set([...snapshot.people, ...snapshot.groups].map(({ id }) => id));
  snapshot.memberships = snapshot.memberships.filter(({ memberId }) => known.has(memberId));
  snapshot.manualShares = snapshot.manualShares.filter(({ targetId }) => known.has(targetId));
  snapshot.assignments = [];
  return snapshot;
}

describe('sharing review: before and after the first partner', function () {
  this.timeout(60_000);
  let org: TestOrg;
  let found: Review;

  before(async () => {
    org = await startTestOrg({ leads: 300 });
    const { conn, identity } = await connect(org.username);
    found = await reviewSharing(conn, identity, { partnerRoles: 1, counts: true });
  });
  after(() => org.close());

  /** Findings that are about partners as such, not about some who were named or who own something. */
  const general = (findings: readonly Finding[]): string[] => {
    const named = /^(?:hierarchy|implicit|permission:PermissionSet|rule:\S+_(?:first_executive|training_partner))/;
    const inPlace = findings.filter(
      ({ key, subject }) => !named.test(key) && !subject.paths.some((path) => path.endsWith('*'))
    );
    return inPlace
      .filter(({ subject }) => subject.target !== 'Users')
      .map(({ key, digest }) => `${key} ${digest}`)
      .sort();
  };

  it('shows as latent what its partners reach afterwards, under the same keys and digests', () => {
    const { findings } = analyse(withoutPartners(found.snapshot), { ...found.request, profiles: ['Example Partner'] });
    expect(findings.every(({ externalUsers }) => externalUsers === 0)).to.equal(true);
    expect(findings.filter(({ unknown }) => unknown === undefined).every(({ latent }) => latent)).to.equal(true);
    const known = findings.filter(({ unknown }) => unknown === undefined);
    expect(general(known)).to.deep.equal(general(found.findings));
    expect(general(known)).to.have.length.above(35);
  });

  it('shows less for fewer managers, and the whole for all of them', () => {
    const snapshot = withoutPartners(found.snapshot);
    const keysFor = (managerRoles: readonly string[]): string[] =>
      general(
        analyse(snapshot, { ...found.request, managerRoles, profiles: ['Example Partner'] }).findings.filter(
          ({ unknown }) => unknown === undefined
        )
      );
    const all = keysFor(found.request.managerRoles);
    const parts = found.request.managerRoles.map((role) => keysFor([role]));
    for (const part of parts) expect(part.map((one) => one.split(' ')[0])).to.have.length.below(all.length);
    const together = new Set(parts.flat().map((one) => one.split(' ')[0]));
    expect([...together].sort()).to.deep.equal(all.map((one) => one.split(' ')[0]));
  });
});
