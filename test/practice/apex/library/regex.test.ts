import { expect } from 'chai';
import fc from 'fast-check';
import { RegexProblem } from '../../../../src/practice/apex/library/regex/problem.js';
import type { Ctx } from '../../../../src/practice/apex/runtime/context.js';
import { matches, regexOf, replaceMatches, splitText } from '../../../../src/practice/apex/library/regex/use.js';
import { translateRegex } from '../../../../src/practice/apex/library/regex/translate.js';

/** Expressions need of their surroundings only that they end them. */
const ctx = {
  fail: (type: string, message: string): never => {
    throw new Error(`${type}: ${message}`);
  },
} as Pick<Ctx, 'fail'> as Ctx;

/** What an expression finds first in a text. */
const first = (java: string, text: string): string | undefined => {
  const { source, flag } = translateRegex(java);
  return new RegExp(source, flag).exec(text)?.[0];
};

const refusal = (java: string): RegexProblem => {
  try {
    translateRegex(java);
  } catch (error) {
    if (error instanceof RegexProblem) return error;
    throw error;
  }
  throw new Error(`${java} was taken`);
};

describe('Regular expressions of Java', () => {
  it('mean the same in JavaScript', () => {
    const cases: Array<[string, string, string | undefined]> = [
      ['a+b', 'caab', 'aab'],
      ['[a-z&&[^bc]]+', 'bcxyz', 'xyz'],
      ['[a-d[m-p]]+', 'xanmq', 'anm'],
      ['[]a]+', 'x]a', ']a'],
      ['[a-]+', 'x-a', '-a'],
      ['[^\\w\\s]', 'a b!', '!'],
      ['\\Qa.b\\E+', 'aab a.bb', 'a.bb'],
      ['(?i)stra', 'xSTRa', 'STRa'],
      ['a(?i)b', 'AB aB', 'aB'],
      ['a(?i:b)c', 'aBC aBc', 'aBc'],
      ['(?i)[x-z]+', 'aXyZ', 'XyZ'],
      // Java folds letters of ASCII alone.
      ['(?i)é', 'É', undefined],
      ['\\p{Punct}+', 'a,.!b', ',.!'],
      ['\\p{Lu}\\p{IsAlphabetic}*', 'größe Über', 'Über'],
      ['\\P{L}+', 'ab12c', '12'],
      ['(.)\\1', 'abccd', 'cc'],
      // A dot stops at every end of a line Java knows; a space is one of six.
      ['a.b', 'a\u0085b', undefined],
      ['(?s)a.b', 'a\u0085b', 'a\u0085b'],
      ['\\s', '\u00a0', undefined],
      // A dollar finds the end before a last end of line.
      ['b$', 'ab\n', 'b'],
      ['b$', 'ab\n\n', undefined],
      ['(?m)^b$', 'a\nb\nc', 'b'],
      ['b\\Z', 'ab\r\n', 'b'],
      ['b\\z', 'ab\n', undefined],
      ['\\x41\\u0042\\0103', 'xABC', 'ABC'],
      ['\\cA+', 'x\u0001\u0001', '\u0001\u0001'],
      ['x]y}', 'x]y}', 'x]y}'],
      ['\\h+', 'a \tb', ' \t'],
      ['a\\Rb', 'a\r\nb', 'a\r\nb'],
      ['\\bü', 'aü', undefined],
      ['[\\S&&[^a]]+', 'a b', 'b'],
      ['(?<y>\\d+)-(?:b|c)?', 'x12-c', '12-c'],
      ['a{2,3}?', 'aaaa', 'aa'],
      ['(?<=a)b(?!c)', 'bc abc ab', 'b'],
    ];
    for (const [java, text, found] of cases) expect(first(java, text), java).to.equal(found);
  });

  it('are refused where JavaScript cannot say them', () => {
    const strange = [
      'a*+',
      '(?>a)',
      '(?x)a',
      '\\Gx',
      '\\k<a>',
      '(a)|\\1',
      '(?:(a))*\\1',
      '(?i)(a)\\1',
      '(a\\1)',
      '[^a[b]]',
    ];
    for (const java of [...strange, '\\p{javaLowerCase}', '[a&&]', '(?i)\\p{Lu}']) {
      expect(refusal(java).unsupported, java).to.equal(true);
    }
  });

  it('that are none are refused in the words of Java', () => {
    const cases: Array<[string, string]> = [
      ['*a', "Dangling meta character '*' near index 0\n*a\n^"],
      ['a+?*', "Dangling meta character '*' near index 3\na+?*\n   ^"],
      ['(a', 'Unclosed group near index 2\n(a'],
      ['[a', 'Unclosed character class near index 1\n[a\n ^'],
      ['a)', "Unmatched closing ')' near index 0\na)\n^"],
      ['[b-a]', 'Illegal character range near index 3\n[b-a]\n   ^'],
      ['a{3,2}', 'Illegal repetition range near index 6\na{3,2}'],
      ['a{2', 'Unclosed counted closure near index 3\na{2'],
      ['{', 'Illegal repetition near index 1\n{'],
    ];
    for (const [java, message] of cases) {
      const problem = refusal(java);
      expect(problem.message).to.equal(message);
      expect(problem.unsupported).to.equal(false);
    }
  });

  it('tell groups of which the two languages tell different texts', () => {
    expect([...translateRegex('(?:(a)|b)*').unsure]).to.deep.equal([1]);
    expect([...translateRegex('((a)|b)+(c)').unsure]).to.deep.equal([2]);
    expect([...translateRegex('(a*)*').unsure]).to.deep.equal([1]);
    expect([...translateRegex('(a)(b(d))?(c+)').unsure]).to.deep.equal([]);
    expect([...translateRegex('((a)*)?').unsure]).to.deep.equal([1, 2]);
    expect([...translateRegex('(?!(a))(?=(b))(c)').unsure]).to.deep.equal([1, 2]);
  });

  it('find any text that is quoted, and nothing else', () => {
    const text = fc.string({ unit: 'binary', maxLength: 12 }).filter((one) => one !== '' && !one.includes('\\E'));
    fc.assert(
      fc.property(text, text, (quoted, other) => {
        expect(first(`\\Q${quoted}\\E`, `${other}${quoted}`)).to.equal(quoted);
        expect(first(`^\\Q${quoted}\\E\\z`, other)).to.equal(quoted === other ? other : undefined);
      })
    );
  });

  it('split so that joining gives the text again, and replace what was found by itself', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ',', ';', ' ', 'ü'), maxLength: 20 });
    const java = fc.constantFrom(',', ';', '[,;]', '\\s', 'a|b', 'ab?', '(?i)A');
    fc.assert(
      fc.property(text, java, (whole, expression) => {
        const regex = regexOf(ctx, expression);
        const found = [...matches(regex, whole)].map(([match]) => match);
        const parts = splitText(regex, whole, -1);
        expect(parts).to.have.lengthOf(found.length + 1);
        expect(parts.map((part, at) => part + (found[at] ?? '')).join('')).to.equal(whole);
        expect(replaceMatches(ctx, regex, whole, '$0')).to.equal(whole);
        expect(splitText(regex, whole, 2)).to.have.lengthOf(Math.min(parts.length, 2));
        const short = splitText(regex, whole);
        expect(parts.slice(0, short.length)).to.deep.equal(short);
        expect(parts.slice(short.length).join('')).to.equal('');
      })
    );
  });
});
