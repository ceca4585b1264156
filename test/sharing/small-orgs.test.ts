import { expect } from 'chai';
import { analyse, type Analysis } from '../../src/sharing/analyse/analyse.js';
import { NEW, SmallOrg, to } from './small-org.js';

const nobody = { managerRoles: [], partnerRoles: 1 };

/** What a finding says in numbers: users, records, partner roles to be. */
const numbers = ({ findings }: Analysis): Record<string, [number, number, number]> =>
  Object.fromEntries(
    findings
      .filter(({ kind }) => kind !== 'implicit')
      .map(({ key, externalUsers, records, projectedRoles }) => [key, [externalUsers, records, projectedRoles]])
  );

const asleep = ({ dormant }: Analysis): Record<string, string> =>
  Object.fromEntries(dormant.filter(({ kind }) => kind !== 'implicit').map(({ key, why }) => [key, why]));

/**
 * Roles: Boss > North, Boss > South. Partner account Acme below North: Acme_Executive (Eve) > Acme_User (Uma, and Ina who
 * is inactive). Below South nobody. Partners may read Lead and Account, not Case.
 * Leads: boss 7, north 10, south 4, uma 3, queue Inbox 5. Cases: boss 9.
 */
function first(): SmallOrg {
  const org = new SmallOrg().role('Boss').role('North', 'Boss').role('South', 'Boss').portal('Acme', 'North');
  org.user('boss', 'Boss').user('north', 'North').user('south', 'South');
  org.partner('eve', 'Acme', 'Executive').partner('uma', 'Acme').partner('ina', 'Acme', 'User', false);
  org.reads('PowerPartner', 'Lead', 'Account');
  org.group('Inner', ['RoleAndSubordinates:North']).group('Outer', ['Group:Inner', 'user:south']);
  org.group('Closed', ['RoleAndSubordinatesInternal:Boss', 'user:south']).group('Named', ['user:uma'], false);
  org.queue('Inbox', ['Lead'], ['user:uma', 'Role:North']);
  org.owns('Lead', { 'user:boss': 7, 'user:north': 10, 'user:south': 4, 'user:uma': 3, 'Queue:Inbox': 5 });
  return org.owns('Case', { 'user:boss': 9 });
}

