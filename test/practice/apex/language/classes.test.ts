import { expect } from 'chai';
import { hostOf, prints, program, ran, run, texts } from './programs.js';

describe('Apex: classes', () => {
  it('runs constructors, initialisers and fields in the order of the platform', async () => {
    await prints(
      ['base field', 'base block', 'base()', 'field', 'block', 'T.Sub(7)', '8'],
      'Sub s = new Sub(); System.debug(s.n);',
      `static Integer say(String what, Integer n) { System.debug(what); return n; }
       virtual class Base { Integer b = T.say('base field', 1); { T.say('base block', 1); } Base() { T.say('base()', 1); } }
       class Sub extends Base { Integer n = T.say('field', 1); { T.say('block', 1); }
         Sub() { this(7); n++; } Sub(Integer n) { super(); T.say('T.Sub(' + n + ')', 1); this.n = n; } }`
    );
  });

  it('dispatches virtual, abstract and interface methods, and super', async () => {
    await prints(
      ['square 4', 'shape', 'circle < shape', '2'],
      `List<Shape> all = new List<Shape>{ new Square(), new Circle() }; Named first = all[0]; System.debug(first.name());
       System.debug(all[1].plain()); System.debug(all[1].name()); System.debug(all.size());`,
      `interface Named { String name(); }
       abstract class Shape implements Named { public virtual String name() { return 'shape'; } public String plain() { return 'shape'; } abstract Integer sides(); }
       class Square extends Shape { public override String name() { return 'square ' + sides(); } override Integer sides() { return 4; } }
       class Circle extends Shape { public override String name() { return 'circle < ' + super.name(); } override Integer sides() { return 0; } }`
    );
  });

  it('chooses overloads by declared types, then by values', async () => {
    await texts(
      {
        'T.f(1)': 'Integer',
        'T.f(1L)': 'Long',
        'T.f(1.5)': 'Decimal',
        "T.f('a')": 'String',
        'T.f(o)': 'Object',
        'T.f((String) o)': 'String',
        'T.f(new List<String>())': 'Object',
        'T.g(sub)': 'Sub',
        'T.g(base)': 'Base',
        'T.f(1, 2)': 'two',
        'new K(1).by': 'Integer',
        "new K('x').by": 'String',
      },
      "Object o = 'x'; Sub sub = new Sub(); Base base = sub;",
      `static String f(Integer x) { return 'Integer'; } static String f(Long x) { return 'Long'; } static String f(Decimal x) { return 'Decimal'; }
       static String f(String x) { return 'String'; } static String f(Object x) { return 'Object'; } static String f(Integer x, Integer y) { return 'two'; }
       virtual class Base { } class Sub extends Base { } static String g(Base x) { return 'Base'; } static String g(Sub x) { return 'Sub'; }
       class K { String by; K(Integer x) { by = 'Integer'; } K(String x) { by = 'String'; } }`
    );
  });

  it('has properties with and without bodies', async () => {
    await prints(
      ['6', 'lazy', '1', '1', 'static 3', '5'],
      `P p = new P(); p.doubled = 3; System.debug(p.doubled); System.debug(p.lazy); System.debug(p.reads); String again = p.lazy;
       System.debug(p.reads); T.count = 3; System.debug(T.count); p.auto = 4; p.auto++; System.debug(p.auto);`,
      `class P { Integer reads = 0; public Integer doubled { get; set { doubled = value * 2; } }
         public String lazy { get { if (lazy == null) { lazy = 'lazy'; reads++; } return lazy; } private set; } public Integer auto { get; set; } }
       static Integer kept; static Object count { get { return 'static ' + kept; } set { kept = (Integer) value; } }`
    );
  });

  it('has enums with values, names, order and a switch', async () => {
    await texts(
      {
        'Colour.values()': '(RED, Green)',
        'Colour.green.name()': 'Green',
        'Colour.Green.ordinal()': '1',
        "Colour.valueOf('red')": 'RED',
        'Colour.RED == c': 'true',
        'T.word(c)': 'warm',
        'T.word(Colour.GREEN)': 'cold',
        'T.word(null)': 'none',
        'new Map<Colour, Integer>{ Colour.RED => 1 }.get(c)': '1',
      },
      'Colour c = T.Colour.RED;',
      `enum Colour { RED, Green } static String word(Colour c) { switch on c { when RED { return 'warm'; } when green { return 'cold'; } when null { return 'none'; } } return '?'; }`
    );
  });

  it('knows enums of the platform like those of the program', async () => {
    await texts(
      {
        "LoggingLevel.valueOf('error') == l": 'true',
        'LoggingLevel.values().contains(l)': 'true',
        'l.name()': 'ERROR',
        'T.word(l)': 'bad',
      },
      'LoggingLevel l = LoggingLevel.ERROR;',
      "static String word(LoggingLevel l) { switch on l { when ERROR { return 'bad'; } when else { return 'fine'; } } }"
    );
  });

  it('calls what a child overrides from the constructor of its parent, before the child has its values', async () => {
    await prints(
      ['103', 'base'],
      'System.debug(new D().x); System.debug(new D().called());',
      `static String name() { return 'outer'; } abstract class A { Integer x; A(Integer x) { this.x = x; init(); } protected abstract void init(); String name() { return 'base'; } }
       class D extends A { Integer y = 5; D() { super(3); } protected override void init() { x += y == null ? 100 : y; } String called() { return name(); } }`
    );
  });

  it('uses equals and hashCode of classes in sets, maps and ==', async () => {
    await texts(
      {
        'new Set<Key>{ new Key(1), new Key(1), new Key(2) }.size()': '2',
        "new Map<Key, String>{ new Key(1) => 'a' }.get(new Key(1))": 'a',
        'new Key(1) == new Key(1)': 'true',
        'new Key(1) === new Key(1)': 'false',
        'new Plain() == new Plain()': 'false',
      },
      '',
      `class Key { Integer k; Key(Integer k) { this.k = k; } public Boolean equals(Object other) { return other instanceof Key && ((Key) other).k == k; }
         public Integer hashCode() { return k; } } class Plain { }`
    );
  });

  it('serves the interfaces of the platform', async () => {
    await prints(
      ['(Ver:[n=1], Ver:[n=2], Ver:[n=3])', '(ccc, bb, a)', '0', '1', '2', 'called x'],
      `List<Ver> l = new List<Ver>{ new Ver(3), new Ver(1), new Ver(2) }; l.sort(); System.debug(l);
       List<String> s = new List<String>{ 'a', 'ccc', 'bb' }; s.sort(new Longest()); System.debug(s);
       for (Integer i : new UpTo(3)) { System.debug(i); }
       Callable c = (Callable) Type.forName('T.Able').newInstance(); System.debug(c.call('x', null));`,
      `class Ver implements Comparable { Integer n; Ver(Integer n) { this.n = n; } public Integer compareTo(Object o) { return n - ((Ver) o).n; } }
       class Longest implements Comparator<String> { public Integer compare(String a, String b) { return b.length() - a.length(); } }
       class UpTo implements Iterable<Integer> { Integer n; UpTo(Integer n) { this.n = n; } public Iterator<Integer> iterator() { return new Steps(n); } }
       class Steps implements Iterator<Integer> { Integer at = 0; Integer n; Steps(Integer n) { this.n = n; } public Boolean hasNext() { return at < n; } public Integer next() { return at++; } }
       public class Able implements Callable { public Object call(String action, Map<String, Object> args) { return 'called ' + action; } }`
    );
  });

  it('initialises statics once, in order, when a class is first used, and anew in each transaction', async () => {
    const classes = program(
      `public class T { public static void go() { System.debug('start'); System.debug(Config.b); Config.b++; System.debug(Config.b); System.debug(Sub.own); } }`,
      `public virtual class Config { public static Integer a = say('a', 1); public static Integer b = a + 1; static { say('block', 0); }
         static Integer say(String what, Integer n) { System.debug(what); return n; } }`,
      `public class Sub extends Config { public static String own = 'own'; }`
    );
    for (const _again of [1, 2]) {
      const runtime = classes.begin(hostOf());
      expect((await ran(runtime, runtime.callStatic('T', 'go', []))).out).to.deep.equal([
        'start',
        'a',
        'block',
        '2',
        '3',
        'own',
      ]);
    }
  });

  it('finds names whatever their case, outer statics from inner classes, and variables before fields', async () => {
    await prints(
      ['5', '6', 'inner 5', '1'],
      'INTEGER Abc = 5; system.DEBUG(aBC); Other = 6; System.debug(oTHER); System.debug(new inner().show()); System.debug(new Hider(1).n);',
      `static Integer other = 5; class Inner { String SHOW() { return 'inner ' + kept; } } static Integer kept = 5;
       class Hider { Integer n; Hider(Integer N) { this.n = n; } }`
    );
  });

  it('counts the depth of calls, and the time of loops', async () => {
    expect((await run('T.f(0);', 'static Integer f(Integer n) { return f(n + 1); }')).thrown).to.equal(
      'System.LimitException: Maximum stack depth reached: 1001'
    );
    const limited = await run(
      'try { T.f(0); } catch (Exception e) { System.debug(1); } finally { System.debug(2); }',
      'static void f(Integer n) { f(n + 1); }'
    );
    expect(limited.out).to.deep.equal([]);
    await prints(
      ['900'],
      'System.debug(T.f(900));',
      'static Integer f(Integer n) { return n == 0 ? 0 : 1 + f(n - 1); }'
    );
    const host = hostOf();
    const runtime = program('public class T { public static void go() { while (true) { } } }').begin(host, {
      limits: { soql: 1, queryRows: 1, dml: 1, dmlRows: 1, futures: 50, cpu: 50, depth: 9 },
    });
    expect((await ran(runtime, runtime.callStatic('T', 'go', []))).thrown).to.equal(
      'System.LimitException: Apex CPU time limit exceeded'
    );
  });
});
