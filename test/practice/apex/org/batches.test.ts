/** Jobs of Database.executeBatch: each part is a transaction with statics and limits of its own; records tell how they went. */
import { expect } from 'chai';
import { runTests } from './apex-tests.js';
import { ApexDesk } from './desk.js';

const counting = (
  name: string,
  more: string
): string => `public class ${name} implements Database.Batchable<SObject>${more} {
  public static Integer statics = 0;
  private Integer scopes = 0;
  private Set<String> names = new Set<String>();
  public transient Integer forgotten = 0;
  public Iterable<SObject> start(Database.BatchableContext context) {
    List<Account> rows = new List<Account>();
    for (Integer at = 0; at < 3; at++) { rows.add(new Account(Name = '${name} ' + at)); }
    return rows;
  }
  public void execute(Database.BatchableContext context, List<SObject> rows) {
    statics++;
    scopes++;
    names.add((String) rows[0].get('Name'));
    if (rows[0].get('Name') == '${name} 1') { throw new IllegalArgumentException('scope ' + scopes); }
    rows[0].put('Site', statics + ' ' + scopes + ' ' + names.size() + ' ' + forgotten + ' ' + Limits.getLimitQueries());
    insert rows;
  }
  public void finish(Database.BatchableContext context) { insert new Account(Name = '${name} end', Site = statics + ' ' + scopes); }
}`;

const TESTED = `public inherited sharing class Tested implements Database.Batchable<SObject>, Database.Stateful {
  private Integer rows;
  private String chained;
  public Tested(Integer rows, String chained) { this.rows = rows; this.chained = chained; }
  public Iterable<SObject> start(Database.BatchableContext context) {
    List<Account> found = new List<Account>();
    for (Integer at = 0; at < rows; at++) { found.add(new Account(Name = 'Tested')); }
    return found;
  }
  public void execute(Database.BatchableContext context, List<SObject> found) {
    insert found;
    if (chained == 'fail') { throw new IllegalArgumentException('scope'); }
  }
  public void finish(Database.BatchableContext context) {
    if (chained == 'chain') { Database.executeBatch(new Tested(1, null)); }
    Group made = new Group(Name = 'By ' + UserInfo.getUserId() + ' ' + Limits.getDmlStatements(), Type = 'Regular');
    if (chained == 'group') { insert made; }
  }
}`;

const TEST = `@IsTest private class TestedTest {
  static Integer made() { return [SELECT COUNT() FROM Account WHERE Name = 'Tested']; }
  static AsyncApexJob job(Id id) { return [SELECT Status, JobItemsProcessed, TotalJobItems, NumberOfErrors FROM AsyncApexJob WHERE Id = :id]; }
  @IsTest static void completed() {
    Test.startTest();
    Id id = Database.executeBatch(new Tested(3, null));
    System.assertEquals('Queued', job(id).Status);
    System.assertEquals(0, made());
    Test.stopTest();
    AsyncApexJob ended = job(id);
    System.assertEquals('Completed 1/1 0', ended.Status + ' ' + ended.JobItemsProcessed + '/' + ended.TotalJobItems + ' ' + ended.NumberOfErrors);
    System.assertEquals(3, made());
    System.assertEquals(0, Limits.getDmlRows());
  }
  @IsTest static void oneScope() {
    Id id = Database.executeBatch(new Tested(3, null), 2);
    try { Test.startTest(); Test.stopTest(); System.assert(false, 'nothing thrown'); }
    catch (UnexpectedException e) { System.assert(e.getMessage().startsWith('No more than one executeBatch can be called from within a test method.'), e.getMessage()); }
  }
  @IsTest static void takenBack() {
    insert new Account(Name = 'Base');
    Savepoint point = Database.setSavepoint();
    Database.executeBatch(new Tested(3, null));
    Database.rollback(point);
    Test.startTest();
    Test.stopTest();
    System.assertEquals(0, made());
  }
  @IsTest static void chained() {
    Test.startTest();
    Database.executeBatch(new Tested(1, 'chain'));
    Test.stopTest();
    System.assertEquals(1, made());
    System.assertEquals(1, [SELECT COUNT() FROM AsyncApexJob WHERE Status = 'Queued']);
  }
  @IsTest static void failed() {
    Id id = Database.executeBatch(new Tested(1, 'fail'));
    try { Test.startTest(); Test.stopTest(); System.assert(false, 'nothing thrown'); }
    catch (IllegalArgumentException e) { System.assertEquals('scope', e.getMessage()); }
    System.assertEquals(0, made());
    System.assertEquals(1, job(id).NumberOfErrors);
  }
  @IsTest static void asWhoOrdersIt() {
    User basil = [SELECT Id FROM User WHERE Username = 'basil.norwood@practice.example.com'];
    Test.startTest();
    System.runAs(basil) { Database.executeBatch(new Tested(0, 'group')); }
    insert new Account(Name = 'Base');
    Test.stopTest();
    System.assertEquals(1, [SELECT COUNT() FROM Group WHERE Name = :('By ' + basil.Id + ' 0')]);
  }
}`;

