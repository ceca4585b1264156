/** What the rules of an org refuse, told to a channel manager in the words of these rules. */
import { expect } from 'chai';
import { grant, made } from '../practice/access/grants.js';
import { executeAnonymous } from '../practice/apex/org/anonymous.js';
import { deploy, file } from '../practice/metadata/support.js';
import { openPeople, type People } from '../practice/ui-api/people.js';

const MANAGER = 'nora.fieldgate@practice.example.com';

/** A rule of a company: nothing of the kind changes during the fair. */
const ruleOn = (type: string): string => `trigger Fair_${type} on ${type} (before update) {
  for (${type} row : Trigger.new) row.addError('Not during the fair.');
}`;

const META = file('ApexTrigger', '<apiVersion>66.0</apiVersion><status>Active</status>');

describe('what the rules of an org refuse', function () {
  this.timeout(60_000);
  let people: People;
  let token: string;
  before(async () => {
    people = await openPeople(30);
    // Blocks of Apex need the permission for APIs, which components in a page do not.
    await grant(people.fixture, 'Test_Api', MANAGER, { system: ['ApiEnabled'] });
    ({ token } = await people.fixture.control.session(MANAGER));
  });
  after(() => people.close());

  /** Calls a controller as the manager. @returns what the page would be told */
  const told = async (call: string): Promise<string | undefined> => {
    const { url } = people.fixture.server;
    const { compileProblem, exceptionMessage } = await executeAnonymous(url, token, `${call};`);
    expect(compileProblem).to.equal(undefined);
    return exceptionMessage?.replace('System.AuraHandledException: ', '');
  };

  const account = (Name: string, OwnerId: string): Promise<string> =>
    made(people.fixture, 'Account', { Name, OwnerId });

  const isPartner = (id: string): unknown =>
    people.fixture.org.store.sql('SELECT "IsPartner" AS "is" FROM "Account" WHERE "Id" = ?').get(id)!.is;

  it('of an account that she may only read says so, with what to do, and changes nothing', async () => {
    const { id: owner } = people.fixture.org.store
      .sql(`SELECT "Id" AS "id" FROM "User" WHERE "Username" = 'admin@practice.example.com'`)
      .get()!;
    const id = await account('Harbour', String(owner));
    await made(people.fixture, 'AccountShare', {
      ...{ AccountId: id, UserOrGroupId: people.managerId },
      ...{ AccountAccessLevel: 'Read', OpportunityAccessLevel: 'None', CaseAccessLevel: 'None' },
    });
    expect(await told(`PartnerEnablement.enableAccount('${id}')`)).to.match(/^You may not edit Harbour\./);
    expect(isPartner(id)).to.equal(0);
  });

  it('reaches her from the board and from the account page, without codes and ids', async () => {
    const types = ['Lead_Rotation_Member__c', 'Account'];
    const files: Record<string, string> = {};
    for (const type of types) {
      files[`triggers/Fair_${type}.trigger`] = ruleOn(type);
      files[`triggers/Fair_${type}.trigger-meta.xml`] = META;
    }
    const names = { ApexTrigger: types.map((type) => `Fair_${type}`) };
    const done = await deploy(people.fixture.conn, names, files);
    expect(done.success, JSON.stringify(done.failures)).to.equal(true);
    const rotation = await made(people.fixture, 'Lead_Rotation__c', { Name: 'N', Key__c: 'North', Active__c: true });
    const member = await made(people.fixture, 'Lead_Rotation_Member__c', {
      ...{ Rotation__c: rotation, Key__c: 'north:partner_leads_north', Kind__c: 'Queue', Weight__c: 1 },
      Queue_Developer_Name__c: 'Partner_Leads_North',
    });
    const id = await account('Quay', people.managerId);
    for (const call of [
      `RotationBoardController.pause('${member}', System.now().addDays(1))`,
      `RotationBoardController.weigh('${member}', 3)`,
      `PartnerEnablement.enableAccount('${id}')`,
    ])
      expect(await told(call), call).to.equal('Not during the fair.');
    expect(isPartner(id)).to.equal(0);
  });
});
