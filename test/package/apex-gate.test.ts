/** The static gate of the package's Apex: it finds nothing there, and finds each mistake that is put in. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { checkFormat, checkOnJava, checkTrees, type Checked, type Problem } from '../../tools/apex-check.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A class of the kind that the package has, into which one mistake goes. */
const GOOD = {
  outer: 'public with sharing class Seeded',
  query: 'List<Lead> leads = [SELECT Id, OwnerId FROM Lead WHERE Company = :name WITH USER_MODE];',
  loop: 'for (Lead one : leads) { one.Company = name; }',
  write: 'update as user leads;',
  rest: '',
};

type Parts = typeof GOOD;

const sourceOf = ({ outer, query, loop, write, rest }: Parts): string =>
  `${outer} {\n  public static void work(String name) {\n    ${query}\n    ${loop}\n    ${write}\n  }\n  ${rest}\n}\n`;

const TEST = `@IsTest
private class SeededTest {
  @IsTest
  static void works() {
    Seeded.work('Lakes');
    Assert.areEqual(0, [SELECT COUNT() FROM Lead]);
  }
}
`;

const HIDDEN = `public with sharing class Hidden {
  private static void inside() {
    List<Lead> none = [SELECT Id FROM Lead WITH USER_MODE];
  }
}
`;

const SELECT_ID = 'List<Lead> leads = [SELECT Id FROM Lead';

/** Mistakes and the rule that must name each: in this process. */
const SEEDED: Array<[rule: string, Partial<Parts>]> = [
  ['sharing', { outer: 'public class Seeded' }],
  ['without-sharing', { outer: 'public without sharing class Seeded' }],
  ['query-mode', { query: `${SELECT_ID} WHERE Company = :name];` }],
  ['dml-mode', { write: 'update leads;' }],
  ['order-for-update', { query: `${SELECT_ID} WITH USER_MODE ORDER BY Id FOR UPDATE];` }],
  ['soql-field', { query: `${SELECT_ID} WHERE Nonsense__c = :name WITH USER_MODE];` }],
  ['soql-field', { query: 'List<Lead> leads = [SELECT Owner.Nonsense FROM Lead WITH USER_MODE];' }],
  ['soql-field', { write: "insert as user new Channel_Run__c(Run_Kee__c = 'x');" }],
  ['read-only', { write: 'insert as user new Lead(CreatedById = UserInfo.getUserId());' }],
  ['value-type', { write: "insert as user new Lead_Rotation__c(Active__c = 'yes');" }],
  ['value-type', { write: 'insert as user new Lead(Company = true);' }],
  ['not-everywhere', { loop: 'Network site = null;' }],
  ['not-everywhere', { loop: 'Boolean is = new Account().IsPartner;' }],
  ['not-everywhere', { query: `${SELECT_ID} WITH USER_MODE]; User u = [SELECT ContactId FROM User WITH USER_MODE];` }],
  ['no-sosl', { loop: "List<List<SObject>> found = [FIND 'x' IN ALL FIELDS RETURNING Lead(Id)];" }],
  ['private-call', { loop: 'Hidden.inside();' }],
  [
    'one-invocable',
    {
      rest: '@InvocableMethod public static void one(List<Id> a) {} @InvocableMethod public static void two(List<Id> a) {}',
    },
  ],
  ['cacheable-write', { rest: "@AuraEnabled(cacheable=true) public static void read() { work('x'); }" }],
  ['untested', { rest: '' }],
  ['syntax', { loop: 'for (Lead one : leads) {' }],
];

/** Mistakes that take types, or the rules of PMD. */
const ON_JAVA: Array<[rule: RegExp, Partial<Parts>]> = [
  [/^type:/, { loop: 'leads[0].NumberOfEmployees = true;' }],
  [/^type:/, { loop: 'Hidden.missing();' }],
  [/^type:/, { loop: "work(name, 'more');" }],
  [/^type:/, { loop: 'unknownThing.size();' }],
  [/^type:/, { loop: 'String label = Label.Nobody_Wrote_This;' }],
  [/^pmd:OperationWithLimitsInLoop/, { loop: 'for (Lead one : leads) { update as user one; }' }],
  [/^pmd:ApexSOQLInjection/, { loop: "Database.query('SELECT Id FROM Lead WHERE Name = ' + name);" }],
];

