import { expect } from 'chai';
import fc from 'fast-check';
import { newPartner, newUser, TestOrg } from '../save/support.js';

const STANDARD_PARTNER = 'Partner Community User';

describe('rules: user (platform-facts C3 to C7)', () => {
  let test: TestOrg;
  beforeEach(() => (test = new TestOrg()));
  afterEach(() => test.end());

  const used = (licence: string): number =>
    Number(test.value('SELECT "UsedLicenses" FROM "UserLicense" WHERE "Name" = ?', licence));

  it('makes an internal user with everything that belongs to him', () => {
    const before = used('Salesforce');
    const id = test.good('create', 'User', newUser(test));
    expect(test.row('User', id)).to.include({ Name: 'Una Testwood', UserType: 'Standard', IsActive: true });
    expect(test.row('User', id).CommunityNickname).to.be.a('string');
    expect(test.value('SELECT count(*) FROM "UserLogin" WHERE "UserId" = ?', id)).to.equal(1);
    expect(used('Salesforce')).to.equal(before + 1);
  });

  it('asks for the fields of C3', () => {
    expect(test.bad('create', 'User', {})).to.match(
      /^REQUIRED_FIELD_MISSING Required fields are missing: \[LastName, Alias, .*Username\]/
    );
    expect(test.bad('create', 'User', newUser(test, { Alias: 'ninechars' }))).to.match(/^STRING_TOO_LONG/);
    expect(test.bad('create', 'User', newUser(test, { Email: 'no' }))).to.match(/^INVALID_EMAIL_ADDRESS/);
    expect(test.bad('create', 'User', newUser(test, { Username: 'no' }))).to.match(/^INVALID_EMAIL_ADDRESS/);
    expect(test.bad('create', 'User', newUser(test, { TimeZoneSidKey: 'Moon' }))).to.match(
      /^INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST/
    );
  });

  it('refuses usernames and nicknames that are taken, in any case', () => {
    expect(test.bad('create', 'User', newUser(test, { Username: 'ADMIN@practice.example.com' }))).to.match(
      /^DUPLICATE_USERNAME Duplicate Username\.<br>/
    );
    expect(test.bad('create', 'User', newUser(test, { CommunityNickname: 'Admin' }))).to.match(
      /^DUPLICATE_COMM_NICKNAME/
    );
    const id = test.good('create', 'User', newUser(test));
    expect(test.bad('update', 'User', { Id: id, Username: 'admin@practice.example.com' })).to.match(
      /^DUPLICATE_USERNAME/
    );
  });

  it('keeps to the seats of a licence', () => {
    test.org.store.sql('UPDATE "UserLicense" SET "TotalLicenses" = "UsedLicenses" WHERE "Name" = \'Salesforce\'').run();
    expect(test.bad('create', 'User', newUser(test))).to.equal(
      'LICENSE_LIMIT_EXCEEDED License Limit Exceeded - Salesforce'
    );
    const idle = test.good('create', 'User', newUser(test, { IsActive: false }));
    expect(test.bad('update', 'User', { Id: idle, IsActive: true })).to.match(/^LICENSE_LIMIT_EXCEEDED/);
    test.good('update', 'User', { Id: test.user('Joel Bramble'), IsActive: false });
    test.good('update', 'User', { Id: idle, IsActive: true });
  });

  it('makes a partner user with account, role, membership and welcome mail', () => {
    const { contactId, accountId } = test.freeContact();
    const id = test.good('create', 'User', newPartner(test, contactId));
    const row = test.row('User', id);
    expect(row).to.include({
      UserType: 'PowerPartner',
      AccountId: accountId,
      IsPortalEnabled: true,
      PortalRole: 'User',
    });
    expect(test.row('UserRole', String(row.UserRoleId))).to.include({
      PortalAccountId: accountId,
      PortalRole: 'User',
      PortalType: 'Partner',
    });
    expect(test.value('SELECT count(*) FROM "NetworkMember" WHERE "MemberId" = ?', id)).to.equal(1);
    expect(test.org.outbox.list({ kind: 'welcome' })[0]).to.include({ relatedId: id, delivered: true });
  });

  it('holds the welcome mail back where the platform may not send it', () => {
    test.reopen({ variants: { welcomeMailOnInsert: 'silent' } });
    test.good('create', 'User', newPartner(test, test.freeContact().contactId));
    expect(test.org.outbox.list()).to.deep.equal([]);
  });

  it('makes portal roles and groups with the first external user only (C2)', () => {
    const owner = test.user('Nora Fieldgate');
    const account = test.good('create', 'Account', { Name: 'Example Fresh Ltd', OwnerId: owner });
    test.good('update', 'Account', { Id: account, IsPartner: true });
    const roles = () =>
      test.org.store
        .sql('SELECT "Id", "PortalRole", "ParentRoleId" FROM "UserRole" WHERE "PortalAccountId" = ? ORDER BY "Id"')
        .all(account);
    expect(roles()).to.have.length(0);
    for (const PortalRole of ['Executive', 'User']) {
      const contact = test.good('create', 'Contact', { LastName: PortalRole, AccountId: account });
      test.good('create', 'User', newPartner(test, contact, { PortalRole }));
    }
    expect(roles().map((role) => role.PortalRole)).to.deep.equal(['Executive', 'Manager', 'User']);
    expect(roles()[0]!.ParentRoleId).to.equal(test.row('User', owner).UserRoleId);
    expect(test.value('SELECT count(*) FROM "Group" WHERE "RelatedId" = ?', String(roles()[0]!.Id))).to.equal(2);
  });

  it('refuses what C5 lists about contacts and accounts', () => {
    const { contactId } = test.freeContact();
    const insert = (values: Record<string, unknown>) => test.bad('create', 'User', newPartner(test, contactId, values));
    expect(insert({ ContactId: undefined })).to.match(
      /^INVALID_CROSS_REFERENCE_KEY Cannot create a portal user without contact\./
    );
    const taken = test.text('SELECT "ContactId" FROM "User" WHERE "ContactId" IS NOT NULL LIMIT 1');
    expect(insert({ ContactId: taken })).to.equal(
      'PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT portal user already exists for contact'
    );
    expect(insert({ ContactId: test.good('create', 'Contact', { LastName: 'Alone' }) })).to.match(
      /^FIELD_INTEGRITY_EXCEPTION/
    );
    expect(insert({ ProfileId: test.profile('Standard User') })).to.match(/^FIELD_INTEGRITY_EXCEPTION/);
    expect(insert({ UserRoleId: test.text('SELECT "Id" FROM "UserRole" LIMIT 1') })).to.match(
      /^FIELD_INTEGRITY_EXCEPTION/
    );
    const roleless = test.text(
      'SELECT c."Id" FROM "Contact" c JOIN "Account" a ON a."Id" = c."AccountId" JOIN "User" u ON u."Id" = a."OwnerId" WHERE u."UserRoleId" IS NULL AND a."IsPartner" = 1 LIMIT 1'
    );
    expect(insert({ ContactId: roleless })).to.equal('UNKNOWN_EXCEPTION portal account owner must have a role');
  });

  it('blocks standard external profiles unless the org allows them (fact 8)', () => {
    const { contactId } = test.freeContact();
    const values = { ProfileId: test.profile(STANDARD_PARTNER) };
    expect(test.bad('create', 'User', newPartner(test, contactId, values))).to.match(/^FIELD_INTEGRITY_EXCEPTION/);
    test.org.preferences.set('Communities.enableOotbProfExtUserOpsEnable', true);
    test.good('create', 'User', newPartner(test, contactId, values));
  });

  it('gives an account only the portal roles of the org', () => {
    test.org.preferences.set('Partner.rolesPerAccount', 1);
    const account = test.good('create', 'Account', { Name: 'Example One Role', OwnerId: test.user('Nora Fieldgate') });
    const contact = test.good('create', 'Contact', { LastName: 'One', AccountId: account });
    expect(test.bad('create', 'User', newPartner(test, contact, { PortalRole: 'Executive' }))).to.match(
      /^FIELD_INTEGRITY_EXCEPTION/
    );
    test.good('create', 'User', newPartner(test, contact));
  });

  it('protects owners of portal accounts', () => {
    const Id = test.user('Nora Fieldgate');
    expect(test.bad('update', 'User', { Id, IsActive: false })).to.match(/^USER_OWNS_PORTAL_ACCOUNT_EXCEPTION/);
    expect(test.bad('update', 'User', { Id, UserRoleId: null })).to.match(/^USER_OWNS_PORTAL_ACCOUNT_EXCEPTION/);
    test.reopen({ variants: { portalOwnerChange: 'allowed' } });
    test.good('update', 'User', { Id, IsActive: false });
  });

  it('keeps users in their kind of licence', () => {
    expect(
      test.bad('update', 'User', { Id: test.user('Joel Bramble'), ProfileId: test.profile('Example Partner') })
    ).to.match(/^FIELD_INTEGRITY_EXCEPTION/);
  });

  it('lets a channel manager make partner users only', () => {
    const session = test.sessionOf('Nora Fieldgate');
    expect(test.bad('create', 'User', newUser(test), { session })).to.match(/^INSUFFICIENT_ACCESS_OR_READONLY/);
    test.good('create', 'User', newPartner(test, test.freeContact().contactId), { session });
  });

  it('tells a new internal user by mail only when asked', () => {
    test.good('create', 'User', newUser(test));
    test.good('create', 'User', newUser(test), { email: { triggerUserEmail: true } });
    expect(test.org.outbox.list({ kind: 'new-user' })).to.have.length(1);
  });

  it('keeps UsedLicenses equal to a recount, whatever is saved', () => {
    const profiles = [
      'Standard User',
      'Channel Reader (Example)',
      'Example Partner',
      'Example Partner Login',
      'Example Partner Offsite',
    ];
    const step = fc.oneof(
      fc.record({ kind: fc.constant('create' as const), profile: fc.nat(4), active: fc.boolean() }),
      fc.record({ kind: fc.constant('activate' as const), user: fc.nat(200), active: fc.boolean() }),
      fc.record({ kind: fc.constant('move' as const), user: fc.nat(200), profile: fc.nat(4) })
    );
    const users = () =>
      test.org.store
        .sql('SELECT "Id" FROM "User" ORDER BY "Id"')
        .all()
        .map((row) => String(row.Id));
    const recount =
      'SELECT count(*) FROM "UserLicense" l WHERE l."UsedLicenses" <> (SELECT count(*) FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId" WHERE p."UserLicenseId" = l."Id" AND u."IsActive" = 1)';
    const tooMany =
      'SELECT count(*) FROM "UserLicense" WHERE "UsedLicenses" > "TotalLicenses" AND "MonthlyLoginsEntitlement" IS NULL';
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.boolean(), (steps, allOrNone) => {
        for (const action of steps) {
          const profile = 'profile' in action ? test.profile(profiles[action.profile]!) : '';
          const Id = 'user' in action ? users()[action.user % users().length]! : '';
          if (Id === test.session.user.Id) continue;
          if (action.kind === 'create') {
            const values = {
              ProfileId: profile,
              IsActive: action.active,
              ...(action.profile > 1 ? { ContactId: test.freeContact().contactId } : {}),
            };
            test.save('create', 'User', [newUser(test, values), newUser(test, { ...values, Username: 'bad' })], {
              allOrNone,
            });
          } else if (action.kind === 'activate') test.save('update', 'User', [{ Id, IsActive: action.active }]);
          else test.save('update', 'User', [{ Id, ProfileId: profile }]);
        }
        expect(test.value(recount)).to.equal(0);
        expect(test.value(tooMany)).to.equal(0);
      }),
      { numRuns: 25 }
    );
  });
});
