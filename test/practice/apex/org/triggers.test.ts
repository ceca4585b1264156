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

  it('refuse a record behind its save: it does not stay', async () => {
    await desk.deploy(`trigger CaseAfter on Case (after insert) {
      for (Case one : Trigger.new) { if (one.Subject == 'Refused') { one.addError('not here'); } }
    }`);
    for (const Subject of ['Refused', 'Fine'])
      await desk.call('POST', '/services/data/v66.0/sobjects/Case', { Subject });
    expect([desk.count('Case', `"Subject" = 'Refused'`), desk.count('Case', `"Subject" = 'Fine'`)]).to.deep.equal([
      0, 1,
    ]);
  });

  describe('of a save by a client', () => {
    before(() =>
      desk.deploy(
        `public class Steps { public static List<String> said = new List<String>(); }`,
        `public class Rename implements Database.Batchable<SObject> {
          private Id accountId;
          public Rename(Id accountId) { this.accountId = accountId; }
          public Iterable<SObject> start(Database.BatchableContext context) { return new List<Account>{ new Account(Id = accountId) }; }
          public void execute(Database.BatchableContext context, List<SObject> rows) { update new Account(Id = accountId, Site = 'by the batch'); }
          public void finish(Database.BatchableContext context) {}
        }`,
        `trigger AccountSteps on Account (before insert, after insert, before update, after update) {
          if (Trigger.new[0].Name.startsWith('Log')) { return; }
          Steps.said.add(String.valueOf(Trigger.operationType) + ' ' + Trigger.size);
          if (Trigger.isAfter && Trigger.new[0].Name.startsWith('Noted')) {
            insert new Contact(LastName = Trigger.new[0].Name, Description = String.join(Steps.said, ', '));
          }
          if (Trigger.isAfter && Trigger.isInsert && Trigger.new[0].Name.startsWith('Batched')) {
            Database.executeBatch(new Rename(Trigger.new[0].Id));
            if (Trigger.new[0].Name.endsWith('not')) { Trigger.new[0].addError('no'); }
          }
        }`
      )
    );
    const noted = (name: string): unknown =>
      desk.value('SELECT "Description" FROM "Contact" WHERE "LastName" = ?', name);

    it('share statics, before and after it', async () => {
      await desk.call('POST', '/services/data/v66.0/sobjects/Account', { Name: 'Noted by a client' });
      expect(noted('Noted by a client')).to.equal('BEFORE_INSERT 1, AFTER_INSERT 1');
    });

    it('run batches when the save is committed, and none of a save that was taken back', async () => {
      for (const Name of ['Batched', 'Batched not'])
        await desk.call('POST', '/services/data/v66.0/sobjects/Account', { Name });
      const deadline = Date.now() + 5000;
      while (desk.count('AsyncApexJob', `"Status" = 'Completed'`) === 0 && Date.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 20));
      expect(desk.value('SELECT "Site" FROM "Account" WHERE "Name" = ?', 'Batched')).to.equal('by the batch');
      expect(desk.count('AsyncApexJob')).to.equal(1);
    });

    it('of an upsert: those of an insert for new records, those of an update for others', async () => {
      const { body } = await desk.call('POST', '/services/data/v66.0/sobjects/Account', { Name: 'There' });
      const { id } = body as { id: string };
      const log = await desk.run(`
        List<Account> rows = new List<Account>{ new Account(Id = '${id}', Name = 'Noted there'), new Account(Name = 'Noted new'), new Account(Name = 'Noted too') };
        upsert rows;
        System.debug(rows[1].Id != null && rows[2].Id != null);
        System.debug(String.join(Steps.said, ', '));`);
      expect(log[0]).to.contain('true');
      expect(log[1]).to.equal('BEFORE_INSERT 2, AFTER_INSERT 2, BEFORE_UPDATE 1, AFTER_UPDATE 1');
      expect(desk.value('SELECT "Name" FROM "Account" WHERE "Id" = ?', id)).to.equal('Noted there');
    });
  });

  it('hold what was saved, and what was before, for reading alone', async () => {
    await desk.deploy(`trigger AccountMarks on Account (before update, after insert, after update, after delete) {
      String how = Trigger.isDelete ? 'old' : Trigger.new[0].Description;
      if (how == null) { return; }
      Account one = how.startsWith('old') ? Trigger.old[0] : Trigger.new[0];
      if (Trigger.isBefore && how == 'new before') { one.Site = 'written'; }
      if (how == 'old before' || (Trigger.isAfter && how == 'new')) { one.Site = 'written'; }
      if (Trigger.isAfter && how == 'new by name') { one.put('Site', 'written'); }
      if (Trigger.isAfter && how == 'caught') {
        try { one.Site = 'written'; } catch (FinalException e) { one.addError(e.getMessage()); }
      }
      if (Trigger.isAfter && how == 'copy') { Account copy = one.clone(true); copy.Site = 'copied'; copy.Description = null; update copy; }
      if (Trigger.isAfter && how == 'list') { update Trigger.new; }
      if (Trigger.isAfter && how == 'list by method') { Database.update(Trigger.new, false); }
      if (Trigger.isDelete && one.Name == 'Kept') { delete Trigger.old; }
    }`);
    const made = async (Description: string | null, Name = 'Marks'): Promise<{ status: number; body: unknown }> =>
      desk.call('POST', '/services/data/v66.0/sobjects/Account', { Name, Description });
    const { body } = await made(null);
    const { id } = body as { id: string };
    const changed = (Description: string): Promise<{ status: number; body: unknown }> =>
      desk.call('PATCH', `/services/data/v66.0/sobjects/Account/${id}`, { Description });
    const type = (): unknown => desk.value('SELECT "Site" FROM "Account" WHERE "Id" = ?', id);
    const told = async (answer: Promise<{ status: number; body: unknown }>): Promise<string> =>
      JSON.stringify((await answer).body);
    const final = 'System.FinalException: Record is read-only';
    expect(await told(made('new'))).to.contain(`execution of AfterInsert\\n\\ncaused by: ${final}`);
    for (const how of ['new', 'new by name', 'old before']) expect(await told(changed(how)), how).to.contain(final);
    expect(await told(changed('caught'))).to.contain('"message":"Record is read-only"');
    expect(type()).to.equal(null);
    expect((await changed('new before')).status).to.equal(204);
    expect(type()).to.equal('written');
    expect((await changed('copy')).status).to.equal(204);
    expect(type()).to.equal('copied');
    const dml = 'System.SObjectException: DML statement cannot operate on trigger.new or trigger.old';
    for (const how of ['list', 'list by method']) expect(await told(changed(how)), how).to.contain(dml);
    const kept = (await made(null, 'Kept')).body as { id: string };
    expect(await told(desk.call('DELETE', `/services/data/v66.0/sobjects/Account/${kept.id}`))).to.contain(dml);
  });
});
