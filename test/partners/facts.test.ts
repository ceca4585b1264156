/** What rows mean: to one who sees everything, and to one from whom the org leaves rows out without a word. */
import { expect } from 'chai';
import { directoryOf, judge, type PartnerFacts } from '../../src/partners/index.js';
import type { Rows } from '../../src/partners/batch.js';
import { factsOf } from '../../src/partners/facts-of.js';
import type { OrgAnswers, UserAnswers } from '../../src/partners/questions.js';
import type { UserRow } from '../../src/partners/rows.js';
import { ACCOUNT, facts, hidden, known, USER } from './support.js';

const SET = '0PS000000000001AAA';
const PROFILE_SET = '0PS000000000009AAA';
const NETWORK = '0DB000000000001AAA';

const ROW: UserRow = {
  Id: USER.id,
  Name: USER.name,
  Username: USER.username,
  IsActive: true,
  UserType: 'PowerPartner',
  LastLoginDate: USER.lastLogin,
  ProfileId: USER.profileId,
  Profile: { Name: USER.profile },
  ContactId: USER.contactId,
  AccountId: USER.accountId,
};

const rows =
  <T>(...value: T[]): (() => Rows<T>) =>
  () => ({ known: true, value });
const refused = (): Rows<never> => ({ known: false, reason: 'you may not see it.', hidden: true });
const broken = (): Rows<never> => ({ known: false, reason: 'sites: timed out', hidden: false });

const may = (permission: 'ViewAllData' | 'ModifyAllData' | 'ManageNetworks' | 'nothing'): OrgAnswers['own'] =>
  rows({
    PermissionSet: {
      PermissionsViewAllData: permission === 'ViewAllData',
      PermissionsModifyAllData: permission === 'ModifyAllData',
      PermissionsManageNetworks: permission === 'ManageNetworks',
    },
  });

const org = (changes: Partial<OrgAnswers> = {}): OrgAnswers => ({
  profiles: rows({
    Id: USER.profileId,
    UserLicense: { LicenseDefinitionKey: 'PID_Partner_Community', Status: 'Active' },
  }),
  networks: rows({ Id: NETWORK, Name: 'Central', Status: 'Live' }),
  groups: rows({ NetworkId: NETWORK, ParentId: SET, AssignmentStatus: 'Added' }),
  grants: rows({ ParentId: SET, Parent: { ProfileId: null } }),
  own: may('ViewAllData'),
  ...changes,
});

const about = (changes: Partial<UserAnswers> = {}): UserAnswers => ({
  logins: rows({ UserId: USER.id, IsFrozen: false }),
  assignments: rows(
    { AssigneeId: USER.id, PermissionSetId: PROFILE_SET },
    { AssigneeId: USER.id, PermissionSetId: SET }
  ),
  members: rows({ NetworkId: NETWORK, MemberId: USER.id }),
  accounts: rows({
    Id: ACCOUNT.id,
    Name: ACCOUNT.name,
    IsPartner: true,
    OwnerId: ACCOUNT.owner!.id,
    Owner: { Name: 'Mo Manager', IsActive: true, UserRoleId: '00E000000000001AAA' },
  }),
  contacts: rows({ Id: USER.contactId! }),
  ...changes,
});

const read = (o: OrgAnswers, u: UserAnswers): PartnerFacts => factsOf([ROW], o, u).partners[0]!;

/** Verdicts that are not yes. */
const wrong = (o: OrgAnswers, u: UserAnswers = about()): Record<string, string> =>
  Object.fromEntries(
    judge(read(o, u)).conditions.flatMap(({ condition, verdict }) => (verdict === 'yes' ? [] : [[condition, verdict]]))
  );

