import { expect } from 'chai';
import {
  CONDITIONS,
  judge,
  type Condition,
  type ConditionName,
  type Membership,
  type PartnerFacts,
  type PartnerUser,
  type Rules,
} from '../../src/partners/index.js';
import { ACCOUNT, CENTRAL, facts, hidden, known, membership } from './support.js';

type Verdict = Condition['verdict'];
type Case = {
  title: string;
  condition: ConditionName;
  verdict: Verdict;
  words: RegExp;
  fix?: RegExp;
  changes?: Partial<PartnerFacts>;
  user?: Partial<PartnerUser>;
  rules?: Rules;
};

const owner = (changes: object): Partial<PartnerFacts> => ({
  account: known({ ...ACCOUNT, owner: { ...ACCOUNT.owner!, ...changes } }),
});
const sites = (memberships: Membership[], complete = true): Partial<PartnerFacts> => ({
  sites: { memberships, complete },
});
const outside = (...groups: string[]): Membership => membership('Central', 'Live', false, groups);

const CASES: Case[] = [
  {
    title: 'inactive',
    condition: 'active',
    verdict: 'no',
    words: /not active/,
    fix: /Edit > Active/,
    user: { active: false },
  },
  {
    title: 'frozen',
    condition: 'active',
    verdict: 'no',
    words: /frozen/,
    fix: /Unfreeze/,
    changes: { frozen: known(true) },
  },
  {
    title: 'perhaps frozen',
    condition: 'active',
    verdict: 'unknown',
    words: /whether the user is frozen/,
    fix: /View Setup/,
    changes: { frozen: hidden() },
  },
  {
    title: 'inactive, perhaps frozen',
    condition: 'active',
    verdict: 'no',
    words: /not active/,
    user: { active: false },
    changes: { frozen: hidden() },
  },
  {
    title: 'internal user',
    condition: 'licence',
    verdict: 'no',
    words: /user type Standard/,
    fix: /Enable Partner User/,
    user: { userType: 'Standard' },
  },
  {
    title: 'customer licence',
    condition: 'licence',
    verdict: 'no',
    words: /PID_Customer/,
    fix: /profile of a partner licence/,
    changes: { licence: known({ key: 'PID_Customer', active: true }) },
  },
  {
    title: 'licence switched off',
    condition: 'licence',
    verdict: 'no',
    words: /disabled/,
    changes: { licence: known({ key: 'POWER_PRM', active: false }) },
  },
  {
    title: 'licence not visible',
    condition: 'licence',
    verdict: 'unknown',
    words: /licence is not known/,
    changes: { licence: hidden() },
  },
  { title: 'without contact', condition: 'contact', verdict: 'no', words: /no contact/, user: { contactId: null } },
  {
    title: 'contact gone',
    condition: 'contact',
    verdict: 'no',
    words: /003000000000001AAA\) is gone/,
    fix: /recycle bin/,
    changes: { contact: known('gone') },
  },
  {
    title: 'contact not visible',
    condition: 'contact',
    verdict: 'unknown',
    words: /whether the contact/,
    fix: /read access to the contact/,
    changes: { contact: hidden() },
  },
  {
    title: 'no longer a partner',
    condition: 'partner-account',
    verdict: 'no',
    words: /Acme is no longer a partner/,
    fix: /Enable As Partner/,
    changes: { account: known({ ...ACCOUNT, isPartner: false }) },
  },
  {
    title: 'account gone',
    condition: 'partner-account',
    verdict: 'no',
    words: /is gone/,
    changes: { account: known(undefined) },
  },
  {
    title: 'account not visible',
    condition: 'partner-account',
    verdict: 'unknown',
    words: /account is not known/,
    changes: { account: hidden() },
  },
  {
    title: 'without account',
    condition: 'partner-account',
    verdict: 'no',
    words: /no account/,
    user: { accountId: null },
  },
  {
    title: 'owner inactive',
    condition: 'account-owner',
    verdict: 'no',
    words: /Mo Manager.*not active/,
    fix: /channel manager/,
    changes: owner({ active: false }),
  },
  {
    title: 'owner without role',
    condition: 'account-owner',
    verdict: 'no',
    words: /no role/,
    fix: /Edit > Role/,
    changes: owner({ hasRole: false }),
  },
  {
    title: 'owner not visible',
    condition: 'account-owner',
    verdict: 'unknown',
    words: /not see who owns/,
    changes: { account: known({ ...ACCOUNT, owner: undefined }) },
  },
  {
    title: 'account of owner not visible',
    condition: 'account-owner',
    verdict: 'unknown',
    words: /account is not known/,
    changes: { account: hidden() },
  },
  {
    title: 'profile in no site',
    condition: 'site-member',
    verdict: 'no',
    words: /Neither the profile Partner Profile/,
    fix: /Central > Workspaces > Administration > Members/,
    changes: sites([outside()]),
  },
  {
    title: 'group waiting',
    condition: 'site-member',
    verdict: 'no',
    words: /is being added to Central/,
    fix: /Wait/,
    changes: sites([outside('WaitingForAdd')]),
  },
  {
    title: 'group calculated',
    condition: 'site-member',
    verdict: 'no',
    words: /is being added/,
    changes: sites([outside('AddCalculated')]),
  },
  {
    title: 'group as the Object Reference writes it',
    condition: 'site-member',
    verdict: 'no',
    words: /is being added/,
    changes: sites([outside('Waiting for Add')]),
  },
  {
    title: 'group failed',
    condition: 'site-member',
    verdict: 'no',
    words: /has failed/,
    fix: /remove the profile/,
    changes: sites([outside('FailedAdd')]),
  },
  {
    title: 'group being removed',
    condition: 'site-member',
    verdict: 'no',
    words: /Neither/,
    changes: sites([outside('WaitingForRemove')]),
  },
  {
    title: 'group added, user not yet',
    condition: 'site-member',
    verdict: 'no',
    words: /not a member yet/,
    changes: sites([outside('Added')]),
  },
  {
    title: 'inactive, profile is a member',
    condition: 'site-member',
    verdict: 'yes',
    words: /Member of Central/,
    user: { active: false },
    changes: sites([outside('Added')]),
  },
  {
    title: 'no site at all',
    condition: 'site-member',
    verdict: 'no',
    words: /no site/,
    fix: /Create a site/,
    changes: sites([]),
  },
  {
    title: 'sites not visible',
    condition: 'site-member',
    verdict: 'unknown',
    words: /cannot be seen by you/,
    fix: /Create and Set Up Experiences/,
    changes: sites([], false),
  },
  {
    title: 'membership not visible',
    condition: 'site-member',
    verdict: 'unknown',
    words: /cannot be seen/,
    changes: sites([membership('Central', 'Live', undefined)], false),
  },
  {
    title: 'membership seen, others not',
    condition: 'site-member',
    verdict: 'yes',
    words: /Central/,
    changes: sites([CENTRAL], false),
  },
  {
    title: 'another site is asked for',
    condition: 'site-member',
    verdict: 'no',
    words: /member of Other/,
    rules: { site: 'OTHER' },
    changes: sites([CENTRAL, membership('Other', 'Live', false)]),
  },
  {
    title: 'site offline',
    condition: 'site-live',
    verdict: 'no',
    words: /Central \(offline\)/,
    fix: /Reactivate Site/,
    changes: sites([membership('Central', 'DownForMaintenance', true)]),
  },
  {
    title: 'site in preview',
    condition: 'site-live',
    verdict: 'no',
    words: /Central \(in preview\)/,
    fix: /Activate Site/,
    changes: sites([membership('Central', 'UnderConstruction', true)]),
  },
  {
    title: 'offline, another Live without the user',
    condition: 'site-live',
    verdict: 'no',
    words: /member only of sites/,
    changes: sites([membership('Central', 'DownForMaintenance', true), membership('Other', 'Live', false)]),
  },
  {
    title: 'offline, others not visible',
    condition: 'site-live',
    verdict: 'unknown',
    words: /cannot be seen/,
    changes: sites([membership('Central', 'DownForMaintenance', true)], false),
  },
  {
    title: 'no member, and no site is Live',
    condition: 'site-live',
    verdict: 'no',
    words: /There are only sites/,
    changes: sites([membership('Central', 'UnderConstruction', false)]),
  },
  {
    title: 'one of two sites is Live',
    condition: 'site-live',
    verdict: 'yes',
    words: /Live: Central/,
    changes: sites([membership('Old', 'DownForMaintenance', true), CENTRAL]),
  },
  {
    title: 'the site asked for is offline',
    condition: 'site-live',
    verdict: 'no',
    words: /Old \(offline\)/,
    rules: { site: 'Old' },
    changes: sites([membership('Old', 'DownForMaintenance', true), CENTRAL]),
  },
  {
    title: 'never logged in',
    condition: 'logged-in',
    verdict: 'warning',
    words: /never logged in/,
    fix: /Reset Password/,
    user: { lastLogin: null },
  },
  {
    title: 'never logged in, strictly',
    condition: 'logged-in',
    verdict: 'no',
    words: /never logged in/,
    user: { lastLogin: null },
    rules: { strict: true },
  },
  {
    title: 'may not read leads',
    condition: 'reads-leads',
    verdict: 'no',
    words: /may not read leads/,
    fix: /Partner Profile > Object Settings > Leads/,
    changes: { readsLeads: known(false) },
  },
  {
    title: 'permissions not visible',
    condition: 'reads-leads',
    verdict: 'unknown',
    words: /whether the user may read leads/,
    changes: { readsLeads: hidden() },
  },
];

