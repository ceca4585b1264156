import { expect } from 'chai';
import { startTestOrg, type TestOrg } from '../../helpers/practice.js';

type Assignment = {
  AssigneeId: string;
  PermissionSet: { IsOwnedByProfile: boolean; Profile: { Name: string } | null };
};

describe('assignments to the permission sets of profiles', () => {
  let org: TestOrg;
  before(async () => (org = await startTestOrg({ leads: 5 })));
  after(() => org.close());

  const owned = (where: string): Assignment[] =>
    org.query<Assignment>(
      `SELECT AssigneeId, PermissionSet.IsOwnedByProfile, PermissionSet.Profile.Name FROM PermissionSetAssignment WHERE PermissionSet.IsOwnedByProfile = true AND ${where}`
    );

  it('exist once for every user', () => {
    const users = org.query<{ Id: string }>('SELECT Id FROM User');
    expect(owned('Id != null').map(({ AssigneeId }) => AssigneeId)).to.have.members(users.map(({ Id }) => Id));
  });

  it('follow a new user, and a change of the profile', () => {
    const session = org.org.access.session(org.token);
    const profiles = new Map(
      org.query<{ Id: string; Name: string }>('SELECT Id, Name FROM Profile').map(({ Id, Name }) => [Name, Id])
    );
    const options = { session, assignment: 'none', source: 'rest' } as const;
    const user = {
      Username: 'follow.profile@practice.example.com',
      LastName: 'Follow',
      Alias: 'follow',
      Email: 'follow@example.com',
      ProfileId: profiles.get('Standard User'),
      TimeZoneSidKey: 'Europe/Berlin',
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
    };
    const [made] = org.org.saver.save('create', 'User', [user], options);
    const names = (): string[] =>
      owned(`AssigneeId = '${made!.id}'`).map(({ PermissionSet }) => PermissionSet.Profile!.Name);
    expect(names()).to.deep.equal(['Standard User']);
    const changed = { Id: made!.id, ProfileId: profiles.get('Channel Reader (Example)') };
    expect(org.org.saver.save('update', 'User', [changed], options)[0]!.errors).to.deep.equal([]);
    expect(names()).to.deep.equal(['Channel Reader (Example)']);
  });

  it('cannot be removed', () => {
    const [row] = org.query<{ Id: string }>(
      'SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.IsOwnedByProfile = true LIMIT 1'
    );
    const session = org.org.access.session(org.token);
    const [result] = org.org.saver.save('delete', 'PermissionSetAssignment', [{ Id: row!.Id }], {
      session,
      assignment: 'none',
      source: 'rest',
    });
    expect(result!.success).to.equal(false);
  });
});
