import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { ApexRequest } from '../../../../src/practice/apex/host.js';
import { ApexList } from '../../../../src/practice/apex/runtime/collections.js';
import type { Ctx } from '../../../../src/practice/apex/runtime/context.js';
import { ApexFailure } from '../../../../src/practice/apex/runtime/failures.js';
import { ApexSObject } from '../../../../src/practice/apex/runtime/sobjects.js';
import type { Value } from '../../../../src/practice/apex/runtime/values.js';
import { hostOf, LEAD, program, ran, refusal, run, type Answer } from './programs.js';

/** A list of leads with these last names, as a query gives them. */
const rows = (ctx: Ctx, ...names: string[]): ApexList => {
  const records = names.map((name) => {
    const record = new ApexSObject(LEAD);
    record.fields.set('LastName', name);
    record.queried = true;
    return record;
  });
  return new ApexList(ctx.type('Lead'), records);
};

/** Answers every query with rows, and keeps what was asked. */
const answering = (...names: string[]): { asked: ApexRequest[]; answer: Answer } => {
  const asked: ApexRequest[] = [];
  const answer: Answer = async (request, ctx) => {
    await pause(1);
    asked.push(request);
    return request.kind === 'query' ? rows(ctx, ...names) : null;
  };
  return { asked, answer };
};