describe('sharing: three small orgs, worked out by hand', () => {
  it('tells rules that lead outside from those that do not, with users and records', () => {
    const org = first();
    // Boss' 7 leads for North and what is below: Eve and Uma. Ina is inactive.
    org.ownerRule('Lead', 'Direct', to('role', 'Boss'), to('roleAndSubordinates', 'North'));
    // All company leads of Boss and below (7 + 10 + 4) and Uma's 3, through two groups: Eve and Uma.
    org.ownerRule('Lead', 'Nested', to('roleAndSubordinates', 'Boss'), to('group', 'Outer'));
    // The group does not open upwards, so Eve above Uma gets nothing: Uma alone, over south's 4.
    org.ownerRule('Lead', 'To_Named', to('role', 'South'), to('group', 'Named'));
    // Uma alone again; of 10 + 3 leads hers do not count.
    org.ownerRule('Lead', 'Own', to('roleAndSubordinates', 'North'), to('group', 'Named'));
    // To the role of Uma, and so to Eve above it, over the queue's 5.
    org.ownerRule('Lead', 'Up', to('queue', 'Inbox'), to('portalRole', 'Acme_User'));
    // Inside only.
    org.ownerRule('Lead', 'Inside', to('role', 'Boss'), to('group', 'Closed'));
    org.ownerRule('Lead', 'Role_Only', to('role', 'Boss'), to('role', 'North'));
    // Nobody below South; partners may not read cases; south owns no accounts.
    org.ownerRule('Lead', 'Empty_Branch', to('role', 'Boss'), to('roleAndSubordinates', 'South'));
    org.ownerRule('Case', 'No_Permission', to('role', 'Boss'), to('roleAndSubordinates', 'North'));
    org.owns('Account', {}).ownerRule('Account', 'No_Records', to('role', 'South'), to('allPartnerUsers'));
    const review = analyse(org.snapshot, nobody);
    expect(numbers(review)).to.deep.equal({
      'rule:Lead.Direct': [2, 7, 0],
      'rule:Lead.Nested': [2, 24, 0],
      'rule:Lead.To_Named': [1, 4, 0],
      'rule:Lead.Own': [1, 10, 0],
      'rule:Lead.Up': [2, 5, 0],
      // Uma is in the queue herself; Eve above her reads it too.
      'queue:Inbox/Users': [2, 5, 0],
      // Eve reads Uma's 3.
      'hierarchy:Lead': [1, 3, 0],
    });
    expect(asleep(review)).to.deep.equal({
      'rule:Lead.Empty_Branch': 'nobody',
      'rule:Case.No_Permission': 'no-permission',
      'rule:Account.No_Records': 'no-records',
      'hierarchy:Account': 'nobody',
      'hierarchy:Case': 'nobody',
    });
    expect(review.conversion.needed).to.equal(true);
    const direct = review.findings.find(({ key }) => key === 'rule:Lead.Direct')!;
    expect(direct.chains).to.deep.equal([
      ['Owner rule Direct on Lead', 'Roles, Internal and Portal Subordinates: North', 'Portal roles below North'],
    ]);
    expect(direct.needsConversion).to.equal(true);
    expect(direct.fix).to.include({ kind: 'convert-rule', twin: 'Direct_Int', rule: 'Direct' });
    const nested = review.findings.find(({ key }) => key === 'rule:Lead.Nested')!;
    expect(nested.subject.paths).to.deep.equal(['Group:Outer > Group:Inner > RoleAndSubordinates:North']);
    expect(nested.needsConversion).to.equal(false);
    expect(nested.fix).to.deep.include({
      kind: 'swap-member',
      edges: [
        {
          listKind: 'Group',
          list: 'Inner',
          memberKind: 'RoleAndSubordinates',
          member: 'North',
          users: [],
          replacement: { kind: 'RoleAndSubordinatesInternal', name: 'North' },
        },
      ],
    });
    expect(review.findings.find(({ key }) => key === 'rule:Lead.Up')!.fix.kind).to.equal('delete-rule');
  });

  /**
   * The same roles and no partner at all. Nora manages North. With two roles an account, partners to be are two roles
   * below North. Partner profiles may read Lead.
   */
  it('shows before the first partner what will be reached, and the same keys and digests after', () => {
    const before = new SmallOrg().role('Boss').role('North', 'Boss').role('South', 'Boss');
    before.user('boss', 'Boss').reads('PowerPartner', 'Lead');
    before.group('Inner', ['RoleAndSubordinates:North']).queue('Inbox', ['Lead'], ['AllPartners']);
    before.snapshot.groups.push({
      id: 'AllPartners',
      type: 'PRMOrganization',
      name: '',
      developerName: 'AllPartnerUsers',
      includesBosses: true,
    });
    before.owns('Lead', { 'user:boss': 7, 'Queue:Inbox': 2 });
    before.ownerRule('Lead', 'Direct', to('role', 'Boss'), to('roleAndSubordinates', 'Boss'));
    before.ownerRule('Lead', 'By_Group', to('role', 'Boss'), to('group', 'Inner'));
    before.ownerRule('Lead', 'South', to('role', 'Boss'), to('roleAndSubordinates', 'South'));
    before.snapshot.defaults.push({ object: 'Lead', label: 'Lead', internal: 'ReadWrite', external: 'Read' });
    const manager = { managerRoles: ['role:North'], partnerRoles: 2 };
    const latent = analyse(before.snapshot, manager);
    expect(numbers(latent)).to.deep.equal({
      'rule:Lead.Direct': [0, 7, 2],
      'rule:Lead.By_Group': [0, 7, 2],
      'queue:Inbox/AllPartnerUsers': [0, 2, 2],
      'default:Lead': [0, 9, 2],
    });
    expect(latent.findings.filter(({ kind }) => kind !== 'implicit').every((one) => one.latent)).to.equal(true);
    expect(asleep(latent)).to.deep.equal({ 'rule:Lead.South': 'nobody', 'hierarchy:Lead': 'nobody' });

    before.portal('Acme', 'North').partner('eve', 'Acme', 'Executive').partner('uma', 'Acme');
    const after = analyse(before.snapshot, nobody);
    expect(numbers(after)).to.deep.equal({
      'rule:Lead.Direct': [2, 7, 0],
      'rule:Lead.By_Group': [2, 7, 0],
      'queue:Inbox/AllPartnerUsers': [2, 2, 0],
      'default:Lead': [2, 9, 0],
    });
    const digests = ({ findings }: Analysis): string[] => findings.map(({ key, digest }) => `${key} ${digest}`).sort();
    expect(digests(after)).to.deep.equal(digests(latent));
  });

  it('projects only a partner without a place where no manager is named: what all partners get', () => {
    const org = new SmallOrg().role('Boss').user('boss', 'Boss').reads('PowerPartner', 'Lead');
    org.owns('Lead', { 'user:boss': 7 }).ownerRule('Lead', 'All', to('role', 'Boss'), to('allPartnerUsers'));
    org.ownerRule('Lead', 'Tree', to('role', 'Boss'), to('roleAndSubordinates', 'Boss'));
    const review = analyse(org.snapshot, nobody);
    expect(numbers(review)).to.deep.equal({ 'rule:Lead.All': [0, 7, 1] });
    expect(asleep(review)).to.deep.include({ 'rule:Lead.Tree': 'nobody' });
  });

  /**
   * A new org (after 8 February 2024) with one partner, one customer and one guest. Partner reads Lead and Case, customer
   * Case, guest Lead. Leads: boss 6. Cases: boss 5, pia (partner) 1. Nothing is to be converted, everything else matters.
   */
  it('says of a new org that it needs no conversion, and finds what is beyond rules and folders', () => {
    const org = new SmallOrg(NEW).role('Boss').portal('Acme', 'Boss', ['User']).user('boss', 'Boss');
    org.partner('pia', 'Acme').person('cora', 'CspLitePortal', undefined, 'Example Ltd').person('gus', 'Guest');
    org.reads('PowerPartner', 'Lead', 'Case').reads('CspLitePortal', 'Case').reads('Guest', 'Lead');
    org.owns('Lead', { 'user:boss': 6 }).owns('Case', { 'user:boss': 5, 'user:pia': 1 });
    const { snapshot } = org;
    snapshot.defaults.push({ object: 'Case', label: 'Case', internal: 'ReadWriteTransfer', external: 'Read' });
    snapshot.defaults.push({ object: 'Lead', label: 'Lead', internal: 'Read', external: 'Private' });
    snapshot.permissions[0]!.objects.Lead!.viewAll = true;
    snapshot.permissions.push({
      id: 'ps:All',
      name: 'See_All',
      label: 'See all',
      viewAllData: true,
      modifyAllData: false,
      objects: {},
    });
    snapshot.assignments.push({ userId: 'user:pia', sourceId: 'ps:All' }, { userId: 'user:boss', sourceId: 'ps:All' });
    snapshot.manualShares.push(
      { object: 'Lead', targetId: 'user:pia', cause: 'Manual', access: 'Edit', records: 2 },
      { object: 'Lead', targetId: 'RoleAndSubordinates:Boss', cause: 'Manual', access: 'Read', records: 3 },
      { object: 'Lead', targetId: 'user:boss', cause: 'Manual', access: 'Read', records: 9 }
    );
    snapshot.rules.push({
      object: 'Lead',
      name: 'For_Guest',
      label: '',
      kind: 'guest',
      access: 'Read',
      to: to('guestUser', 'gus'),
      criteria: [],
      allOwners: false,
    });
    snapshot.counts.rules['Lead.For_Guest'] = 4;
    snapshot.folders.push(
      { content: 'Report', name: 'Public', label: '', accessType: 'Public', shares: [] },
      { content: 'Document', name: 'Inside', label: '', accessType: 'PublicInternal', shares: [] },
      {
        content: 'Document',
        name: 'Tree',
        label: '',
        accessType: 'Shared',
        to: [to('roleAndSubordinates', 'Boss')],
        shares: [],
      }
    );
    snapshot.listViews.push(
      { object: 'Lead', name: 'All_Open', label: 'All Open', scope: 'Everything' },
      { object: 'Lead', name: 'Mine', label: 'Mine', scope: 'Mine' },
      { object: 'Lead', name: 'Inside', label: 'Inside', scope: 'Everything', to: [to('allInternalUsers')] }
    );
    const review = analyse(snapshot, nobody);
    expect(review.conversion).to.include({ needed: false, why: 'new-org' });
    expect(review.findings.some(({ needsConversion }) => needsConversion)).to.equal(false);
    expect(numbers(review)).to.deep.equal({
      'rule:Lead.For_Guest': [1, 4, 0],
      // Partner and customer; a guest gets no public folder.
      'folder:Report/Public': [2, 0, 0],
      'folder:Document/Tree': [1, 0, 0],
      // Pia may read leads, Cora may not.
      'listview:Lead.All_Open': [1, 0, 0],
      // Both read all 6 cases.
      'default:Case': [2, 6, 0],
      'manual:Lead/Users': [1, 2, 0],
      'manual:Lead/RoleAndSubordinates:Boss': [1, 3, 0],
      // View All on the profile of partners: Pia, over 6 leads.
      'permission:Profile:PowerPartner Profile/Lead': [1, 6, 0],
      // View All Data: leads and cases, 6 + 6.
      'permission:PermissionSet:See_All/*': [1, 12, 0],
    });
    // Only Pia may read accounts and contacts at all, by View All Data.
    const implicit = review.findings.filter(({ kind }) => kind === 'implicit');
    expect(implicit.map(({ key, externalUsers, records }) => [key, externalUsers, records])).to.deep.equal([
      ['implicit:Account', 1, 1],
      ['implicit:Contact', 1, 0],
    ]);
  });
});
