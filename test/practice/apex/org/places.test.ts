/** What ends Apex is told with its place, whoever called it; debug lines say when and where. */
import { expect } from 'chai';
import { ApexDesk } from './desk.js';
import { PREFIX } from './anonymous.js';

const LOOP = 'for (Integer i = 0; i < 101; i++) { Integer n = [SELECT COUNT() FROM User]; }';

describe('apex: places', function () {
  this.timeout(30_000);
  let desk: ApexDesk;
  before(async () => {
    desk = await ApexDesk.open();
    await desk.deploy(
      `public class Deep {\n  public static void limited() {\n    ${LOOP}\n  }\n  public static void missing() {\n    SObject row = new Lead();\n    row.getQuickActionName();\n  }\n}`,
      `@RestResource(urlMapping='/deep/*') global class DeepRest {
        @HttpPost global static void work(Boolean limited) { if (limited) { Deep.limited(); } else { Deep.missing(); } }
      }`,
      `public class DeepAction {
        @InvocableMethod(label='Deep') public static void work(List<String> given) {}
        public class Request { @InvocableVariable public Boolean limited; }
      }`.replace(
        'List<String> given) {}',
        'List<Request> given) { if (given[0].limited) { Deep.limited(); } else { Deep.missing(); } }'
      ),
      `trigger DeepCase on Case (before insert) {
        if (Trigger.new[0].Subject == 'limited') { Deep.limited(); } else { Deep.missing(); }
      }`
    );
  });
  after(() => desk.close());

  for (const limited of [true, false]) {
    const text = limited ? 'System.LimitException: Too many SOQL queries: 101' : 'The practice org does not run this';
    const place = limited ? /Class\.Deep\.limited: line 3, column \d+/ : /Class\.Deep(\.missing)?: line 7, column \d+/;

    it(`of ${limited ? 'a limit' : 'what is missing here'}, in a REST class, an action and a trigger`, async () => {
      const answers = [
        await desk.rest('POST', '/deep/x', { limited }),
        await desk.call('POST', '/services/data/v66.0/actions/custom/apex/DeepAction', { inputs: [{ limited }] }),
        await desk.call('POST', '/services/data/v66.0/sobjects/Case', { Subject: limited ? 'limited' : 'missing' }),
      ];
      for (const { body } of answers) {
        const said = JSON.stringify(body);
        expect(said).to.contain(text);
        expect(said).to.match(place);
      }
      expect(answers.map(({ status }) => status)).to.deep.equal([500, 400, 400]);
    });
  }

  it('of debug lines: when, where, how loud', async () => {
    const { lines } = await desk.anonymous(
      `Integer n = 1;\nSystem.debug('one');\nSystem.debug(LoggingLevel.WARN, n + 1);`
    );
    expect(lines).to.have.length(2);
    for (const line of lines) expect(line).to.match(PREFIX);
    expect(lines.map((line) => line.split('|').slice(1))).to.deep.equal([
      ['USER_DEBUG', '[2]', 'DEBUG', 'one'],
      ['USER_DEBUG', '[3]', 'WARN', '2'],
    ]);
  });

  it('without a parent give null, and an exception where it was not selected', async () => {
    const log = await desk.run(`insert new Contact(LastName = 'Alone');
      Contact alone = [SELECT Account.Name, Account.Owner.Name FROM Contact WHERE LastName = 'Alone'];
      System.debug(alone.Account.Name);
      System.debug(alone.Account.Owner.Name);
      try { System.debug(alone.ReportsTo.Name); } catch (SObjectException e) { System.debug('not selected'); }`);
    expect(log).to.deep.equal(['null', 'null', 'not selected']);
  });
});
