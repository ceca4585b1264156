/** Two at the same time: the package's Apex with itself, with the command line, and two partners who want one lead. */
import { expect } from 'chai';
import { request, type Answer } from '../practice/http/fixture.js';
import { DistributionDesk } from '../scenarios/rotation-distribute-support.js';
import { ApexDesk } from '../practice/apex/org/desk.js';
import { installPackage } from '../helpers/package.js';

const NORWAY = `key: Norway
name: Norway
leads: Country = 'Norway' AND IsConverted = false
members:
  - queue: Partner_Leads_North
    weight: 3
  - queue: Partner_Leads_South
`;

type Given = { moved: boolean; ownerId: string | null; reason: string };

/** The flow action over REST. */
async function act({ desk }: DistributionDesk, leads: readonly string[]): Promise<Given[]> {
  const { server, token } = desk.desk.test;
  const inputs = leads.map((leadId) => ({ leadId, rotationKey: 'Norway' }));
  const path = '/services/data/v66.0/actions/custom/apex/DistributeLeadsAction';
  const answer = await request(server.url, token, 'POST', path, { inputs });
  expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
  return (answer.body as Array<{ outputValues: { output?: Given } & Given }>).map(
    ({ outputValues }) => outputValues.output ?? outputValues
  );
}

const assigned = (desk: DistributionDesk): Array<number | null> =>
  ['partner_leads_north', 'partner_leads_south'].map(
    (name) => desk.counts('Norway').get(name)?.Assigned_Count__c ?? null
  );

const owned = (desk: DistributionDesk): number[] =>
  ['Partner_Leads_North', 'Partner_Leads_South'].map(
    (name) => desk.owners(`Country = 'Norway' AND OwnerId = '${desk.queue(name)}'`).size
  );

describe('the package, two at the same time', function () {
  this.timeout(60_000);

  describe('on one rotation', () => {
    let desk: DistributionDesk;
    beforeEach(async () => (desk = await DistributionDesk.open(20, NORWAY)));
    afterEach(() => desk.close());

    it('two calls of the action lose no count and break no share', async () => {
      const before = owned(desk);
      const leads = desk.leads(120);
      const given = await Promise.all([act(desk, leads.slice(0, 60)), act(desk, leads.slice(60))]);
      expect(given.flat().filter(({ moved }) => !moved)).to.deep.equal([]);
      expect(assigned(desk)).to.deep.equal([90, 30]);
      expect(owned(desk).map((count, at) => count - before[at]!)).to.deep.equal([90, 30]);
    });

    it('a run of the command line keeps the action away, and the action repays what the run owes', async () => {
      const before = owned(desk);
      desk.leads(5);
      const { control } = desk.desk.desk.test;
      await control.setFaults([{ kind: 'latency', ms: 60, count: 0 }]);
      const running = desk.run('--rotation', 'Norway', '--no-prompt');
      const held = "SELECT Run_Key__c FROM Channel_Run__c WHERE Lock_Key__c = 'rotation:norway'";
      while (desk.query(held).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      const [run] = desk.query<{ Run_Key__c: string }>(held);
      const late = desk.leads(3);
      const given = await act(desk, late);
      expect(given.map(({ moved }) => moved)).to.deep.equal([false, false, false]);
      expect(given[0]!.reason).to.contain('works with the rotation now');
      const { result, stderr } = await running;
      await control.setFaults([]);
      expect([result?.state, result?.run], stderr).to.deep.equal(['done', run!.Run_Key__c]);
      expect((await act(desk, late)).map(({ moved }) => moved)).to.deep.equal([true, true, true]);
      expect(assigned(desk)).to.deep.equal([6, 2]);
      expect(owned(desk).map((count, at) => count - before[at]!)).to.deep.equal([6, 2]);
      expect(desk.query('SELECT Id FROM Channel_Run__c WHERE Lock_Key__c != null')).to.deep.equal([]);
    });
  });

  it('of two partners who claim a lead at the same moment one gets it', async () => {
    const desk = await ApexDesk.open(30);
    try {
      const { org, server, token } = desk.fixture;
      await installPackage({ url: server.url, token });
      await desk.deploy(`@RestResource(urlMapping='/door') global class Door {
        @HttpPost global static String claim(Id leadId) {
          PartnerInboxController.claim(leadId);
          return 'yours';
        }
      }`);
      const queue = String(desk.value(`SELECT "Id" FROM "Group" WHERE "DeveloperName" = 'Partner_Leads_North'`));
      const people = org.store
        .sql(
          `SELECT "Id", "Username" FROM "User" WHERE "UserType" = 'PowerPartner' AND "IsActive" = 1 ORDER BY "Id" LIMIT 2`
        )
        .all() as Array<{ Id: string; Username: string }>;
      const set = String(desk.value(`SELECT "Id" FROM "PermissionSet" WHERE "Name" = 'Partner_Leads'`));
      const members = people.map(({ Id }) => `new GroupMember(GroupId = '${queue}', UserOrGroupId = '${Id}')`);
      const sets = people.map(
        ({ Id }) => `new PermissionSetAssignment(PermissionSetId = '${set}', AssigneeId = '${Id}')`
      );
      await desk.run(
        `delete [SELECT Id FROM GroupMember WHERE GroupId = '${queue}'];
         insert new List<GroupMember>{ ${members.join(', ')} };
         insert new List<PermissionSetAssignment>{ ${sets.join(', ')} };
         Id door = [SELECT Id FROM ApexClass WHERE Name = 'Door'].Id;
         insert new SetupEntityAccess(ParentId = '${set}', SetupEntityId = door);`
      );
      await desk.run(`insert new Lead(LastName = 'Wanted', Company = 'One', OwnerId = '${queue}');`);
      const lead = String(desk.value(`SELECT "Id" FROM "Lead" WHERE "LastName" = 'Wanted'`));
      const claim = ({ Username }: { Username: string }): Promise<Answer> =>
        request(server.url, org.access.open(Username).id, 'POST', '/services/apexrest/door', { leadId: lead });
      const answers = await Promise.all(people.map(claim));
      const winner = answers.findIndex(({ status }) => status === 200);
      expect(answers.map(({ status }) => status).sort(), JSON.stringify(answers)).to.deep.equal([200, 500]);
      expect(desk.value(`SELECT "OwnerId" FROM "Lead" WHERE "Id" = ?`, lead)).to.equal(people[winner]!.Id);
      expect(desk.count('Lead_Assignment__c', `"Outcome__c" = 'Accepted'`)).to.equal(1);
    } finally {
      await desk.close();
    }
  });
});
