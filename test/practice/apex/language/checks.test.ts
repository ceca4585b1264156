import { expect } from 'chai';
import { refusal, texts } from './programs.js';

describe('Apex: what the compiler holds classes to', () => {
  it('keeps private members to their outer class, and opens them to tests where they say so', () => {
    const owner = `public virtual class Owner { private static Integer hidden() { return 1; } Integer field; Owner() { } public Owner(Integer n) { }
      protected void family() { } @TestVisible private static Integer seen; public class Inner { void f(Owner o) { Owner.hidden(); o.field = 1; new Owner(); } } }`;
    const from = (code: string, head = 'public class T'): string =>
      refusal(owner, `${head} { void f(Owner o) { ${code} } }`);
    const at = 'T 1:'.length;
    const said = (code: string, head?: string): string => from(code, head).slice(at).replace(/^\d+ /, '');
    expect(from('new Owner(1);')).to.equal('compiled');
    expect(said('Owner.hidden();')).to.equal('Method is not visible: hidden');
    expect(said('Integer n = o.field;')).to.equal('Variable is not visible: field');
    expect(said('o.field = 1;')).to.equal('Variable is not visible: field');
    expect(said('new Owner();')).to.equal('Constructor is not visible: Owner');
    expect(said('o.family();')).to.equal('Method is not visible: family');
    expect(said('Owner.seen = 1;')).to.equal('Variable is not visible: seen');
    expect(from('Owner.seen = 1;', '@IsTest private class T')).to.equal('compiled');
    expect(refusal(owner, 'public class T extends Owner { T() { super(1); family(); } }')).to.equal('compiled');
    expect(refusal(owner, 'public class T extends Owner { T() { super(1); field = 1; } }')).to.contain(
      'Variable is not visible: field'
    );
  });

  it('wants overrides to say so, of methods that allow it', () => {
    const base =
      'public virtual class Base { public virtual void open() { } public void shut() { } private void own() { } Integer n; }';
    const sub = (members: string): string =>
      refusal(base, `public class T extends Base { ${members} }`).replace(/^T 1:\d+ /, '');
    expect(sub('public override void open() { }')).to.equal('compiled');
    expect(sub('public override String toString() { return null; }')).to.equal('compiled');
    expect(sub('public void open() { }')).to.equal('Method must use the override keyword: open');
    expect(sub('public override void shut() { }')).to.equal(
      'Non-virtual, non-abstract methods cannot be overridden: shut'
    );
    expect(sub('public override void other() { }')).to.equal('@Override specified for non-overriding method: other');
    expect(sub('public void own() { }')).to.contain('a method named as a private one of Base: own');
    expect(sub('Integer n;')).to.contain('a field named as one of the parent class Base: n');
  });

  it('wants every method of interfaces and abstract parents', () => {
    const more = [
      'public interface Named { String name(); }',
      'public abstract class Shape { public abstract Integer sides(); }',
    ];
    const why = (source: string): string => refusal(...more, source).replace(/^T 1:\d+ /, '');
    expect(why('public class T implements Named { }')).to.equal('Class T must implement the method: Named.name');
    expect(why('public class T extends Shape { }')).to.equal('Class T must implement the method: Shape.sides');
    expect(why('public abstract class T extends Shape implements Named { }')).to.equal('compiled');
    expect(why('public class T implements Comparable { }')).to.equal(
      'Class T must implement the method: Comparable.compareTo'
    );
    expect(
      why(
        'public class T implements Database.Batchable<SObject> { public void execute(Object c, List<SObject> l) { } }'
      )
    ).to.equal('Class T must implement the method: Database.Batchable<SObject>.start');
    expect(why('public class T { void f() { new Shape(); } }')).to.equal('Type cannot be constructed: Shape');
  });

  it('gives what is final a value where it is made alone', () => {
    const why = (code: string): string =>
      refusal(`public class T {
        public static final Integer ONE = 1; static final Integer TWO; static { TWO = 2; }
        final Integer a = 1; final Integer b; final Integer c; { c = 3; } T() { b = 2; this.c = 4; }
        void f() { ${code} } static void g() { } class Inner { void h(T t) { } } }`).replace(/^T 4:\d+ /, '');
    const final = 'Final members can only be assigned in their declaration, init blocks, or constructors';
    expect(why('Integer n = b + ONE; n++;')).to.equal('compiled');
    expect(why('ONE = 2;')).to.equal(final);
    expect(why('T.TWO += 2;')).to.equal(final);
    expect(why('b = 2;')).to.equal(final);
    expect(why('this.b++;')).to.equal(final);
    expect(why('new T().a = 2;')).to.equal(final);
    expect(refusal('public class T { final Integer a; public class Inner { Inner(T t) { t.a = 1; } } }')).to.contain(
      final
    );
  });

  it('wants a method that gives something to end in no other way', () => {
    const why = (code: string): string =>
      refusal(`public class T { Integer f(Integer n) { ${code} } Integer p { get { return 1; } set; } }`).replace(
        /^T 1:\d+ /,
        ''
      );
    const missing = 'Missing return statement required return type: Integer';
    for (const code of [
      'return n;',
      'if (n > 1) { return 1; } else { throw new IllegalArgumentException(); }',
      'while (true) { if (n > 1) { return n; } for (;;) { break; } }',
      'for (;;) { n++; if (n > 9) return n; }',
      'do { return n; } while (n > 1);',
      'try { return n / 0; } catch (MathException e) { return 0; }',
      'try { n++; } finally { return n; }',
      'switch on n { when 1 { return 1; } when else { return 2; } }',
      'System.runAs(new Lead()) { return 1; }',
    ])
      expect(why(code), code).to.equal('compiled');
    for (const code of [
      '',
      'n++;',
      'if (n > 1) { return n; }',
      'if (n > 1) { return n; } else { n++; }',
      'while (n > 1) { return n; }',
      'while (true) { if (n > 1) { break; } }',
      'for (Integer at = 0; at < n; at++) { return n; }',
      'for (Integer one : new List<Integer>{ n }) { return one; }',
      'do { if (n > 1) { continue; } return n; } while (n > 1);',
      'try { return n / 0; } catch (MathException e) { n++; }',
      'switch on n { when 1 { return 1; } }',
      'switch on n { when 1 { return 1; } when else { n++; } }',
    ])
      expect(why(code), code).to.equal(missing);
    expect(refusal('public class T { Integer p { get { } } }')).to.contain(missing);
  });

  it('has one value for each type, and one id in two lengths', async () => {
    await texts(
      {
        "Type.forName('t.k') == K.class": 'true',
        "Type.forName('T.K') === K.class": 'true',
        "Type.forName('Nothing')": 'null',
        'K.class': 'T.K',
        'List<K>.class.getName()': 'List<T.K>',
        "i == '00Q000000000001'": 'true',
        "i == '00q000000000001'": 'false',
      },
      "Id i = '00Q000000000001';",
      'class K { }'
    );
  });
});
