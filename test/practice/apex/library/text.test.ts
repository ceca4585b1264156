import { expectPrograms, expectTexts } from './expressions.js';

describe('String of Apex', () => {
  it('cuts texts, and says which place is out of bounds', () => {
    expectTexts([
      ["'hamburger'.substring(4)", 'urger'],
      ["'hamburger'.substring(4, 8)", 'urge'],
      ["'abc'.substring(3)", ''],
      ["'abc'.substring(4)", 'System.StringException: Starting position out of bounds: 4'],
      ["'abc'.substring(-1)", 'System.StringException: Starting position out of bounds: -1'],
      ["'abc'.substring(1, 4)", 'System.StringException: Ending position out of bounds: 4'],
      ["'abc'.substring(2, 1)", 'System.StringException: Ending position out of bounds: 1'],
      ["'abcd'.left(2) + '|' + 'abcd'.left(9) + '|' + 'abcd'.left(-1)", 'ab|abcd|'],
      ["'abcd'.right(3) + '|' + 'abcd'.right(9) + '|' + 'abcd'.right(-1)", 'bcd|abcd|'],
      ["'abcde'.mid(2, 3) + '|' + 'abcde'.mid(-2, 2) + '|' + 'abcde'.mid(9, 1)", 'cde|ab|'],
      ["'a.b.c'.substringBefore('.') + '|' + 'a.b.c'.substringAfter('.')", 'a|b.c'],
      ["'a.b.c'.substringBeforeLast('.') + '|' + 'a.b.c'.substringAfterLast('.')", 'a.b|c'],
      ["'.a'.substringAfter('.') + '|' + '.a'.substringAfterLast('.') + '|' + '.a'.substringBefore('.')", 'a|a|'],
      ["'abc'.substringBefore('x') + '|' + 'abc'.substringAfter('x')", 'abc|'],
      ["'tagYtag'.substringBetween('tag')", 'Y'],
      ["'x(y(z)w)'.substringBetween('(', ')')", 'y(z'],
      ["'abc'.substringBetween('x')", null],
      ["'Hello Maximillian'.abbreviate(8)", 'Hello...'],
      ["'Hello Maximillian'.abbreviate(12, 6)", '...Maximi...'],
      ["'Hello'.abbreviate(3)", 'System.StringException: Minimum abbreviation width is 4'],
      ["'abc'.charAt(1)", '98'],
      ["'abc'.charAt(3)", 'System.StringException: Specified index is invalid.'],
    ]);
  });

  it('searches: case counts where the name does not say otherwise', () => {
    expectTexts([
      ["'abcabc'.indexOf('c')", '2'],
      ["'abcabc'.indexOf('c', 3)", '5'],
      ["'abcabc'.indexOf('C')", '-1'],
      ["'abcabc'.indexOfIgnoreCase('C')", '2'],
      ["'abcabc'.lastIndexOf('b')", '4'],
      ["'abcabc'.lastIndexOf('b', 3)", '1'],
      ["'abcabc'.indexOfAny('xc')", '2'],
      ["'aabc'.indexOfAnyBut('ab')", '3'],
      ["'abc'.indexOfAny('xyz')", '-1'],
      ["'abc'.indexOfDifference('abc')", '-1'],
      ["'aXbX'.lastIndexOfIgnoreCase('x')", '3'],
      ["'abcabc'.indexOfChar(99) + '/' + 'abcabc'.lastIndexOfChar(99)", '2/5'],
      ["'flaw'.getLevenshteinDistance('lawn', 1)", '-1'],
      ["'aä'.codePointAt(1)", '228'],
      ["'abcde'.indexOfDifference('abxyz')", '2'],
      ["'abcde'.difference('abxyz')", 'xyz'],
      ["'Hello'.contains('ell')", 'true'],
      ["'Hello'.contains('ELL')", 'false'],
      ["'Hello'.containsIgnoreCase('ELL')", 'true'],
      ["'hello'.containsAny('hx')", 'true'],
      ["'abba'.containsOnly('ab')", 'true'],
      ["'abc'.containsNone('xyz')", 'true'],
      ["'Hello'.startsWith('he')", 'false'],
      ["'Hello'.startsWithIgnoreCase('he')", 'true'],
      ["'Hello'.endsWith('llo')", 'true'],
      ["'Hello'.endsWithIgnoreCase('LLO')", 'true'],
      ["'banana'.countMatches('an')", '2'],
      ["'kitten'.getLevenshteinDistance('sitting')", '3'],
      ["'Hello'.equals('hello')", 'false'],
      ["'Hello'.equalsIgnoreCase('hello')", 'true'],
      ["'abcde'.compareTo('abcd')", '1'],
      ["'a'.compareTo('c')", '-2'],
      ["'Hello'.hashCode()", '69609650'],
      ["'Hello'.contains(null)", 'System.NullPointerException: Argument cannot be null.'],
    ]);
  });

  it('changes texts', () => {
    expectTexts([
      ["'  ab '.trim() + '|'", 'ab|'],
      ["' a  b '.normalizeSpace()", 'a b'],
      ["' a \\t b '.deleteWhitespace()", 'ab'],
      ["'ab'.leftPad(4) + '|' + 'ab'.leftPad(5, 'xy')", '  ab|xyxab'],
      ["'ab'.rightPad(4) + '|' + 'ab'.rightPad(5, 'xy')", 'ab  |abxyx'],
      ["'ab'.center(5, '*')", '*ab**'],
      ["'ab'.repeat(3) + '|' + 'ab'.repeat('-', 2) + '|' + 'ab'.repeat(0)", 'ababab|ab-ab|'],
      ["'abc'.reverse()", 'cba'],
      ["'hello'.capitalize() + 'ABC'.uncapitalize() + 'aBc'.swapCase()", 'HelloaBCAbC'],
      ["'Straße'.toUpperCase() + 'ÄB'.toLowerCase()", 'STRASSEäb'],
      ["'abcabc'.remove('b')", 'acac'],
      ["'abc'.removeStart('ab') + 'abc'.removeEnd('bc') + 'abc'.removeEndIgnoreCase('BC')", 'caa'],
      ["'a.b.c'.replace('.', '$1')", 'a$1b$1c'],
      ["'a1b22'.replaceAll('([0-9]+)', '<$1>')", 'a<1>b<22>'],
      ["'a1b22'.replaceFirst('[0-9]', '\\\\$')", 'a$b22'],
      ["'ab'.replaceAll('b', '$2')", 'System.StringException: No group 2'],
      ["'ab'.replaceAll('(', '')", 'System.StringException: Unclosed group near index 1\n('],
      ["'O\\'Neil'.toUpperCase() + String.escapeSingleQuotes('O\\'Neil')", "O'NEILO\\'Neil"],
    ]);
  });

  it('splits by expressions', () => {
    expectTexts([
      ["'a,b,,c,,'.split(',')", '(a, b, , c)'],
      ["'a,b,,c,,'.split(',', -1)", '(a, b, , c, , )'],
      ["'a,b,c'.split(',', 2)", '(a, b,c)'],
      ["'a.b'.split('\\\\.')", '(a, b)'],
      ["'abc'.split('')", '(a, b, c)'],
      ["''.split(',').size()", '1'],
      ["',a'.split(',')", '(, a)'],
      ["'boo:and:foo'.split('o')", '(b, , :and:f)'],
      ["'boo:and:foo'.split('o', 5)", '(b, , :and:f, , )'],
      ["'Lorem ipsum44dolor'.splitByCharacterType()", '(L, orem,  , ipsum, 44, dolor)'],
      ["'fooBarXMLFile2'.splitByCharacterTypeCamelCase()", '(foo, Bar, XML, File, 2)'],
    ]);
  });

  it('tells what a text is made of', () => {
    expectTexts([
      ["'abc'.isAlpha() && !'ab1'.isAlpha() && !''.isAlpha()", 'true'],
      ["'12'.isNumeric() && !'1.2'.isNumeric() && !''.isNumeric()", 'true'],
      ["'1 2'.isNumericSpace() && 'a b'.isAlphaSpace() && 'a1'.isAlphanumeric()", 'true'],
      ["'ab'.isAllLowerCase() && !'aB'.isAllLowerCase() && 'AB'.isAllUpperCase()", 'true'],
      ["' \\t'.isWhitespace() && ''.isWhitespace() && !'a'.isWhitespace()", 'true'],
      ["'ab'.isAsciiPrintable() && !'ä'.isAsciiPrintable()", 'true'],
      ["String.isBlank(' ') && String.isBlank(null) && !String.isBlank('a')", 'true'],
      ["String.isEmpty('') && !String.isEmpty(' ') && String.isNotBlank('a') && String.isNotEmpty(' ')", 'true'],
    ]);
  });

  it('escapes', () => {
    expectTexts([
      ['\'<a & "b">\'.escapeHtml4()', '&lt;a &amp; &quot;b&quot;&gt;'],
      ["'&lt;&#65;&#x42;'.unescapeHtml4()", '<AB'],
      ["'<\\'>'.escapeXml()", '&lt;&apos;&gt;'],
      ["'a,\"b'.escapeCsv()", '"a,""b"'],
      ['\'a\\n"b"ü\'.escapeJava()', 'a\\n\\"b\\"\\u00FC'],
    ]);
  });

  it('joins, formats and makes texts', () => {
    expectTexts([
      ["String.join(new List<String>{ 'a', 'b', 'c' }, ', ')", 'a, b, c'],
      ["String.join(new List<Integer>{ 1, 2 }, '-')", '1-2'],
      ["String.join(new Set<String>{ 'b', 'a' }, '')", 'ba'],
      ["String.format('{1} sees {0}, {2}', new List<Object>{ 'Bob', 42 })", '42 sees Bob, {2}'],
      ["String.format('It\\'\\'s {0} \\'{0}\\'', new List<String>{ 'on' })", "It's on {0}"],
      ["String.format('\\'a\\'b{0}\\'\\'', new List<String>{ 'on' })", "abon'"],
      ["String.format('{x}', new List<String>{ 'a' })", "System.StringException: can't parse argument number: x"],
      ["String.format('{0', new List<String>{ 'a' })", 'System.StringException: Unmatched braces in the pattern.'],
      ['String.fromCharArray(new List<Integer>{ 72, 105 })', 'Hi'],
      ["'Hi'.getChars()", '(72, 105)'],
      ["String.getCommonPrefix(new List<String>{ 'abcde', 'abxyz' })", 'ab'],
      ['String.valueOf(Date.newInstance(2026, 2, 3))', '2026-02-03'],
      ["'' + Date.newInstance(2026, 2, 3)", '2026-02-03 00:00:00'],
      ['String.valueOf(Datetime.newInstance(2026, 2, 3, 4, 5, 6))', '2026-02-03 04:05:06'],
      ['String.valueOf(1.50)', '1.50'],
      ['String.valueOf(Double.valueOf(10000000))', '1.0E7'],
      ["String.valueOf(new Map<String, List<Integer>>{ 'a' => new List<Integer>{ 1, null } })", '{a=(1, null)}'],
      ["String.valueOf(new Set<String>{ 'x', 'y' })", '{x, y}'],
    ]);
  });

  it('shows instances by their fields, records by what is set, and nothing twice inside of itself', () => {
    expectPrograms([
      {
        classes: `
          public virtual class Base { protected Integer size = 2; }
          public class Node extends Base { public String name; public Node next; private static Integer count = 1; }
          public class Named { public override String toString() { return 'I am'; } }`,
        source: `
          Node one = new Node();
          one.name = 'a';
          one.next = new Node();
          one.next.next = one;
          out.add('' + one);
          out.add(String.valueOf(new List<Object>{ new Named(), new Lead(LastName = 'Ray', OwnerId = '005000000000001'), Base.class }));
          List<Object> all = new List<Object>{ 1 };
          all.add(all);
          out.add('' + all);`,
        out: [
          'Node:[name=a, next=Node:[name=null, next=(already output), size=2], size=2]',
          '(I am, Lead:{LastName=Ray, OwnerId=005000000000001AAA}, T.Base)',
          '(1, (already output))',
        ],
      },
    ]);
  });
});
