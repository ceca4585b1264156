import { expect } from 'chai';
import { analyse } from '../../src/sharing/analyse/analyse.js';
import { afterFixes } from '../../src/sharing/apply/after.js';
import { planMembers } from '../../src/sharing/apply/members.js';
import type { Finding } from '../../src/sharing/finding.js';
import type { SharingSnapshot } from '../../src/sharing/model.js';
import { SmallOrg, to } from './small-org.js';

const nobody = { managerRoles: [], partnerRoles: 1 };

/** Partners below North reach leads by two rules, a group in a group, a queue, and the org-wide default of cases. */
function org(): SmallOrg {
  const small = new SmallOrg().role('Boss').role('North', 'Boss').portal('Acme', 'North');
  small.user('boss', 'Boss').user('north', 'North').partner('eve', 'Acme', 'Executive').partner('uma', 'Acme');
  small.reads('PowerPartner', 'Lead', 'Case');
  small.group('Inner', ['RoleAndSubordinates:North']).group('Outer', ['Group:Inner']);
  small.queue('Inbox', ['Lead'], ['user:uma', 'RoleAndSubordinates:North']);
  small.owns('Lead', { 'user:boss': 7, 'Queue:Inbox': 5 }).owns('Case', { 'user:boss': 2 });
  small.ownerRule('Lead', 'Direct', to('role', 'Boss'), to('roleAndSubordinates', 'North'));
  small.ownerRule('Lead', 'Nested', to('role', 'Boss'), to('group', 'Outer'));
  small.ownerRule('Lead', 'Partners', to('role', 'Boss'), to('allPartnerUsers'));
  small.snapshot.defaults.push({ object: 'Case', label: 'Case', internal: 'Private', external: 'Read' });
  return small;
}

const findings = (snapshot: SharingSnapshot): Finding[] => analyse(snapshot, nobody).findings;
const keys = (list: readonly Finding[]): string[] => list.map(({ key }) => key).sort();
const closable = (list: readonly Finding[]): Finding[] => list.filter(({ fix }) => fix.kind !== 'by-hand');

describe('the org after its fixes', () => {
  it('has no way outside left that was closed, and all that was not', () => {
    const { snapshot } = org();
    const before = findings(snapshot);
    expect(keys(closable(before))).to.deep.equal([
      'default:Case',
      'queue:Inbox/RoleAndSubordinates:North',
      'queue:Inbox/Users',
      'rule:Lead.Direct',
      'rule:Lead.Nested',
      'rule:Lead.Partners',
    ]);
    expect(keys(closable(findings(afterFixes(snapshot, closable(before)))))).to.deep.equal([]);
    for (const finding of closable(before)) {
      const left = keys(findings(afterFixes(snapshot, [finding])));
      expect(left, finding.key).to.deep.equal(keys(before).filter((key) => key !== finding.key));
    }
  });

  it('leaves the snapshot that it began with alone', () => {
    const { snapshot } = org();
    const copy = structuredClone(snapshot);
    afterFixes(snapshot, closable(findings(snapshot)));
    expect(snapshot).to.deep.equal(copy);
  });

  it('keeps the access of people of the company: the twin and the new member are there', () => {
    const { snapshot } = org();
    const after = afterFixes(snapshot, closable(findings(snapshot)));
    expect(after.rules.map(({ name, to: target }) => `${name} ${target.element}`)).to.deep.equal([
      'Direct_Int roleAndSubordinatesInternal',
      'Nested group',
    ]);
    const inner = after.groups.find(({ developerName }) => developerName === 'Inner')!;
    const members = after.memberships.filter(({ groupId }) => groupId === inner.id);
    expect(members.map(({ memberId }) => memberId)).to.deep.equal(['RoleAndSubordinatesInternal:North']);
  });
});

describe('changes of members', () => {
  it('name the rows of this org, each change once', () => {
    const { snapshot } = org();
    const { changes, missing } = planMembers(findings(snapshot), snapshot);
    expect(missing).to.deep.equal([]);
    expect(changes.map(({ groupName, add, remove }) => [groupName, add, remove])).to.have.deep.members([
      ['Inner', 'RoleAndSubordinatesInternal:North', 'RoleAndSubordinates:North'],
      ['Inbox', 'RoleAndSubordinatesInternal:North', 'RoleAndSubordinates:North'],
      ['Inbox', undefined, 'user:uma'],
    ]);
  });

  it('name a list that is not there any more', () => {
    const { snapshot } = org();
    const before = findings(snapshot);
    const without = { ...snapshot, groups: snapshot.groups.filter(({ developerName }) => developerName !== 'Inner') };
    expect(planMembers(before, without).missing).to.deep.equal(['Group:Inner < RoleAndSubordinates:North']);
  });
});
