/** What code sees of the org: by the sharing mode of the class that is entered, and by WITH SECURITY_ENFORCED. */
import { expect } from 'chai';
import { as, grant, made, toMinimumAccess, withoutSets, type As } from '../../access/grants.js';
import { request } from '../../http/fixture.js';
import { deploy, file } from '../../metadata/support.js';
import { ApexDesk } from './desk.js';

const BASIL = 'basil.norwood@practice.example.com';

/** A class of a sharing mode with all doors that lead into it; each tells how many leads it sees. */
const doors = (name: string, sharing: string): string => `@RestResource(urlMapping='/${name}')
global ${sharing} class ${name} implements Database.Batchable<SObject> {
  public class Input { @InvocableVariable public String text; }
  public class Output { @InvocableVariable public Integer count; }
  @HttpPost
  global static Integer rest() { return [SELECT COUNT() FROM Lead]; }
  @AuraEnabled
  public static Integer page() { return [SELECT COUNT() FROM Lead]; }
  @InvocableMethod
  public static List<Output> act(List<Input> inputs) {
    Output output = new Output();
    output.count = [SELECT COUNT() FROM Lead];
    return new List<Output>{ output };
  }
  @AuraEnabled
  public static Id order() { return Database.executeBatch(new ${name}()); }
  public Iterable<SObject> start(Database.BatchableContext context) {
    return new List<Account>{ new Account(Name = '${name}', NumberOfEmployees = [SELECT COUNT() FROM Lead]) };
  }
  public void execute(Database.BatchableContext context, List<SObject> rows) { insert rows; }
  public void finish(Database.BatchableContext context) {}
}`;

const ENFORCED = `public without sharing class Enforced {
  @AuraEnabled
  public static String ask(String how) {
    try {
      switch on how {
        when 'hidden' { return '' + [SELECT Id, Secret__c FROM Lead WITH SECURITY_ENFORCED LIMIT 1].size(); }
        when 'shown' { return '' + [SELECT Id, Title, Owner.Name FROM Lead WHERE Title != 'x' WITH SECURITY_ENFORCED].size(); }
        when 'in the condition' {
          return '' + [SELECT Id FROM Lead WHERE Secret__c = NULL WITH SECURITY_ENFORCED ORDER BY Secret__c LIMIT 1].size();
        }
        when 'of a parent' { return '' + [SELECT Id, Account.Phone FROM Contact WITH SECURITY_ENFORCED LIMIT 1].size(); }
        when 'of children' { return '' + [SELECT Id, (SELECT Phone FROM Contacts) FROM Account WITH SECURITY_ENFORCED LIMIT 1].size(); }
        when 'of children that are shown' {
          return '' + [SELECT Id, (SELECT Id FROM Contacts WHERE Phone = 'x' ORDER BY Phone) FROM Account WITH SECURITY_ENFORCED LIMIT 1].size();
        }
        when 'object' { return '' + [SELECT Id FROM Campaign WITH SECURITY_ENFORCED LIMIT 1].size(); }
        when 'counted' { return '' + [SELECT COUNT() FROM Lead WITH SECURITY_ENFORCED]; }
        when 'grouped' { return '' + [SELECT Secret__c FROM Lead WITH SECURITY_ENFORCED GROUP BY Secret__c].size(); }
        when 'dynamic' { return '' + Database.query('SELECT Secret__c FROM Lead WITH SECURITY_ENFORCED LIMIT 1').size(); }
      }
    } catch (QueryException error) {
      return error.getMessage();
    }
    return null;
  }
}`;

const MODES = { Silent: '', Inherits: 'inherited sharing', Shares: 'with sharing', Opens: 'without sharing' };

describe('apex: what code sees', function () {
  this.timeout(30_000);
  let desk: ApexDesk;
  let basil: As;
  let token: string;
  before(async () => {
    desk = await ApexDesk.open();
    const { fixture } = desk;
    const fields =
      '<fields><fullName>Secret__c</fullName><label>Secret</label><type>Text</type><length>40</length></fields>';
    await deploy(fixture.conn, { CustomObject: ['Lead'] }, { 'objects/Lead.object': file('CustomObject', fields) });
    await desk.deploy(...Object.entries(MODES).map(([name, sharing]) => doors(name, sharing)), ENFORCED);
    await withoutSets(fixture, await toMinimumAccess(fixture, BASIL));
    const set = await grant(fixture, 'Seers', BASIL, {
      ...{
        system: ['ApiEnabled'],
        objects: { Lead: 'R', Account: 'R', Contact: 'R' },
        fields: { 'Lead.Title': true, 'Contact.AccountId': false },
      },
    });
    const { records } = await fixture.conn.query<{ Id: string }>('SELECT Id FROM ApexClass');
    for (const { Id } of records) await made(fixture, 'SetupEntityAccess', { ParentId: set, SetupEntityId: Id });
    basil = await as(fixture, BASIL);
    ({ token } = await fixture.control.session(BASIL));
  });
  after(() => desk.close());

  const page = async (path: string, body: unknown = {}): Promise<unknown> =>
    (await request(desk.fixture.server.url, token, 'POST', `/workbench/apex/${path}`, body)).body as unknown;

  /** What each door of a class shows, as all leads or less. */
  const seen = async (name: string): Promise<Record<string, unknown>> => {
    const inputs = [{ text: 'x' }];
    const acted = (await basil('POST', `/actions/custom/apex/${name}`, { inputs })).body;
    await page(`${name}/order`);
    const deadline = Date.now() + 5000;
    const batch = (): unknown => desk.value('SELECT "NumberOfEmployees" FROM "Account" WHERE "Name" = ?', name);
    while (batch() === undefined && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    const counts = {
      rest: (await basil('POST', `/services/apexrest/${name}`, {})).body,
      action: (acted as Array<{ outputValues: { output: { count: number } } }>)[0]?.outputValues.output.count,
      page: await page(`${name}/page`),
      batch: batch(),
    };
    const all = desk.count('Lead', '"IsDeleted" = 0');
    return Object.fromEntries(
      Object.entries(counts).map(([door, count]) => [
        door,
        count === all ? 'all' : typeof count === 'number' && count < all ? 'own' : count,
      ])
    );
  };

  it('is what the class says that is entered; inherited is with, and none at all is with for pages alone', async () => {
    const own = { rest: 'own', action: 'own', page: 'own', batch: 'own' };
    const all = { rest: 'all', action: 'all', page: 'all', batch: 'all' };
    expect(await seen('Shares')).to.deep.equal(own);
    expect(await seen('Opens')).to.deep.equal(all);
    expect(await seen('Inherits')).to.deep.equal(own);
    expect(await seen('Silent')).to.deep.equal({ ...all, page: 'own' });
  });

  it('is refused by SECURITY_ENFORCED where the user may not see what is selected, in all records of the org', async () => {
    const refused = 'Insufficient permissions: secure query included inaccessible field';
    const ask = (how: string): Promise<unknown> => page('Enforced/ask', { how });
    for (const how of ['hidden', 'of a parent', 'of children', 'object', 'grouped', 'dynamic'])
      expect(await ask(how), how).to.equal(refused);
    const all = String(desk.count('Lead', '"IsDeleted" = 0'));
    expect([await ask('shown'), await ask('counted')]).to.deep.equal([all, all]);
    for (const how of ['in the condition', 'of children that are shown']) expect(await ask(how), how).to.equal('1');
  });
});
