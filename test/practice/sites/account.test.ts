import { expect } from 'chai';
import { Desk } from './support.js';

type Role = { Id: string; PortalRole: string; ParentRoleId: string; PortalAccountOwnerId: string };

describe('partner accounts over HTTP (platform-facts C1, C2)', () => {
  let desk: Desk;
  beforeEach(async () => (desk = await Desk.open()));
  afterEach(() => desk.close());

  const roles = (accountId: string): Role[] =>
    desk.test.query<Role>(
      `SELECT Id, PortalRole, ParentRoleId, PortalAccountOwnerId FROM UserRole WHERE PortalAccountId = '${accountId}' ORDER BY Id`
    );
  const groups = (accountId: string): number =>
    roles(accountId).reduce(
      (sum, { Id }) => sum + desk.value<number>(`SELECT count(Id) FROM Group WHERE RelatedId = '${Id}'`),
      0
    );
  const active = (accountId: string): number =>
    desk.value<number>(`SELECT count(Id) FROM User WHERE AccountId = '${accountId}' AND IsActive = true`);
  const withUser = async (): Promise<{ accountId: string; userId: string }> => {
    const { accountId, contactId } = await desk.freshContact();
    return { accountId, userId: await desk.create('User', desk.partner(contactId)) };
  };

  it('IsPartner is set by an update only', async () => {
    expect(await desk.refused('POST', '/sobjects/Account', { Name: 'Example New', IsPartner: true })).to.match(
      /^400 INVALID_FIELD_FOR_INSERT_UPDATE .*IsPartner/
    );
    const id = await desk.create('Account', { Name: 'Example New' });
    await desk.update('Account', id, { IsPartner: true });
    expect(desk.value<boolean>(`SELECT IsPartner FROM Account WHERE Id = '${id}'`)).to.equal(true);
  });

  it('roles and groups come with the first external user, not with the flag', async () => {
    const { accountId, contactId } = await desk.freshContact();
    expect(roles(accountId)).to.deep.equal([]);
    await desk.create('User', desk.partner(contactId));
    expect(roles(accountId).map(({ PortalRole }) => PortalRole)).to.deep.equal(['Executive', 'Manager', 'User']);
    expect(groups(accountId)).to.equal(6);
    const second = await desk.create('Contact', { LastName: 'Second', AccountId: accountId });
    await desk.create('User', desk.partner(second, { PortalRole: 'Executive' }));
    expect(roles(accountId)).to.have.length(3);
  });

  it('roles move with the account and with the role of its owner, never to an owner without a role', async () => {
    const { accountId } = await withUser();
    expect(
      await desk.refused('PATCH', `/sobjects/Account/${accountId}`, { OwnerId: desk.id('User', 'Kaja Fernhill') })
    ).to.equal('400 UNKNOWN_EXCEPTION portal account owner must have a role');
    const owner = desk.id('User', 'Milo Hartwick');
    await desk.update('Account', accountId, { OwnerId: owner });
    expect(roles(accountId).map(({ PortalAccountOwnerId }) => PortalAccountOwnerId)).to.deep.equal([
      owner,
      owner,
      owner,
    ]);
    const parent = (): string => roles(accountId)[0]!.ParentRoleId;
    expect(parent()).to.equal(desk.value(`SELECT UserRoleId FROM User WHERE Id = '${owner}'`));
    await desk.update('User', owner, { UserRoleId: desk.id('UserRole', 'VP Sales') });
    expect(parent()).to.equal(desk.id('UserRole', 'VP Sales'));
    expect(roles(accountId)[1]!.ParentRoleId).to.equal(roles(accountId)[0]!.Id);
  });

  it('before its first user an account may have an owner without a role', async () => {
    const { accountId } = await desk.freshContact();
    await desk.update('Account', accountId, { OwnerId: desk.id('User', 'Kaja Fernhill') });
  });

  it('IsPartner false disables users and removes roles and groups for good', async () => {
    const { accountId, userId } = await withUser();
    const before = desk.value<number>("SELECT UsedLicenses FROM UserLicense WHERE Name = 'Partner Community'");
    const old = roles(accountId).map(({ Id }) => Id);
    await desk.update('Account', accountId, { IsPartner: false });
    expect(active(accountId)).to.equal(0);
    expect(desk.value(`SELECT UserRoleId FROM User WHERE Id = '${userId}'`)).to.equal(null);
    for (const id of old) {
      expect(desk.test.query(`SELECT Id FROM UserRole WHERE Id = '${id}'`)).to.deep.equal([]);
      expect(desk.test.query(`SELECT Id FROM Group WHERE RelatedId = '${id}'`)).to.deep.equal([]);
    }
    expect(desk.value<number>("SELECT UsedLicenses FROM UserLicense WHERE Name = 'Partner Community'")).to.equal(
      before - 1
    );
    await desk.update('Account', accountId, { IsPartner: true });
    expect([roles(accountId).length, active(accountId)]).to.deep.equal([0, 0]);
  });

  it('disables 15 users at once; disabling users does not reset the flag', async () => {
    const { accountId, userId } = await withUser();
    await desk.update('User', userId, { IsActive: false });
    expect(desk.value<boolean>(`SELECT IsPartner FROM Account WHERE Id = '${accountId}'`)).to.equal(true);
    await desk.update('User', userId, { IsActive: true });
    desk.test.org.store.sql('UPDATE "UserLicense" SET "TotalLicenses" = 100').run();
    for (let more = 0; more < 16; more++) {
      const contactId = await desk.create('Contact', { LastName: `More ${more}`, AccountId: accountId });
      await desk.create('User', desk.partner(contactId));
    }
    expect(active(accountId)).to.equal(17);
    await desk.update('Account', accountId, { IsPartner: false });
    expect(active(accountId)).to.equal(2);
    expect(roles(accountId)).to.deep.equal([]);
  });

  it('a user who comes back finds new roles', async () => {
    const { accountId, userId } = await withUser();
    await desk.update('Account', accountId, { IsPartner: false });
    await desk.update('Account', accountId, { IsPartner: true });
    await desk.update('User', userId, { IsActive: true });
    expect(roles(accountId)).to.have.length(3);
    expect(desk.value(`SELECT UserRoleId FROM User WHERE Id = '${userId}'`)).to.equal(roles(accountId)[2]!.Id);
  });

  it('is neither deleted nor merged', async () => {
    const { accountId } = await withUser();
    expect(await desk.refused('DELETE', `/sobjects/Account/${accountId}`)).to.match(/^400 DELETE_FAILED /);
    const other = await desk.create('Account', { Name: 'Example Other' });
    const { status, body } = await desk.fetch('/services/Soap/u/66.0', {
      method: 'POST',
      headers: { 'content-type': 'text/xml', soapaction: '""' },
      body:
        '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com">' +
        `<soapenv:Header><SessionHeader><sessionId>${desk.test.token}</sessionId></SessionHeader></soapenv:Header>` +
        `<soapenv:Body><merge><request><masterRecord><type>Account</type><Id>${other}</Id></masterRecord>` +
        `<recordToMergeIds>${accountId}</recordToMergeIds></request></merge></soapenv:Body></soapenv:Envelope>`,
    });
    expect([status, /<faultstring>.*merge/.test(String(body))]).to.deep.equal([500, true]);
    expect(desk.value(`SELECT Name FROM Account WHERE Id = '${accountId}'`)).to.match(/^Example Fresh/);
  });

  it('an account that is no partner any more, but whose users still are, is not deleted either', async () => {
    const { accountId } = await withUser();
    await desk.update('Account', accountId, { IsPartner: false });
    expect(await desk.refused('DELETE', `/sobjects/Account/${accountId}`)).to.match(/DELETE_FAILED/);
  });
});
