/** A guest of a site asks for leads: whatever permission sets say, he is told to log in. */
import { expect } from 'chai';
import { grant, made } from '../practice/access/grants.js';
import { executeAnonymous } from '../practice/apex/org/anonymous.js';
import { openPeople, type People } from '../practice/ui-api/people.js';

describe('the inbox of a guest', function () {
  this.timeout(60_000);
  let people: People;
  let username: string;
  before(async () => {
    people = await openPeople(30);
    const row = people.fixture.org.store
      .sql('SELECT "Username" AS "username" FROM "User" WHERE "Id" = ?')
      .get(people.partnerId)!;
    username = String(row.username);
    const set = people.fixture.org.store
      .sql(`SELECT "Id" AS id FROM "PermissionSet" WHERE "Name" = 'Partner_Leads'`)
      .get()!;
    const given = { AssigneeId: people.partnerId, PermissionSetId: String(set.id) };
    await made(people.fixture, 'PermissionSetAssignment', given);
    await grant(people.fixture, 'Test_Api', username, { system: ['ApiEnabled'] });
  });
  after(() => people.close());

  const ask = async (call: string): Promise<string | undefined> => {
    const { token } = await people.fixture.control.session(username);
    const { compileProblem, exceptionMessage } = await executeAnonymous(people.fixture.server.url, token, `${call};`);
    expect(compileProblem).to.equal(undefined);
    return exceptionMessage?.replace('System.AuraHandledException: ', '');
  };

  it('is closed, also with the permission, and nothing is given to him', async () => {
    expect(await ask('PartnerInboxController.offers()')).to.be.oneOf([undefined, null]);
    const { store } = people.fixture.org;
    const owned = (): unknown =>
      store.sql('SELECT count(*) AS n FROM "Lead" WHERE "OwnerId" = ?').get(people.partnerId)!.n;
    const before = owned();
    store.sql(`UPDATE "User" SET "UserType" = 'Guest' WHERE "Id" = ?`).run(people.partnerId);
    const { id: lead } = store.sql('SELECT "Id" AS "id" FROM "Lead" LIMIT 1').get()!;
    for (const call of ['offers()', `claim('${String(lead)}')`, `decline('${String(lead)}', 'no')`])
      expect(await ask(`PartnerInboxController.${call}`), call).to.match(/log in/i);
    expect(owned()).to.equal(before);
  });
});
