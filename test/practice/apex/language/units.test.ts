import { expect } from 'chai';
import { ApexList } from '../../../../src/practice/apex/runtime/collections.js';
import type { ClassInfo } from '../../../../src/practice/apex/runtime/objects.js';
import type { Value } from '../../../../src/practice/apex/runtime/values.js';
import { hostOf, program, ran, refusal, run } from './programs.js';

const block = (text: string) => ({ kind: 'anonymous', name: 'AnonymousBlock', text }) as const;
const trigger = (text: string) => ({ kind: 'trigger', name: 'OnLead', text }) as const;

describe('Apex: blocks, triggers, and what is known of classes', () => {
  it('runs a block with methods, classes and the classes of the program', async () => {
    const classes = program(
      'public class Store { public static Integer kept = 1; }',
      block(
        `Integer n = 5;\nn += plus(n);\nInteger plus(Integer by) { return by + Store.kept; }\nclass Local { Integer x = 3; }\nenum E { A, B }\nSystem.debug(n + new Local().x + ' ' + E.B);\nList<String> l = new List<String>{ 'a' };\nfor (String s : l) { System.debug(s); }\nObject o = null;\no.toString();`
      )
    );
    const runtime = classes.begin(hostOf());
    const { out, thrown, stack } = await ran(runtime, runtime.runAnonymous());
    expect(out).to.deep.equal(['14 B', 'a']);
    expect(thrown).to.contain('NullPointerException');
    expect(stack).to.equal('AnonymousBlock: line 10, column 1');
  });

  it('runs triggers with their context, also within a request of another one', async () => {
    const classes = program(
      `public class T { public static Integer runs = 0; public static void go() { insert new Lead(LastName = 'outer'); System.debug(runs + ' ' + Trigger.isExecuting + ' ' + Trigger.new); } }`,
      trigger(
        `trigger OnLead on Lead (before insert, after update) {\n  for (Lead l : Trigger.new) {\n    System.debug(Trigger.isBefore + ' ' + Trigger.isAfter + ' ' + l.LastName + ' ' + Trigger.size);\n    T.runs++;\n    if (l.LastName == 'bad') { Integer x = 1 / 0; }\n  }\n}`
      )
    );
    expect(classes.triggers).to.deep.equal([
      { name: 'OnLead', object: 'Lead', moments: ['before insert', 'after update'] },
    ]);
    const host = hostOf((request, ctx) => {
      if (request.kind !== 'dml') return null;
      const fresh = new ApexList(ctx.type('Lead'), [request.records]);
      const running = runtime.runTrigger('OnLead', { new: fresh, isbefore: true, size: 1 });
      return running.next(null).value as null;
    });
    const runtime = classes.begin(host);
    expect(await ran(runtime, runtime.callStatic('T', 'go', []), host)).to.deep.equal({
      out: ['true false outer 1', '1 false null'],
    });
    const bad = new ApexList(runtime.type('Lead'), [runtime.record('Lead', [['LastName', 'bad']])]);
    expect((await ran(runtime, runtime.runTrigger('OnLead', { new: bad }), host)).stack).to.equal(
      'Trigger.OnLead: line 5, column 1'
    );
  });

  it('knows annotations, modifiers and types of what a class declares', () => {
    const classes = program(
      `@IsTest(SeeAllData=true) private class T { @TestVisible private static Integer x; @TestSetup static void setup() { } @IsTest static void one() { } static testMethod void two() { }
         @AuraEnabled(cacheable=true) public static List<String> read(Id recordId, Map<String, Object> more) { return null; }
         @InvocableMethod(label='Do it' description='all') public static void act(List<Lead> leads) { } public class Req { @InvocableVariable(required=true) public String name; } }`
    );
    const info: ClassInfo = classes.classes.get('t')!;
    expect(info.annotations).to.deep.equal([{ name: 'istest', values: { seealldata: true } }]);
    const marked = info.methods.map((one) => [one.name, one.annotations.map((mark) => mark.name).join()]);
    expect(marked).to.deep.equal([
      ['setup', 'testsetup'],
      ['one', 'istest'],
      ['two', 'istest'],
      ['read', 'auraenabled'],
      ['act', 'invocablemethod'],
    ]);
    const read = info.methods.find((one) => one.name === 'read')!;
    expect(read.parameters.map((one) => one.type)).to.deep.equal(['Id', 'Map<String, Object>']);
    expect([read.returns, read.annotations[0]!.values.cacheable]).to.deep.equal(['List<String>', true]);
    expect(info.methods[4]!.annotations[0]!.values).to.deep.equal({ label: 'Do it', description: 'all' });
    expect(classes.classes.get('t.req')!.fields[0]!.annotations).to.deep.equal([
      { name: 'invocablevariable', values: { required: true } },
    ]);
  });

  it('lets a host make instances and call their methods', () => {
    const classes = program(
      'public class Job { Integer n; public Job(Integer n) { this.n = n; } public Integer execute(Integer by) { n += by; return n; } }'
    );
    const runtime = classes.begin(hostOf());
    const job = runtime.newInstance('Job', [4]).next().value as Value;
    expect(runtime.callMethod(job, 'execute', [3]).next().value).to.equal(7);
    expect(runtime.fieldOf(job as never, 'n')).to.equal(7);
  });

  it('refuses what it does not do, and what is wrong, by line and column', () => {
    const inMethod = (code: string): string =>
      refusal(`public class T {\n  void f(Integer n, String s, Lead l) {\n    ${code}\n  }\n}`);
    expect({
      sosl: inMethod("List<List<SObject>> x = [FIND 'a' IN ALL FIELDS RETURNING Lead];"),
      merge: inMethod('merge l l;'),
      variable: inMethod('Integer y = 1; n = y + z;'),
      type: inMethod('Unknown u;'),
      method: inMethod('s.nothing(1);'),
      own: inMethod('nothing();'),
      arguments: inMethod('f(1);'),
      field: inMethod('l.Nothing__c = 1;'),
      record: inMethod("l = new Lead(Nothing = 'x');"),
      duplicate: inMethod('{ Integer n = 1; }'),
      integer: inMethod('n = 2147483648;'),
      static: inMethod('T.go();'),
      constructor: inMethod('Object o = new T(1);'),
      native: inMethod('String.nothing(s);'),
      unused: inMethod('n + 1;'),
      double: inMethod('Double d = 1.5d;'),
      condition: inMethod('if (n) { }'),
      arithmetic: inMethod("n = 'a' - 1;"),
      nothing: inMethod('Object o = f(1, s, l);'),
      assigned: inMethod('n = 1L;'),
      returned: inMethod('s = n + 1;'),
      argument: inMethod("f('x', s, l);"),
      void: inMethod('return 1;'),
      syntax: inMethod('n = ;'),
    }).to.deep.equal({
      sosl: 'T 3:29 Not supported by the practice org: SOSL',
      merge: 'T 3:5 Not supported by the practice org: "merge l l;"',
      variable: 'T 3:28 Variable does not exist: z',
      type: 'T 3:5 Invalid type: Unknown',
      method: 'T 3:7 Method does not exist or incorrect signature: nothing(Integer) from the type String',
      own: 'T 3:5 Method does not exist or incorrect signature: nothing()',
      arguments: 'T 3:5 Method does not exist or incorrect signature: f(Integer)',
      field: 'T 3:7 Field does not exist: Nothing__c on Lead',
      record: 'T 3:18 Field does not exist: Nothing on Lead',
      duplicate: 'T 3:15 Duplicate variable: n',
      integer: 'T 3:9 Illegal integer',
      static: 'T 3:7 Method does not exist or incorrect signature: go() from the type T',
      constructor: 'T 3:16 Constructor not defined: [T].<Constructor>(Integer)',
      native: 'T 3:12 Method does not exist or incorrect signature: nothing(String) from the type String',
      unused: 'T 3:5 Expression cannot be a statement.',
      double: 'T 3:16 Not supported by the practice org: the literal 1.5d; write 1.5',
      condition: 'T 3:9 Condition expression must be of type Boolean',
      arithmetic: 'T 3:9 Arithmetic expressions must use numeric arguments',
      nothing: 'T 3:16 Illegal assignment from void to Object',
      assigned: 'T 3:9 Illegal assignment from Long to Integer',
      returned: 'T 3:9 Illegal assignment from Integer to String',
      argument: 'T 3:5 Method does not exist or incorrect signature: f(String, String, Lead) from the type T',
      void: 'T 3:5 A void method returns no value',
      syntax: "T 3:9 mismatched input ';'",
    });
    expect(refusal('public class A extends B { }')).to.equal('A 1:24 Invalid type: B');
    expect(refusal('public class A { Integer x; Integer X; }')).to.equal('A 1:37 Field already exists: X');
    expect(refusal('public class A { }', 'public class a { }')).to.equal('a 1:14 Duplicate class: a');
  });

  it('ends with the place of what only a value shows to be unsupported', async () => {
    let failure: unknown;
    await run("Object o = 'x';\n    o.nothing();").catch((error: unknown) => (failure = error));
    expect(failure).to.deep.include({
      message: 'String has no method nothing with 0 argument(s) here',
      place: { source: 'T', line: 4, column: 7, label: 'Class.T.go' },
    });
  });
});
