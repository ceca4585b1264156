import { expect } from 'chai';
import { analyse, type Analysis } from '../../src/sharing/analyse/analyse.js';
import { SmallOrg } from './small-org.js';

/**
 * Acme below Boss: Eve (Executive), Max (Manager), Uma and Ute (User); Bolt: Bob (User) alone. Partners read Lead, Case,
 * Account, Contact. Leads: Uma 3, Ute 2, Max 4, Eve 1, Bob 5.
 */
function org(): SmallOrg {
  const small = new SmallOrg().role('Boss').user('boss', 'Boss');
  small.portal('Acme', 'Boss', ['Executive', 'Manager', 'User']).portal('Bolt', 'Boss', ['User']);
  small
    .partner('eve', 'Acme', 'Executive')
    .partner('max', 'Acme', 'Manager')
    .partner('uma', 'Acme')
    .partner('ute', 'Acme');
  small.partner('bob', 'Bolt').reads('PowerPartner', 'Lead', 'Case', 'Account', 'Contact');
  return small.owns('Lead', { 'user:uma': 3, 'user:ute': 2, 'user:max': 4, 'user:eve': 1, 'user:bob': 5 });
}

const run = ({ snapshot }: SmallOrg): Analysis => analyse(snapshot, { managerRoles: [], partnerRoles: 1 });
const told = (review: Analysis, kind: string): Array<[string, number, number | string]> =>
  review.findings
    .filter((one) => one.kind === kind)
    .map(({ key, externalUsers, records, recordsKnown }) => [key, externalUsers, recordsKnown ? records : '?']);

describe('sharing: access that comes with the portal', () => {
  it('counts what executives and managers read of those below: Max 5 of users, Eve 9 of all', () => {
    expect(told(run(org()), 'hierarchy')).to.deep.equal([['hierarchy:Lead', 2, 9]]);
  });

  it('shows super users only while the setting is on, over colleagues of the same or a lower role', () => {
    const small = org();
    small.snapshot.people.find(({ name }) => name === 'uma')!.superUser = true;
    small.snapshot.people.find(({ name }) => name === 'bob')!.superUser = true;
    expect(told(run(small), 'super-user')).to.deep.equal([]);
    small.snapshot.settings!.partnerSuperUser = true;
    // Uma reads Ute's 2; Bob is alone in his account.
    expect(told(run(small), 'super-user')).to.deep.equal([['superuser:Lead', 1, 2]]);
  });

  it('has the own account and its contacts, and details that follow a parent', () => {
    const small = org();
    small.snapshot.counts.totals['Contact of own account'] = 7;
    small.snapshot.parents = { Contact: ['Account'], Claim__c: ['Case'] };
    small.snapshot.permissions[0]!.objects.Claim__c = { read: true, viewAll: false, modifyAll: false };
    small.snapshot.counts.totals.Claim__c = 3;
    // Two accounts have users; all five may read both objects.
    expect(told(run(small), 'implicit')).to.deep.equal([
      ['implicit:Account', 5, 2],
      ['implicit:Claim__c', 5, 3],
      ['implicit:Contact', 5, 7],
    ]);
  });

  it('has team members from outside, sharing sets, relationship rules and visible users', () => {
    const small = org();
    const { snapshot } = small;
    snapshot.teams = [
      { object: 'Account', userId: 'user:bob', records: 4 },
      { object: 'Account', userId: 'user:boss', records: 9 },
      { object: 'Opportunity', userId: 'user:boss', records: 9 },
    ];
    snapshot.sharingSets = [
      {
        name: 'Own',
        label: '',
        profiles: ['PowerPartner Profile'],
        mappings: [{ object: 'Case', access: 'Read', field: 'Account' }],
      },
      {
        name: 'Others',
        label: '',
        profiles: ['Nobody'],
        mappings: [{ object: 'Case', access: 'Read', field: 'Account' }],
      },
    ];
    snapshot.relationshipRules = [{ name: 'Rel', label: '', object: 'Lead', access: 'Read', type: 'Distributor' }];
    expect(told(run(small), 'team')).to.deep.equal([['team:Account', 1, 4]]);
    expect(told(run(small), 'sharing-set')).to.deep.equal([['sharingset:Own/Case', 5, '?']]);
    expect(told(run(small), 'relationship')).to.deep.equal([]);
    expect(told(run(small), 'visibility')).to.deep.equal([]);
    Object.assign(snapshot.settings!, {
      accountRelationships: true,
      siteUserVisibility: true,
      externalAccountHierarchy: true,
    });
    expect(told(run(small), 'relationship').map(([key]) => key)).to.deep.equal([
      'relationship:ExternalAccountHierarchy',
      'relationship:Rel',
    ]);
    expect(run(small).findings.find(({ key }) => key.endsWith('Hierarchy'))!.unknown).to.be.a('string');
    expect(told(run(small), 'visibility')).to.deep.equal([['visibility:siteUserVisibility', 5, '?']]);
  });

  it('goes by the internal default while the external sharing model is off', () => {
    const small = org();
    small.snapshot.defaults = [{ object: 'Lead', label: 'Lead', internal: 'Read', external: 'Private' }];
    expect(told(run(small), 'default')).to.deep.equal([]);
    small.snapshot.settings!.externalSharingModel = false;
    expect(told(run(small), 'default')).to.deep.equal([['default:Lead', 5, 15]]);
  });

  it('takes everybody to read every object where permissions could not be read', () => {
    const small = org();
    small.snapshot.permissions = [];
    small.snapshot.defaults = [{ object: 'Case', label: 'Case', internal: 'Read', external: 'Read' }];
    expect(told(run(small), 'default')).to.deep.equal([]);
    small.snapshot.permissionsKnown = false;
    expect(told(run(small), 'default')).to.deep.equal([['default:Case', 5, '?']]);
  });
});