describe('Apex: queries and DML', () => {
  it('asks with the text, the values bound, the sharing and the place', async () => {
    const { asked, answer } = answering('x');
    const { out } = await run(
      `Set<Id> ids = new Set<Id>();\nList<Lead> found = [SELECT Id FROM Lead\n  WHERE Id IN :ids AND LastName = :('a' + 1) LIMIT :T.three];\nSystem.debug(found.size());`,
      'static Integer three = 3;',
      answer
    );
    expect(out).to.deep.equal(['1']);
    const [query] = asked as Array<ApexRequest & { kind: 'query' }>;
    expect(query!.soql).to.equal('SELECT Id FROM Lead\n  WHERE Id IN :b0 AND LastName = :b1 LIMIT :b2');
    expect(query!.binds.slice(1)).to.deep.equal(['a1', 3]);
    expect(query!.at).to.deep.equal({ source: 'T', line: 4, column: 20 });
    expect(query!.sharing).to.equal(undefined);
  });

  it('makes one record of rows where one is wanted: variable, parameter, return, field', async () => {
    const { answer } = answering('x');
    const one = await run(
      `Lead l = [SELECT LastName FROM Lead]; System.debug(l.LastName); System.debug([SELECT LastName FROM Lead].LastName);
       System.debug(T.name([SELECT LastName FROM Lead])); System.debug(T.first().LastName); System.debug([SELECT LastName FROM Lead][0].LastName);`,
      'static String name(Lead l) { return l.LastName; } static Lead first() { return [SELECT LastName FROM Lead]; }',
      answer
    );
    expect(one).to.deep.equal({ out: ['x', 'x', 'x', 'x', 'x'] });
    for (const [names, words] of [
      [[], 'no rows'],
      [['a', 'b'], 'more than 1 row'],
    ] as const) {
      const { thrown } = await run('Lead l = [SELECT Id FROM Lead];', '', answering(...names).answer);
      expect(thrown).to.equal(`System.QueryException: List has ${words} for assignment to SObject`);
    }
  });

  it('loops over rows one by one and in lists of two hundred, and counts', async () => {
    const { asked, answer } = answering(...Array.from({ length: 450 }, (_one, at) => `n${at}`));
    const { out } = await run(
      `Integer n = 0; for (Lead l : [SELECT LastName FROM Lead]) { if (l.LastName == 'n3') { continue; } n++; } System.debug(n);
       for (List<Lead> some : [SELECT LastName FROM Lead]) { System.debug(some.size()); }`,
      '',
      answer
    );
    expect(out).to.deep.equal(['449', '200', '200', '50']);
    expect(asked.map((one) => one.kind === 'query' && one.context)).to.deep.equal(['loop', 'loop']);
    const count = await run('Integer c = [SELECT COUNT() FROM Lead]; System.debug(c + 1);', '', () => 41);
    expect(count.out).to.deep.equal(['42']);
  });

  it('refuses to read a field that was not selected', async () => {
    const { thrown } = await run('Lead l = [SELECT LastName FROM Lead]; Id i = l.OwnerId;', '', answering('x').answer);
    expect(thrown).to.equal(
      'System.SObjectException: SObject row was retrieved via SOQL without querying the requested field: Lead.OwnerId'
    );
  });

  it('sends DML with its operation, access and external id', async () => {
    const { asked, answer } = answering();
    await run(
      "Lead l = new Lead(LastName = 'x'); insert l; update as user new List<Lead>{ l }; upsert as system l Lead.Score__c; delete l; undelete l;",
      '',
      answer
    );
    const sent = asked.map((one) => (one.kind === 'dml' ? [one.operation, one.access, one.externalId] : one.kind));
    expect(sent).to.deep.equal([
      ['insert', undefined, undefined],
      ['update', 'user', undefined],
      ['upsert', 'system', 'Lead.Score__c'],
      ['delete', undefined, undefined],
      ['undelete', undefined, undefined],
    ]);
    expect((await run('Lead none; insert none;', '', answer)).thrown).to.contain('NullPointerException');
  });

  it('gives failures of the host to catch, with the stack of the program', async () => {
    const { out, thrown, stack } = await run(
      `try {\n  T.save();\n} catch (DmlException e) {\n  System.debug(e.getMessage() + '\\n' + e.getStackTraceString());\n}\nT.save();`,
      `static void save() {\n  insert new Lead();\n}\n`,
      () => {
        throw new ApexFailure('System.DmlException', 'refused');
      }
    );
    const here = 'Class.T.save: line 2, column 1';
    expect(out).to.deep.equal([`refused\n${here}\nClass.T.go: line 7, column 1`]);
    expect(thrown).to.equal('System.DmlException: refused');
    expect(stack).to.equal(`${here}\nClass.T.go: line 11, column 1`);
  });

  it('lets the host in through constructors, initialisers, statics, properties, interfaces and operators', async () => {
    const { asked, answer } = answering('x');
    const classes = program(
      `public class T { public static void go() {
         System.debug(new Holder().count + Config.leads.size()); Holder h = new Sub(); System.debug(h.live + h.live);
         Finder f = new Holder(); System.debug(f.find(1) > 0 && f.find(2) == 1 ? 'both' : 'none'); h.live += 1;
         Object o = h; System.debug(((Finder) o).find(3)); List<Object> all = new List<Object>{ h.find(1), h.find(2) }; System.debug(all); } }`,
      'public interface Finder { Integer find(Integer n); }',
      `public virtual class Holder implements Finder { public Integer count = [SELECT Id FROM Lead].size(); public virtual Integer find(Integer n) { List<Lead> l = [SELECT Id FROM Lead WHERE Score__c = :n]; return l.size(); }
         public Integer live { get { return find(0); } set { insert new Lead(); } } }`,
      'public class Sub extends Holder { public Sub() { super(); update new Lead(); } public override Integer find(Integer n) { return super.find(n) + 1; } }',
      'public class Config { public static List<Lead> leads = [SELECT Id FROM Lead]; }'
    );
    const host = hostOf(answer);
    const runtime = classes.begin(host);
    const { out, thrown } = await ran(runtime, runtime.callStatic('T', 'go', []), host);
    expect(thrown).to.equal(undefined);
    expect(out).to.deep.equal(['2', '4', 'both', '2', '(2, 2)']);
    expect(asked.filter((one) => one.kind === 'dml').map((one) => one.kind === 'dml' && one.operation)).to.deep.equal([
      'update',
      'insert',
    ]);
  });

  it('tells the host whose sharing is in force', async () => {
    const seen: unknown[] = [];
    const answer: Answer = (request): Value => {
      seen.push('sharing' in request ? request.sharing : 'none');
      return null;
    };
    const classes = program(
      'public with sharing class T { public static void go() { insert new Lead(); Without.go(); insert new Lead(); Inherits.go(); try { Without.fails(); } catch (Exception e) { } insert new Lead(); } }',
      "public without sharing class Without { public static void go() { insert new Lead(); Inherits.go(); } public static void fails() { insert new Lead(); throw new IllegalArgumentException('x'); } }",
      'public inherited sharing class Inherits { public static void go() { insert new Lead(); Plain.go(); } }',
      'public class Plain { public static void go() { insert new Lead(); } }'
    );
    const host = hostOf(answer);
    const runtime = classes.begin(host);
    await ran(runtime, runtime.callStatic('T', 'go', []), host);
    expect(seen).to.deep.equal(['with', 'without', 'without', 'without', 'with', 'with', 'with', 'without', 'with']);
  });

  it('enters and leaves another user, also through an exception', async () => {
    const { asked, answer } = answering();
    const { out } = await run(
      "try { System.runAs(new Lead(LastName = 'u')) { insert new Lead(); throw new IllegalArgumentException('x'); } } catch (Exception e) { System.debug(e.getMessage()); }",
      '',
      answer
    );
    expect(out).to.deep.equal(['x']);
    expect(asked.map((one) => (one.kind === 'runAs' ? one.step : one.kind))).to.deep.equal(['enter', 'dml', 'leave']);
  });

  it('refuses an effect in what the platform itself calls, by line and column', () => {
    expect(
      refusal('public class A {\n  public override String toString() {\n    insert new Lead(); return null; }\n}')
    ).to.match(/^A 2:26 Not supported by the practice org: a query or DML in toString/);
  });

  it('two transactions take turns at every request', async () => {
    const turns: string[] = [];
    const classes = program('public class T { public static void go() { insert new Lead(); insert new Lead(); } }');
    const start = async (name: string): Promise<void> => {
      const host = hostOf(async () => {
        turns.push(name);
        await pause(5);
        return null;
      });
      const runtime = classes.begin(host);
      await ran(runtime, runtime.callStatic('T', 'go', []), host);
    };
    await Promise.all([start('a'), start('b')]);
    expect(turns).to.deep.equal(['a', 'b', 'a', 'b']);
  });
});
