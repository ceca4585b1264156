import { expect } from 'chai';
import { TestOrg } from '../save/support.js';

describe('rules: lead (platform-facts D)', () => {
  let test: TestOrg;
  beforeEach(() => (test = new TestOrg()));
  afterEach(() => test.end());

  const give = (OwnerId: string): string => test.bad('update', 'Lead', { Id: test.openLead(), OwnerId });
  const partner = (): Record<string, string> =>
    test.org.store
      .sql(
        'SELECT "Id", "AccountId", "Email" FROM "User" WHERE "UserType" = \'PowerPartner\' AND "IsActive" = 1 ORDER BY "Id" LIMIT 1'
      )
      .get() as Record<string, string>;

  it('refuses to change a converted lead', () => {
    const Id = test.text('SELECT "Id" FROM "Lead" WHERE "IsConverted" = 1 LIMIT 1');
    expect(test.bad('update', 'Lead', { Id, City: 'Lyon' })).to.equal(
      'CANNOT_UPDATE_CONVERTED_LEAD cannot reference converted lead'
    );
  });

  it('refuses inactive owners', () => {
    const id = test.user('Marek Coldwater');
    expect(give(id)).to.equal(`INACTIVE_OWNER_OR_USER operation performed with inactive user [${id}] as owner of lead`);
  });

  it('refuses owners that do not exist, and texts that are no ids', () => {
    expect(give('005gL0000zzzzzzQAA')).to.match(/^INVALID_CROSS_REFERENCE_KEY/);
    expect(give('00GgL0000zzzzzz')).to.match(/^INVALID_CROSS_REFERENCE_KEY/);
    expect(give('nobody')).to.match(/^MALFORMED_ID/);
    expect(give(test.openLead())).to.match(/^FIELD_INTEGRITY_EXCEPTION/);
    expect(test.bad('update', 'Lead', { Id: test.openLead(), OwnerId: null })).to.match(
      /REQUIRED_FIELD_MISSING|INVALID_CROSS_REFERENCE_KEY/
    );
  });

  it('takes only queues that serve leads', () => {
    const message = 'INVALID_CROSS_REFERENCE_KEY Queue not associated with this SObject type';
    expect(give(test.queue('Partner Support Cases'))).to.equal(message);
    expect(give(test.queue('Retired Queue'))).to.equal(message);
    expect(give(test.queue('Launch Team'))).to.equal(message);
    test.good('update', 'Lead', { Id: test.openLead(), OwnerId: test.queue('Partner Leads North') });
  });

  it('asks that the new owner may read leads, where the platform does', () => {
    const owner = test.user('Basil Norwood');
    expect(give(owner)).to.equal('TRANSFER_REQUIRES_READ The new owner must have read permission');
    test.reopen({ variants: { transferRequiresRead: 'ignored' } });
    test.good('update', 'Lead', { Id: test.openLead(), OwnerId: owner });
  });

  it('lets partner account and unread mark follow the owner', () => {
    const { Id: owner, AccountId } = partner();
    const Id = test.openLead();
    test.good('update', 'Lead', { Id, OwnerId: owner });
    expect(test.row('Lead', Id)).to.include({ OwnerId: owner, PartnerAccountId: AccountId, IsUnreadByOwner: true });
    test.good('update', 'Lead', { Id, OwnerId: test.session.user.Id });
    expect(test.row('Lead', Id)).to.include({ PartnerAccountId: null, IsUnreadByOwner: false });
  });

  it('forgets an owner as soon as he is deactivated', () => {
    const owner = test.user('Joel Bramble');
    test.good('update', 'Lead', { Id: test.openLead(), OwnerId: owner });
    test.good('update', 'User', { Id: owner, IsActive: false });
    expect(give(owner)).to.match(/^INACTIVE_OWNER_OR_USER/);
    // Saving his own leads without changing the owner stays possible.
    const Id = test.text('SELECT "Id" FROM "Lead" WHERE "OwnerId" = ?', owner);
    test.good('update', 'Lead', { Id, OwnerId: owner, City: 'Turin' });
  });

  it('sends a mail only when asked to', () => {
    const { Id: owner, Email } = partner();
    test.org.preferences.set('Email.deliverability', 'all');
    test.good('update', 'Lead', { Id: test.openLead(), OwnerId: owner });
    expect(test.org.outbox.list()).to.deep.equal([]);
    const Id = test.openLead();
    test.good('update', 'Lead', { Id, OwnerId: owner }, { email: { triggerUserEmail: true } });
    expect(test.org.outbox.list({ kind: 'owner-change' })).to.have.length(1);
    expect(test.org.outbox.list()[0])
      .to.include({ relatedId: Id, delivered: true })
      .and.to.have.deep.property('to', [Email]);
    test.reopen({ variants: { ownerMailToPartner: 'silent' } });
    test.good('update', 'Lead', { Id: test.openLead(), OwnerId: owner }, { email: { triggerUserEmail: true } });
    expect(test.org.outbox.list()).to.have.length(1);
  });

  it('moves open tasks of the old owner along', () => {
    const [from, to] = [test.user('Nora Fieldgate'), test.user('Stellan Moor')];
    const Id = test.good('create', 'Lead', { LastName: 'T', Company: 'T', OwnerId: from });
    const task = (Status: string, OwnerId: string) =>
      test.good('create', 'Task', { Subject: 'x', WhoId: Id, Status, OwnerId });
    const tasks = [task('Not Started', from), task('Completed', from), task('Not Started', test.user('Wim Overbeek'))];
    test.good('update', 'Lead', { Id, OwnerId: to });
    expect(tasks.map((id) => test.row('Task', id).OwnerId)).to.deep.equal([to, from, test.user('Wim Overbeek')]);
  });
});
