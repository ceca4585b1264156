import { expectPrograms, expectTexts } from './expressions.js';

const thrown = (source: string, message: string): { source: string; out: string[]; thrown: string } => ({
  source,
  out: [],
  thrown: message,
});

const failed = (source: string, message: string): ReturnType<typeof thrown> =>
  thrown(source, `System.AssertException: Assertion Failed${message}`);

describe('System classes of Apex', () => {
  it('assert in the words of the platform', () => {
    expectPrograms([
      {
        source: `
          Assert.areEqual(1, 1L);
          Assert.areEqual(1, 1.0);
          Assert.areEqual('001000000000001AAA', '001000000000001');
          Assert.areNotEqual('a', 'A');
          Assert.areEqual(new List<Integer>{ 1 }, new List<Integer>{ 1 });
          Assert.isTrue(true);
          Assert.isFalse(false, 'never');
          Assert.isNull(null);
          Assert.isNotNull(1);
          Assert.isInstanceOfType('a', String.class);
          Assert.isNotInstanceOfType('a', Integer.class);
          System.assertEquals(null, null);
          System.assert(true, 'never');
          out.add('passed');`,
        out: ['passed'],
      },
      failed('System.assertEquals(1, 2);', ': Expected: 1, Actual: 2'),
      failed("Assert.areEqual('a', null, 'because');", ': because: Expected: a, Actual: null'),
      failed("System.assertNotEquals('a', 'a');", ': Same value: a'),
      failed('System.assert(false);', ''),
      failed("Assert.isTrue(false, 'why');", ': why'),
      failed("Assert.isNull(1, 'why');", ': Nullable object asserted with non null value: why'),
      failed('Assert.isNotNull(null);', ': Instance expected to be a non null value'),
      failed(
        "Assert.isInstanceOfType('a', Integer.class);",
        ': The provided object is not an instance of class Integer'
      ),
      failed("Assert.fail('no');", ': Assertion failed: no'),
      thrown(
        "Assert.areEqual(1, 'a');",
        'System.TypeException: Comparison arguments must be compatible types: Integer, String'
      ),
      thrown('Assert.isTrue(null);', 'System.NullPointerException: Attempt to de-reference a null object'),
    ]);
  });

  it('find with patterns', () => {
    expectPrograms([
      {
        source: `
          Matcher m = Pattern.compile('(\\\\w+)@(\\\\w+)(\\\\.\\\\w+)?').matcher('ann@home, bob@work.org');
          String all = '';
          while (m.find()) all += m.group(1) + '/' + m.group(2) + '/' + m.group(3) + '/' + m.start() + '-' + m.end() + ' ';
          out.add(all + m.groupCount());
          out.add(m.replaceAll('$2'));
          out.add(m.replaceFirst('x'));
          Matcher ends = Pattern.compile('$').matcher('ab');
          out.add('' + ends.find() + ends.start() + ends.find());
          out.add('' + Pattern.matches('a+', 'aaa') + Pattern.matches('a|ab', 'ab') + Pattern.matches('a', 'ab'));
          Matcher whole = Pattern.compile('a').matcher('ab');
          out.add('' + whole.matches() + whole.lookingAt() + whole.find() + whole.reset().find());
          out.add(Pattern.quote('a.b') + 'a.b'.replaceAll(Pattern.quote('.'), Matcher.quoteReplacement('$')));`,
        out: [
          'ann/home/null/0-8 bob/work/.org/10-22 3',
          'home, work',
          'x, bob@work.org',
          'true2false',
          'truetruefalse',
          'falsetruefalsetrue',
          '\\Qa.b\\Ea$b',
        ],
      },
      thrown("Pattern.compile('a').matcher('b').group();", 'System.StringException: No match found'),
    ]);
  });

  it('encode bytes', () => {
    expectTexts([
      ["EncodingUtil.base64Encode(Blob.valueOf('grüß'))", 'Z3LDvMOf'],
      ["EncodingUtil.base64Decode('Z3LDvMOf').toString()", 'grüß'],
      ["EncodingUtil.base64Decode('a*')", 'System.StringException: Unrecognized base64 character: *'],
      [
        "EncodingUtil.convertToHex(Crypto.generateDigest('MD5', Blob.valueOf('abc')))",
        '900150983cd24fb0d6963f7d28e17f72',
      ],
      [
        "EncodingUtil.convertToHex(Crypto.generateMac('hmacSHA256', Blob.valueOf('what do ya want for nothing?'), Blob.valueOf('Jefe')))",
        '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      ],
      ["EncodingUtil.convertFromHex('6869').toString()", 'hi'],
      ["EncodingUtil.urlEncode('a b&c=ü*~', 'UTF-8')", 'a+b%26c%3D%C3%BC*%7E'],
      ["EncodingUtil.urlDecode('a+b%26', 'UTF-8')", 'a b&'],
      ["Blob.valueOf('ü').size()", '2'],
      ["EncodingUtil.base64Decode('/w==').toString()", 'System.StringException: BLOB is not a valid UTF-8 string'],
      ['UUID.randomUUID().toString().length()', '36'],
    ]);
  });

  it('know ids, types and the clock', () => {
    expectTexts([
      ["Id.valueOf('001000000000001')", '001000000000001AAA'],
      ["Id.valueOf('001xx000003DGb0AAG').to15()", '001xx000003DGb0'],
      ["Id.valueOf('001XX000003dgb0aag', true)", '001xx000003DGb0AAG'],
      ["Id.valueOf('001XX000003dgb0aag')", 'System.StringException: Invalid id: 001XX000003dgb0aag'],
      ["Id.valueOf('nothing')", 'System.StringException: Invalid id: nothing'],
      ['System.now().getTime()', '1795975200000'],
      ['System.today()', '2026-11-29'],
      ['Limits.getLimitQueries() + Limits.getQueries()', '100'],
      ['LoggingLevel.ERROR', 'ERROR'],
    ]);
  });

  it('know exceptions: their causes, and texts only a page is told', () => {
    expectPrograms([
      {
        classes: 'public class DeskException extends Exception { }',
        source: `
          try {
            try {
              Integer.valueOf('x');
            } catch (TypeException error) {
              throw new DeskException('outer', error);
            }
          } catch (DeskException error) {
            out.add(error.getTypeName() + '|' + error.getMessage() + '|' + error.getCause().getMessage() + '|' + error.getCause().getTypeName());
            out.add('' + (error.getLineNumber() > 0) + error.getStackTraceString().startsWith('Class.T.run: line '));
          }
          AuraHandledException shown = new AuraHandledException('for the page');
          out.add(shown.getMessage());
          shown.setMessage('for all');
          out.add(shown.getMessage());
          out.add(new DeskException().getMessage());
          throw new IllegalArgumentException('last');`,
        out: [
          'T.DeskException|outer|Invalid integer: x|System.TypeException',
          'truetrue',
          'Script-thrown exception',
          'for all',
          'Script-thrown exception',
        ],
        thrown: 'System.IllegalArgumentException: last',
      },
      {
        source: `try { Assert.areEqual(1, 2); } catch (Exception error) { out.add('caught'); }`,
        out: [],
        thrown: 'System.AssertException: Assertion Failed: Expected: 1, Actual: 2',
      },
    ]);
  });
});
