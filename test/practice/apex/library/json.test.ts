import { expect } from 'chai';
import fc from 'fast-check';
import { JsonNumber, JsonObject, parseJson, type Json } from '../../../../src/practice/apex/library/json/tree.js';
import { expectPrograms, expectTexts } from './expressions.js';

const plain = (json: Json): unknown => {
  if (json instanceof JsonNumber) return Number(json.text);
  if (Array.isArray(json)) return json.map(plain);
  return json instanceof JsonObject
    ? Object.fromEntries([...json.members].map(([name, value]) => [name, plain(value)]))
    : json;
};

const CLASSES = `
  public enum Suit { HEARTS, SPADES }
  public virtual class Base { public Integer a = 1; }
  public class Sub extends Base {
    public String b;
    public Decimal c;
    public Boolean d { get; set; }
    public List<Sub> kids;
    public Map<String, Suit> suits;
    public Date day;
    public Datetime moment;
    public transient String secret = 'x';
    public static String shared = 'y';
  }`;

describe('JSON of Apex', () => {
  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const read = plain(parseJson(text));
        // Two members of one name are one in both; the prototype is a name like any other here.
        fc.pre(!text.includes('__proto__'));
        expect(read).to.deep.equal(JSON.parse(text));
      })
    );
    const broken = ['', '{', '[1,]', '{"a" 1}', '{a:1}', '01', '"\n"', 'tru', '[1] 2', '"\\x"', '{"a":1,}'];
    for (const text of broken) expect(() => parseJson(text), text).to.throw();
    expect(() => parseJson('{name: 1}')).to.throw(
      "Unexpected character ('n' (code 110)): was expecting double-quote to start field name at input location [1,2]"
    );
  });

  it('writes values of every type', () => {
    expectTexts([
      ['JSON.serialize(null)', 'null'],
      ["JSON.serialize('a\"\\n\\\\b/ü')", '"a\\"\\n\\\\b/ü"'],
      ["JSON.serialize(new List<Object>{ 1, 2L, Decimal.valueOf('1.50'), true, null })", '[1,2,1.50,true,null]'],
      ['JSON.serialize(Double.valueOf(10000000))', '1.0E7'],
      ['JSON.serialize(Date.newInstance(2026, 1, 2))', '"2026-01-02"'],
      ['JSON.serialize(Datetime.newInstanceGmt(2026, 1, 2, 3, 4, 5))', '"2026-01-02T03:04:05.000Z"'],
      ["JSON.serialize(Blob.valueOf('hi'))", '"aGk="'],
      ["JSON.serialize(new Map<Integer, Set<String>>{ 1 => new Set<String>{ 'a' } })", '{"1":["a"]}'],
      [
        "JSON.serializePretty(new Map<String, Object>{ 'a' => 1, 'b' => new List<Object>{ 1, new Map<String, Object>{ 'c' => null } }, 'd' => new List<Object>() })",
        '{\n  "a" : 1,\n  "b" : [ 1, {\n    "c" : null\n  } ],\n  "d" : [ ]\n}',
      ],
    ]);
  });

  it('writes and reads instances', () => {
    expectPrograms([
      {
        classes: CLASSES,
        source: `
          T.Sub one = new T.Sub();
          one.b = 'x';
          one.suits = new Map<String, T.Suit>{ 'k' => T.Suit.SPADES };
          out.add(JSON.serialize(one, true));
          out.add(JSON.serialize(new T.Base(), false));
          T.Sub two = (T.Sub) JSON.deserialize(
            '{"B":"q","c":1.20,"d":true,"kids":[{"a":7},null],"suits":{"s":"HEARTS"},"day":"2026-01-02","moment":"2026-01-02T03:04:05+01:00","secret":"no","unknown":{"x":[1]}}',
            T.Sub.class
          );
          out.add(two.b + two.c + two.d + two.kids[0].a + two.kids[1] + two.suits.get('s') + two.day.day() + two.moment.getTime());
          out.add('' + two.a);`,
        out: ['{"a":1,"b":"x","suits":{"k":"SPADES"}}', '{"a":1}', 'q1.20true7nullHEARTS21767319445000', 'null'],
      },
      {
        classes: CLASSES,
        source: 'JSON.deserializeStrict(\'{"a":1,"zz":2}\', T.Base.class);',
        out: [],
        thrown: 'System.JSONException: Unknown field: T.Base.zz',
      },
      {
        classes: CLASSES,
        source: 'JSON.deserialize(\'{"a":"thirty"}\', T.Base.class);',
        out: [],
        thrown: 'System.JSONException: Illegal value for primitive',
      },
      {
        source: "JSON.deserialize('{}', List<String>.class);",
        out: [],
        thrown: "System.JSONException: Malformed JSON: Expected '[' at the beginning of List/Set",
      },
      {
        source: `
          List<Object> items = new List<Object>();
          items.add(items);
          JSON.serialize(items);`,
        out: [],
        thrown: 'System.JSONException: A value contains itself',
      },
    ]);
  });

  it('reads without types', () => {
    expectPrograms([
      {
        source: `
          Map<String, Object> read = (Map<String, Object>) JSON.deserializeUntyped('{"a":1,"b":1.50,"c":[true,null,"x"],"d":{"e":3000000000}}');
          out.add('' + (read.get('a') instanceof Integer) + (read.get('b') instanceof Decimal) + read.get('b'));
          List<Object> items = (List<Object>) read.get('c');
          out.add('' + items + ((Map<String, Object>) read.get('d')).get('e'));`,
        out: ['truetrue1.50', '(true, null, x)3000000000'],
      },
    ]);
  });

  it('writes and reads records', () => {
    expectPrograms([
      {
        source: `
          out.add(JSON.serialize(new Lead(Id = '00Q000000000001', LastName = 'Ray')));
          Lead read = (Lead) JSON.deserialize(
            '{"attributes":{"type":"Lead"},"lastname":"Fox","OwnerId":"005000000000001","Owner":{"attributes":{"type":"Lead"},"LastName":"Sub"}}',
            Lead.class
          );
          out.add(read.LastName + read.OwnerId + ((Lead) read.Owner).LastName);
          List<SObject> many = (List<SObject>) JSON.deserialize('[{"attributes":{"type":"Lead"},"LastName":"x"}]', List<SObject>.class);
          out.add('' + many);
          JSON.deserialize('{"Colour":1}', Lead.class);`,
        out: [
          '{"attributes":{"type":"Lead","url":"/services/data/v66.0/sobjects/Lead/00Q000000000001EAA"},"Id":"00Q000000000001EAA","LastName":"Ray"}',
          'Fox005000000000001AAASub',
          '(Lead:{LastName=x})',
        ],
        thrown: "System.JSONException: No such column 'Colour' on sobject of type Lead",
      },
    ]);
  });
});
