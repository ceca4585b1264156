/** Triggers run where the platform runs them: around the save, before assignment rules, whoever saves. */
import { expect } from 'chai';
import { deploy, file } from '../../metadata/support.js';
import { ApexDesk } from './desk.js';

const NOTES = `trigger LeadNotes on Lead (before insert, before update, after insert, after update) {
  for (Lead lead : Trigger.new) {
    if (Trigger.isBefore) {
      if (lead.LastName == 'Refused') { lead.addError('not this one'); }
      else if (lead.LastName == 'Broken') { Integer broken = 1 / 0; }
      else if (Trigger.isInsert) { lead.Title = 'made ' + Trigger.size; }
      else { lead.Title = 'was ' + Trigger.oldMap.get(lead.Id).LastName; }
    } else if (lead.Company == 'Order Ltd') {
      LeadLog.note(lead.OwnerId + ' ' + lead.Title);
    }
  }
}`;

const LOG = `public class LeadLog {
  private static Integer calls = 0;
  public static void note(String text) {
    calls++;
    insert new Account(Name = 'Log ' + calls, Description = text);
  }
}`;

const RULE = `<assignmentRule><fullName>Everybody</fullName><active>true</active><ruleEntry>
  <assignedTo>Partner_Leads_North</assignedTo><assignedToType>Queue</assignedToType></ruleEntry></assignmentRule>`;

describe('apex: triggers', function () {
  this.timeout(30_000);
  let desk: ApexDesk;
  before(async () => {
    desk = await ApexDesk.open();
    await deploy(
      desk.fixture.conn,
      { AssignmentRules: ['Lead'] },
      { 'assignmentRules/Lead.assignmentRules': file('AssignmentRules', RULE) }
    );
    await desk.deploy(LOG, NOTES);
  });
  after(() => desk.close());

  const insert = (records: object[], allOrNone = false, headers: Record<string, string> = {}) =>
    desk.call(
      'POST',
      '/services/data/v66.0/composite/sobjects',
      { allOrNone, records: records.map((record) => ({ attributes: { type: 'Lead' }, ...record })) },
      headers
    );
  const lead = (LastName: string, Company = 'Trigger Ltd'): object => ({ LastName, Company });
  const leads = (company: string): string[] =>
    desk.fixture.org.store
      .sql('SELECT "LastName" || \': \' || "Title" AS text FROM "Lead" WHERE "Company" = ? ORDER BY "LastName"')
      .all(company)
      .map(({ text }) => String(text));

  it('see a record before the assignment rule gives it away, and what they set is saved', async () => {
    const { body } = await insert([lead('Ordered', 'Order Ltd')], false, { 'Sforce-Auto-Assign': 'TRUE' });
    const [{ id }] = body as [{ id: string }];
    const admin = desk.value(`SELECT "Id" FROM "User" WHERE "Username" = 'admin@practice.example.com'`);
    const queue = desk.value(`SELECT "Id" FROM "Group" WHERE "DeveloperName" = 'Partner_Leads_North'`);
    expect(desk.value('SELECT "Description" FROM "Account" WHERE "Name" = ?', 'Log 1')).to.equal(
      `${String(admin)} made 1`
    );
    expect(desk.value('SELECT "OwnerId" FROM "Lead" WHERE "Id" = ?', id)).to.equal(queue);
  });

  it('refuse single records; the others are saved as if those had not been there', async () => {
    const { body } = await insert([lead('One', 'Some Ltd'), lead('Refused', 'Some Ltd'), lead('Two', 'Some Ltd')]);
    const results = body as Array<{ success: boolean; errors: Array<{ statusCode: string; message: string }> }>;
    expect(results.map(({ success }) => success)).to.deep.equal([true, false, true]);
    expect(results[1]!.errors[0]).to.include({
      statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'not this one',
    });
    expect(leads('Some Ltd')).to.deep.equal(['One: made 2', 'Two: made 2']);
  });

  it('refuse all where all or none was asked for', async () => {
    const { body } = await insert([lead('One', 'None Ltd'), lead('Refused', 'None Ltd')], true);
    expect((body as Array<{ success: boolean }>).map(({ success }) => success)).to.deep.equal([false, false]);
    expect(leads('None Ltd')).to.deep.equal([]);
  });

  it('refuse with their exception and its stack', async () => {
    const { body } = await insert([lead('Broken', 'Broken Ltd')]);
    const [{ errors }] = body as [{ errors: Array<{ statusCode: string; message: string }> }];
    expect(errors[0]!.statusCode).to.equal('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
    expect(errors[0]!.message).to.match(
      /^LeadNotes: execution of BeforeInsert\n\ncaused by: System\.MathException: Divide by 0\n\nTrigger\.LeadNotes: line 5/
    );
  });

  it('know their moment, and leave nothing locked behind a save that does not come from Apex', async () => {
    await desk.deploy(`trigger ContactMoments on Contact (before insert, after insert) {
      Account locked = [SELECT Name FROM Account ORDER BY Id LIMIT 1];
      Account held = [SELECT Name FROM Account WHERE Id = :locked.Id FOR UPDATE];
      switch on Trigger.operationType {
        when BEFORE_INSERT { Trigger.new[0].Title = 'before'; }
        when AFTER_INSERT { LeadLog.note('after ' + Trigger.new[0].Title); }
      }
    }`);
    const { status, body } = await desk.call('POST', '/services/data/v66.0/sobjects/Contact', { LastName: 'Moment' });
    expect(status, JSON.stringify(body)).to.equal(201);
    expect(desk.value(`SELECT "Title" FROM "Contact" WHERE "LastName" = 'Moment'`)).to.equal('before');
    expect(desk.count('Account', `"Description" = 'after before'`)).to.equal(1);
    const first = String(desk.value('SELECT "Id" FROM "Account" ORDER BY "Id" LIMIT 1'));
    const { tools } = desk.fixture.org;
    expect(tools.locks.isTaken(first, {})).to.equal(false);
  });

  it('know what was before an update', async () => {
    const { body } = await insert([lead('Earlier', 'Update Ltd')]);
    const [{ id }] = body as [{ id: string }];
    await desk.call('PATCH', `/services/data/v66.0/sobjects/Lead/${id}`, { LastName: 'Later' });
    expect(leads('Update Ltd')).to.deep.equal(['Later: was Earlier']);
  });

  it('share statics, limits and the fate of the Apex that saves', async () => {
    const outcome = await desk.anonymous(`
      insert new Lead(LastName = 'Shared', Company = 'Order Ltd');
      LeadLog.note('by hand');
      System.debug(Limits.getDmlStatements());
      throw new IllegalArgumentException('over');`);
    expect(outcome.log).to.deep.equal(['3']);
    expect(outcome.exceptionMessage).to.equal('System.IllegalArgumentException: over');
    expect(desk.count('Account', `"Name" = 'Log 2'`), 'rolled back with the block').to.equal(0);
    await desk.run(`insert new Lead(LastName = 'Shared', Company = 'Order Ltd'); LeadLog.note('by hand');`);
    expect(desk.value('SELECT "Description" FROM "Account" WHERE "Name" = ?', 'Log 2')).to.equal('by hand');
  });
});
