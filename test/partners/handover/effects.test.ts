/** What a plan foretells is what the org does: held against the access that the practice org itself computes. */
import { expect } from 'chai';
import type { Effects } from '../../../src/partners/handover/index.js';
import { connect } from '../../helpers/exposure.js';
import { startTestOrg, type TestOrg } from '../../helpers/practice.js';
import { Bench, between, ESME, NORA } from './bench.js';

describe('effects of a handover', function () {
  this.timeout(60_000);
  let org: TestOrg;
  let bench: Bench;

  beforeEach(async () => {
    org = await startTestOrg({ leads: 200 });
    bench = new Bench(org);
  });
  afterEach(() => org.close());

  /** Ids of active internal users. */
  const colleagues = (): string[] =>
    org
      .query<{ Id: string }>("SELECT Id FROM User WHERE IsActive = true AND UserType = 'Standard'")
      .map(({ Id }) => Id);

  /** Who can read a record, as UserRecordAccess says, one question for each user. */
  const readers = (recordId: string, users: readonly string[]): Set<string> =>
    new Set(
      users.filter((user) => {
        const where = `UserId = '${user}' AND RecordId = '${recordId}'`;
        const [row] = org.query<{ HasReadAccess: boolean }>(
          `SELECT RecordId, HasReadAccess FROM UserRecordAccess WHERE ${where}`
        );
        return row?.HasReadAccess === true;
      })
    );

  const viewsAll = (user: string, object: string): boolean =>
    org.org.tools.permissions.can(user, 'viewAll', org.org.catalog.require(object));

  /** Active partner users of the accounts of a manager. */
  const partnerUsersOf = (manager: string): string[] =>
    org
      .query<{ Id: string }>(
        `SELECT Id FROM User WHERE IsActive = true AND UserType = 'PowerPartner' AND Account.OwnerId = '${bench.idOf(manager)}'`
      )
      .map(({ Id }) => Id);

  /** A lead that no criteria rule matches, so that only its owner decides who sees it. */
  const addLead = async (OwnerId: string): Promise<string> => {
    const { conn } = await connect(org.username);
    const made = await conn.create(
      'Lead',
      { LastName: 'Plain', Company: 'Plain Ltd', OwnerId },
      { headers: { 'Sforce-Auto-Assign': 'FALSE' } }
    );
    return made.id!;
  };

  const namesIn = (people: Effects['sight']['partners']['gain']): string[] => people.map(({ id }) => id);

  for (const to of ['Jory Penrose', 'Ilse Marchetti']) {
    it(`names those who see what partner users own, for a handover to ${to}`, async () => {
      const users = colleagues();
      const lead = await addLead(partnerUsersOf(NORA)[0]!);
      const before = readers(lead, users);
      const { result, error } = await bench.handover(...between(NORA, to));
      expect(error?.message).to.equal(undefined);
      const after = readers(lead, users);
      const { gain, lose } = result!.handover.effects.sight.partners;
      const others = (people: readonly string[]): string[] => people.filter((id) => !viewsAll(id, 'Lead'));
      expect(users.filter((id) => after.has(id) && !before.has(id))).to.have.members(others(namesIn(gain)));
      expect(users.filter((id) => before.has(id) && !after.has(id))).to.have.members(others(namesIn(lose)));
      expect(gain.length + lose.length).to.be.greaterThan(0);
    });
  }

  it('names those who see the accounts and leads that change hands', async () => {
    // Owner-based rules give both objects to others as well: without them, the hierarchy alone decides.
    org.org.store.sql('DELETE FROM practice_sharing_rule').run();
    const users = colleagues();
    const [account] = bench.partnersOf(NORA);
    const lead = await addLead(bench.idOf(NORA));
    // Nor anything of the account that partner users own: its readers would see the account too.
    for (const object of ['Contact', 'Opportunity', 'Case'])
      org.org.store.sql(`DELETE FROM "${object}" WHERE "AccountId" = ?`).run(account!.Id);
    const before = { account: readers(account!.Id, users), lead: readers(lead, users) };
    const { result } = await bench.handover(...between(NORA, 'Jory Penrose'));
    const { gain, lose } = result!.handover.effects.sight.records;
    for (const [object, record, was] of [
      ['Account', account!.Id, before.account],
      ['Lead', lead, before.lead],
    ] as const) {
      const is = readers(record, users);
      const others = (people: readonly string[]): string[] => people.filter((id) => !viewsAll(id, object));
      expect(
        users.filter((id) => is.has(id) && !was.has(id)),
        object
      ).to.have.members(others(namesIn(gain)));
      expect(
        users.filter((id) => was.has(id) && !is.has(id)),
        object
      ).to.have.members(others(namesIn(lose)));
    }
  });

  it('counts partner users who fall out of queues and rules, and those who come in', async () => {
    const { conn } = await connect(org.username);
    const queue = await conn.create('Group', { Type: 'Queue', Name: 'North Desk', DeveloperName: 'North_Desk' });
    await conn.create('QueueSobject', { QueueId: queue.id!, SobjectType: 'Lead' });
    const [group] = org.query<{ Id: string }>(
      "SELECT Id FROM Group WHERE Type = 'RoleAndSubordinates' AND DeveloperName = 'Channel_Manager_North'"
    );
    await conn.create('GroupMember', { GroupId: queue.id!, UserOrGroupId: group!.Id });
    const lead = await addLead(queue.id!);
    const users = partnerUsersOf(NORA);
    expect(readers(lead, users).size).to.equal(users.length);
    const leads = org.query<{ Id: string }>('SELECT Id FROM Lead').map(({ Id }) => Id);
    const readable = (): number[] =>
      users.map((user) => {
        const access = org.org.tools.sharing.accessTo(user, org.org.catalog.require('Lead'), leads);
        return [...access.values()].filter(({ read }) => read).length;
      });
    const before = readable();
    const there = await bench.handover(...between(NORA, 'Jory Penrose'));
    const shifts = there.result!.handover.effects.shifts!;
    const ofQueue = shifts.filter(({ kind }) => kind === 'queue');
    expect(ofQueue).to.deep.equal([
      { kind: 'queue', name: 'North Desk', what: 'members', gain: 0, lose: users.length },
    ]);
    expect(readers(lead, users).size).to.equal(0);
    expect(shifts).to.deep.include({
      kind: 'rule',
      name: 'Lead: North leads to north circle',
      what: 'members',
      gain: 0,
      lose: users.length,
    });
    expect(readable().every((now, at) => now < before[at]!)).to.equal(true);
    const back = await bench.handover(...between('Jory Penrose', NORA), '--leads', 'keep');
    expect(back.result!.handover.effects.shifts).to.deep.include({ ...ofQueue[0]!, gain: users.length, lose: 0 });
    expect(readers(lead, users).size).to.equal(users.length);
  });

  it('finds no sharing that changes between managers of one role', async () => {
    org.org.store
      .sql('UPDATE "User" SET "UserRoleId" = (SELECT "UserRoleId" FROM "User" WHERE "Id" = ?) WHERE "Id" = ?')
      .run(bench.idOf(NORA), bench.idOf(ESME));
    const { result } = await bench.handover(...between(NORA, ESME), '--dry-run');
    const { sight, shifts } = result!.handover.effects;
    expect(sight.partners).to.deep.equal({ gain: [], lose: [] });
    expect(shifts!.filter(({ what }) => what !== 'records')).to.deep.equal([]);
  });
});
