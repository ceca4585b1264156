import { expect } from 'chai';
import jsforce from 'jsforce';
import { Desk } from './support.js';

type Saved = {
  id?: string;
  success: boolean;
  errors: Array<{ statusCode: string; message: string; fields: string[] }>;
};

/** Each code of platform-facts C5 that the practice org can give, provoked over HTTP. */
describe('errors of users and partner accounts over HTTP (platform-facts C5, C6)', () => {
  let desk: Desk;
  before(async () => (desk = await Desk.open()));
  after(() => desk.close());

  const insert = (values: object, token?: string): Promise<string> =>
    desk.refused('POST', '/sobjects/User', values, token);
  const partner = async (values = {}): Promise<Record<string, unknown>> =>
    desk.partner((await desk.freshContact()).contactId, values);
  const setSeats = (licence: string, seats: string): void =>
    void desk.test.org.store.sql(`UPDATE "UserLicense" SET "TotalLicenses" = ${seats} WHERE "Name" = ?`).run(licence);
  const used = (licence: string): number =>
    desk.value<number>(`SELECT UsedLicenses FROM UserLicense WHERE Name = '${licence}'`);

  it('DUPLICATE_USERNAME: in this org, in any case, and in other orgs', async () => {
    const text = /^400 DUPLICATE_USERNAME Duplicate Username\.<br>The username already exists in this or another/;
    expect(await insert(desk.user({ Username: 'ADMIN@practice.example.com' }))).to.match(text);
    expect(await insert(desk.user({ Username: 'Contact.2@example.com' }))).to.match(text);
    const id = await desk.create('User', desk.user());
    const taken = { Username: 'contact.4@example.com' };
    expect(await desk.refused('PATCH', `/sobjects/User/${id}`, taken)).to.match(text);
  });

  it('a username stays taken when its user is inactive, since users are never deleted (C3)', async () => {
    const user = desk.user({ IsActive: false });
    const id = await desk.create('User', user);
    expect(await insert(desk.user({ Username: user.Username }))).to.match(/DUPLICATE_USERNAME/);
    expect(await desk.refused('DELETE', `/sobjects/User/${id}`)).to.match(/INVALID_TYPE_FOR_OPERATION/);
  });

  it('DUPLICATE_COMM_NICKNAME', async () => {
    expect(await insert(await partner({ CommunityNickname: 'Admin' }))).to.match(/^400 DUPLICATE_COMM_NICKNAME /);
  });

  for (const [licence, profile] of [
    ['Partner Community', 'Example Partner'],
    ['Partner Community Login', 'Example Partner Login'],
  ] as const) {
    it(`LICENSE_LIMIT_EXCEEDED: ${licence}, where active users hold all seats`, async () => {
      const values = { ProfileId: desk.id('Profile', profile) };
      const { id } = await desk.newPartner(values);
      setSeats(licence, '"UsedLicenses"');
      const full = used(licence);
      const text = `400 LICENSE_LIMIT_EXCEEDED License Limit Exceeded - ${licence}`;
      expect(await insert(await partner(values))).to.equal(text);
      const idle = await desk.newPartner({ ...values, IsActive: false });
      expect(used(licence)).to.equal(full);
      expect(await desk.refused('PATCH', `/sobjects/User/${idle.id}`, { IsActive: true })).to.equal(text);
      await desk.update('User', id, { IsActive: false });
      expect(used(licence)).to.equal(full - 1);
      await desk.update('User', idle.id, { IsActive: true });
      expect(used(licence)).to.equal(full);
      setSeats(licence, '60');
    });
  }

  it('PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT', async () => {
    const ContactId = desk.value('SELECT ContactId FROM User WHERE ContactId != null LIMIT 1');
    expect(await insert(desk.partner(ContactId))).to.equal(
      '400 PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT portal user already exists for contact'
    );
  });

  it('INVALID_CROSS_REFERENCE_KEY: no contact, or one that does not exist', async () => {
    expect(await insert(desk.partner(undefined))).to.equal(
      '400 INVALID_CROSS_REFERENCE_KEY Cannot create a portal user without contact.'
    );
    expect(await insert(desk.partner('003gL0000zzzzzzQAA'))).to.match(/^400 INVALID_CROSS_REFERENCE_KEY /);
  });

  it('FIELD_INTEGRITY_EXCEPTION: a contact without an account, an internal user with a contact', async () => {
    const alone = await desk.create('Contact', { LastName: 'Alone' });
    expect(await insert(desk.partner(alone))).to.match(/^400 FIELD_INTEGRITY_EXCEPTION .*account/);
    const { contactId } = await desk.freshContact();
    expect(await insert(desk.user({ ContactId: contactId }))).to.match(/^400 FIELD_INTEGRITY_EXCEPTION /);
  });

  it('FIELD_INTEGRITY_EXCEPTION: standard external profiles, unless the setting allows them (fact 8)', async () => {
    const values = await partner({ ProfileId: desk.id('Profile', 'Partner Community User') });
    expect(await insert(values)).to.match(/^400 FIELD_INTEGRITY_EXCEPTION .*Partner Community User/);
    desk.test.org.preferences.set('Communities.enableOotbProfExtUserOpsEnable', true);
    await desk.create('User', values);
    desk.test.org.preferences.set('Communities.enableOotbProfExtUserOpsEnable', false);
  });

  it('UNKNOWN_EXCEPTION: the owner of the account has no role; not when the flag is set, but with the user', async () => {
    const { contactId } = await desk.freshContact('Kaja Fernhill');
    expect(await insert(desk.partner(contactId))).to.equal(
      '400 UNKNOWN_EXCEPTION portal account owner must have a role'
    );
  });

  it('the contact of an account that is no partner can become a partner user (C1)', async () => {
    const AccountId = await desk.create('Account', {
      Name: 'Example No Partner',
      OwnerId: desk.id('User', 'Nora Fieldgate'),
    });
    const id = await desk.create('User', desk.partner(await desk.create('Contact', { LastName: 'Any', AccountId })));
    expect(desk.value(`SELECT UserType FROM User WHERE Id = '${id}'`)).to.equal('PowerPartner');
    expect(desk.value<boolean>(`SELECT IsPartner FROM Account WHERE Id = '${AccountId}'`)).to.equal(false);
  });

  it('MIXED_DML_OPERATION: users and accounts in one collection, or one composite request', async () => {
    const user = {
      attributes: { type: 'User' },
      ...desk.user({ UserRoleId: desk.id('UserRole', 'Sales Rep Europe') }),
    };
    const account = { attributes: { type: 'Account' }, Name: 'Example Mixed' };
    const { body } = await desk.rest('POST', '/composite/sobjects', { allOrNone: true, records: [account, user] });
    expect((body as Saved[]).map(({ errors }) => errors[0]!.statusCode)).to.include('MIXED_DML_OPERATION');
    const part = (url: string, referenceId: string, record: object): object => ({
      method: 'POST',
      url: `/services/data/v66.0/sobjects/${url}`,
      referenceId,
      body: record,
    });
    const { attributes: _a, ...userBody } = user;
    const composite = await desk.rest('POST', '/composite', {
      allOrNone: true,
      compositeRequest: [part('Account', 'a', { Name: 'Example Mixed' }), part('User', 'u', userBody)],
    });
    expect(JSON.stringify(composite.body)).to.contain('MIXED_DML_OPERATION');
    expect(desk.test.query("SELECT Id FROM Account WHERE Name = 'Example Mixed'")).to.deep.equal([]);
    // Calls of their own are fine.
    await desk.create('Account', { Name: 'Example Alone' });
    await desk.create('User', desk.user({ UserRoleId: desk.id('UserRole', 'Sales Rep Europe') }));
  });

  it('USER_OWNS_PORTAL_ACCOUNT_EXCEPTION: owners of accounts with portal users keep role and activity', async () => {
    const path = `/sobjects/User/${desk.id('User', 'Nora Fieldgate')}`;
    const text = /^400 USER_OWNS_PORTAL_ACCOUNT_EXCEPTION /;
    expect(await desk.refused('PATCH', path, { IsActive: false })).to.match(text);
    expect(await desk.refused('PATCH', path, { UserRoleId: null })).to.match(text);
  });

  it('REQUIRED_FIELD_MISSING names what is missing', async () => {
    expect(await insert({ LastName: 'Lonely' })).to.match(
      /^400 REQUIRED_FIELD_MISSING Required fields are missing: \[Alias, .*ProfileId.*\]/
    );
  });

  it('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', async () => {
    for (const values of [{ PortalRole: 'Boss' }, { TimeZoneSidKey: 'Moon' }, { EmailEncodingKey: 'EBCDIC' }]) {
      expect(await insert(await partner(values))).to.match(/^400 INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST /);
    }
  });

  it('STRING_TOO_LONG at the lengths of C3, and not before', async () => {
    const most: Record<string, string> = {
      Alias: 'x'.repeat(8),
      CommunityNickname: 'n'.repeat(40),
      Username: `${'u'.repeat(80 - '@practice.invalid'.length)}@practice.invalid`,
      LastName: 'L'.repeat(80),
      FirstName: 'F'.repeat(40),
      Email: `e@${'m'.repeat(128 - 'e@.example.com'.length)}.example.com`,
    };
    for (const [field, value] of Object.entries(most)) {
      const longer = { [field]: field === 'Email' || field === 'Username' ? `x${value}` : `${value}x` };
      expect(await insert(await partner(longer)), field).to.match(new RegExp(`^400 STRING_TOO_LONG .*`));
    }
    await desk.create('User', await partner(most));
  });

  it('INVALID_EMAIL_ADDRESS, and usernames that look like none', async () => {
    expect(await insert(await partner({ Email: 'no' }))).to.match(/^400 INVALID_EMAIL_ADDRESS /);
    expect(await insert(await partner({ Username: 'no' }))).to.match(/^400 INVALID_EMAIL_ADDRESS /);
  });

  it('fields that the platform keeps to itself are not writable', async () => {
    for (const field of ['AccountId', 'UserType', 'LastLoginDate']) {
      expect(await insert(await partner({ [field]: null })), field).to.match(/^400 INVALID_FIELD_FOR_INSERT_UPDATE /);
    }
    expect(await insert(await partner({ IsPortalEnabled: true }))).to.match(/INVALID_FIELD_FOR_INSERT_UPDATE/);
  });

  it('UNABLE_TO_LOCK_ROW by a fault rule, then the same insert goes through', async () => {
    const values = await partner();
    await desk.test.control.setFaults([{ kind: 'lock-rows', object: 'User', every: 1 }]);
    expect(await insert(values)).to.match(/^400 UNABLE_TO_LOCK_ROW /);
    await desk.create('User', values);
    await desk.test.control.clearFaults();
  });

  it('in a collection each user has an answer of its own, in order', async () => {
    const conn = new jsforce.Connection({
      instanceUrl: desk.test.server.url,
      accessToken: desk.test.token,
      version: '66.0',
    });
    const records = [await partner(), await partner({ Alias: 'much-too-long' }), desk.partner(undefined)];
    const results = (await conn.sobject('User').create(records, { allOrNone: false })) as Saved[];
    expect(results.map(({ success, errors }) => (success ? 'ok' : errors[0]!.statusCode))).to.deep.equal([
      'ok',
      'STRING_TOO_LONG',
      'INVALID_CROSS_REFERENCE_KEY',
    ]);
  });

  it('users without the permission insert nobody', async () => {
    const { token } = await desk.test.control.session('rhea.quillon@practice.example.com');
    expect(await insert(await partner(), token)).to.match(/CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY|INSUFFICIENT_ACCESS/);
    const manager = await desk.test.control.session('nora.fieldgate@practice.example.com');
    expect(await insert(desk.user(), manager.token)).to.match(/^403 INSUFFICIENT_ACCESS_OR_READONLY /);
    await desk.create('User', await partner(), manager.token);
  });
});

describe('open questions about users, over HTTP', () => {
  it('login licences without seats, owners who may leave', async () => {
    const desk = await Desk.open({ leads: 5 });
    try {
      Object.assign(desk.test.org.tools, {
        variants: { ...desk.test.org.variants, loginLicenceSeats: 'unlimited', portalOwnerChange: 'allowed' },
      });
      desk.test.org.store
        .sql('UPDATE "UserLicense" SET "TotalLicenses" = "UsedLicenses" WHERE "Name" LIKE \'Partner%\'')
        .run();
      await desk.newPartner({ ProfileId: desk.id('Profile', 'Example Partner Login') });
      const { contactId } = await desk.freshContact();
      expect(await desk.refused('POST', '/sobjects/User', desk.partner(contactId))).to.match(/LICENSE_LIMIT_EXCEEDED/);
      await desk.update('User', desk.id('User', 'Nora Fieldgate'), { IsActive: false });
    } finally {
      await desk.close();
    }
  });
});
