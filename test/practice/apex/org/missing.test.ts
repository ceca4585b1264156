/** Apex that this org does not do: the deploy warns, what does not reach it runs, and what does is told with its place. */
import { expect } from 'chai';
import { request } from '../../http/fixture.js';
import { ApexDesk } from './desk.js';

/** Each part in a method of its own, on a line of its own: what it is told as, and where. */
const PARTS: ReadonlyArray<readonly [name: string, code: string, what: string]> = [
  ['search', `return '' + [FIND 'x' IN ALL FIELDS RETURNING Lead].size();`, 'SOSL'],
  ['merges', `merge new Account() new Account(); return null;`, '"merge new Account() new Account();"'],
  ['digits', `Double d = 1.5d; return '' + d;`, 'the literal 1.5d; write 1.5'],
  ['calls', `HttpRequest sent = new HttpRequest(); sent.setMethod('GET'); return sent.getBody();`, 'HttpRequest'],
  ['enqueues', `return System.enqueueJob(new Later());`, 'System.enqueueJob'],
  ['zone', `return UserInfo.getTimeZone().getID();`, 'UserInfo.getTimeZone'],
  [
    'mails',
    `List<Messaging.SingleEmailMessage> all = new List<Messaging.SingleEmailMessage>(); Messaging.sendEmail(all); return null;`,
    'Messaging.sendEmail',
  ],
  [
    'types',
    `DescribeFieldResult d = Lead.Email.getDescribe(); return '' + d.getType();`,
    'DescribeFieldResult.getType',
  ],
  ['values', `Object type = Schema.DisplayType.EMAIL; return '' + type;`, 'Schema.DisplayType.EMAIL'],
  ['pages', `return ApexPages.currentPage().getUrl();`, 'ApexPages.currentPage'],
  ['others', `Order placed = new Order(); return '' + placed;`, 'Order'],
];

const MODERN = `public with sharing class Modern {
${PARTS.map(([name, code]) => `  @AuraEnabled public static String ${name}() { ${code} }`).join('\n')}
  @AuraEnabled public static String fine() { return 'fine'; }
  private HttpRequest kept;
  public HttpResponse respond(HttpRequest request) { return null; }
  @AuraEnabled public static String caught() {
    try { Integer none = 1 / 0; }
    catch (VisualforceException e) { return 'wrong'; }
    catch (MathException e) { return new Modern().kept == null ? 'right' : 'kept'; }
    return 'none';
  }
}`;

const LATER = `public class Later implements Queueable, Database.AllowsCallouts {
  public void execute(QueueableContext context) { insert new Account(Name = 'Later ' + context.getJobId()); }
}`;

const TEXTS = `public class Texts {
  public class Quiet { public override String toString() { return 'quiet'; } }
  public class Asking { public override String toString() { return '' + [SELECT COUNT() FROM Lead]; } }
  public virtual class Base { private Integer own() { return 1; } }
  public class Same extends Base { private Integer own() { return 2; } }
  @AuraEnabled public static String quiet() { return '' + new Quiet(); }
  @AuraEnabled public static String asking() { return '' + new Asking(); }
  @AuraEnabled public static String same() { return '' + new Same(); }
}`;

const REST = `@RestResource(urlMapping='/modern')
global class ModernDoor {
  public class Input { @InvocableVariable public String text; }
  @HttpGet global static String get() { return Modern.fine(); }
  @HttpPost global static String post() { return Modern.zone(); }
  @InvocableMethod public static void act(List<Input> inputs) { String zone = inputs[0].text == 'fine' ? '' : Modern.zone(); }
}`;

const TRIGGER = `trigger ModernAccount on Account (before insert) {
  for (Account one : Trigger.new) {
    if (one.Name == 'ask') one.Site = UserInfo.getTimeZone().getID();
  }
}`;

const TEST = `@IsTest private class ModernTest {
  @IsTest static void fine() { System.assertEquals('fine', Modern.fine()); }
  @IsTest static void zone() { Modern.zone(); }
}`;

