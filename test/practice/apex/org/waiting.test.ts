/** Who needs rows that another request holds waits for them, whatever it is: Apex before and after its first write, Bulk, SOAP. */
import { expect } from 'chai';
import { ApexDesk } from './desk.js';

/** Locks the first row, looks around, then does what is asked with the second; it writes before that where it is told to. */
const STEPS = `
  @RestResource(urlMapping='/steps')
  global class Steps {
    @HttpPost
    global static String work(Id first, Id second, Boolean writesFirst) {
      Account one = [SELECT Id, Site FROM Account WHERE Id = :first FOR UPDATE];
      for (Integer i = 0; i < 20; i++) { Integer n = [SELECT COUNT() FROM User]; }
      if (writesFirst) { insert new Account(Name = 'Between'); }
      try {
        Account other = [SELECT Id, Site FROM Account WHERE Id = :second FOR UPDATE];
        update new List<Account>{ new Account(Id = one.Id, Site = one.Site + '+'), new Account(Id = other.Id, Site = other.Site + '+') };
      } catch (QueryException error) { return error.getMessage(); }
      return 'done';
    }
  }`;

describe('apex: waiting for rows', function () {
  this.timeout(30_000);
  let desk: ApexDesk;
  before(async () => {
    desk = await ApexDesk.open();
    await desk.deploy(STEPS);
  });
  after(() => desk.close());

  const newAccount = async (): Promise<string> => {
    const sent = { Name: 'Waited Ltd', Site: 'x' };
    const { body } = await desk.call('POST', '/services/data/v66.0/sobjects/Account', sent);
    return (body as { id: string }).id;
  };
  const site = (id: string): unknown => desk.value('SELECT "Site" FROM "Account" WHERE "Id" = ?', id);

  /** Holds a row for a moment while something runs. @returns what it gave, and whether it ended before the row was free */
  async function held<T>(id: string, work: () => Promise<T>): Promise<T> {
    const { locks } = desk.fixture.org.tools;
    const holder = {};
    locks.take([id], holder);
    let over = false;
    const running = work().finally(() => (over = true));
    await new Promise((resolve) => setTimeout(resolve, 150));
    const early = over;
    locks.release(holder);
    const result = await running;
    expect(early, `it did not wait: ${JSON.stringify(result)}`).to.equal(false);
    return result;
  }

  for (const [what, source] of [
    ['Database.query', `List<SObject> rows = Database.query('SELECT Id FROM Account WHERE Id = \\'ID\\' FOR UPDATE');`],
    ['Database.update', `Database.update(new Account(Id = 'ID', Site = 'set'), false);`],
    [
      'FOR UPDATE after a write',
      `insert new Lead(LastName = 'W', Company = 'Once'); Account a = [SELECT Id FROM Account WHERE Id = 'ID' FOR UPDATE];`,
    ],
    [
      'DML after a write',
      `insert new Lead(LastName = 'W', Company = 'Once'); update new Account(Id = 'ID', Site = 'set');`,
    ],
  ] as const) {
    it(`${what} waits, and is done once`, async () => {
      const id = await newAccount();
      const before = desk.count('Lead', `"Company" = 'Once'`);
      const log = await held(id, () => desk.run(`${source.replace('ID', id)}\nSystem.debug('done');`));
      expect(log).to.have.length(1);
      if (source.includes('set')) expect(site(id)).to.equal('set');
      expect(desk.count('Lead', `"Company" = 'Once'`) - before).to.equal(source.includes('Once') ? 1 : 0);
    });
  }

  it('gives up where the row stays locked: all is taken back', async () => {
    const id = await newAccount();
    const { locks } = desk.fixture.org.tools;
    const patience = locks.patience;
    locks.patience = 60;
    const holder = {};
    locks.take([id], holder);
    try {
      const started = Date.now();
      const { exceptionMessage } = await desk.anonymous(
        `insert new Lead(LastName = 'W', Company = 'Never'); update new Account(Id = '${id}', Site = 'never');`
      );
      expect(exceptionMessage).to.contain('UNABLE_TO_LOCK_ROW');
      expect(Date.now() - started).to.be.within(50, 2000);
    } finally {
      locks.patience = patience;
      locks.release(holder);
    }
    expect([desk.count('Lead', `"Company" = 'Never'`), site(id)]).to.deep.equal([0, 'x']);
  });

  it('two that hold what the other needs do not wait for each other where one has written', async () => {
    const [a, b] = [await newAccount(), await newAccount()];
    const started = Date.now();
    const answers = await Promise.all([
      desk.rest('POST', '/steps', { first: a, second: b, writesFirst: false }),
      desk.rest('POST', '/steps', { first: b, second: a, writesFirst: true }),
    ]);
    expect(answers.map(({ body }) => body)).to.deep.equal(['done', 'done']);
    expect([site(a), site(b), desk.count('Account', `"Name" = 'Between'`)]).to.deep.equal(['x++', 'x++', 1]);
    expect(Date.now() - started, 'milliseconds').to.be.below(5000);
  });

  it('Bulk API and SOAP wait as REST does', async () => {
    const id = await newAccount();
    const { conn, server, token } = desk.fixture;
    const bulk = await held(id, () =>
      conn.bulk2.loadAndWaitForResults({ object: 'Account', operation: 'update', input: [{ Id: id, Site: 'bulk' }] })
    );
    expect([bulk.failedResults, site(id)]).to.deep.equal([[], 'bulk']);
    const envelope = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com">
      <e:Header><SessionHeader><sessionId>${token}</sessionId></SessionHeader></e:Header>
      <e:Body><update><sObjects><type xmlns="urn:sobject.partner.soap.sforce.com">Account</type><Id>${id}</Id><Site>soap</Site></sObjects></update></e:Body></e:Envelope>`;
    const soap = await held(id, async () => {
      const headers = { 'content-type': 'text/xml', soapaction: '""' };
      const response = await fetch(`${server.url}/services/Soap/u/66.0`, { method: 'POST', headers, body: envelope });
      return response.text();
    });
    expect(soap).to.contain('<success>true</success>');
    expect(site(id)).to.equal('soap');
  });
});
