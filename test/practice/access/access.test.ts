import { expect } from 'chai';
import { PlatformError } from '../../../src/practice/errors.js';
import { TestOrg } from '../save/support.js';

describe('access', () => {
  let test: TestOrg;
  beforeEach(() => (test = new TestOrg()));
  afterEach(() => test.end());

  const expectExpired = (token: string): void => {
    expect(() => test.org.access.session(token))
      .to.throw(PlatformError, 'Session expired or invalid')
      .with.property('errorCode', 'INVALID_SESSION_ID');
  };

  it('makes tokens as clients expect them, which outlive a restart', () => {
    const { id: token } = test.session;
    expect(token).to.match(/^00D\w{12}![.\w]+$/);
    test.reopen();
    expect(test.org.access.session(token).user.Username).to.equal('admin@practice.example.com');
    expectExpired(`${token}x`);
    expect(test.org.store.sql('SELECT count(*) AS n FROM practice_session WHERE token = ?').get(token)!.n).to.equal(0);
  });

  it('ends sessions one by one, all together, and with the user', () => {
    const [a, b, c] = [
      test.sessionOf('Joel Bramble'),
      test.sessionOf('Sanne Whitlock'),
      test.sessionOf('Faye Summerton'),
    ];
    test.org.access.expire(a.id);
    expectExpired(a.id);
    test.good('update', 'User', { Id: b.user.Id, IsActive: false });
    expectExpired(b.id);
    test.good('update', 'UserLogin', {
      Id: test.text('SELECT "Id" FROM "UserLogin" WHERE "UserId" = ?', c.user.Id),
      IsFrozen: true,
    });
    expectExpired(c.id);
    test.org.access.expireAll();
    expectExpired(test.session.id);
  });

  it('opens no session for users who are inactive or unknown', () => {
    expect(() => test.org.access.open('marek.coldwater@practice.example.com')).to.throw(PlatformError);
    expect(() => test.org.access.open('nobody@practice.invalid')).to.throw(PlatformError);
  });

  it('records a login, at most once a minute', () => {
    const id = test.user('Joel Bramble');
    const login = (): unknown => {
      test.org.access.open(id, true);
      return test.row('User', id).LastLoginDate;
    };
    expect(login()).to.equal('2026-10-01T09:00:00.000+0000');
    test.clock.move(30_000);
    expect(login()).to.equal('2026-10-01T09:00:00.000+0000');
    test.clock.move(40_000);
    expect(login()).to.equal('2026-10-01T09:01:10.000+0000');
  });

  it('holds a reader to what his profile says', () => {
    const reader = test.sessionOf('Rhea Quillon');
    const can = (action: 'read' | 'edit', object: string): boolean =>
      reader.can(action, test.org.catalog.require(object));
    expect(['Lead', 'Account', 'User', 'Group'].map((object) => can('read', object))).to.deep.equal([
      true,
      true,
      true,
      true,
    ]);
    expect(
      ['UserLicense', 'Network', 'NetworkMemberGroup', 'Case', 'PermissionSet'].some((object) => can('read', object))
    ).to.equal(false);
    expect(can('edit', 'Lead')).to.equal(false);
    expect(reader.has('ViewSetup')).to.equal(false);
    const as = { session: reader };
    expect(test.bad('update', 'Lead', { Id: test.openLead(), City: 'x' }, as)).to.equal(
      'INSUFFICIENT_ACCESS_OR_READONLY insufficient access rights on object id'
    );
    expect(test.bad('create', 'Lead', { LastName: 'x', Company: 'x' }, as)).to.match(
      /^CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY/
    );
    expect(test.bad('delete', 'Lead', { Id: test.openLead() }, as)).to.match(/^INSUFFICIENT_ACCESS_OR_READONLY/);
    expect(test.bad('create', 'Case', { Subject: 'x' }, as)).to.equal(
      "INVALID_TYPE sObject type 'Case' is not supported."
    );
    expect(
      test.bad('create', 'GroupMember', { GroupId: test.queue('Launch Team'), UserOrGroupId: reader.user.Id }, as)
    ).to.match(/^CANNOT_INSERT/);
  });

  it('lets an administrator do everything', () => {
    for (const def of test.org.catalog.objects()) {
      expect(test.session.can('read', def) && test.session.can('edit', def), def.name).to.equal(true);
    }
  });

  it('notices new permissions at once, also when they are rolled back', () => {
    const reader = test.sessionOf('Rhea Quillon');
    const lead = test.org.catalog.require('Lead');
    const PermissionSetId = test.text('SELECT "Id" FROM "PermissionSet" WHERE "Name" = \'Example_Channel_Tools\'');
    const assignment = { AssigneeId: reader.user.Id, PermissionSetId };
    expect(() =>
      test.org.store.transaction(() => {
        test.good('create', 'PermissionSetAssignment', assignment);
        expect(reader.can('edit', lead)).to.equal(true);
        throw new Error('undo');
      })
    ).to.throw('undo');
    expect(reader.can('edit', lead)).to.equal(false);
    const Id = test.good('create', 'PermissionSetAssignment', assignment);
    expect([reader.can('edit', lead), reader.has('ManageNetworks')]).to.deep.equal([true, true]);
    test.good('delete', 'PermissionSetAssignment', { Id });
    expect(reader.can('edit', lead)).to.equal(false);
  });
});
