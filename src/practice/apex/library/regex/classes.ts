/** Classes of characters of Java's regular expressions, as JavaScript writes them inside brackets (flag `v`). */

/** Ends of lines, as `.`, `^` and `$` of Java know them. */
export const LINE_ENDS = '\\n\\r\\x85\\u2028\\u2029';

const SPACES = ' \\t\\n\\v\\f\\r';
const HORIZONTAL = ' \\t\\xA0\\u1680\\u180E\\u2000-\\u200A\\u202F\\u205F\\u3000';
const VERTICAL = '\\n\\v\\f\\r\\x85\\u2028\\u2029';

/** `\d` and its like: small letters are the class, capitals are all others. */
export const SHORT: Readonly<Record<string, string>> = {
  d: '0-9',
  w: 'a-zA-Z_0-9',
  s: SPACES,
  h: HORIZONTAL,
  v: VERTICAL,
};

/** Classes of POSIX, which Java counts over ASCII. */
const POSIX: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: '\\x00-\\x7F',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: '\\x21-\\x2F\\x3A-\\x40\\x5B-\\x60\\x7B-\\x7E',
  Graph: '\\x21-\\x7E',
  Print: '\\x20-\\x7E',
  Blank: ' \\t',
  Cntrl: '\\x00-\\x1F\\x7F',
  XDigit: '0-9a-fA-F',
  Space: SPACES,
};

/** Properties of Unicode by the names Java has for them. */
const UNICODE: Readonly<Record<string, string>> = {
  IsAlphabetic: 'Alphabetic',
  IsLetter: 'L',
  IsDigit: 'Nd',
  IsUppercase: 'Uppercase',
  IsLowercase: 'Lowercase',
  IsPunctuation: 'P',
  IsWhite_Space: 'White_Space',
  IsLatin: 'Script=Latin',
  IsGreek: 'Script=Greek',
  IsCyrillic: 'Script=Cyrillic',
};

const CATEGORY =
  /^(?:L|Lu|Ll|Lt|Lm|Lo|M|Mn|Mc|Me|N|Nd|Nl|No|P|Pc|Pd|Ps|Pe|Pi|Pf|Po|S|Sm|Sc|Sk|So|Z|Zs|Zl|Zp|C|Cc|Cf|Cs|Co)$/;

/** `\p{name}` as a part of a class, or nothing where this org does not know the name. */
export const property = (name: string): string | undefined => {
  if (Object.hasOwn(POSIX, name)) return POSIX[name];
  if (Object.hasOwn(UNICODE, name)) return `\\p{${UNICODE[name]!}}`;
  return CATEGORY.test(name) ? `\\p{${name}}` : undefined;
};

const PLAIN = /^[A-Za-z0-9_ ]$/;

/** One character as JavaScript takes it anywhere, also inside brackets. */
export const literal = (char: string): string =>
  PLAIN.test(char) ? char : `\\u{${char.codePointAt(0)!.toString(16)}}`;

/** The other case of a letter of ASCII: Java's `(?i)` knows no others. */
export const otherCase = (char: string): string | undefined => {
  if (/^[a-z]$/.test(char)) return char.toUpperCase();
  return /^[A-Z]$/.test(char) ? char.toLowerCase() : undefined;
};

/** The letters of a range that exist in the other case too, as a range of that case. */
export const otherRange = (from: number, to: number): string => {
  const shifted = ([low, high, shift]: [number, number, number]): string => {
    const start = Math.max(from, low);
    const end = Math.min(to, high);
    return start > end ? '' : `${String.fromCharCode(start + shift)}-${String.fromCharCode(end + shift)}`;
  };
  return shifted([0x41, 0x5a, 32]) + shifted([0x61, 0x7a, -32]);
};
