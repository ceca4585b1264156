/** What Apex learns of picklists, and of children that are not there. */
import { expect } from 'chai';
import { ApexDesk } from './desk.js';

describe('apex: picklists and children', function () {
  this.timeout(30_000);
  let desk: ApexDesk;
  before(async () => (desk = await ApexDesk.open()));
  after(() => desk.close());

  it('lists the values of a picklist in their order', async () => {
    const log = await desk.run(`
      Schema.PicklistEntry first = User.TimeZoneSidKey.getDescribe().getPicklistValues()[0];
      System.debug(first.getValue() + ' ' + first.getLabel() + ' ' + first.isActive() + ' ' + first.isDefaultValue());
      System.debug(Account.Name.getDescribe().getPicklistValues().size());`);
    expect(log).to.deep.equal(['GMT GMT true false', '0']);
  });

  it('has an empty list where a subquery finds nothing, and null by getSObjects', async () => {
    const log = await desk.run(`
      Account made = new Account(Name = 'Childless Ltd');
      insert made;
      Account found = [SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Id = :made.Id];
      System.debug(found.Contacts.size());
      System.debug(found.getSObjects('Contacts') == null);
      insert new Contact(LastName = 'One', AccountId = made.Id);
      found = [SELECT Id, (SELECT LastName FROM Contacts) FROM Account WHERE Id = :made.Id];
      System.debug(found.Contacts[0].LastName + found.getSObjects('Contacts').size());`);
    expect(log).to.deep.equal(['0', 'true', 'One1']);
  });

  it('knows nothing of an org that was closed before it in the same process', async () => {
    const subquery = `Account made = new Account(Name = 'Childless Ltd');
      insert made;
      Account found = [SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Id = :made.Id];
      System.debug(found.Contacts.size());`;
    await desk.run(subquery);
    await desk.close();
    desk = await ApexDesk.open();
    expect(await desk.run(subquery)).to.deep.equal(['0']);
  });
});
