/** One request of Apex is one transaction of the org. */
import { expect } from 'chai';
import { deploy, file } from '../../metadata/support.js';
import { runTests } from './apex-tests.js';
import { ApexDesk } from './desk.js';

const COUNTER = (locking: string): string => `
  @RestResource(urlMapping='/${locking ? 'locked' : 'open'}/*')
  global class ${locking ? 'Locked' : 'Open'}Counter {
    @HttpPost
    global static Integer add(Id accountId) {
      Account account = [SELECT Id, NumberOfEmployees FROM Account WHERE Id = :accountId ${locking}];
      Integer others = [SELECT COUNT() FROM User];
      account.NumberOfEmployees = (account.NumberOfEmployees == null ? 0 : account.NumberOfEmployees) + 1;
      update account;
      return account.NumberOfEmployees;
    }
  }`;

describe('apex: transactions', function () {
  this.timeout(30_000);
  let desk: ApexDesk;
  before(async () => {
    desk = await ApexDesk.open();
    await desk.deploy(
      COUNTER('FOR UPDATE'),
      COUNTER(''),
      `@RestResource(urlMapping='/fails')
       global class Failing {
         @HttpPost
         global static void work() {
           insert new Lead(LastName = 'First', Company = 'Failing Ltd');
           insert new Account(Name = 'Failing Ltd');
           throw new AuraHandledException('over');
         }
       }`
    );
  });
  after(() => desk.close());

  const newAccount = async (): Promise<string> => {
    const { body } = await desk.call('POST', '/services/data/v66.0/sobjects/Account', { Name: 'Counter Ltd' });
    return (body as { id: string }).id;
  };
  const counted = (id: string): unknown => desk.value('SELECT "NumberOfEmployees" FROM "Account" WHERE "Id" = ?', id);
  const many = (path: string, accountId: string): Promise<unknown> =>
    Promise.all(Array.from({ length: 10 }, () => desk.rest('POST', path, { accountId })));

  it('commit what they did, and tell their debug lines', async () => {
    const log = await desk.run(`
      Lead lead = new Lead(LastName = 'Ada', Company = 'Commit Ltd');
      insert lead;
      System.debug(lead.Id != null);
      System.debug([SELECT Name FROM Lead WHERE Id = :lead.Id].Name);`);
    expect(log).to.deep.equal(['true', 'Ada']);
    expect(desk.count('Lead', `"Company" = 'Commit Ltd'`)).to.equal(1);
  });

  it('are rolled back as a whole by an exception, of a block and of a class', async () => {
    const { success, exceptionMessage, exceptionStackTrace, line } =
      await desk.anonymous(`insert new Lead(LastName = 'Gone', Company = 'Gone Ltd');
      insert new Account(Name = 'Gone Ltd');
      Integer broken = 1 / 0;`);
    expect([success, exceptionMessage, line]).to.deep.equal([false, 'System.MathException: Divide by 0', 3]);
    expect(exceptionStackTrace).to.contain('AnonymousBlock: line 3');
    expect([desk.count('Lead', `"Company" = 'Gone Ltd'`), desk.count('Account', `"Name" = 'Gone Ltd'`)]).to.deep.equal([
      0, 0,
    ]);
    const { status, body } = await desk.rest('POST', '/fails', {});
    expect([status, (body as Array<{ errorCode: string }>)[0]!.errorCode]).to.deep.equal([500, 'APEX_ERROR']);
    expect(desk.count('Account', `"Name" = 'Failing Ltd'`)).to.equal(0);
  });

  it('go back to a savepoint, and on from there', async () => {
    await desk.run(`
      Savepoint start = Database.setSavepoint();
      insert new Account(Name = 'Before Ltd');
      Savepoint middle = Database.setSavepoint();
      insert new Account(Name = 'Undone Ltd');
      Database.rollback(middle);
      insert new Account(Name = 'After Ltd');`);
    const names = ['Before Ltd', 'Undone Ltd', 'After Ltd'];
    expect(names.map((name) => desk.count('Account', `"Name" = '${name}'`))).to.deep.equal([1, 0, 1]);
    await desk.run(
      `Savepoint start = Database.setSavepoint(); insert new Account(Name = 'All Ltd'); Database.rollback(start);`
    );
    expect(desk.count('Account', `"Name" = 'All Ltd'`)).to.equal(0);
  });

  it('interleave, so that two without a lock lose updates; FOR UPDATE excludes the second', async () => {
    const [open, locked] = [await newAccount(), await newAccount()];
    await many('/open/x', open);
    await many('/locked/x', locked);
    expect(counted(locked)).to.equal(10);
    expect(counted(open), 'without a lock').to.be.below(10);
  });

  it('keep others from rows that they hold: Apex waits and gives up, clients are told per record', async () => {
    const id = await newAccount();
    const { locks } = desk.fixture.org.tools;
    const patience = locks.patience;
    locks.patience = 60;
    const holder = {};
    locks.take([id], holder);
    try {
      const { exceptionMessage } = await desk.anonymous(
        `Account a = [SELECT Id FROM Account WHERE Id = '${id}' FOR UPDATE];`
      );
      expect(exceptionMessage).to.match(/^System\.QueryException: Record Currently Unavailable/);
      const { body } = await desk.call('PATCH', `/services/data/v66.0/sobjects/Account/${id}`, {
        Name: 'Taken',
      });
      expect((body as Array<{ errorCode: string }>)[0]!.errorCode).to.equal('UNABLE_TO_LOCK_ROW');
      expect(await desk.run(`System.debug([SELECT Name FROM Account WHERE Id = '${id}'].Name);`)).to.deep.equal([
        'Counter Ltd',
      ]);
      locks.patience = patience;
      const waiting = desk.rest('POST', '/locked/x', { accountId: id });
      setTimeout(() => locks.release(holder), 100);
      expect((await waiting).body).to.equal(1);
      locks.take([id], holder);
      const client = desk.call('PATCH', `/services/data/v66.0/sobjects/Account/${id}`, { Name: 'Waited' });
      setTimeout(() => locks.release(holder), 100);
      expect((await client).status, 'a client that waited').to.equal(204);
    } finally {
      locks.release(holder);
      locks.patience = patience;
    }
  });

  for (const [what, source, message] of [
    [
      '101 queries',
      'for (Integer i = 0; i < 101; i++) { Integer n = [SELECT COUNT() FROM Lead]; }',
      'Too many SOQL queries: 101',
    ],
    [
      '151 DML statements',
      `for (Integer i = 0; i < 151; i++) { insert new Account(Name = 'Limit Ltd'); }`,
      'Too many DML statements: 151',
    ],
    [
      '10,001 rows',
      `List<Account> many = new List<Account>(); for (Integer i = 0; i < 10001; i++) { many.add(new Account(Name = 'Limit Ltd')); } insert many;`,
      'Too many DML rows: 10001',
    ],
  ] as const) {
    it(`end at ${what}: nothing catches it, nothing stays`, async () => {
      const { success, exceptionMessage } = await desk.anonymous(
        `try { ${source} } catch (Exception e) { System.debug('caught'); }`
      );
      expect([success, exceptionMessage]).to.deep.equal([false, `System.LimitException: ${message}`]);
      expect(desk.count('Account', `"Name" = 'Limit Ltd'`)).to.equal(0);
    });
  }

  it('do not start where the source is no Apex, or Apex that is not done here: with line and column', async () => {
    const wrong = await desk.anonymous('Integer n = 1;\nInteger m = ;');
    expect([wrong.compiled, wrong.line]).to.deep.equal([false, 2]);
    const refused = await desk.anonymous(
      "Integer n = 1;\nList<List<SObject>> found = [FIND 'x' IN ALL FIELDS RETURNING Lead];"
    );
    expect([refused.compiled, refused.line]).to.deep.equal([false, 2]);
    expect(refused.compileProblem).to.contain('Not supported by the practice org');
  });

  it('are not there for classes that do not compile: the deploy is refused, with the place', async () => {
    const sources = {
      'classes/Wrong.cls': `public class Wrong {\n  public Integer half(Integer number) {\n    return numbr / 2;\n  }\n}`,
      'classes/Wrong.cls-meta.xml': file('ApexClass', '<apiVersion>66.0</apiVersion><status>Active</status>'),
    };
    const { success, failures } = await deploy(desk.fixture.conn, { ApexClass: ['Wrong'] }, sources);
    expect(success).to.equal(false);
    expect(failures[0]).to.include({ fullName: 'Wrong', lineNumber: 3 });
    expect(failures[0]!.problem).to.contain('numbr');
    expect(desk.count('ApexClass', `"Name" = 'Wrong'`)).to.equal(0);
  });

  it('refuse what they cannot take: variables in a dynamic query, arguments that are none', async () => {
    const { exceptionMessage } = await desk.anonymous(
      `String name = 'x';\nList<SObject> found = Database.query('SELECT Id FROM Lead WHERE LastName = :name');`
    );
    expect(exceptionMessage).to.contain('Database.queryWithBinds');
    expect(
      await desk.run(`String day = 'SELECT Id FROM Lead WHERE CreatedDate > 2020-01-01T10:00:00Z LIMIT 1';
      System.debug(Database.query(day).size());`)
    ).to.deep.equal(['1']);
    const { status, body } = await desk.rest('POST', '/open/x', { accountId: 'no id' });
    expect([status, (body as Array<{ errorCode: string }>)[0]!.errorCode]).to.deep.equal([400, 'JSON_PARSER_ERROR']);
  });

  it('bring the id of a row along, selected or not, and lock by it', async () => {
    const id = await newAccount();
    const log = await desk.run(`Account row = [SELECT Name FROM Account WHERE Id = '${id}' FOR UPDATE];
      row.Name = 'By its id';
      update row;
      System.debug(row.Id == '${id}');`);
    expect(log).to.deep.equal(['true']);
    expect(desk.value('SELECT "Name" FROM "Account" WHERE "Id" = ?', id)).to.equal('By its id');
  });

  it('go on with a batch after a scope that fails, and with the batch that it orders', async () => {
    await desk.deploy(`public class Chain implements Database.Batchable<SObject>, Database.Stateful {
      private Integer depth;
      public Chain(Integer depth) { this.depth = depth; }
      public Iterable<SObject> start(Database.BatchableContext context) {
        return new List<Account>{ new Account(Name = 'Chain ' + depth + ' bad'), new Account(Name = 'Chain ' + depth + ' good') };
      }
      public void execute(Database.BatchableContext context, List<SObject> rows) {
        if (((String) rows[0].get('Name')).endsWith('bad')) { throw new IllegalArgumentException('bad scope'); }
        insert rows;
      }
      public void finish(Database.BatchableContext context) {
        if (depth > 0) { Database.executeBatch(new Chain(depth - 1), 1); }
      }
    }`);
    await desk.run('Database.executeBatch(new Chain(1), 1);');
    const deadline = Date.now() + 5000;
    while (desk.count('Account', `"Name" = 'Chain 0 good'`) === 0 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect([
      desk.count('Account', `"Name" LIKE 'Chain % good'`),
      desk.count('Account', `"Name" LIKE 'Chain % bad'`),
    ]).to.deep.equal([2, 0]);
  });

  it('end with a fault of the practice org itself without ending the server', async () => {
    const { success, exceptionMessage } = await desk.anonymous(`String text = 'abcdefghij'.repeat(300000000);`);
    expect([success, exceptionMessage]).to.deep.equal([false, exceptionMessage]);
    expect(exceptionMessage).to.match(/^System\./);
    expect(await desk.run('System.debug(1);')).to.deep.equal(['1']);
  });

  it('run batches when they are over, a scope at a time', async () => {
    await desk.deploy(`public class Renaming implements Database.Batchable<SObject>, Database.Stateful {
      private Integer scopes = 0;
      public Database.QueryLocator start(Database.BatchableContext context) {
        return Database.getQueryLocator('SELECT Id FROM Account WHERE Name = \\'Batch Ltd\\'');
      }
      public void execute(Database.BatchableContext context, List<SObject> rows) {
        scopes++;
        for (SObject row : rows) { row.put('NumberOfEmployees', scopes); }
        update rows;
      }
      public void finish(Database.BatchableContext context) {
        insert new Account(Name = 'Finished after ' + scopes);
      }
    }`);
    await desk.run(`List<Account> rows = new List<Account>();
      for (Integer i = 0; i < 5; i++) { rows.add(new Account(Name = 'Batch Ltd')); }
      insert rows;
      Database.executeBatch(new Renaming(), 2);`);
    const deadline = Date.now() + 5000;
    while (desk.count('Account', `"Name" = 'Finished after 3'`) === 0 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const scopes = [1, 2, 3].map((scope) =>
      desk.count('Account', `"Name" = 'Batch Ltd' AND "NumberOfEmployees" = ${scope}`)
    );
    expect(scopes).to.deep.equal([2, 2, 1]);
  });

  it('have limits of their own between startTest and stopTest, the clock too', async () => {
    await desk.deploy(`@IsTest private class LimitsTest {
      static void burn() { Integer before = Limits.getCpuTime(); while (Limits.getCpuTime() < before + 60) { } }
      @IsTest static void areOfTheirOwn() {
        burn();
        insert new Account(Name = 'Limits');
        Test.startTest();
        System.assert(Limits.getCpuTime() < 60, 'cpu ' + Limits.getCpuTime());
        System.assertEquals(0, Limits.getDmlStatements());
        Test.stopTest();
        System.assert(Limits.getCpuTime() >= 60, 'cpu ' + Limits.getCpuTime());
        System.assertEquals(1, Limits.getDmlStatements());
        System.assert(('' + Limits.getCpuTime()).isNumeric());
      }
    }`);
    expect(await runTests(desk, 'LimitsTest')).to.deep.equal({ run: 1, failures: [] });
  });
});
