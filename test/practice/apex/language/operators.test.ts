import { prints, run, texts } from './programs.js';
import { expect } from 'chai';

describe('Apex: operators', () => {
  it('wraps integers and longs, and cuts quotients off', async () => {
    await texts(
      {
        'max + 1': '-2147483648',
        'min - 1': '2147483647',
        'max * 2': '-2',
        'min / -1': '-2147483648',
        '-7 / 2': '-3',
        'maxL + 1': '-9223372036854775808',
        'maxL * 2L': '-2',
        'max + 1L': '2147483648',
        '-min': '-2147483648',
      },
      'Integer max = 2147483647; Integer min = -2147483648; Long maxL = 9223372036854775807L;'
    );
  });

  it('keeps the scale of decimals', async () => {
    await texts({
      '1.50': '1.50',
      '1.50 + 1': '2.50',
      '1.5 * 1.5': '2.25',
      '10.0 / 4': '2.5',
      '1.0 / 3': '0.3333333333333333333333333333333333',
      '1.10 - 0.1': '1.00',
      '-1.50': '-1.50',
    });
  });

  it('shifts and masks in the type of the left side', async () => {
    await texts(
      {
        '1 << 31': '-2147483648',
        '-8 >> 1': '-4',
        '-8 >>> 28': '15',
        '1L << 40': '1099511627776',
        '-1L >>> 60': '15',
        '6 & 3': '2',
        '6 | 3': '7',
        '6 ^ 3': '5',
        'true ^ true': 'false',
        'true & false': 'false',
        x: '12',
      },
      'Integer x = 3; x <<= 2;'
    );
  });

  it('compares texts without case, keys with it', async () => {
    await texts(
      {
        "'a' == 'A'": 'true',
        "'a' === 'A'": 'false',
        "'a' != 'A'": 'false',
        "'a' < 'B'": 'true',
        "'b' > null": 'true',
        "m.containsKey('A')": 'false',
        '1 == 1.0': 'true',
        '1 == 1L': 'true',
        'none < 1': 'false',
        'none >= 1': 'false',
        'none == null': 'true',
        'new List<Integer>{ 1 } == new List<Integer>{ 1 }': 'true',
        'new List<Integer>{ 1 } === new List<Integer>{ 1 }': 'false',
        'd < t': 'true',
      },
      `Map<String, Integer> m = new Map<String, Integer>{ 'a' => 1 }; Integer none;
       Date d = Date.newInstance(2026, 1, 1); Datetime t = Datetime.newInstanceGmt(2026, 1, 2, 0, 0, 0);`
    );
  });

  it('puts values of every type into texts', async () => {
    await texts(
      {
        "s + 'x'": 'nullx',
        's + n': 'nullnull',
        "1 + 2 + 'a' + 1 + 2": '3a12',
        "'' + true": 'true',
        "'' + 5L + 1.50": '51.50',
        "'' + Date.newInstance(2026, 2, 3)": '2026-02-03 00:00:00',
        "'' + new List<Object>{ 1, 'a', null }": '(1, a, null)',
        "'' + new Map<String, Integer>{ 'b' => 1, 'a' => 2 }": '{b=1, a=2}',
        "'' + new Set<String>{ 'b', 'a', 'b' }": '{b, a}',
        "'' + new Point(1, 2)": 'Point:[x=1, y=2]',
        "'' + new Named()": 'I am named',
      },
      'String s; Integer n;',
      `class Point { Integer x; Integer y; Point(Integer x, Integer y) { this.x = x; this.y = y; } }
       class Named { public override String toString() { return 'I am named'; } }`
    );
  });

  it('evaluates from left to right and leaves out what is not needed', async () => {
    await prints(
      ['ab', 'a', 'ab', 'false', 'a', 'ab'],
      `T.go('a', true); Boolean x = T.say('a', false) && T.say('b', true); System.debug(T.said);
       T.said = ''; x = T.say('a', true) && T.say('b', true); System.debug(T.said); T.said = '';
       x = T.say('a', true) || T.say('b', true); T.said = '';
       System.debug(T.say('a', false) && T.say('b', true)); System.debug(T.said); T.said = '';
       Integer i = T.number('a') + T.number('b'); System.debug(T.said);`,
      `static String said = '';
       static Boolean say(String what, Boolean result) { said += what; return result; }
       static Integer number(String what) { said += what; return 1; }
       static void go(String a, Boolean b) { System.debug(a + 'b'); }`
    );
  });

  it('steps and assigns in place, each target evaluated once', async () => {
    await prints(
      ['1 2 2', '3 3', '(6, 10) 1', '7 7', '-1'],
      `Integer i = 1; Integer j = i++; System.debug(j + ' ' + i + ' ' + i--); i = 2; System.debug(++i + ' ' + i);
       List<Integer> l = new List<Integer>{ 5, 10 }; T.calls = 0; l[T.zero()] += 1; System.debug(l + ' ' + T.calls);
       Integer a; Integer b; a = b = 7; System.debug(a + ' ' + b); Integer z = 0; z--; System.debug(z);`,
      'static Integer calls = 0; static Integer zero() { calls++; return 0; }'
    );
  });

  it('goes around null with ?. and ??', async () => {
    await texts(
      {
        's?.length()': 'null',
        's?.toUpperCase().length()': 'null',
        "s?.length() ?? 'none'": 'none',
        "'x'?.length()": '1',
        'p?.next?.next?.value': 'null',
        'q?.next.value': '5',
        "s ?? 'b'": 'b',
      },
      'String s; P p = null; P q = new P(); q.next = new P(); q.next.value = 5;',
      'class P { P next; Integer value; }'
    );
  });

  it('throws where null is worked with', async () => {
    for (const code of ['n + 1', 'n * 2', '-n', 'n & 1', 's.length()', 'b ? 1 : 2', 'l[n]', 'p.x']) {
      const { thrown } = await run(
        `Integer n; String s; Boolean b; List<Integer> l = new List<Integer>(); P p; Object o = ${code};`,
        'class P { Integer x; }'
      );
      expect(thrown, code).to.equal('System.NullPointerException: Attempt to de-reference a null object');
    }
  });

  it('divides by nothing and leaves the list with exceptions', async () => {
    const thrown = async (code: string): Promise<string | undefined> =>
      (await run(`Integer z = 0; List<Integer> l = new List<Integer>{ 1 }; Object o = ${code};`)).thrown;
    expect(await thrown('1 / z')).to.equal('System.MathException: Divide by 0');
    expect(await thrown('1L / z')).to.equal('System.MathException: Divide by 0');
    expect(await thrown('1.0 / z')).to.equal('System.MathException: Divide by 0');
    expect(await thrown('l[1]')).to.equal('System.ListException: List index out of bounds: 1');
    expect(await thrown('l[-1]')).to.equal('System.ListException: List index out of bounds: -1');
  });

  it('widens numbers where they are declared, and checks casts', async () => {
    await texts(
      {
        'l + 1': '2147483648',
        d: '5',
        x: '5.0',
        '(Integer) o': '7',
        'o instanceof Integer': 'true',
        'o instanceof String': 'false',
        'none instanceof String': 'false',
        longs: '(1, 2)',
        'longs[0] * 4000000000L': '4000000000',
        'T.half(3)': '1.5',
      },
      `Long l = 2147483647; Decimal d = 5; Double x = 5; Object o = 7; String none; List<Long> longs = new List<Long>{ 1, 2 };`,
      'static Decimal half(Decimal of) { return of / 2; }'
    );
    expect((await run("Object o = 'x'; Integer i = (Integer) o;")).thrown).to.equal(
      'System.TypeException: Invalid conversion from runtime type String to Integer'
    );
  });

  it('gives ids their 18 characters', async () => {
    await texts({ i: '00Q000000000001EAA', "i == '00Q000000000001EAA'": 'true' }, "Id i = '00Q000000000001';");
    expect((await run("Id i = 'x';")).thrown).to.equal('System.StringException: Invalid id: x');
  });

  it('undoes escapes in texts', async () => {
    await texts({ "'a\\n\\t\\'\\\\\\u0041\"'": 'a\n\t\'\\A"', "'€😀 ${x}`'": '€😀 ${x}`' });
  });
});
