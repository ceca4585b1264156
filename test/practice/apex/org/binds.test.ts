/** Lists and sets in the binds of queries, also empty ones: they match nothing, and NOT IN them matches everything. */
import { expect } from 'chai';
import { ApexDesk } from './desk.js';

describe('apex: binds of queries', function () {
  this.timeout(30_000);
  let desk: ApexDesk;
  before(async () => {
    desk = await ApexDesk.open();
    await desk.run(`
      Account account = new Account(Name = 'Binds Ltd', NumberOfEmployees = 7);
      insert new List<Account>{ account, new Account(Name = 'Binds Empty') };
      insert new List<Contact>{
        new Contact(LastName = 'Binds', AccountId = account.Id, Email = 'a@binds.example'),
        new Contact(LastName = 'Binds'), new Contact(LastName = 'Binds')
      };`);
  });
  after(() => desk.close());

  const counted = async (conditions: readonly string[]): Promise<string[]> =>
    desk.run(`
      Set<Id> ids = new Set<Id>(); List<String> texts = new List<String>(); Set<Integer> numbers = new Set<Integer>();
      List<Date> dates = new List<Date>(); List<String> some = new List<String>{ 'a@%', 'b@%' };
      ${conditions.map((one) => `System.debug([SELECT COUNT() FROM ${one}]);`).join('\n')}`);

  it('IN of an empty collection matches nothing, for ids, texts, numbers and dates; NOT IN matches all', async () => {
    const contacts = `Contact WHERE LastName = 'Binds' AND`;
    const accounts = `Account WHERE Name LIKE 'Binds%' AND`;
    expect(
      await counted([
        `${contacts} AccountId IN :ids`,
        `${contacts} AccountId NOT IN :ids`,
        `${contacts} Email IN :texts`,
        `${contacts} Account.Name in :texts`,
        `${contacts} (NOT Email IN :texts)`,
        `${accounts} NumberOfEmployees IN :numbers`,
        `${accounts} NumberOfEmployees NOT IN :numbers`,
        `${contacts} Birthdate IN :dates`,
        `${contacts} (Email IN :texts OR AccountId != NULL)`,
        `${accounts} Id IN (SELECT AccountId FROM Contact WHERE Email IN :texts)`,
        `${accounts} CALENDAR_YEAR(CreatedDate) IN :numbers`,
      ])
    ).to.deep.equal(['0', '3', '0', '0', '3', '0', '2', '0', '1', '0', '0']);
  });

  it('LIKE takes collections: one of the texts, of none nothing', async () => {
    const contacts = `Contact WHERE LastName = 'Binds' AND`;
    expect(
      await counted([
        `${contacts} Email LIKE :some`,
        `${contacts} (NOT Email LIKE :some)`,
        `${contacts} Email LIKE :texts`,
        `${contacts} (NOT Email LIKE :texts)`,
      ])
    ).to.deep.equal(['1', '2', '0', '3']);
  });

  it('are the same in queries whose text is made while the program runs', async () => {
    expect(
      await desk.run(`
        Map<String, Object> binds = new Map<String, Object>{ 'ids' => new Set<Id>(), 'some' => new List<String>{ 'a@%' } };
        for (String text : new List<String>{ 'AccountId IN :ids', 'AccountId NOT IN :ids', 'Email LIKE :some', 'Email LIKE :ids' }) {
          String query = 'SELECT COUNT() FROM Contact WHERE LastName = \\'Binds\\' AND ' + text;
          System.debug(Database.countQueryWithBinds(query, binds, AccessLevel.SYSTEM_MODE));
        }`)
    ).to.deep.equal(['0', '3', '1', '0']);
  });

  it('delete nothing where they are empty', async () => {
    await desk.run(`Set<Id> ids = new Set<Id>(); delete [SELECT Id FROM Contact WHERE AccountId IN :ids];`);
    expect(desk.count('Contact', `"LastName" = 'Binds' AND "IsDeleted" = 0`)).to.equal(3);
  });
});