describe('apex: what is missing', function () {
  this.timeout(30_000);
  let desk: ApexDesk;
  before(async () => {
    desk = await ApexDesk.open();
  });
  after(() => desk.close());

  const page = async (path: string): Promise<unknown> => {
    const { url } = desk.fixture.server;
    return (await request(url, desk.fixture.token, 'POST', `/workbench/apex/${path}`, {})).body;
  };

  it('is deployed with a warning at its first place', async () => {
    const { success, successes } = await desk.send(MODERN, LATER, TEXTS, REST, TRIGGER, TEST);
    expect(success).to.equal(true);
    const warned = successes
      .filter(({ problem }) => problem)
      .map((one) => [one.fullName, one.problemType, one.lineNumber, one.problem]);
    expect(warned).to.have.deep.members([
      ['Modern', 'Warning', 2, 'Modern: Not supported by the practice org: SOSL'],
      ['ModernAccount', 'Warning', 3, 'ModernAccount: Not supported by the practice org: UserInfo.getTimeZone'],
      [
        'Texts',
        'Warning',
        3,
        'Texts: Not supported by the practice org: a query or DML in toString, which the platform calls itself',
      ],
    ]);
  });

  it('is told with class, line and column where it is reached, and only there', async () => {
    for (const [at, [name, code, what]] of PARTS.entries()) {
      const answer = (await page(`Modern/${name}`)) as Record<string, string>;
      expect(answer.message, `${name} ${JSON.stringify(answer)}`).to.equal(
        `The practice org does not run this: ${what}`
      );
      const column = MODERN.split('\n')[at + 1]!.indexOf(code) + 1;
      const told = /^Class\.Modern: line (\d+), column (\d+)$/.exec(answer.stackTrace!)!;
      expect(Number(told[1]), name).to.equal(at + 2);
      expect(Number(told[2]), name).to.be.within(column, column + code.length);
    }
    expect([await page('Modern/fine'), await page('Modern/caught')]).to.deep.equal(['fine', 'right']);
  });

  it('leaves alone what else the classes and the platform call', async () => {
    expect(await page('Texts/quiet')).to.equal('quiet');
    const asking = (await page('Texts/asking')) as Record<string, string>;
    expect(asking.message).to.contain('a query or DML in toString');
    const same = (await page('Texts/same')) as Record<string, string>;
    expect(same.message).to.contain('a method named as a private one of Texts.Base: own');
  });

  it('does not keep REST classes, actions, blocks and tests from running', async () => {
    expect((await desk.rest('GET', '/modern')).body).to.equal('fine');
    const refused = await desk.rest('POST', '/modern', {});
    expect([refused.status, JSON.stringify(refused.body)]).to.deep.equal([
      500,
      JSON.stringify([
        {
          errorCode: 'APEX_ERROR',
          message: `NotSupported: The practice org does not run this: UserInfo.getTimeZone\n\nClass.Modern: line 7, column ${MODERN.split('\n')[6]!.indexOf('getTimeZone') + 1}`,
        },
      ]),
    ]);
    const act = (text: string): Promise<{ status: number }> =>
      desk.call('POST', '/services/data/v66.0/actions/custom/apex/ModernDoor', { inputs: [{ text }] });
    expect([(await act('fine')).status, (await act('other')).status]).to.deep.equal([200, 400]);
    expect(await desk.run('System.debug(Modern.fine());')).to.deep.equal(['fine']);
    const { compiled, compileProblem, line } = await desk.anonymous('Integer n = 1;\nHttp http = new Http();');
    expect([compiled, compileProblem, line]).to.deep.equal([false, 'Not supported by the practice org: Http', 2]);
    const body = { tests: [{ className: 'ModernTest' }] };
    const ran = (await desk.call('POST', '/services/data/v66.0/tooling/runTestsSynchronous', body)).body as {
      numTestsRun: number;
      failures: Array<{ methodName: string; message: string }>;
    };
    expect([ran.numTestsRun, ran.failures.map(({ methodName }) => methodName)]).to.deep.equal([2, ['zone']]);
    expect(ran.failures[0]!.message).to.contain('UserInfo.getTimeZone');
  });

  it('lets records be saved whose triggers do not reach it; of others it is the error', async () => {
    const save = (object: string, record: unknown): Promise<{ status: number; body: unknown }> =>
      desk.call('POST', `/services/data/v66.0/sobjects/${object}`, record);
    expect((await save('Lead', { LastName: 'Fine', Company: 'Fine Ltd' })).status).to.equal(201);
    expect((await save('Account', { Name: 'Fine Ltd' })).status).to.equal(201);
    const { status, body } = await save('Account', { Name: 'ask' });
    const [error] = body as Array<{ message: string; errorCode: string }>;
    expect([status, error!.errorCode]).to.deep.equal([400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY']);
    expect(error!.message)
      .to.contain('ModernAccount')
      .and.to.contain('UserInfo.getTimeZone')
      .and.to.contain('line 3, column');
  });

  it('is not what a slip is: that deploy is refused', async () => {
    for (const [code, problem] of [
      ['System.enqueJob(null);', 'Method does not exist or incorrect signature: enqueJob(null) from the type System'],
      ['HttpRequst sent;', 'Invalid type: HttpRequst'],
      [
        'String s = Userinfo.getTimeZone(1);',
        'Method does not exist or incorrect signature: getTimeZone(Integer) from the type UserInfo',
      ],
    ]) {
      const { success, failures } = await desk.send(`public class Slip {\n  void f() {\n    ${code}\n  }\n}`);
      expect([success, failures[0]?.problem, failures[0]?.lineNumber]).to.deep.equal([false, problem, 3]);
    }
  });

  it('fails what uses a class whose metadata went away, with its place, and nothing else', async () => {
    // As when a field is deleted that a class names.
    const { store } = desk.fixture.org;
    store
      .sql(`UPDATE "ApexClass" SET "Body" = ? WHERE "Name" = 'Later'`)
      .run('public class Later { public Nowhere field; }');
    const answer = (await page('Modern/fine')) as Array<{ message: string }>;
    expect(JSON.stringify(answer))
      .to.contain('CompileError: Invalid type: Nowhere')
      .and.to.contain('Class.Later: line 1, column');
    const save = (Name: string): Promise<{ status: number; body: unknown }> =>
      desk.call('POST', '/services/data/v66.0/sobjects/Account', { Name });
    expect(JSON.stringify((await save('Any Ltd')).body)).to.contain('Invalid type: Nowhere');
    const lead = { LastName: 'Fine', Company: 'Fine Ltd' };
    expect((await desk.call('POST', '/services/data/v66.0/sobjects/Lead', lead)).status).to.equal(201);
  });
});
