import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { insertRecord } from '../../../src/practice/rules/records.js';
import { Desk } from './support.js';

describe('sites and their members over HTTP (platform-facts E, C7)', () => {
  let desk: Desk;
  beforeEach(async () => (desk = await Desk.open()));
  afterEach(() => desk.close());

  const site = (): string => desk.id('Network', 'Example Training Preview');
  const patch = (values: object): Promise<string> => desk.refused('PATCH', `/sobjects/Network/${site()}`, values);
  const recipients = async (): Promise<string[]> =>
    (await desk.test.control.outbox({ kind: 'welcome' })).flatMap(({ to }) => to);
  const status = (id: string): string | undefined =>
    desk.test.query<{ AssignmentStatus: string }>(
      `SELECT AssignmentStatus FROM NetworkMemberGroup WHERE Id = '${id}'`
    )[0]?.AssignmentStatus;
  const members = (networkId: string): number =>
    desk.value<number>(`SELECT count(Id) FROM NetworkMember WHERE NetworkId = '${networkId}'`);

  it('goes from preview to Live to maintenance and back, never to preview again', async () => {
    expect(desk.value(`SELECT FirstActivationDate FROM Network WHERE Id = '${site()}'`)).to.equal(null);
    await desk.update('Network', site(), { Status: 'Live' });
    const first = desk.value(`SELECT FirstActivationDate FROM Network WHERE Id = '${site()}'`);
    expect(first).to.equal(new Date().toISOString().slice(0, 10));
    await desk.update('Network', site(), { Status: 'DownForMaintenance' });
    expect(await patch({ Status: 'UnderConstruction' })).to.match(/^400 FIELD_INTEGRITY_EXCEPTION /);
    await desk.test.control.setClock(new Date(Date.now() + 7 * 86_400_000));
    await desk.update('Network', site(), { Status: 'Live' });
    expect(await patch({ Status: 'UnderConstruction' })).to.match(/^400 FIELD_INTEGRITY_EXCEPTION /);
    expect(await patch({ Status: 'Open' })).to.match(/^400 INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST /);
    expect(desk.value(`SELECT FirstActivationDate FROM Network WHERE Id = '${site()}'`)).to.equal(first);
  });

  it('is not created, deleted or moved by records', async () => {
    expect(await desk.refused('POST', '/sobjects/Network', { Name: 'Mine' })).to.match(
      /CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY/
    );
    expect(await desk.refused('DELETE', `/sobjects/Network/${site()}`)).to.match(/INVALID_TYPE_FOR_OPERATION/);
    for (const field of ['FirstActivationDate', 'EmailSenderAddress']) {
      expect(await patch({ [field]: null }), field).to.match(/^400 INVALID_FIELD_FOR_INSERT_UPDATE /);
    }
    expect(await patch({ Name: 'Example Partner Central' })).to.match(/^400 DUPLICATE_VALUE /);
    expect(await patch({ UrlPathPrefix: 'Partners' })).to.match(/^400 DUPLICATE_VALUE /);
    await desk.update('Network', site(), { UrlPathPrefix: 'moved' });
    expect((await desk.fetch('/moved/login')).status).to.equal(200);
    expect((await desk.fetch('/training/login')).status).to.equal(404);
  });

  it('welcomes every member at the first activation, once, and only if it says so', async () => {
    const { email } = await desk.newPartner({ ProfileId: desk.id('Profile', 'Example Partner Offsite') });
    const gone = await desk.newPartner({
      ProfileId: desk.id('Profile', 'Example Partner Offsite'),
      IsActive: false,
    });
    await desk.create('NetworkMemberGroup', {
      NetworkId: site(),
      ParentId: desk.id('Profile', 'Example Partner Offsite'),
    });
    desk.test.org.settle();
    expect(await recipients()).to.not.include(email);
    await desk.update('Network', site(), { Status: 'Live', OptionsSendWelcomeEmail: true });
    expect((await recipients()).filter((to) => to === email)).to.have.length(1);
    expect(await recipients()).to.not.include(gone.email);
    const mail = await desk.mail('welcome', email);
    expect(mail).to.include({ template: 'Site_welcome_training' });
    expect((await desk.openLink(mail)).status).to.equal(200);
    await desk.update('Network', site(), { Status: 'DownForMaintenance' });
    await desk.update('Network', site(), { Status: 'Live' });
    expect((await recipients()).filter((to) => to === email)).to.have.length(1);
  });

  it('welcomes nobody where the option is off', async () => {
    await desk.create('NetworkMemberGroup', {
      NetworkId: site(),
      ParentId: desk.id('Profile', 'Example Partner Offsite'),
    });
    desk.test.org.settle();
    await desk.update('Network', site(), { Status: 'Live', OptionsSendWelcomeEmail: false });
    expect(await recipients()).to.deep.equal([]);
  });

  it('a member group is a job: it waits, is calculated, is added, and welcomes the new members of a Live site', async () => {
    const NetworkId = desk.id('Network', 'Example Partner Central');
    const { email } = await desk.newPartner({ ProfileId: desk.id('Profile', 'Example Partner Offsite') });
    const before = members(NetworkId);
    const id = await desk.create('NetworkMemberGroup', {
      NetworkId,
      ParentId: desk.id('Profile', 'Example Partner Offsite'),
    });
    expect([status(id), members(NetworkId)]).to.deep.equal(['WaitingForAdd', before]);
    const seen: unknown[] = [];
    for (let tries = 0; tries < 200 && seen.at(-1) !== 'Added'; tries++) {
      if (seen.at(-1) !== status(id)) seen.push(status(id));
      await pause(20);
    }
    expect(seen).to.deep.equal(['WaitingForAdd', 'AddCalculated', 'Added']);
    expect(members(NetworkId)).to.be.above(before);
    expect(await recipients()).to.include(email);
    await desk.update('NetworkMemberGroup', id, { AssignmentStatus: 'WaitingForRemove' });
    expect([status(id), members(NetworkId) > before]).to.deep.equal(['WaitingForRemove', true]);
    desk.test.org.settle();
    expect([status(id), members(NetworkId)]).to.deep.equal([undefined, before]);
  });

  it('a permission set makes members too, and ends it', async () => {
    const NetworkId = desk.id('Network', 'Example Partner Central');
    const { id, email } = await desk.newPartner({ ProfileId: desk.id('Profile', 'Example Partner Offsite') });
    const ParentId = await desk.create('PermissionSet', { Name: 'Site_Access', Label: 'Site Access' });
    await desk.create('NetworkMemberGroup', { NetworkId, ParentId });
    desk.test.org.settle();
    const mine = (): number => desk.value<number>(`SELECT count(Id) FROM NetworkMember WHERE MemberId = '${id}'`);
    expect(mine()).to.equal(0);
    const given = await desk.create('PermissionSetAssignment', { AssigneeId: id, PermissionSetId: ParentId });
    expect(mine()).to.equal(1);
    expect(await recipients()).to.include(email);
    expect((await desk.rest('DELETE', `/sobjects/PermissionSetAssignment/${given}`)).status).to.equal(204);
    expect(mine()).to.equal(0);
  });

  it('fails for profiles whose licence cannot be in sites', async () => {
    const { tools } = desk.test.org;
    const author = { tools, userId: desk.id('User', 'Mara Castellan'), now: tools.clock.stamp() };
    const licence = (Name: string, Status: string): string =>
      insertRecord(author, 'UserLicense', { Name, MasterLabel: Name, LicenseDefinitionKey: Name, Status });
    const profile = (Name: string, UserType: string, UserLicenseId: string): string =>
      insertRecord(author, 'Profile', { Name, UserType, UserLicenseId });
    const parents = [
      profile('Guests', 'Guest', licence('Guest', 'Active')),
      profile('Old Partners', 'PowerPartner', licence('Old Partner', 'Disabled')),
    ];
    for (const ParentId of parents) {
      const id = await desk.create('NetworkMemberGroup', { NetworkId: site(), ParentId });
      desk.test.org.settle();
      expect(status(id)).to.equal('FailedAdd');
    }
  });

  it('shows members and member groups to those who manage sites only', async () => {
    const { token } = await desk.test.control.session('joel.bramble@practice.example.com');
    const nora = await desk.test.control.session('nora.fieldgate@practice.example.com');
    for (const object of ['NetworkMemberGroup', 'NetworkMember', 'Network']) {
      const path = `/query?q=${encodeURIComponent(`SELECT Id FROM ${object}`)}`;
      expect(await desk.refused('GET', path, undefined, token), object).to.match(/^400 INVALID_TYPE /);
      expect((await desk.rest('GET', path, undefined, nora.token)).status, object).to.equal(200);
    }
    const group = { NetworkId: site(), ParentId: desk.id('Profile', 'Example Partner Offsite') };
    expect(await desk.refused('POST', '/sobjects/NetworkMemberGroup', group, token)).to.match(/^4\d\d /);
    await desk.create('NetworkMemberGroup', group, nora.token);
  });
});
