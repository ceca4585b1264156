import { expect } from 'chai';
import { TestOrg } from '../save/support.js';

describe('rules: account and contact (platform-facts C1)', () => {
  let test: TestOrg;
  beforeEach(() => (test = new TestOrg()));
  afterEach(() => test.end());

  const partnerAccount = (): string =>
    test.text(
      'SELECT "AccountId" FROM "User" WHERE "UserType" = \'PowerPartner\' AND "IsActive" = 1 ORDER BY "Id" LIMIT 1'
    );

  it('does not create partner accounts, but updates to them', () => {
    expect(test.bad('create', 'Account', { Name: 'Example Bridge', IsPartner: true })).to.match(
      /^INVALID_FIELD_FOR_INSERT_UPDATE .*IsPartner/
    );
    const Id = test.good('create', 'Account', { Name: 'Example Bridge' });
    test.good('update', 'Account', { Id, IsPartner: true });
    expect(test.row('Account', Id).IsPartner).to.equal(true);
  });

  it('asks for the role of the owner only in the variant that does', () => {
    const OwnerId = test.user('Kaja Fernhill');
    const Id = test.good('create', 'Account', { Name: 'Example Bridge', OwnerId });
    test.good('update', 'Account', { Id, IsPartner: true });
    test.reopen({ variants: { isPartnerOwnerRole: 'checked' } });
    const other = test.good('create', 'Account', { Name: 'Example Bridge', OwnerId });
    expect(test.bad('update', 'Account', { Id: other, IsPartner: true })).to.equal(
      'UNKNOWN_EXCEPTION portal account owner must have a role'
    );
  });

  it('refuses person accounts, inactive owners and queues', () => {
    const Id = test.good('create', 'Account', { Name: 'Example Bridge' });
    expect(test.bad('update', 'Account', { Id, OwnerId: test.user('Marek Coldwater') })).to.match(
      /^INACTIVE_OWNER_OR_USER .* as owner of account/
    );
    expect(test.bad('update', 'Account', { Id, OwnerId: test.queue('Partner Leads North') })).to.match(
      /^FIELD_INTEGRITY_EXCEPTION/
    );
    const account = test.org.catalog.require('Account');
    const flag = { ...account.fields.get('isdeleted')!, name: 'IsPersonAccount' };
    test.org.catalog.add({ ...account, fields: new Map(account.fields).set('ispersonaccount', flag) });
    test.org.store.update(account, Id, { IsPersonAccount: true });
    expect(test.bad('update', 'Account', { Id, IsPartner: true })).to.match(/^FIELD_INTEGRITY_EXCEPTION/);
  });

  it('moves portal roles with the account, to owners with a role', () => {
    const Id = partnerAccount();
    expect(test.bad('update', 'Account', { Id, OwnerId: test.user('Kaja Fernhill') })).to.equal(
      'UNKNOWN_EXCEPTION portal account owner must have a role'
    );
    const owner = test.user('Milo Hartwick');
    test.good('update', 'Account', { Id, OwnerId: owner });
    const roles = test.org.store
      .sql('SELECT "ParentRoleId", "PortalAccountOwnerId" FROM "UserRole" WHERE "PortalAccountId" = ? ORDER BY "Id"')
      .all(Id);
    expect(roles.every((role) => role.PortalAccountOwnerId === owner)).to.equal(true);
    expect(roles[0]!.ParentRoleId).to.equal(test.row('User', owner).UserRoleId);
    expect(roles[1]!.ParentRoleId).not.to.equal(roles[0]!.ParentRoleId);
  });

  it('ends a partnership for good', () => {
    const Id = partnerAccount();
    test.good('update', 'Account', { Id, IsPartner: false });
    expect(test.value('SELECT count(*) FROM "User" WHERE "AccountId" = ? AND "IsActive" = 1', Id)).to.equal(0);
    expect(test.value('SELECT count(*) FROM "UserRole" WHERE "PortalAccountId" = ?', Id)).to.equal(0);
    const seats =
      'SELECT count(*) FROM "UserLicense" l WHERE l."UsedLicenses" <> (SELECT count(*) FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId" WHERE p."UserLicenseId" = l."Id" AND u."IsActive" = 1)';
    expect(test.value(seats)).to.equal(0);
  });

  it('does not delete partner accounts, nor contacts with a portal user, nor move those', () => {
    expect(test.bad('delete', 'Account', { Id: partnerAccount() })).to.match(/^DELETE_FAILED/);
    const Id = test.text('SELECT "ContactId" FROM "User" WHERE "ContactId" IS NOT NULL LIMIT 1');
    expect(test.bad('delete', 'Contact', { Id })).to.match(/^DELETE_FAILED/);
    expect(test.bad('update', 'Contact', { Id, AccountId: null })).to.match(/^FIELD_INTEGRITY_EXCEPTION/);
    expect(
      test.bad('update', 'Contact', { Id, AccountId: test.good('create', 'Account', { Name: 'Example Elsewhere' }) })
    ).to.match(/^FIELD_INTEGRITY_EXCEPTION/);
  });
});
