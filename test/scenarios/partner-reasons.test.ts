/**
 * Every reason for which somebody cannot take leads, brought about in the org and told by the command over HTTP. Where the
 * platform lets nobody bring it about by a request, such as a disabled licence, the org's rows are changed instead.
 */
import { expect } from 'chai';
import PartnerCheck from '../../src/commands/channel/partner/check.js';
import type { PartnerCheckResult } from '../../src/partners/index.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { Desk } from '../practice/sites/support.js';

const USER = 'Ada Ashgrove';
const SITE = 'Example Partner Central';

type Case = { reason: RegExp; fix: RegExp; condition: string; bring: (desk: Desk, ids: Ids) => Promise<void> | void };

type Ids = { user: string; account: string; contact: string; profile: string; owner: string; site: string };

const sql = (desk: Desk, text: string, ...values: string[]): void => {
  desk.test.org.store.sql(text).run(...values);
};

const CASES: Record<string, Case> = {
  'an inactive user': {
    condition: 'active',
    reason: /^The user is not active\./,
    fix: /--fix/,
    bring: (desk, { user }) => desk.update('User', user, { IsActive: false }),
  },
  'a frozen user': {
    condition: 'active',
    reason: /^The user is frozen/,
    fix: /Unfreeze/,
    bring: (desk, { user }) =>
      desk.update('UserLogin', desk.value(`SELECT Id FROM UserLogin WHERE UserId = '${user}'`), { IsFrozen: true }),
  },
  'a licence that is none of partners': {
    condition: 'licence',
    reason: /^The licence PID_Customer_Community is none of partners/,
    fix: /profile of a partner licence/,
    bring: (desk) =>
      sql(
        desk,
        `UPDATE "UserLicense" SET "LicenseDefinitionKey" = 'PID_Customer_Community' WHERE "LicenseDefinitionKey" = 'PID_Partner_Community'`
      ),
  },
  'a disabled licence': {
    condition: 'licence',
    reason: /^The licence PID_Partner_Community is disabled/,
    fix: /renew/,
    bring: (desk) => sql(desk, `UPDATE "UserLicense" SET "Status" = 'Disabled'`),
  },
  'a user without a contact': {
    condition: 'contact',
    reason: /^The user has no contact/,
    fix: /Enable Partner User/,
    bring: (desk, { user }) => sql(desk, 'UPDATE "User" SET "ContactId" = NULL WHERE "Id" = ?', user),
  },
  'a contact that is gone': {
    condition: 'contact',
    reason: /^The contact \(003\w+\) is gone/,
    fix: /recycle bin/,
    bring: (desk, { contact }) => sql(desk, 'DELETE FROM "Contact" WHERE "Id" = ?', contact),
  },
  'an account that is no partner': {
    condition: 'partner-account',
    reason: /is no longer a partner/,
    fix: /Enable As Partner/,
    bring: async (desk, { account, user }) => {
      await desk.update('Account', account, { IsPartner: false });
      // The platform has disabled the user; a user may be active all the same (platform-facts C1).
      sql(desk, 'UPDATE "User" SET "IsActive" = 1 WHERE "Id" = ?', user);
    },
  },
  'an account that is gone': {
    condition: 'partner-account',
    reason: /^The account \(001\w+\) is gone/,
    fix: /recycle bin/,
    bring: (desk, { account }) => sql(desk, 'DELETE FROM "Account" WHERE "Id" = ?', account),
  },
  'a user without an account': {
    condition: 'partner-account',
    reason: /^The user belongs to no account/,
    fix: /another|instead/,
    bring: (desk, { user }) => sql(desk, 'UPDATE "User" SET "AccountId" = NULL WHERE "Id" = ?', user),
  },
  'an owner who is not active': {
    condition: 'account-owner',
    reason: /who owns the account, is not active/,
    fix: /Activate the owner/,
    bring: (desk, { owner }) => sql(desk, 'UPDATE "User" SET "IsActive" = 0 WHERE "Id" = ?', owner),
  },
  'an owner without a role': {
    condition: 'account-owner',
    reason: /who owns the account, has no role/,
    fix: /Edit > Role/,
    bring: (desk, { owner }) => sql(desk, 'UPDATE "User" SET "UserRoleId" = NULL WHERE "Id" = ?', owner),
  },
  'a profile that is a member of no site': {
    condition: 'site-member',
    reason: /^Neither the profile .+ nor a permission set of the user is a member/,
    fix: /Members: add the profile/,
    bring: (desk, { user }) => desk.update('User', user, { ProfileId: desk.id('Profile', 'Example Partner Offsite') }),
  },
  'a profile that is being added': {
    condition: 'site-member',
    reason: /is being added to Example Partner Central/,
    fix: /Wait/,
    bring: (desk, ids) => status(desk, ids, 'WaitingForAdd'),
  },
  'a profile that could not be added': {
    condition: 'site-member',
    reason: /^Adding the profile or permission set to Example Partner Central has failed/,
    fix: /remove the profile/,
    bring: (desk, ids) => status(desk, ids, 'FailedAdd'),
  },
  'a member group without the user': {
    condition: 'site-member',
    reason: /was added to Example Partner Central, but the user is not a member yet/,
    fix: /Wait for the background job/,
    bring: (desk, { user }) => sql(desk, 'DELETE FROM "NetworkMember" WHERE "MemberId" = ?', user),
  },
  'an org without sites': {
    condition: 'site-member',
    reason: /^The org has no site/,
    fix: /Create a site/,
    bring: (desk) => {
      for (const object of ['NetworkMember', 'NetworkMemberGroup', 'Network']) sql(desk, `DELETE FROM "${object}"`);
    },
  },
  'a site that is offline': {
    condition: 'site-live',
    reason: /only of sites that are not Live: Example Partner Central \(offline\)/,
    fix: /Reactivate Site/,
    bring: (desk, { site }) => desk.update('Network', site, { Status: 'DownForMaintenance' }),
  },
  'a user who never logged in, asked strictly': {
    condition: 'logged-in',
    reason: /^The user has never logged in/,
    fix: /Reset Password/,
    bring: (desk, { user }) => sql(desk, 'UPDATE "User" SET "LastLoginDate" = NULL WHERE "Id" = ?', user),
  },
  'a user who may not read leads': {
    condition: 'reads-leads',
    reason: /^The user may not read leads/,
    fix: /Object Settings > Leads > Read/,
    bring: (desk) => sql(desk, `DELETE FROM "ObjectPermissions" WHERE "SobjectType" = 'Lead'`),
  },
};

