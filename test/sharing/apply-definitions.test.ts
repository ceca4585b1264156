import { expect } from 'chai';
import type { MetadataBody } from '../../src/org/read/index.js';
import { analyse } from '../../src/sharing/analyse/analyse.js';
import { afterFixes } from '../../src/sharing/apply/after.js';
import { planFolders, planListViews } from '../../src/sharing/apply/definitions.js';
import type { Originals } from '../../src/sharing/apply/originals.js';
import type { Finding } from '../../src/sharing/finding.js';
import type { SharingSnapshot, Target } from '../../src/sharing/model.js';
import { SmallOrg, to } from './small-org.js';

/** Two trees of roles with partners below them, a group that leads outside, a list view and a document folder. */
function org(...targets: Target[]): SharingSnapshot {
  const small = new SmallOrg().role('Boss').role('North', 'Boss').role('South', 'Boss');
  small.portal('Acme', 'North').portal('Bolt', 'South').partner('pia', 'Acme').partner('bea', 'Bolt');
  small.user('boss', 'Boss').reads('PowerPartner', 'Lead').group('G', ['RoleAndSubordinates:North']);
  small.snapshot.listViews.push({ object: 'Lead', name: 'V', label: 'V', scope: 'Everything', to: targets });
  const folder = { content: 'Document', name: 'D', label: 'D', accessType: 'Shared', shares: [] } as const;
  small.snapshot.folders.push({ ...folder, to: targets, shares: [] });
  return small.snapshot;
}

const findings = (snapshot: SharingSnapshot): Finding[] =>
  analyse(snapshot, { managerRoles: [], partnerRoles: 1 }).findings.filter(({ kind }) =>
    ['folder', 'list-view'].includes(kind)
  );

/** Keys with what they are shared with and the kind of fix. */
const told = (list: readonly Finding[]): string[][] =>
  list.map(({ key, subject, fix }) => [key, subject.target, fix.kind]).sort();

const originals: Originals = {
  rules: new Map(),
  ruleCounts: new Map(),
  folders: new Map([
    [
      'Document/D',
      { path: 'documents/D-meta.xml', root: 'DocumentFolder', body: { name: 'D', sharedTo: { group: 'x' } } },
    ],
  ]),
  listViews: new Map([['Lead.V', { fullName: 'V', sharedTo: { group: 'x' } }]]),
  objects: new Map(),
};

/** The bodies that are deployed. */
function deployed(list: readonly Finding[]): { view?: MetadataBody[]; folder?: MetadataBody; members: unknown[] } {
  const [view] = planListViews(list, originals).deploys;
  const [folder] = planFolders(list, originals).deploys;
  return {
    view: view?.deployment.files[0]!.body.listViews as MetadataBody[] | undefined,
    folder: folder?.deployment.files[0]!.body,
    members: [view?.deployment.members, folder?.deployment.members],
  };
}

const both = [
  to('allInternalUsers'),
  to('group', 'G'),
  to('role', 'Boss'),
  to('roleAndSubordinates', 'North', 'South'),
];

describe('sharing apply: folders and list views with several targets', () => {
  it('finds all that leads outside, and what a group gives by itself', () => {
    expect(told(findings(org(...both)))).to.deep.equal([
      ['folder:Document/D', 'RoleAndSubordinates:North, RoleAndSubordinates:South', 'folder-access'],
      ['folder:Document/D/Group:G', 'Group:G', 'swap-member'],
      ['listview:Lead.V', 'Group:G', 'swap-member'],
      ['listview:Lead.V/direct', 'RoleAndSubordinates:North, RoleAndSubordinates:South', 'list-view'],
    ]);
    const one = [to('allInternalUsers'), to('allPartnerUsers'), to('roleAndSubordinates', 'North')];
    expect(told(findings(org(...one)))).to.deep.equal([
      ['folder:Document/D', 'AllPartnerUsers, RoleAndSubordinates:North', 'folder-access'],
      ['listview:Lead.V', 'AllPartnerUsers, RoleAndSubordinates:North', 'list-view'],
    ]);
  });

  it('deploys all targets that remain as one change, and the internal ones stay', () => {
    const { view, folder, members } = deployed(findings(org(...both, to('allPartnerUsers'))));
    const sharedTo = {
      allInternalUsers: '',
      group: 'G',
      role: 'Boss',
      roleAndSubordinatesInternal: ['North', 'South'],
    };
    expect(view).to.deep.equal([{ fullName: 'V', sharedTo }]);
    expect(folder).to.deep.equal({ name: 'D', accessType: 'Shared', sharedTo });
    expect(members).to.deep.equal([{ ListView: ['Lead.V'] }, { Document: ['D'] }]);
  });

  it('makes one change of two fixes of one list view', () => {
    const [fixed] = findings(org(to('roleAndSubordinates', 'North'))).filter(({ kind }) => kind === 'list-view');
    const other = structuredClone(fixed!);
    if (other.fix.kind === 'list-view') other.fix.to = [to('role', 'Boss')];
    const { view, members } = deployed([fixed!, other]);
    expect(view).to.deep.equal([{ fullName: 'V', sharedTo: { role: 'Boss' } }]);
    expect(members[0]).to.deep.equal({ ListView: ['Lead.V'] });
  });

  it('leaves a view that nobody else sees to a person, and hides such a folder', () => {
    const list = findings(org(to('allPartnerUsers')));
    expect(told(list).map(([key, , kind]) => [key, kind])).to.deep.equal([
      ['folder:Document/D', 'folder-access'],
      ['listview:Lead.V', 'by-hand'],
    ]);
    expect(deployed(list).folder).to.deep.equal({ name: 'D', accessType: 'Hidden' });
  });

  it('knows what is left afterwards: the ways of the group, under the same keys', () => {
    const snapshot = org(...both);
    const list = findings(snapshot);
    const after = afterFixes(
      snapshot,
      list.filter(({ fix }) => fix.kind !== 'swap-member')
    );
    const internal = [...both.slice(0, 3), to('roleAndSubordinatesInternal', 'North', 'South')];
    expect([after.listViews[0]!.to, after.folders[0]!.to]).to.deep.equal([internal, internal]);
    expect(told(findings(after)).map(([key]) => key)).to.deep.equal(['folder:Document/D/Group:G', 'listview:Lead.V']);
    expect(findings(afterFixes(snapshot, list))).to.deep.equal([]);
  });

  it('keeps its decision when people of the company are added', () => {
    const digest = (...targets: Target[]): string[] => findings(org(...targets)).map((one) => one.digest);
    const tree = to('roleAndSubordinates', 'North');
    expect(digest(tree, to('allInternalUsers'))).to.deep.equal(digest(tree));
  });
});
