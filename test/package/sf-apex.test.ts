/** The unmodified sf CLI runs anonymous Apex and Apex tests in the practice org, and reports what is true. */
import { expect } from 'chai';
import { deploy, file } from '../practice/metadata/support.js';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';
import { installSf, type SfCli } from '../helpers/sf-cli.js';
import jsforce from 'jsforce';

type Ran = {
  compiled: boolean;
  success: boolean;
  logs: string;
  exceptionMessage: string;
  compileProblem: string;
  line: number;
};
type Tested = {
  summary: { outcome: string; testsRan: number; passing: number; failing: number };
  tests: Array<{ FullName: string; Outcome: string; Message: string | null; StackTrace: string | null }>;
};

const CALCULATOR = `public class Calculator {
  public static Integer half(Integer number) {
    return number / 2;
  }
}`;

const CALCULATOR_TEST = `@IsTest
private class CalculatorTest {
  @IsTest
  static void halves() {
    Assert.areEqual(2, Calculator.half(5));
    insert new Lead(LastName = 'Left behind', Company = 'Test Ltd');
  }

  @IsTest
  static void isWrong() {
    Assert.areEqual(3, Calculator.half(5));
  }

  @IsTest
  static void breaks() {
    Integer none;
    Calculator.half(none);
  }
}`;

describe('Apex by the sf CLI', function () {
  this.timeout(180_000);
  let sf: SfCli;
  let org: TestOrg;

  before(async function () {
    this.timeout(300_000);
    sf = await installSf(this);
    org = await startTestOrg({ leads: 20 });
    const conn = new jsforce.Connection({ instanceUrl: org.server.url, accessToken: org.token, version: '66.0' });
    const meta = file('ApexClass', '<apiVersion>66.0</apiVersion><status>Active</status>');
    const sources = { Calculator: CALCULATOR, CalculatorTest: CALCULATOR_TEST };
    const files = Object.entries(sources).flatMap(([name, text]) => [
      [`classes/${name}.cls`, text] as const,
      [`classes/${name}.cls-meta.xml`, meta] as const,
    ]);
    const result = await deploy(conn, { ApexClass: Object.keys(sources) }, Object.fromEntries(files));
    expect(result.success, result.errorMessage).to.equal(true);
    const login = [
      'org',
      'login',
      'access-token',
      '--instance-url',
      org.server.url,
      '--no-prompt',
      '--alias',
      'apex',
      '--json',
    ];
    expect((await sf.run(login, { SF_ACCESS_TOKEN: org.token })).exitCode).to.equal(0);
  });
  after(async () => {
    await org?.close();
    sf?.close();
  });

  const anonymous = async (text: string) => {
    sf.write('block.apex', text);
    return sf.run<Ran>(['apex', 'run', '--file', 'block.apex', '--target-org', 'apex', '--json']);
  };

  it('runs a block and shows its debug lines', async () => {
    const { exitCode, json } = await anonymous(
      `insert new Lead(LastName = 'Anonymous', Company = 'Block & Sons');\nSystem.debug('leads: ' + [SELECT COUNT() FROM Lead]);`
    );
    expect([exitCode, json!.result.success]).to.deep.equal([0, true]);
    expect(json!.result.logs).to.contain('leads: 21');
    expect(org.query(`SELECT Id FROM Lead WHERE Company = 'Block & Sons'`)).to.have.length(1);
  });

  it('reports an exception, and what is no Apex, with the line', async () => {
    const thrown = await anonymous(`insert new Lead(LastName = 'Undone', Company = 'Undone Ltd');\nInteger n = 1 / 0;`);
    expect(thrown.exitCode).to.not.equal(0);
    expect(JSON.stringify(thrown.json)).to.contain('System.MathException: Divide by 0').and.to.contain('line 2');
    expect(org.query(`SELECT Id FROM Lead WHERE Company = 'Undone Ltd'`)).to.deep.equal([]);
    const wrong = await anonymous('Integer n = 1;\nString s = unknownThing;');
    expect(wrong.exitCode).to.not.equal(0);
    expect(JSON.stringify(wrong.json)).to.contain('unknownThing');
  });

  for (const [how, flags] of [
    ['at once', ['--synchronous']],
    ['in the background', ['--wait', '5']],
  ] as const) {
    it(`runs tests ${how} with true results, and leaves nothing behind`, async () => {
      const args = [
        'apex',
        'run',
        'test',
        '--class-names',
        'CalculatorTest',
        ...flags,
        '--target-org',
        'apex',
        '--json',
      ];
      const { exitCode, json, stdout } = await sf.run<Tested>(args);
      expect(exitCode, stdout).to.equal(100);
      const { summary, tests } = json!.result;
      expect(summary).to.include({ outcome: 'Failed', testsRan: 3, passing: 1, failing: 2 });
      const byName = new Map(tests.map((one) => [one.FullName, one]));
      expect(byName.get('CalculatorTest.halves')).to.include({ Outcome: 'Pass' });
      const wrong = byName.get('CalculatorTest.isWrong')!;
      expect(wrong.Message).to.contain('Assertion Failed: Expected: 3, Actual: 2');
      expect(wrong.StackTrace).to.contain('Class.CalculatorTest.isWrong: line 11');
      expect(byName.get('CalculatorTest.breaks')!.Message).to.contain('System.NullPointerException');
      expect(org.query(`SELECT Id FROM Lead WHERE LastName = 'Left behind'`)).to.deep.equal([]);
    });
  }
});