describe('apex: batches', function () {
  this.timeout(30_000);
  let desk: ApexDesk;
  before(async () => {
    desk = await ApexDesk.open();
    await desk.deploy(counting('Plain', ''), counting('Kept', ', Database.Stateful'));
  });
  after(() => desk.close());

  async function ended(name: string): Promise<Record<string, unknown>> {
    await desk.run(`${name} job = new ${name}();\nDatabase.executeBatch(job, 1);`);
    const soql =
      'SELECT Status, NumberOfErrors, JobItemsProcessed, TotalJobItems, ExtendedStatus, CompletedDate FROM AsyncApexJob' +
      ` WHERE ApexClass.Name = '${name}' AND JobType = 'BatchApex'`;
    const deadline = Date.now() + 5000;
    for (;;) {
      const { records } = await desk.fixture.conn.query(soql);
      const [{ attributes: _type, CompletedDate, ...job }] = records as [Record<string, unknown>];
      if (CompletedDate !== null || Date.now() > deadline) return job;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  const site = (name: string): unknown => desk.value('SELECT "Site" FROM "Account" WHERE "Name" = ?', name);
  const told = { Status: 'Completed', NumberOfErrors: 1, JobItemsProcessed: 3, TotalJobItems: 3 };

  it('begin anew in each scope where they are not stateful; the record tells of the scope that failed', async () => {
    expect(await ended('Plain')).to.deep.equal({ ...told, ExtendedStatus: 'First error: scope 1' });
    expect([site('Plain 0'), site('Plain 1'), site('Plain 2')]).to.deep.equal([
      '1 1 1 null 200',
      undefined,
      '1 1 1 null 200',
    ]);
    expect(site('Plain end')).to.equal('0 0');
  });

  it('keep fields, and never statics, where they are Database.Stateful', async () => {
    expect(await ended('Kept')).to.deep.equal({ ...told, ExtendedStatus: 'First error: scope 2' });
    expect([site('Kept 0'), site('Kept 2')]).to.deep.equal(['1 1 1 null 200', '1 2 2 null 200']);
    expect(site('Kept end')).to.equal('0 2');
  });

  it('are not there where the request that orders them fails', async () => {
    const before = desk.count('AsyncApexJob');
    await desk.anonymous('Database.executeBatch(new Plain(), 1); Integer broken = 1 / 0;');
    expect(desk.count('AsyncApexJob')).to.equal(before);
  });

  it('run at Test.stopTest in tests: one scope, and nothing that was taken back or that a job orders', async () => {
    await desk.deploy(TESTED, TEST);
    expect(await runTests(desk, 'TestedTest')).to.deep.equal({ run: 6, failures: [] });
  });
});
