/** Methods with @future: a call is an order that runs when its transaction is committed, in one of its own. */
import { expect } from 'chai';
import { ApexDesk } from './desk.js';
import { runTests } from './apex-tests.js';

const FUTURES = `public class Futures {
  public static Integer statics = 0;
  @future(callout=true)
  public static void mark(String name, List<Id> ids) {
    statics++;
    insert new Account(Name = name, Site = statics + ' ' + ids.size() + ' ' + Limits.getLimitQueries());
  }
  @future public static void fails() { insert new Account(Name = 'Failing'); throw new IllegalArgumentException('later'); }
  @future public static void again() { mark('Again', new List<Id>()); }
  @future public static void group() { insert new Group(Name = Test.isRunningTest() ? 'Tested Group' : 'Later Group', Type = 'Regular'); }
}`;

const TEST = `@IsTest private class FuturesTest {
  static Integer made(String name) { return [SELECT COUNT() FROM Account WHERE Name = :name]; }
  @IsTest static void runAtTheEndOfTheTest() {
    insert new Account(Name = 'Before');
    Test.startTest();
    Futures.mark('Tested', new List<Id>());
    System.assertEquals(0, made('Tested'));
    Savepoint point = Database.setSavepoint();
    Futures.mark('Undone', new List<Id>());
    Database.rollback(point);
    Futures.group();
    Test.stopTest();
    System.assertEquals(1, made('Tested'));
    System.assertEquals(0, made('Undone'));
    System.assertEquals(1, [SELECT COUNT() FROM Group WHERE Name = 'Tested Group']);
    AsyncApexJob job = [SELECT Status, MethodName FROM AsyncApexJob WHERE JobType = 'Future' AND MethodName = 'mark'];
    System.assertEquals('Completed', job.Status);
  }
  @IsTest static void fail() {
    Futures.fails();
    try { Test.startTest(); Test.stopTest(); System.assert(false, 'nothing thrown'); }
    catch (IllegalArgumentException e) { System.assertEquals('later', e.getMessage()); }
    System.assertEquals(0, made('Failing'));
    System.assertEquals('Failed', [SELECT Status FROM AsyncApexJob WHERE MethodName = 'fails'].Status);
  }
  @IsTest static void doNotOrderOthers() {
    Futures.again();
    try { Test.startTest(); Test.stopTest(); System.assert(false, 'nothing thrown'); }
    catch (AsyncException e) { System.assert(e.getMessage().contains('Futures.mark('), e.getMessage()); }
  }
}`;

const TRIGGER = `trigger FuturesOnCampaign on Campaign (after insert) {
  for (Campaign one : Trigger.new) { Futures.mark(one.Name, new List<Id>{ one.Id }); }
}`;

describe('apex: methods with @future', function () {
  this.timeout(30_000);
  let desk: ApexDesk;
  before(async () => {
    desk = await ApexDesk.open();
    await desk.deploy(FUTURES, TRIGGER, TEST);
  });
  after(() => desk.close());

  /** What became of the last call of a method. */
  async function ended(method: string): Promise<Record<string, unknown>> {
    const soql = `SELECT Status, NumberOfErrors, ExtendedStatus, CompletedDate FROM AsyncApexJob WHERE JobType = 'Future' AND MethodName = '${method}' AND ApexClass.Name = 'Futures' ORDER BY Id DESC LIMIT 1`;
    const deadline = Date.now() + 5000;
    for (;;) {
      const { records } = await desk.fixture.conn.query(soql);
      const [{ attributes: _type, CompletedDate, ...job } = {}] = records as Array<Record<string, unknown>>;
      if ((CompletedDate ?? null) !== null || Date.now() > deadline) return job;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  const site = (name: string): unknown => desk.value('SELECT "Site" FROM "Account" WHERE "Name" = ?', name);
  const done = { Status: 'Completed', NumberOfErrors: 0, ExtendedStatus: null };

  it('run when the request is committed, with what they were given, statics and limits of their own', async () => {
    const log = await desk.run(`
      Futures.statics = 5;
      List<Id> ids = new List<Id>{ UserInfo.getUserId(), UserInfo.getUserId() };
      insert new Account(Name = 'Now');
      Futures.mark('Later', ids);
      Futures.group();
      ids.clear();
      System.debug([SELECT COUNT() FROM Account WHERE Name = 'Later']);
      System.debug(Limits.getFutureCalls() + ' of ' + Limits.getLimitFutureCalls());`);
    expect(log).to.deep.equal(['0', '2 of 50']);
    expect([await ended('mark'), await ended('group')]).to.deep.equal([done, done]);
    expect(site('Later')).to.equal('1 2 200');
  });

  it('do not run where the request or a savepoint takes the call back', async () => {
    const before = desk.count('AsyncApexJob');
    await desk.anonymous(`Futures.mark('Gone', new List<Id>()); Integer broken = 1 / 0;`);
    await desk.run(`insert new Account(Name = 'Base'); Savepoint point = Database.setSavepoint();
      Futures.mark('Gone', new List<Id>()); Database.rollback(point); Futures.mark('Stays', new List<Id>());`);
    expect(await ended('mark')).to.deep.equal(done);
    expect([site('Gone'), site('Stays'), desk.count('AsyncApexJob') - before]).to.deep.equal([undefined, '1 0 200', 1]);
  });

  it('run after the save of a client whose trigger calls them', async () => {
    await desk.call('POST', '/services/data/v66.0/sobjects/Campaign', { Name: 'By a client' });
    expect(await ended('mark')).to.deep.equal(done);
    expect(site('By a client')).to.equal('1 1 200');
  });

  it('tell in their record how they failed; they call no others, and not more than 50 are called', async () => {
    await desk.run('Futures.fails();');
    const failed = { Status: 'Failed', NumberOfErrors: 1 };
    expect(await ended('fails')).to.deep.equal({ ...failed, ExtendedStatus: 'First error: later' });
    expect(desk.count('Account', `"Name" = 'Failing'`)).to.equal(0);
    await desk.run('Futures.again();');
    expect(await ended('again')).to.deep.equal({
      ...failed,
      ExtendedStatus:
        'First error: Future method cannot be called from a future or batch method: Futures.mark(String, List<Id>)',
    });
    const { exceptionMessage } = await desk.anonymous(
      `for (Integer at = 0; at < 51; at++) { Futures.mark('Many', new List<Id>()); }`
    );
    expect(exceptionMessage).to.equal('System.LimitException: Too many future calls: 51');
    expect(site('Many')).to.equal(undefined);
  });

  it('run at Test.stopTest in tests', async () => {
    expect(await runTests(desk, 'FuturesTest')).to.deep.equal({ run: 3, failures: [] });
  });

  it('are static, give nothing and take primitives: others are refused by the deploy', async () => {
    for (const [head, problem] of [
      ['void f()', 'Future methods must be static: f'],
      ['static Integer f()', 'Future methods must be void: f'],
      ['static void f(List<Account> rows)', 'Future methods do not support parameter type of List<Account>'],
    ]) {
      const body = head!.includes('Integer') ? '{ return 1; }' : '{ }';
      const { failures } = await desk.send(`public class Wrong { @future public ${head} ${body} }`);
      expect(failures[0]?.problem).to.equal(problem);
    }
  });
});
