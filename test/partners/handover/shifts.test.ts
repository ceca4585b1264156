/** Sharing that follows portal roles, in an org small enough to work it out by hand. */
import { expect } from 'chai';
import { shiftsOf, type Move, type Shift } from '../../../src/partners/handover/shifts.js';
import { emptySnapshot, type Group, type Person, type Role, type Rule } from '../../../src/sharing/model.js';

const role = (id: string, parentId?: string, portal: Role['portal'] = 'None'): Role => ({
  id,
  name: id,
  developerName: id,
  parentId,
  portal,
});
const person = (id: string, roleId: string, userType = 'Standard', active = true): Person => ({
  id,
  name: id,
  username: `${id}@example.com`,
  userType,
  active,
  roleId,
});
const group = (id: string, type: string, relatedId?: string): Group => ({
  id,
  type,
  name: id,
  developerName: id,
  relatedId,
  includesBosses: false,
});
const rule = (name: string, to: Rule['to'], from?: Rule['from'], object = 'Lead'): Rule => ({
  object,
  name,
  label: name,
  kind: from ? 'owner' : 'criteria',
  access: 'Read',
  to,
  from,
  criteria: [],
  allOwners: false,
});
const target = (element: string, name = ''): Rule['to'] => ({ element, names: name === '' ? [] : [name] });

/** Boss above North and South; the portal role of an account below North, with an active and an inactive user. */
const ORG = {
  ...emptySnapshot({ id: 'org', name: 'Org', domain: 'org', kind: 'sandbox', createdDate: '' }),
  roles: [role('Boss'), role('North', 'Boss'), role('South', 'Boss'), role('Portal', 'North', 'Partner')],
  people: [
    person('nora', 'North'),
    person('stellan', 'South'),
    person('pat', 'Portal', 'PowerPartner'),
    person('gone', 'Portal', 'PowerPartner', false),
  ],
  groups: [
    group('northAndBelow', 'RoleAndSubordinates', 'North'),
    group('southAndBelow', 'RoleAndSubordinates', 'South'),
    group('northInside', 'RoleAndSubordinatesInternal', 'North'),
    group('Circle', 'Regular'),
    group('Desk', 'Queue'),
    group('Named', 'Regular'),
    group('Inside', 'Regular'),
  ],
  memberships: [
    { groupId: 'Circle', memberId: 'northAndBelow' },
    { groupId: 'Desk', memberId: 'Circle' },
    { groupId: 'Named', memberId: 'pat' },
    { groupId: 'Inside', memberId: 'northInside' },
  ],
};

const MOVE: Move = {
  from: 'nora',
  to: 'stellan',
  toRole: 'South',
  topRoles: ['Portal'],
  users: ['pat', 'gone'],
  records: { Account: 3, Lead: 7 },
};

const EVERYBODY = target('allInternalUsers');

describe('sharing that follows portal roles', () => {
  const shifts = (rules: Rule[], move: Move = MOVE): Shift[] => shiftsOf({ ...ORG, rules }, move);

  it('finds groups and queues by the groups inside them, and not those that name users or the company alone', () => {
    expect(shifts([])).to.deep.equal([
      { kind: 'group', name: 'Circle', what: 'members', gain: 0, lose: 1 },
      { kind: 'queue', name: 'Desk', what: 'members', gain: 0, lose: 1 },
    ]);
  });

  it('finds rules by their target', () => {
    const found = shifts([
      rule('to north', target('roleAndSubordinates', 'North')),
      rule('to south', target('roleAndSubordinates', 'South')),
      rule('to boss', target('roleAndSubordinates', 'Boss')),
      rule('to partners', target('allPartnerUsers')),
      rule('to north inside', target('roleAndSubordinatesInternal', 'North')),
      rule('to circle', target('group', 'Circle')),
    ]).filter(({ kind }) => kind === 'rule');
    expect(found).to.deep.equal([
      { kind: 'rule', name: 'Lead: to north', what: 'members', gain: 0, lose: 1 },
      { kind: 'rule', name: 'Lead: to south', what: 'members', gain: 1, lose: 0 },
      { kind: 'rule', name: 'Lead: to circle', what: 'members', gain: 0, lose: 1 },
    ]);
  });

  it('finds rules by their source: records that change hands, and what partner users own, inactive ones too', () => {
    const found = shifts([
      rule('of north', EVERYBODY, target('role', 'North')),
      rule('accounts of south', EVERYBODY, target('role', 'South'), 'Account'),
      rule('below north', EVERYBODY, target('roleAndSubordinates', 'North')),
      rule('below boss', EVERYBODY, target('roleAndSubordinates', 'Boss')),
      rule('cases of north', EVERYBODY, target('role', 'North'), 'Case'),
    ]).filter(({ kind }) => kind === 'rule');
    expect(found).to.deep.equal([
      { kind: 'rule', name: 'Lead: of north', what: 'records', gain: 0, lose: 7 },
      { kind: 'rule', name: 'Account: accounts of south', what: 'records', gain: 3, lose: 0 },
      { kind: 'rule', name: 'Lead: below north', what: 'records', gain: 0, lose: 7 },
      { kind: 'rule', name: 'Lead: below north', what: 'owned', gain: 0, lose: 2 },
    ]);
  });

  it('finds folders by both ways of sharing them', () => {
    const folder = { content: 'Report' as const, accessType: 'Shared', publicAccess: undefined };
    const folders = [
      { ...folder, name: 'a', label: 'Old way', to: [target('roleAndSubordinates', 'North')], shares: [] },
      {
        ...folder,
        name: 'b',
        label: 'New way',
        shares: [{ access: 'View', type: 'RoleAndSubordinates', name: 'South' }],
      },
      { ...folder, name: 'c', label: 'Both', to: [target('roles', 'North')], shares: [] },
    ];
    const found = shiftsOf({ ...ORG, folders }, MOVE).filter(({ kind }) => kind === 'folder');
    expect(found).to.deep.equal([
      { kind: 'folder', name: 'Report Old way', what: 'members', gain: 0, lose: 1 },
      { kind: 'folder', name: 'Report New way', what: 'members', gain: 1, lose: 0 },
    ]);
  });

  it('finds nothing when nobody moves, and the opposite on the way back', () => {
    const rules = [rule('to north', target('roleAndSubordinates', 'North'))];
    expect(shifts(rules, { ...MOVE, to: 'nora', toRole: 'North' })).to.deep.equal([]);
    const after = {
      ...ORG,
      rules,
      roles: ORG.roles.map((one) => (one.id === 'Portal' ? { ...one, parentId: 'South' } : one)),
    };
    const back = shiftsOf(after, { ...MOVE, from: 'stellan', to: 'nora', toRole: 'North' });
    expect(back).to.deep.equal(shifts(rules).map((shift) => ({ ...shift, gain: shift.lose, lose: shift.gain })));
  });
});
