/** Partners take and decline leads by the Apex of the package; the rotation knows about it afterwards. */
import { expect } from 'chai';
import { executeAnonymous } from '../practice/apex/org/anonymous.js';
import { DistributionDesk, rowsOf } from './rotation-distribute-support.js';

type Partner = { Id: string; Username: string };

describe('leads in the hands of partners, by Apex', function () {
  this.timeout(90_000);
  let desk: DistributionDesk;
  afterEach(() => desk.close());

  /** Partners who can take leads, with the permission set of the package. */
  async function partners(count: number): Promise<Partner[]> {
    const all = desk.query<Partner>(
      `SELECT Id, Username FROM User WHERE UserType = 'PowerPartner' AND IsActive = true AND LastLoginDate != null ORDER BY Name`
    );
    const able: Partner[] = [];
    for (const one of all) {
      const probe = await desk.run('--where', "Country = 'Norway'", '--to', one.Username, '--dry-run');
      if (!/cannot (take|receive) leads/.test(probe.error?.message ?? '')) able.push(one);
      if (able.length === count) break;
    }
    const set = desk.desk.desk.value("SELECT Id FROM PermissionSet WHERE Name = 'Partner_Leads'");
    for (const { Id } of able)
      await desk.desk.desk.create('PermissionSetAssignment', { AssigneeId: Id, PermissionSetId: set });
    return able;
  }

  /** Calls the controller of the partner's page as a partner. @returns what it refused with */
  async function as({ Username }: Partner, call: string): Promise<string | undefined> {
    const { test } = desk.desk.desk;
    const { token } = await test.control.session(Username);
    const block = `PartnerInboxController.${call};`;
    const { success, exceptionMessage, compileProblem } = await executeAnonymous(test.server.url, token, block);
    return success ? undefined : (compileProblem ?? exceptionMessage);
  }

  it('go to one of two who take the same lead at once; the other is told in words', async () => {
    desk = await DistributionDesk.open(20);
    const two = await partners(2);
    const north = desk.queue('Partner_Leads_North');
    for (const { Id } of two)
      if (desk.query(`SELECT Id FROM GroupMember WHERE GroupId = '${north}' AND UserOrGroupId = '${Id}'`).length === 0)
        await desk.desk.desk.create('GroupMember', { GroupId: north, UserOrGroupId: Id });
    const [lead] = desk.leads(1);
    await desk.desk.desk.update('Lead', lead!, { OwnerId: north });
    const said = await Promise.all(two.map((one) => as(one, `claim('${lead!}')`)));
    const winners = two.filter((_, at) => said[at] === undefined);
    expect(winners, said.join('; ')).to.have.length(1);
    expect(desk.owners().get(lead!)).to.equal(winners[0]!.Id);
    expect(said.find((one) => one !== undefined)).to.match(/^System\.AuraHandledException: /);
    const records = desk.query(`SELECT Outcome__c, Owner_After__c FROM Lead_Assignment__c WHERE Lead__c = '${lead!}'`);
    expect(records.map(({ Outcome__c, Owner_After__c }) => [Outcome__c, Owner_After__c])).to.deep.equal([
      ['Accepted', winners[0]!.Id],
    ]);
  });

  it('never come back to who declined them', async () => {
    desk = await DistributionDesk.open(20);
    const members = await partners(2);
    await desk.desk.save(
      'pair.yaml',
      [
        ...['key: Pair', 'name: Pair', "leads: Country = 'Norway' AND IsConverted = false"],
        ...['fallback: Unassigned_Leads', 'neverBackTo: [declined]', 'members:'],
        ...members.map(({ Username }) => `  - user: ${Username}`),
        '',
      ].join('\n')
    );
    await desk.desk.done();
    const leads = desk.leads(2);
    await desk.done('Pair');
    const first = desk.owners();
    for (const lead of leads) {
      const owner = members.find(({ Id }) => Id === first.get(lead))!;
      const other = members.find(({ Id }) => Id !== first.get(lead))!;
      expect(await as(other, `decline('${lead}', 'not mine')`), 'a foreign lead').to.be.a('string');
      // A lead that was accepted finds the same way back; a double click accepts it once.
      for (const _click of [1, 2]) expect(await as(owner, `claim('${lead}')`)).to.equal(undefined);
      expect(await as(owner, `decline('${lead}', 'Too far away')`)).to.equal(undefined);
      const [access] = desk.query<{ HasReadAccess: boolean }>(
        `SELECT HasReadAccess FROM UserRecordAccess WHERE UserId = '${owner.Id}' AND RecordId = '${lead}'`
      );
      expect(access?.HasReadAccess, 'who has declined it reads it no more').to.equal(false);
    }
    const accepted = leads.map((lead) =>
      desk.query(`SELECT Id FROM Lead_Assignment__c WHERE Lead__c = '${lead}' AND Outcome__c = 'Accepted'`)
    );
    expect(accepted.map((records) => records.length)).to.deep.equal([1, 1]);
    const pool = desk.queue('Unassigned_Leads');
    expect(leads.map((lead) => desk.owners().get(lead))).to.deep.equal([pool, pool]);
    const again = await desk.done('Pair');
    const [a, b] = members.map(({ Id }) => Id);
    expect(leads.map((lead) => desk.owners().get(lead))).to.deep.equal(
      leads.map((lead) => (first.get(lead) === a ? b : a))
    );
    for (const { Reason } of await rowsOf(again)) expect(Reason).to.contain('declined it');
  });
});
