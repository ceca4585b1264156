/** Assignments are recorded in the objects of the package. */
import { expect } from 'chai';
import { installPackage } from '../helpers/package.js';
import { OPEN, ReassignDesk } from './reassign-support.js';

describe('channel lead reassign --record-assignments', function () {
  this.timeout(60_000);
  let desk: ReassignDesk;
  before(async () => {
    desk = await ReassignDesk.open({ leads: 100 });
    await installPackage({ url: desk.org.server.url, token: desk.org.token });
  });
  after(() => desk.close());

  it('records who got which lead and why, and an undo takes the records back', async () => {
    const ada = desk.user('Ada Ashgrove');
    const chosen = desk.leads(`${OPEN} AND OwnerId != '${ada}'`, 3);
    const records = (): unknown[] =>
      desk.org.query(
        'SELECT Lead__c, Owner_Before__c, Owner_After__c, Outcome__c, Partner_Account__c FROM Lead_Assignment__c'
      );
    const result = await desk.done(0, ...chosen.map(({ Id }) => Id), '--to', 'Ada Ashgrove', '--record-assignments');
    expect(result.summary.recorded).to.equal(3);
    const account = desk.desk.value(`SELECT AccountId FROM User WHERE Id = '${ada}'`);
    expect(
      records().map((row) => JSON.parse(JSON.stringify({ ...(row as object), attributes: undefined })) as unknown)
    ).to.have.deep.members(
      chosen.map(({ Id, OwnerId }) => ({
        ...{ Lead__c: Id, Owner_Before__c: OwnerId, Owner_After__c: ada, Outcome__c: 'Offered' },
        Partner_Account__c: account,
      }))
    );
    expect((await desk.undo(result.run)).error?.message).to.equal(undefined);
    expect(records()).to.deep.equal([]);
  });
});