function status(desk: Desk, { user, site, profile }: Ids, wanted: string): void {
  sql(desk, 'DELETE FROM "NetworkMember" WHERE "MemberId" = ?', user);
  const text = 'UPDATE "NetworkMemberGroup" SET "AssignmentStatus" = ? WHERE "NetworkId" = ? AND "ParentId" = ?';
  sql(desk, text, wanted, site, profile);
}

describe('reasons why a partner user cannot take leads', function () {
  this.timeout(60_000);
  let desk: Desk;
  let ids: Ids;

  beforeEach(async () => {
    desk = await Desk.open({ leads: 0 });
    const user = desk.id('User', USER);
    const of = (field: string): string => desk.value(`SELECT ${field} FROM User WHERE Id = '${user}'`);
    const account = of('AccountId');
    ids = {
      user,
      account,
      contact: of('ContactId'),
      profile: of('ProfileId'),
      owner: desk.value(`SELECT OwnerId FROM Account WHERE Id = '${account}'`),
      site: desk.id('Network', SITE),
    };
  });
  afterEach(() => desk.close());

  const check = (...args: string[]): Promise<CommandOutcome<PartnerCheckResult>> =>
    runCommand(PartnerCheck, ['--target-org', desk.test.username, '--user', ids.user, ...args]);

  it('has none for the user of these tests', async () => {
    const { result } = await check('--strict');
    expect(result!.users[0]!.state).to.equal('eligible');
  });

  for (const [name, { condition, reason, fix, bring }] of Object.entries(CASES)) {
    it(`tells of ${name}, and what to do`, async () => {
      await bring(desk, ids);
      const { result, error } = await check('--strict');
      expect(error?.message).to.equal(undefined);
      const [user] = result!.users;
      expect(user!.state).to.equal('ineligible');
      const found = user!.conditions.find((one) => one.condition === condition)!;
      expect(found.verdict, found.reason).to.equal('no');
      expect(found.reason).to.match(reason);
      expect(found.fix).to.match(fix);
    });
  }
});