const textOf = ({ file, line, rule, message }: Problem): string => `${file}:${line} ${rule}: ${message}`;

/** Skipped with its reason; under CI that is a failure. */
const orSkip = (context: Mocha.Context, { skipped, problems }: Checked): Problem[] => {
  if (skipped === undefined) return problems;
  if (process.env.CI === 'true') throw new Error(skipped);
  process.stderr.write(`Skipped: ${skipped}\n`);
  return context.skip();
};

describe('the static gate of Apex', () => {
  let folder: string;

  const put = (name: string, text: string): void => {
    const path = join(folder, 'force-app', 'main', 'default', 'classes', `${name}.cls`);
    writeFileSync(path, text);
    writeFileSync(
      `${path}-meta.xml`,
      '<?xml version="1.0" encoding="UTF-8"?>\n<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata">' +
        '<apiVersion>66.0</apiVersion><status>Active</status></ApexClass>\n'
    );
  };
  const seed = (parts: Partial<Parts>, tested = true): void => {
    put('Seeded', sourceOf({ ...GOOD, ...parts }));
    put('SeededTest', tested ? TEST : TEST.replaceAll('Seeded.work', 'Hidden.go'));
  };

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'channel-desk-gate-'));
    mkdirSync(join(folder, 'force-app', 'main', 'default', 'classes'), { recursive: true });
    cpSync(
      join(root, 'force-app', 'main', 'default', 'objects'),
      join(folder, 'force-app', 'main', 'default', 'objects'),
      { recursive: true }
    );
    writeFileSync(join(folder, 'sfdx-project.json'), readFileSync(join(root, 'sfdx-project.json'), 'utf8'));
    mkdirSync(join(folder, 'force-app', 'experience'));
    put('Hidden', HIDDEN);
    put('HiddenTest', '@IsTest\nprivate class HiddenTest {\n  static Hidden one;\n}\n');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('finds nothing in the trees of the package', () => {
    expect(checkTrees(root).map(textOf)).to.deep.equal([]);
  });

  it('finds nothing in a class as it should be', () => {
    seed({});
    expect(checkTrees(folder).map(textOf)).to.deep.equal([]);
  });

  for (const [rule, parts] of SEEDED) {
    it(`finds ${rule}: ${Object.values(parts)[0]!.slice(0, 60) || 'a class without a test'}`, () => {
      seed(parts, rule !== 'untested');
      const found = checkTrees(folder).map((problem) => problem.rule);
      expect([...new Set(found)]).to.deep.equal([rule]);
    });
  }

  it('on Java: nothing in the package', function () {
    this.timeout(300_000);
    expect(orSkip(this, checkOnJava(root)).map(textOf)).to.deep.equal([]);
  });

  it('on Java: each mistake', function () {
    this.timeout(300_000);
    orSkip(this, checkOnJava(root));
    ON_JAVA.forEach(([, parts], at) => {
      put(`Seeded${at}`, sourceOf({ ...GOOD, outer: `public with sharing class Seeded${at}`, ...parts }));
    });
    seed({});
    const problems = checkOnJava(folder).problems;
    ON_JAVA.forEach(([rule], at) => {
      const rules = problems.filter(({ file }) => file.endsWith(`/Seeded${at}.cls`)).map((problem) => problem.rule);
      expect(
        rules.some((one) => rule.test(one)),
        `${String(rule)} in ${JSON.stringify(rules)}`
      ).to.equal(true);
    });
    expect(problems.filter(({ file }) => file.endsWith('/Seeded.cls')).map(textOf)).to.deep.equal([]);
  });

  it('is formatted', async function () {
    this.timeout(300_000);
    expect(orSkip(this, await checkFormat(root)).map(textOf)).to.deep.equal([]);
    put('Seeded', sourceOf(GOOD));
    expect((await checkFormat(folder)).problems.map(({ rule }) => rule)).to.include('format');
  });
});
