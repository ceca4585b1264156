import { expectPrograms } from './expressions.js';

/** Programs that put texts into `out`; what is there in the end. */
describe('Collections of Apex', () => {
  it('are lists', () => {
    expectPrograms([
      {
        source: `
          List<Integer> a = new List<Integer>{ 3, 1, null, 2 };
          a.sort();
          out.add('' + a + a.size() + a.indexOf(2) + a.contains(7));
          a.add(0, 9);
          a.set(1, 8);
          out.add('' + a + a.remove(0) + a.get(0));
          List<Integer> b = a.clone();
          b.addAll(new Set<Integer>{ 5, 5, 6 });
          a.addAll(a);
          out.add('' + a + b + a.isEmpty());
          out.add('' + (new List<Integer>{ 1, 2 }).equals(new List<Integer>{ 1, 2 }) + new List<Integer>{ 1, 2 }.hashCode());
          a.clear();
          out.add('' + a);`,
        out: [
          '(null, 1, 2, 3)42false',
          '(9, 8, 1, 2, 3)98',
          '(8, 1, 2, 3, 8, 1, 2, 3)(8, 1, 2, 3, 5, 6)false',
          'true994',
          '()',
        ],
      },
      {
        source: `
          List<String> a = new List<String>{ 'b', 'B', 'a', 'ab', '' };
          a.sort();
          out.add('' + a);
          List<Date> days = new List<Date>{ Date.newInstance(2026, 2, 1), Date.newInstance(2026, 1, 1) };
          days.sort();
          out.add('' + days[0].month());
          Iterator<String> each = a.iterator();
          String all = '';
          while (each.hasNext()) all += each.next() + ';';
          out.add(all);
          each.next();`,
        out: ['(, B, a, ab, b)', '1', ';B;a;ab;b;'],
        thrown: 'System.NoSuchElementException: Iterator has no more elements',
      },
      {
        source: 'new List<Integer>{ 1 }.get(1);',
        out: [],
        thrown: 'System.ListException: List index out of bounds: 1',
      },
      {
        source: 'new List<Integer>().addAll((List<Integer>) null);',
        out: [],
        thrown: 'System.NullPointerException: Argument cannot be null.',
      },
    ]);
  });

  it('sort by what their elements or a comparator say', () => {
    expectPrograms([
      {
        classes: `public class Card implements Comparable {
            public Integer rank;
            public String suit;
            public Card(Integer rank, String suit) { this.rank = rank; this.suit = suit; }
            public Integer compareTo(Object other) { return rank - ((Card) other).rank; }
          }
          public class BySuit implements Comparator<Card> {
            public Integer compare(Card a, Card b) { return b.suit.compareTo(a.suit); }
          }`,
        source: `
          List<T.Card> cards = new List<T.Card>{ new T.Card(3, 'c'), new T.Card(1, 'a'), new T.Card(2, 'b'), new T.Card(1, 'd') };
          cards.sort();
          String all = '';
          for (T.Card card : cards) all += card.rank + card.suit;
          out.add(all);
          cards.sort(new T.BySuit());
          all = '';
          for (T.Card card : cards) all += card.suit;
          out.add(all);`,
        out: ['1a1d2b3c', 'dcba'],
      },
    ]);
  });

  it('are sets: in the order elements came, by case, by days', () => {
    expectPrograms([
      {
        source: `
          Set<String> a = new Set<String>{ 'b', 'a', 'b', 'B' };
          out.add('' + a + a.add('c') + a.add('c') + a.remove('b') + a.remove('x') + a);
          out.add('' + a.containsAll(new List<String>{ 'a', 'c' }) + a.retainAll(new Set<String>{ 'a', 'c' }) + a + a.removeAll(new List<String>{ 'a' }) + a.size());
          out.add('' + new Set<Date>{ Date.newInstance(2026, 1, 1), Date.newInstance(2026, 1, 1) }.size());
          out.add('' + new Set<List<Integer>>{ new List<Integer>{ 1 }, new List<Integer>{ 1 }, new List<Integer>{ 2 } }.size());
          out.add('' + new Set<Integer>{ 1, 2 }.equals(new Set<Integer>{ 2, 1 }));`,
        out: ['{b, a, B}truefalsetruefalse{a, B, c}', 'truetrue{a, c}true1', '1', '2', 'true'],
      },
    ]);
  });

  it('are maps', () => {
    expectPrograms([
      {
        source: `
          Map<String, Integer> a = new Map<String, Integer>{ 'x' => 1, 'y' => 2 };
          out.add('' + a.put('x', 5) + a.put('z', null) + a.get('z') + a.containsKey('z') + a.get('Z') + a.size());
          out.add('' + a.keySet() + a.values() + a.remove('y') + a.remove('y') + a);
          Map<String, Integer> b = a.clone();
          b.putAll(new Map<String, Integer>{ 'q' => 7 });
          out.add('' + a.equals(b) + a.equals(a.clone()) + a.size() + b.size() + b.isEmpty());
          Map<Integer, String> c = new Map<Integer, String>();
          c.put(1, 'one');
          out.add(c.get(1) + new Map<Integer, String>(c));
          c.clear();
          out.add('' + c.size());`,
        out: ['1nullnulltruenull3', '{x, y, z}(5, 2, null)2null{x=5, z=null}', 'falsetrue23false', 'one{1=one}', '0'],
      },
    ]);
  });

  it('take instances as keys by their equals and hashCode', () => {
    expectPrograms([
      {
        classes: `public class Point {
            public Integer x;
            public Point(Integer x) { this.x = x; }
            public Boolean equals(Object other) { return other instanceof Point && ((Point) other).x == x; }
            public override Integer hashCode() { return x; }
          }`,
        source: `
          Map<T.Point, String> names = new Map<T.Point, String>{ new T.Point(1) => 'one' };
          out.add(names.get(new T.Point(1)) + names.get(new T.Point(2)));
          out.add('' + new Set<T.Point>{ new T.Point(1), new T.Point(1) }.size() + System.hashCode(new T.Point(7)));
          out.add('' + new List<T.Point>{ new T.Point(4) }.indexOf(new T.Point(4)));`,
        out: ['onenull', '17', '0'],
      },
    ]);
  });

  it('hold records: by their ids, by what they have, sorted by their fields', () => {
    expectPrograms([
      {
        source: `
          Lead one = new Lead(Id = '00Q000000000001', LastName = 'b');
          Lead two = new Lead(Id = '00Q000000000002', LastName = 'a', OwnerId = '005000000000001');
          Lead three = new Lead(LastName = 'a');
          Map<Id, Lead> byId = new Map<Id, Lead>(new List<Lead>{ one, two });
          out.add(byId.get('00Q000000000001').LastName + byId.containsKey('00Q000000000002EAA') + byId.keySet());
          List<SObject> all = new List<SObject>{ one, two, three };
          all.sort();
          out.add('' + all);
          out.add('' + new Set<Lead>{ new Lead(LastName = 'x'), new Lead(LastName = 'x') }.size());
          byId.putAll(new List<Lead>{ three });`,
        out: [
          'btrue{00Q000000000001EAA, 00Q000000000002EAA}',
          '(Lead:{LastName=a}, Lead:{Id=00Q000000000002EAA, LastName=a, OwnerId=005000000000001AAA}, Lead:{Id=00Q000000000001EAA, LastName=b})',
          '1',
        ],
        thrown: 'System.ListException: Row with null Id at index: 0',
      },
    ]);
  });

  it('keep to their types, and sort only what has an order', () => {
    expectPrograms([
      {
        classes: 'public class Plain { }',
        source: 'new List<Plain>{ new Plain(), new Plain() }.sort();',
        out: [],
        thrown: 'System.ListException: One or more of the items in this list is not Comparable.',
      },
      {
        source: `
          Object text = 'x';
          List<Object> any = (List<Object>) JSON.deserializeUntyped('[1, "x"]');
          List<Integer> numbers = new List<Integer>();
          for (Object one : any) numbers.add((Integer) one);`,
        out: [],
        thrown: 'System.TypeException: Invalid conversion from runtime type String to Integer',
      },
      {
        source: 'List<String> none; none.add(null);',
        out: [],
        thrown: 'System.NullPointerException: Attempt to de-reference a null object',
      },
    ]);
  });
});
