import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { Desk } from './support.js';

/** The list at the head of scenario/partners.ts: state to name. */
const listed = (): Map<string, string> => {
  const text = readFileSync(new URL('../../../src/practice/scenario/partners.ts', import.meta.url), 'utf8');
  const lines = [...text.slice(0, text.indexOf('*/')).matchAll(/^ \* - (.+?): (?:.*such as )?([A-Z]\w+ [A-Z]\w+)/gm)];
  return new Map(lines.map(([, state, name]) => [state!, name!]));
};

type Person = {
  Id: string;
  IsActive: boolean;
  LastLoginDate: string | null;
  UserType: string;
  Account: { IsPartner: boolean } | null;
  Profile: { UserLicense: { Name: string } };
};

describe('a user for each reason of eligibility in the example company, by name', () => {
  let desk: Desk;
  before(async () => (desk = await Desk.open()));
  after(() => desk.close());

  /** Everything that decides, as queries show it. */
  const facts = (name: string): Record<string, unknown> => {
    const people = desk.test.query<Person>(
      `SELECT Id, IsActive, LastLoginDate, UserType, Account.IsPartner, Profile.UserLicense.Name FROM User WHERE Name = '${name}'`
    );
    expect(people, name).to.have.length(1);
    const [user] = people as [Person];
    const sites = desk.test.query<{ Network: { Status: string } }>(
      `SELECT Network.Status FROM NetworkMember WHERE MemberId = '${user.Id}'`
    );
    const groups = desk.test.query<{ AssignmentStatus: string }>(
      `SELECT AssignmentStatus FROM NetworkMemberGroup WHERE ParentId IN (SELECT ProfileId FROM User WHERE Id = '${user.Id}')`
    );
    return {
      active: user.IsActive,
      frozen: desk.value<boolean>(`SELECT IsFrozen FROM UserLogin WHERE UserId = '${user.Id}'`),
      loggedIn: user.LastLoginDate !== null,
      type: user.UserType,
      licence: user.Profile.UserLicense.Name,
      partnerAccount: user.Account?.IsPartner ?? null,
      sites: sites.map(({ Network }) => Network.Status),
      groups: groups.map(({ AssignmentStatus }) => AssignmentStatus),
    };
  };

  const ready = {
    active: true,
    frozen: false,
    loggedIn: true,
    type: 'PowerPartner',
    licence: 'Partner Community',
    partnerAccount: true,
    sites: ['Live'],
    groups: ['Added'],
  };
  const login = { licence: 'Partner Community Login' };

  const cases: Record<string, object> = {
    ready: {},
    'never logged in': { loggedIn: false },
    inactive: { active: false },
    frozen: { frozen: true },
    'profile no member of a site': { sites: [], groups: [] },
    'profile waiting to become a member': { ...login, sites: [], groups: ['WaitingForAdd'] },
    'member of a site that is not Live': { sites: ['DownForMaintenance'] },
    'account no longer a partner': { partnerAccount: false },
    'paid by login, ready': login,
    'no partner licence': { licence: 'Salesforce', type: 'Standard', partnerAccount: null, sites: [], groups: [] },
  };

  it('the list names each of them', () => expect([...listed().keys()]).to.have.members(Object.keys(cases)));

  for (const [state, differences] of Object.entries(cases)) {
    it(state, () => expect(facts(listed().get(state)!)).to.deep.equal({ ...ready, ...differences }));
  }
});
