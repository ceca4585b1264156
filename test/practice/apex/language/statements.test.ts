import { expect } from 'chai';
import { prints, run } from './programs.js';

describe('Apex: statements', () => {
  it('loops with while, do, for, break and continue', async () => {
    await prints(
      ['0 1 2 ', '5', '1 3 ', '3 0', '6', '0-1 0-2 1-2 '],
      `String s = ''; Integer i = 0; while (i < 3) { s += i + ' '; i++; } System.debug(s);
       do { i = 5; } while (i < 5); System.debug(i);
       s = ''; for (Integer k = 0; ; k++) { if (Math.mod(k, 2) == 0) { continue; } if (k > 4) { break; } s += k + ' '; } System.debug(s);
       Integer a; Integer b; for (a = 0, b = 3; b > 0; a++, b--) { if (a == 3) { break; } } System.debug(a + ' ' + b);
       Integer sum = 0; for (Integer one : new List<Integer>{ 1, 2, 3 }) sum += one; System.debug(sum);
       s = ''; outer(); for (Integer x = 0; x < 3; x++) { for (Integer y = 0; y < 3; y++) { if (y <= x) { continue; } s += x + '-' + y + ' '; } } System.debug(s);`,
      'static void outer() { }'
    );
  });

  it('goes over lists, sets and keys of maps', async () => {
    await prints(
      ['a', 'b', 'x=1', 'y=2', '2'],
      `for (String s : new Set<String>{ 'a', 'b', 'a' }) { System.debug(s); }
       Map<String, Integer> m = new Map<String, Integer>{ 'x' => 1, 'y' => 2 };
       for (String k : m.keySet()) { System.debug(k + '=' + m.get(k)); }
       List<List<Integer>> deep = new List<List<Integer>>{ new List<Integer>{ 1 }, new List<Integer>{ 2, 3 } };
       Integer count = 0; for (List<Integer> one : deep) { for (Integer n : one) { if (n > 1) count++; } } System.debug(count);`
    );
  });

  it('switches on numbers, texts, types and null', async () => {
    await prints(
      ['low', 'minus', 'big', 'else', 'text a', 'other A', 'Lead x', 'a number 3', 'nothing', 'Sub'],
      `System.debug(T.number(1)); System.debug(T.number(-1)); System.debug(T.number(9)); System.debug(T.number(50));
       System.debug(T.text('a')); System.debug(T.text('A')); System.debug(T.kind(new Lead(LastName = 'x'))); System.debug(T.kind(3)); System.debug(T.kind(null));
       System.debug(T.kind(new Sub()));`,
      `class Sub { } static String number(Integer n) { switch on n { when 1, 2 { return 'low'; } when -1 { return 'minus'; } when 9 { return 'big'; } when else { return 'else'; } } }
       static String text(String s) { String result = ''; switch on s { when 'a' { result = 'text '; } when else { result = 'other '; } } return result + s; }
       static String kind(Object o) { switch on o { when Lead l { return 'Lead ' + l.LastName; } when Integer i { return 'a number ' + i; } when Sub s { return 'Sub'; } when null { return 'nothing'; } } return '?'; }`
    );
  });

  it('breaks out of the loop around a switch', async () => {
    await prints(
      ['2'],
      `Integer n = 0; while (true) { n++; switch on n { when 2 { break; } when else { continue; } } } System.debug(n);`
    );
  });

  it('lets blocks use a name again, and keeps each variable to its block', async () => {
    await prints(
      ['1', '2', '0', '1'],
      `{ Integer x = 1; System.debug(x); } { Integer x = 2; System.debug(x); }
       for (Integer i = 0; i < 2; i++) { Integer fresh; if (fresh == null) { fresh = i; } System.debug(fresh); }`
    );
  });

  it('makes lists, sets, maps and arrays in every form', async () => {
    await prints(
      ['(null, null)', '(1, 2)', '()', '{1, 2}', '{a=(1), b=()}', '(3, 4)', '4', '(5, 4)', '(1, 2)'],
      `System.debug(new Integer[2]); System.debug(new Integer[]{ 1, 2 }); System.debug(new List<String>()); System.debug(new Set<Integer>{ 1, 2, 1 });
       System.debug(new Map<String, List<Integer>>{ 'a' => new List<Integer>{ 1 }, 'b' => new List<Integer>() });
       Integer[] n = new List<Integer>{ 3, 4 }; System.debug(n); System.debug(n[1]); n[0] = 5; System.debug(n);
       System.debug(new List<Integer>(new Set<Integer>{ 1, 2 }));`
    );
  });

  it('does not go on over a collection that has changed', async () => {
    for (const kind of ['List', 'Set']) {
      const { out, thrown } = await run(
        `${kind}<Integer> c = new ${kind}<Integer>{ 1, 2 }; for (Integer i : c) { System.debug(i); c.add(9); }`
      );
      expect(out).to.deep.equal(['1']);
      expect(thrown).to.equal('System.FinalException: Cannot modify a collection while it is being iterated.');
    }
    await prints(
      ['1'],
      'List<Integer> l = new List<Integer>{ 1 }; for (Integer i : l) { System.debug(i); l.add(2); break; }'
    );
  });

  it('reads and writes fields of records, parents and children', async () => {
    await prints(
      ['x', 'null', '1.5', 'owner', 'null', 'Lead:{LastName=y, Score__c=1.5}', '0', '2'],
      `Lead l = new Lead(lastname = 'x'); System.debug(l.LastName); System.debug(l.Id); l.score__c = 1.5; System.debug(l.Score__c);
       l.Owner = new Lead(LastName = 'owner'); System.debug(l.owner.lastName); System.debug(l.Owner.Owner?.LastName);
       l.LastName = 'y'; System.debug(l); System.debug(l.Tasks.size());
       System.debug(new Map<Lead, Integer>{ new Lead(LastName = 'a') => 2 }.get(new Lead(LastName = 'a')));`
    );
  });
});
