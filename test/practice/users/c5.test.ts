/**
 * Each error code of platform-facts C5, provoked by real requests: alone, and in a collection whose other rows are saved.
 *
 * Codes of the last row of C5 that the practice org cannot give, because what would cause them is not there, or because no
 * source says what causes them:
 * - ENTITY_IS_LOCKED, DUPLICATES_DETECTED, FIELD_FILTER_VALIDATION_EXCEPTION: there are no approvals, duplicate rules, lookup filters.
 * - PORTAL_USER_CREATION_RESTRICTED_WITH_ENCRYPTION: no fields are encrypted.
 * - LIGHT_PORTAL_USER_EXCEPTION: no high-volume licences, no teams.
 * - COMMUNITY_NOT_ACCESSIBLE, NO_PARTNER_PERMISSION, PORTAL_NO_ACCESS: causes unknown.
 */
import { expect } from 'chai';
import jsforce from 'jsforce';
import { Desk } from '../sites/support.js';

type Values = Record<string, unknown>;

type Saved = {
  id?: string;
  success: boolean;
  errors: Array<{ statusCode: string; message: string; fields: string[] }>;
};

/** A record that must be refused: a new one, or one with an id that is changed. */
type Refused = { object: string; record: Values };

type Case = { code: string; how: string; message: RegExp; make: (desk: Desk) => Promise<Refused> | Refused };

const partner = async (desk: Desk, values: Values = {}, owner?: string): Promise<Refused> => ({
  object: 'User',
  record: desk.partner((await desk.freshContact(owner)).contactId, values),
});

/** The org sells no high-volume licence, so one user becomes such a user by hand. */
const highVolumeMember = async (desk: Desk): Promise<Refused> => {
  const { id } = await desk.newPartner();
  desk.test.org.store.sql('UPDATE "User" SET "UserType" = \'CspLitePortal\' WHERE "Id" = ?').run(id);
  return {
    object: 'GroupMember',
    record: { GroupId: desk.value("SELECT Id FROM Group WHERE Type = 'Queue'"), UserOrGroupId: id },
  };
};

const CASES: Case[] = [
  {
    code: 'DUPLICATE_USERNAME',
    how: 'a username that this org has, in other letters',
    message: /^Duplicate Username\.<br>The username already exists in this or another Salesforce organization/,
    make: (desk) => partner(desk, { Username: 'ADMIN@practice.example.com' }),
  },
  {
    code: 'DUPLICATE_USERNAME',
    how: 'a username that another org has',
    message: /^Duplicate Username\.<br>/,
    make: (desk) => partner(desk, { Username: 'contact.2@example.com' }),
  },
  {
    code: 'DUPLICATE_COMM_NICKNAME',
    how: 'a nickname that somebody has',
    message: /./,
    make: (desk) => partner(desk, { CommunityNickname: 'Admin' }),
  },
  {
    code: 'LICENSE_LIMIT_EXCEEDED',
    how: 'no seat left',
    message: /^License Limit Exceeded - Partner Community Login$/,
    make: (desk) => partner(desk, { ProfileId: desk.id('Profile', 'Example Partner Login') }),
  },
  {
    code: 'PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT',
    how: 'a contact that has a user',
    message: /^portal user already exists for contact$/,
    make: (desk) => ({
      object: 'User',
      record: desk.partner(desk.value('SELECT ContactId FROM User WHERE ContactId != null LIMIT 1')),
    }),
  },
  {
    code: 'INVALID_CROSS_REFERENCE_KEY',
    how: 'a partner profile without a contact',
    message: /^Cannot create a portal user without contact\.$/,
    make: (desk) => ({ object: 'User', record: desk.partner(undefined) }),
  },
  {
    code: 'FIELD_INTEGRITY_EXCEPTION',
    how: 'a standard external profile, which the org does not allow (fact 8)',
    message: /Partner Community User/,
    make: (desk) => partner(desk, { ProfileId: desk.id('Profile', 'Partner Community User') }),
  },
  {
    code: 'FIELD_INTEGRITY_EXCEPTION',
    how: 'a contact without an account',
    message: /account/,
    make: async (desk) => ({
      object: 'User',
      record: desk.partner(await desk.create('Contact', { LastName: 'Alone' })),
    }),
  },
  {
    code: 'UNKNOWN_EXCEPTION',
    how: 'an account whose owner has no role',
    message: /^portal account owner must have a role$/,
    make: (desk) => partner(desk, {}, 'Kaja Fernhill'),
  },
  {
    code: 'USER_OWNS_PORTAL_ACCOUNT_EXCEPTION',
    how: 'deactivating the owner of accounts with partner users',
    message: /./,
    make: (desk) => ({ object: 'User', record: { Id: desk.id('User', 'Nora Fieldgate'), IsActive: false } }),
  },
  {
    code: 'USER_OWNS_PORTAL_ACCOUNT_EXCEPTION',
    how: 'taking his role',
    message: /./,
    make: (desk) => ({ object: 'User', record: { Id: desk.id('User', 'Nora Fieldgate'), UserRoleId: null } }),
  },
  {
    code: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    how: 'a portal role that does not exist',
    message: /^Portal Role Level: bad value for restricted picklist field: Boss$/,
    make: (desk) => partner(desk, { PortalRole: 'Boss' }),
  },
  {
    code: 'REQUIRED_FIELD_MISSING',
    how: 'no locale, no e-mail',
    message: /^Required fields are missing: \[Email, LocaleSidKey\]$/,
    make: (desk) => partner(desk, { LocaleSidKey: undefined, Email: undefined }),
  },
  {
    code: 'OP_WITH_INVALID_USER_TYPE_EXCEPTION',
    how: 'a high-volume user as member of a queue (F)',
    message: /./,
    make: highVolumeMember,
  },
];