describe('eligibility of partner users', () => {
  it('is yes, without a fix, where everything is right', () => {
    const { eligible, conditions, first } = judge(facts(), { strict: true });
    expect(eligible).to.equal('yes');
    expect(first).to.equal(undefined);
    expect(conditions.map(({ condition }) => condition)).to.deep.equal([...CONDITIONS]);
    for (const { verdict, reason, fix } of conditions) {
      expect([verdict, fix]).to.deep.equal(['yes', undefined]);
      expect(reason).to.match(/^[A-Z].*\.$/);
    }
  });

  for (const { title, condition, verdict, words, fix, changes, user, rules } of CASES) {
    it(`${condition} is ${verdict}: ${title}`, () => {
      const { conditions, eligible } = judge(facts(changes, user), rules);
      const found = conditions.find((one) => one.condition === condition)!;
      expect(found.verdict).to.equal(verdict);
      expect(found.reason).to.match(words);
      if (fix) expect(found.fix).to.match(fix);
      if (verdict === 'no') expect(eligible).to.equal('no');
    });
  }

  it('has a case for each verdict but yes that a condition can have', () => {
    for (const condition of CONDITIONS) {
      const verdicts = new Set(CASES.filter((one) => one.condition === condition).map(({ verdict }) => verdict));
      expect([...verdicts], condition).to.include('no');
      if (condition !== 'logged-in') expect([...verdicts], condition).to.include('unknown');
    }
  });
});
