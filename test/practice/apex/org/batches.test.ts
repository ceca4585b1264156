/** Jobs of Database.executeBatch: each part is a transaction with statics and limits of its own; records tell how they went. */
import { expect } from 'chai';
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
});