describe('error codes of platform-facts C5 over HTTP', () => {
  let desk: Desk;
  let conn: jsforce.Connection;
  before(async () => {
    desk = await Desk.open({ scenario: { leads: 5, seats: { PID_Partner_Community_Login: 1 } } });
    conn = new jsforce.Connection({
      instanceUrl: desk.test.server.url,
      accessToken: desk.test.token,
      version: '66.0',
    });
  });
  after(() => desk.close());

  const collection = async (object: string, records: Values[], allOrNone = false): Promise<Saved[]> => {
    const service = conn.sobject(object);
    const updates = records[0]!.Id !== undefined;
    return (await (updates
      ? service.update(records as Array<{ Id: string }>, { allOrNone })
      : service.create(records, { allOrNone }))) as Saved[];
  };
  const codes = (results: Saved[]): string[] =>
    results.map(({ success, errors }) => (success ? 'ok' : errors.map(({ statusCode }) => statusCode).join()));

  for (const { code, how, message, make } of CASES) {
    it(`${code}: ${how}`, async () => {
      const { object, record } = await make(desk);
      const { Id, ...values } = record;
      const path = `/sobjects/${object}${typeof Id === 'string' ? `/${Id}` : ''}`;
      const { status, body } = await desk.rest(Id === undefined ? 'POST' : 'PATCH', path, values);
      expect(status, JSON.stringify(body)).to.equal(400);
      const [error, ...more] = body as Array<{ errorCode: string; message: string }>;
      expect([error!.errorCode, more]).to.deep.equal([code, []]);
      expect(error!.message).to.match(message);
      const results = await collection(object, [record]);
      expect(codes(results)).to.deep.equal([code]);
      expect(results[0]!.errors[0]!.message).to.match(message);
    });
  }

  it('good rows of a collection are saved around the bad ones, in order', async () => {
    const bad: Refused[] = [];
    for (const { make } of CASES) bad.push(await make(desk));
    const wanted = CASES.map(({ code }) => code).filter((_, index) => isNewUser(bad[index]!));
    const good = (): Promise<Values> => partner(desk).then(({ record }) => record);
    const records = [await good(), ...bad.filter(isNewUser).map(({ record }) => record), await good()];
    const results = await collection('User', records);
    expect(codes(results)).to.deep.equal(['ok', ...wanted, 'ok']);
    expect(
      desk.value<number>(`SELECT count(Id) FROM User WHERE Id IN ('${results[0]!.id!}', '${results.at(-1)!.id!}')`)
    ).to.equal(2);
  });

  it('the second of two rows of one collection that want the same thing is refused', async () => {
    const contactId = (await desk.freshContact()).contactId;
    expect(codes(await collection('User', [desk.partner(contactId), desk.partner(contactId)]))).to.deep.equal([
      'ok',
      'PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT',
    ]);
    const [first, second] = [await partner(desk), await partner(desk, { Username: 'twice@practice.invalid' })];
    first.record.Username = 'Twice@practice.invalid';
    expect(codes(await collection('User', [first.record, second.record]))).to.deep.equal(['ok', 'DUPLICATE_USERNAME']);
  });

  it('with allOrNone nobody is made, and no seat is used', async () => {
    const used = (): number => desk.value("SELECT UsedLicenses FROM UserLicense WHERE Name = 'Partner Community'");
    const before = used();
    const records = [(await partner(desk)).record, desk.partner(undefined)];
    expect(codes(await collection('User', records, true))).to.deep.equal([
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'INVALID_CROSS_REFERENCE_KEY',
    ]);
    expect(used()).to.equal(before);
    expect(desk.test.query(`SELECT Id FROM User WHERE Username = '${String(records[0]!.Username)}'`)).to.deep.equal([]);
  });

  describe('MIXED_DML_OPERATION', () => {
    const name = 'Example Mixed';
    const mixed = async (): Promise<{ account: Values; user: Values }> => ({
      account: { Name: name },
      user: (await partner(desk)).record,
    });
    const nothing = (user: Values): void => {
      expect(desk.test.query(`SELECT Id FROM Account WHERE Name = '${name}'`)).to.deep.equal([]);
      expect(desk.test.query(`SELECT Id FROM User WHERE Username = '${String(user.Username)}'`)).to.deep.equal([]);
    };

    for (const allOrNone of [true, false]) {
      it(`a collection with accounts and users, allOrNone ${allOrNone}`, async () => {
        const { account, user } = await mixed();
        const records = [
          { attributes: { type: 'Account' }, ...account },
          { attributes: { type: 'User' }, ...user },
        ];
        const { status, body } = await desk.rest('POST', '/composite/sobjects', { allOrNone, records });
        expect([status, codes(body as Saved[])]).to.deep.equal([200, ['MIXED_DML_OPERATION', 'MIXED_DML_OPERATION']]);
        nothing(user);
      });
    }

    it('one all-or-none composite request; apart, each is a transaction of its own', async () => {
      const { account, user } = await mixed();
      const part = (object: string, body: Values): object => ({
        method: 'POST',
        url: `/services/data/v66.0/sobjects/${object}`,
        referenceId: object,
        body,
      });
      const compositeRequest = [part('Account', account), part('User', user)];
      const send = async (allOrNone: boolean): Promise<Array<[number, string?]>> => {
        const { body } = await desk.rest('POST', '/composite', { allOrNone, compositeRequest });
        const { compositeResponse } = body as {
          compositeResponse: Array<{ httpStatusCode: number; body: Array<{ errorCode: string }> }>;
        };
        return compositeResponse.map((one) => [one.httpStatusCode, one.body[0]?.errorCode]);
      };
      expect(await send(true)).to.deep.equal([
        [400, 'PROCESSING_HALTED'],
        [400, 'MIXED_DML_OPERATION'],
      ]);
      nothing(user);
      expect(await send(false)).to.deep.equal([
        [201, undefined],
        [201, undefined],
      ]);
    });
  });

  it('UNABLE_TO_LOCK_ROW: some users of a collection by a fault rule; those alone, once more, go through', async () => {
    const records = await Promise.all([1, 2, 3, 4, 5].map(async () => (await partner(desk)).record));
    await desk.test.control.setFaults([{ kind: 'lock-rows', object: 'User', every: 2 }]);
    const results = await collection('User', records);
    expect(codes(results)).to.deep.equal(['ok', 'UNABLE_TO_LOCK_ROW', 'ok', 'UNABLE_TO_LOCK_ROW', 'ok']);
    const again = await collection('User', [records[1]!, records[3]!]);
    expect(codes(again)).to.deep.equal(['ok', 'ok']);
    await desk.test.control.setFaults([{ kind: 'lock-rows', object: 'User', every: 1 }]);
    const ids = [...results, ...again].flatMap(({ id }) => (id === undefined ? [] : [{ Id: id, Title: 'Partner' }]));
    expect(codes(await collection('User', ids))).to.deep.equal(ids.map(() => 'UNABLE_TO_LOCK_ROW'));
    // Accounts are none of its business.
    await desk.test.control.setFaults([{ kind: 'lock-rows', object: 'User', every: 1 }]);
    await desk.create('Account', { Name: 'Example Unlocked' });
    await desk.test.control.clearFaults();
  });
});

function isNewUser({ object, record }: Refused): boolean {
  return object === 'User' && record.Id === undefined;
}
