/** What is lost with an account, from rows written by hand. */
import { expect } from 'chai';
import { lossesOf } from '../../../src/partners/disable/losses.js';
import { warningsOf } from '../../../src/partners/disable/plan.js';
import type { DisableSnapshot } from '../../../src/partners/disable/read.js';
import type { OwnedAccount } from '../../../src/partners/owned-accounts.js';
import type { PartnerUserRow, PortalRoleRow } from '../../../src/partners/portal.js';
import { emptySnapshot, type Group, type Rule } from '../../../src/sharing/model.js';

const known = <T>(value: T[]): { known: true; value: T[] } => ({ known: true, value });
const hidden = { known: false as const, reason: 'you may not see it.', hidden: true };

const account = (id: string): OwnedAccount => ({
  id,
  name: `Account ${id}`,
  isPartner: true,
  ownerId: 'nora',
  owner: 'Nora',
  stamp: '',
});
const role = (Id: string, PortalAccountId: string): PortalRoleRow => ({
  Id,
  Name: `Name of ${Id}`,
  DeveloperName: Id,
  PortalAccountId,
  PortalAccountOwnerId: 'nora',
  ParentRoleId: null,
});
const user = (Id: string, AccountId: string, IsActive = true): PartnerUserRow => ({
  Id,
  Name: Id,
  Username: `${Id}@example.com`,
  IsActive,
  AccountId,
});
const group = (id: string, type: string, relatedId?: string): Group => ({
  id,
  type,
  name: id,
  developerName: id,
  relatedId,
  includesBosses: true,
});
const rule = (name: string, to: Rule['to'], from?: Rule['from']): Rule => ({
  object: 'Lead',
  name,
  label: '',
  kind: 'owner',
  access: 'Read',
  to,
  from,
  criteria: [],
  allOwners: false,
});

const SHARING = {
  ...emptySnapshot({ id: 'org', name: 'Org', domain: 'org', kind: 'sandbox', createdDate: '' }),
  groups: [
    group('g1', 'Role', 'top'),
    group('g2', 'RoleAndSubordinates', 'top'),
    group('g3', 'Role', 'other'),
    group('Desk', 'Queue'),
    group('Circle', 'Regular'),
    group('Readers', 'Regular'),
  ],
  memberships: [
    { groupId: 'Desk', memberId: 'g1' },
    { groupId: 'Circle', memberId: 'g2' },
    { groupId: 'Circle', memberId: 'g1' },
    { groupId: 'Readers', memberId: 'ada' },
    { groupId: 'Readers', memberId: 'g3' },
  ],
  rules: [
    rule('named', { element: 'portalRole', names: ['top'] }),
    rule(
      'source',
      { element: 'allInternalUsers', names: [] },
      { element: 'portalRoleAndSubordinates', names: ['top'] }
    ),
    rule('other', { element: 'role', names: ['other'] }),
    // A public group may be called like a role.
    rule('group', { element: 'group', names: ['top'] }),
  ],
  listViews: [
    {
      object: 'Lead',
      name: 'mine',
      label: 'Mine',
      scope: 'Everything',
      to: [{ element: 'role', names: ['x', 'top'] }],
    },
  ],
  folders: [
    {
      content: 'Report' as const,
      name: 'r',
      label: 'Reports',
      accessType: 'Shared',
      shares: [{ access: 'View', type: 'PortalRole', name: 'top' }],
    },
  ],
};

const SNAPSHOT: DisableSnapshot = {
  seesAll: true,
  accounts: [account('a'), account('b')],
  persons: new Set(),
  portalRoles: known([role('top', 'a'), role('other', 'b')]),
  users: known([user('ada', 'a'), user('bela', 'a', false), user('carl', 'b')]),
  openLeads: known([
    { OwnerId: 'ada', total: 4 },
    { OwnerId: 'bela', total: 1 },
  ]),
  sharing: SHARING,
  shares: new Map([
    [
      'Lead',
      known([
        { UserOrGroupId: 'g1', total: 2 },
        { UserOrGroupId: 'g2', total: 3 },
      ]),
    ],
    ['Case', known([{ UserOrGroupId: 'g3', total: 9 }])],
  ]),
};

describe('losses of disabled accounts', () => {
  it('lists what names the roles of the account, each once', () => {
    const [first, second] = lossesOf(SNAPSHOT, SNAPSHOT.accounts);
    expect(first).to.deep.equal({
      id: 'a',
      name: 'Account a',
      manager: 'Nora',
      portalRoles: ['Name of top'],
      groups: 2,
      users: { active: [{ id: 'ada', name: 'ada', username: 'ada@example.com' }], inactive: 1, beyond: 0 },
      openLeads: 5,
      memberships: [
        { kind: 'group', name: 'Circle' },
        { kind: 'queue', name: 'Desk' },
      ],
      userMemberships: [{ kind: 'group', name: 'Readers' }],
      shares: [{ object: 'Lead', shares: 5 }],
      definitions: [
        { kind: 'rule', name: 'Lead: named' },
        { kind: 'rule', name: 'Lead: source' },
        { kind: 'folder', name: 'Report Reports' },
        { kind: 'list-view', name: 'Lead Mine' },
      ],
    });
    expect(second).to.deep.include({
      portalRoles: ['Name of other'],
      groups: 1,
      openLeads: 0,
      memberships: [{ kind: 'group', name: 'Readers' }],
      shares: [{ object: 'Case', shares: 9 }],
      definitions: [{ kind: 'rule', name: 'Lead: other' }],
    });
  });

  it('never says that nothing is lost where it may not see', () => {
    const [loss] = lossesOf({ ...SNAPSHOT, portalRoles: hidden, users: hidden }, SNAPSHOT.accounts);
    const unknown = { portalRoles: null, groups: null, users: null, openLeads: null, shares: null, definitions: null };
    expect(loss).to.deep.include(unknown);
    const [other] = lossesOf({ ...SNAPSHOT, sharing: { ...SHARING, definitionsKnown: false } }, SNAPSHOT.accounts);
    expect(other!.definitions).to.equal(null);
    const [partly] = lossesOf({ ...SNAPSHOT, shares: new Map([['Lead', hidden]]) }, SNAPSHOT.accounts);
    expect(partly!.shares).to.equal(null);
  });

  for (const [number, beyond] of [
    [15, 0],
    [16, 1],
    [40, 25],
  ] as const) {
    it(`says that ${beyond} of ${number} users stay active at least`, () => {
      const users = known(Array.from({ length: number }, (_, at) => user(`u${at}`, 'a')));
      const accounts = lossesOf({ ...SNAPSHOT, users }, [account('a')]);
      expect(accounts[0]!.users!.beyond).to.equal(beyond);
      const details = { accounts, skipped: [], deactivateRest: false, deactivated: [], named: ['a'], unknown: [] };
      expect(warningsOf(details)).to.have.length(beyond > 0 ? 1 : 0);
      expect(warningsOf({ ...details, deactivateRest: true })).to.deep.equal([]);
    });
  }
});