describe('facts from rows', () => {
  it('are all right for a user of whom all is there', () => expect(wrong(org())).to.deep.equal({}));

  it('take a missing member row for a no only of one who may see all sites', () => {
    const none = about({ members: rows() });
    for (const permission of ['ViewAllData', 'ModifyAllData', 'ManageNetworks'] as const) {
      expect(wrong(org({ own: may(permission) }), none)).to.deep.equal({ 'site-member': 'no' });
    }
    const unknown = { 'site-member': 'unknown', 'site-live': 'unknown' };
    expect(wrong(org({ own: may('nothing') }), none)).to.deep.equal(unknown);
    expect(wrong(org({ own: may('nothing'), networks: rows() }), none)).to.deep.equal(unknown);
    expect(wrong(org({ own: refused }), none)).to.deep.equal(unknown);
    expect(wrong(org(), about({ members: refused }))).to.deep.equal(unknown);
  });

  it('take a member row for a yes of anybody', () => {
    expect(wrong(org({ own: may('nothing') }))).to.deep.equal({});
  });

  it('tell an org without sites from one whose sites could not be read', () => {
    expect(wrong(org({ networks: refused }))).to.deep.equal({ 'site-member': 'no', 'site-live': 'no' });
    expect(wrong(org({ networks: broken }))).to.deep.equal({ 'site-member': 'unknown', 'site-live': 'unknown' });
  });

  it('take missing accounts and contacts for gone only of one who sees all records', () => {
    const none = about({ accounts: rows(), contacts: rows() });
    const all = (verdict: string): object => ({
      contact: verdict,
      'partner-account': verdict,
      'account-owner': verdict,
    });
    expect(wrong(org({ own: may('ViewAllData') }), none)).to.deep.equal(all('no'));
    expect(wrong(org({ own: may('ManageNetworks') }), none)).to.deep.equal(all('unknown'));
    expect(wrong(org(), about({ accounts: refused, contacts: refused }))).to.deep.equal(all('unknown'));
  });

  it('do not judge an owner who cannot be seen', () => {
    const account = { Id: ACCOUNT.id, Name: 'Acme', IsPartner: true, OwnerId: '005000000000002AAA', Owner: null };
    expect(wrong(org(), about({ accounts: rows(account) }))).to.deep.equal({ 'account-owner': 'unknown' });
  });

  it('find read access in the profile and in permission sets', () => {
    const profile = org({ grants: rows({ ParentId: PROFILE_SET, Parent: { ProfileId: USER.profileId } }) });
    expect(wrong(profile)).to.deep.equal({});
    expect(wrong(profile, about({ assignments: refused }))).to.deep.equal({});
    expect(wrong(org({ grants: rows() }))).to.deep.equal({ 'reads-leads': 'no' });
    expect(wrong(org({ grants: refused }))).to.deep.equal({ 'reads-leads': 'unknown' });
    expect(wrong(org(), about({ assignments: refused }))).to.deep.equal({ 'reads-leads': 'unknown' });
    // Everybody has one assignment, that of the profile; none means that none is shown.
    expect(wrong(org(), about({ assignments: rows() }))).to.deep.equal({ 'reads-leads': 'unknown' });
  });

  it('know member groups by permission set', () => {
    const { sites } = read(org(), about({ members: rows() }));
    expect(sites.memberships.map(({ member, groups }) => [member, groups])).to.deep.equal([[false, ['Added']]]);
  });

  it('do not know licences and logins that are not shown', () => {
    for (const nothing of [rows<never>(), refused]) {
      expect(wrong(org({ profiles: nothing }))).to.deep.equal({ licence: 'unknown' });
      expect(wrong(org(), about({ logins: nothing }))).to.deep.equal({ active: 'unknown' });
    }
  });
});

describe('partner directory', () => {
  const snapshot = (partners: PartnerFacts[], leads: Record<string, number> = {}) => ({
    partners,
    openLeads: known(new Map(Object.entries(leads))),
    sites: { names: [], complete: true },
  });
  const stateOf = (...partners: PartnerFacts[]): string => directoryOf([ACCOUNT], snapshot(partners)).entries[0]!.state;
  const off = facts({}, { id: '005000000000003AAA', active: false });
  const doubtful = facts({ frozen: hidden() }, { id: '005000000000004AAA' });

  it('gives each account the state of its best user', () => {
    expect(stateOf()).to.equal('no-users');
    expect(stateOf(off)).to.equal('none-eligible');
    expect(stateOf(off, doubtful)).to.equal('unknown');
    expect(stateOf(off, doubtful, facts())).to.equal('has-eligible');
  });

  it('lists an account that is no partner any more, if it has users', () => {
    const account = { ...ACCOUNT, isPartner: false };
    const { entries } = directoryOf([], snapshot([facts({ account: known(account) })]));
    expect(entries.map(({ state }) => state)).to.deep.equal(['not-partner']);
  });

  it('counts users and their leads, and those whose account is hidden', () => {
    const lost = facts({ account: hidden() }, { id: '005000000000005AAA', accountId: '001000000000009AAA' });
    const { entries, hiddenUsers } = directoryOf(
      [ACCOUNT],
      snapshot([facts(), off, doubtful, lost], { [USER.id]: 3, [off.user.id]: 2, [lost.user.id]: 9 })
    );
    expect(hiddenUsers).to.equal(1);
    expect(entries).to.have.length(1);
    expect(entries[0]!.users).to.deep.equal({ active: 2, inactive: 1, eligible: 1, ineligible: 1, unknown: 1 });
    expect(entries[0]!.openLeads).to.equal(5);
  });

  it('does not take leads that cannot be read for none', () => {
    const { entries } = directoryOf([ACCOUNT], { ...snapshot([facts()]), openLeads: hidden() });
    expect(entries[0]!.openLeads).to.equal(undefined);
  });
});
