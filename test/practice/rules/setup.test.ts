import { expect } from 'chai';
import { newUser, TestOrg } from '../save/support.js';

describe('rules: groups, queues, permission sets, sites (platform-facts B6, E, F)', () => {
  let test: TestOrg;
  beforeEach(() => (test = new TestOrg()));
  afterEach(() => test.end());

  const group = (Name: string, Type = 'Regular'): string => test.good('create', 'Group', { Name, Type });

  it('creates public groups and queues, no others', () => {
    expect(test.row('Group', group('Blue Lamps 2'))).to.include({ DeveloperName: 'Blue_Lamps_2', Type: 'Regular' });
    expect(test.bad('create', 'Group', { Name: 'Roles', Type: 'Role' })).to.match(
      /^INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST/
    );
    expect(test.bad('create', 'Group', { Name: 'x', Type: 'Regular', DeveloperName: 'blue_lamps_2' })).to.match(
      /^DUPLICATE_DEVELOPER_NAME/
    );
    const role = test.text('SELECT "Id" FROM "Group" WHERE "Type" = \'Role\' LIMIT 1');
    expect(test.bad('delete', 'Group', { Id: role })).to.match(/^INSUFFICIENT_ACCESS/);
  });

  it('lets a queue own leads once it serves them, and keeps it while it holds some', () => {
    const QueueId = group('New Queue', 'Queue');
    const served = test.good('create', 'QueueSobject', { QueueId, SobjectType: 'Lead' });
    expect(test.bad('create', 'QueueSobject', { QueueId, SobjectType: 'Lead' })).to.match(/^DUPLICATE_VALUE/);
    expect(test.bad('create', 'QueueSobject', { QueueId, SobjectType: 'Account' })).to.match(
      /^INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST/
    );
    expect(test.bad('create', 'QueueSobject', { QueueId: group('No Queue'), SobjectType: 'Lead' })).to.match(
      /^INVALID_CROSS_REFERENCE_KEY/
    );
    const Id = test.openLead();
    test.good('update', 'Lead', { Id, OwnerId: QueueId });
    expect(test.bad('delete', 'Group', { Id: QueueId })).to.match(/^DELETE_FAILED/);
    expect(test.bad('delete', 'QueueSobject', { Id: served })).to.match(/^DELETE_FAILED/);
    test.good('delete', 'Lead', { Id });
    test.good('delete', 'Group', { Id: QueueId });
    expect(test.value('SELECT count(*) FROM "QueueSobject" WHERE "QueueId" = ?', QueueId)).to.equal(0);
  });

  it('answers a member added twice with the first, and never updates', () => {
    const member = { GroupId: group('Members'), UserOrGroupId: test.user('Joel Bramble') };
    const Id = test.good('create', 'GroupMember', member);
    expect(test.good('create', 'GroupMember', member)).to.equal(Id);
    expect(test.bad('update', 'GroupMember', { Id, ...member })).to.match(/^CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY/);
  });

  it('refuses groups that contain themselves', () => {
    const [a, b, c] = [group('A'), group('B'), group('C')];
    test.good('create', 'GroupMember', { GroupId: a, UserOrGroupId: b });
    test.good('create', 'GroupMember', { GroupId: b, UserOrGroupId: c });
    expect(test.bad('create', 'GroupMember', { GroupId: c, UserOrGroupId: a })).to.match(/^CIRCULAR_DEPENDENCY/);
    expect(test.bad('create', 'GroupMember', { GroupId: a, UserOrGroupId: a })).to.match(/^CIRCULAR_DEPENDENCY/);
    const role = test.text('SELECT "Id" FROM "Group" WHERE "Type" = \'Role\' LIMIT 1');
    expect(test.bad('create', 'GroupMember', { GroupId: role, UserOrGroupId: a })).to.match(
      /^INVALID_CROSS_REFERENCE_KEY/
    );
  });

  it('assigns a permission set once', () => {
    const PermissionSetId = test.text('SELECT "Id" FROM "PermissionSet" WHERE "Name" = \'Example_Channel_Tools\'');
    const record = { AssigneeId: test.user('Joel Bramble'), PermissionSetId };
    test.good('create', 'PermissionSetAssignment', record);
    expect(test.bad('create', 'PermissionSetAssignment', record)).to.match(
      /^DUPLICATE_VALUE Duplicate PermissionSetAssignment/
    );
    expect(test.bad('create', 'PermissionSetAssignment', { AssigneeId: record.AssigneeId })).to.match(
      /^REQUIRED_FIELD_MISSING/
    );
    const owned = test.text('SELECT "Id" FROM "PermissionSet" WHERE "IsOwnedByProfile" = 1 LIMIT 1');
    expect(test.bad('create', 'PermissionSetAssignment', { ...record, PermissionSetId: owned })).to.match(
      /^FIELD_INTEGRITY_EXCEPTION/
    );
    const LicenseId = test.text('SELECT "Id" FROM "UserLicense" WHERE "Name" = \'Partner Community\'');
    const partnerSet = test.good('create', 'PermissionSet', {
      Name: 'Partner_Extra',
      Label: 'Partner Extra',
      LicenseId,
    });
    expect(test.bad('create', 'PermissionSetAssignment', { ...record, PermissionSetId: partnerSet })).to.match(
      /^FIELD_INTEGRITY_EXCEPTION/
    );
  });

  it('gives each role its groups, and no name twice', () => {
    const id = test.good('create', 'UserRole', { Name: 'Channel Manager Islands' });
    expect(test.value('SELECT count(*) FROM "Group" WHERE "RelatedId" = ?', id)).to.equal(3);
    expect(test.bad('create', 'UserRole', { Name: 'Channel Manager Islands' })).to.match(/^DUPLICATE_DEVELOPER_NAME/);
    test.good('create', 'User', newUser(test, { UserRoleId: id }));
    expect(test.bad('delete', 'UserRole', { Id: id })).to.match(/^DELETE_FAILED/);
  });

  it('creates no sites, publishes them once, and greets the members', () => {
    expect(test.bad('create', 'Network', { Name: 'Mine' })).to.equal(
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY entity type cannot be inserted: Network'
    );
    const Id = test.text('SELECT "Id" FROM "Network" WHERE "Status" = \'UnderConstruction\'');
    test.good('create', 'NetworkMemberGroup', { NetworkId: Id, ParentId: test.profile('Example Partner Offsite') });
    test.org.settle();
    test.good('update', 'Network', { Id, Status: 'Live', OptionsSendWelcomeEmail: true });
    expect(test.row('Network', Id).FirstActivationDate).to.equal('2026-10-01');
    expect(test.org.outbox.list({ kind: 'welcome' }).length).to.be.greaterThan(0);
    expect(test.bad('update', 'Network', { Id, Status: 'UnderConstruction' })).to.match(/^FIELD_INTEGRITY_EXCEPTION/);
    const sent = test.org.outbox.list().length;
    test.good('update', 'Network', { Id, Status: 'DownForMaintenance' });
    test.good('update', 'Network', { Id, Status: 'Live' });
    expect(test.org.outbox.list()).to.have.length(sent);
  });

  it('adds the users of a profile to a site later, and removes them when asked', () => {
    const NetworkId = test.text('SELECT "Id" FROM "Network" WHERE "Status" = \'Live\'');
    const ParentId = test.profile('Example Partner Offsite');
    const members = () =>
      test.value(
        'SELECT count(*) FROM "NetworkMember" m JOIN "User" u ON u."Id" = m."MemberId" WHERE u."ProfileId" = ?',
        ParentId
      );
    const Id = test.good('create', 'NetworkMemberGroup', { NetworkId, ParentId });
    expect([test.row('NetworkMemberGroup', Id).AssignmentStatus, members()]).to.deep.equal(['WaitingForAdd', 0]);
    test.reopen();
    test.org.settle();
    expect(test.row('NetworkMemberGroup', Id).AssignmentStatus).to.equal('Added');
    expect(members()).to.be.greaterThan(0);
    expect(test.bad('create', 'NetworkMemberGroup', { NetworkId, ParentId })).to.match(/^DUPLICATE_VALUE/);
    expect(test.bad('update', 'NetworkMemberGroup', { Id, AssignmentStatus: 'FailedAdd' })).to.match(
      /^FIELD_INTEGRITY_EXCEPTION/
    );
    test.good('update', 'NetworkMemberGroup', { Id, AssignmentStatus: 'WaitingForRemove' });
    test.org.settle();
    expect([test.value('SELECT count(*) FROM "NetworkMemberGroup" WHERE "Id" = ?', Id), members()]).to.deep.equal([
      0, 0,
    ]);
  });

  it('closes tasks by their status and finds the account', () => {
    const { contactId, accountId } = test.freeContact();
    const Id = test.good('create', 'Task', { Subject: 'Ask', WhoId: contactId, Priority: 'High' });
    expect(test.row('Task', Id)).to.include({ IsClosed: false, IsHighPriority: true, AccountId: accountId });
    test.good('update', 'Task', { Id, Status: 'Completed' });
    expect(test.row('Task', Id).IsClosed).to.equal(true);
  });
});
