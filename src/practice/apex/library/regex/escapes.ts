/** What follows a backslash in an expression of Java. */
import { LINE_ENDS, literal, otherCase, property, SHORT } from './classes.js';
import { invalid, unsupported } from './problem.js';
import type { Flags, RegexReader } from './reader.js';

const CONTROL: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', a: '\u0007', e: '\u001b' };

/** A single character that is written with a backslash, or nothing where the escape is something else. The backslash is read. */
export const escapedChar = (reader: RegexReader): string | undefined => {
  const code = reader.match(/u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|x\{[0-9a-fA-F]{1,6}\}/y);
  if (code !== undefined) return String.fromCodePoint(parseInt(code.replace(/[ux{}]/g, ''), 16));
  const octal = reader.match(/0(?:[0-3][0-7]{2}|[0-7]{1,2})/y);
  if (octal !== undefined) return String.fromCodePoint(parseInt(octal, 8));
  if (/^c[A-Z]/.test(reader.rest)) {
    return String.fromCharCode(reader.match(/c[A-Z]/y)!.charCodeAt(1) ^ 64);
  }
  const next = reader.next;
  if (next === '') return invalid('Unexpected internal error', reader.text, reader.at);
  if (Object.hasOwn(CONTROL, next)) return CONTROL[reader.char()];
  if (!/[A-Za-z0-9]/.test(next)) return reader.char();
  return undefined;
};

/** `\d`, `\S`, `\p{L}`: the class as a part of brackets, and whether it is meant the other way round. */
export const escapedClass = (reader: RegexReader, flags: Flags): { js: string; negated: boolean } | undefined => {
  const letter = reader.next;
  const short = Object.hasOwn(SHORT, letter.toLowerCase()) ? SHORT[letter.toLowerCase()] : undefined;
  if (short !== undefined) {
    reader.char();
    return { js: short, negated: letter !== letter.toLowerCase() };
  }
  if (letter.toLowerCase() !== 'p') return undefined;
  const found = reader.match(/[pP](?:\{\w+\}|[A-Z])/y);
  if (found === undefined) return invalid('Unclosed character family', reader.text, reader.at);
  const name = found.slice(1).replace(/[{}]/g, '');
  const js = property(name) ?? unsupported(`The class \\p{${name}}`, reader.text);
  if (flags.i && /^(?:Lower|Upper|Lu|Ll|Lt|IsUppercase|IsLowercase)$/.test(name)) {
    unsupported(`The class \\p{${name}} without regard to case`, reader.text);
  }
  return { js, negated: letter === 'P' };
};

/** An escape outside of brackets; the backslash is read. */
export const readEscape = (reader: RegexReader, flags: Flags, lastLineEnd: string): { js: string; empty: boolean } => {
  const place = PLACES(lastLineEnd)[reader.next];
  if (place !== undefined) {
    reader.char();
    return { js: place, empty: true };
  }
  if (reader.take('R')) return { js: `(?:\\r\\n|[${LINE_ENDS}\\v\\f])`, empty: false };
  const reference = reader.match(/[1-9]\d*/y);
  if (reference !== undefined) return backReference(Number(reference), reader, flags);
  const group = escapedClass(reader, flags);
  if (group) return { js: `[${group.negated ? '^' : ''}${group.js}]`, empty: false };
  const char = escapedChar(reader);
  if (char === undefined) {
    if (/[GkNXzZbB]/.test(reader.next)) unsupported(`\\${reader.next}`, reader.text);
    return invalid('Illegal/unsupported escape sequence', reader.text, reader.at);
  }
  const other = flags.i ? otherCase(char) : undefined;
  return { js: other === undefined ? literal(char) : `[${char}${other}]`, empty: false };
};

/** A letter of a word, for its borders: other than `\w` it is one of any alphabet (Java before 19). */
const WORD = '[\\p{L}\\p{Nd}_]';

/** Places between characters. */
const PLACES = (lastLineEnd: string): Readonly<Record<string, string>> => ({
  A: '(?<![^])',
  z: '(?![^])',
  Z: lastLineEnd,
  b: `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`,
  B: `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`,
});

const backReference = (group: number, reader: RegexReader, flags: Flags): { js: string; empty: boolean } => {
  if (flags.i) unsupported('A back reference without regard to case', reader.text);
  // Java reads as many digits as there are groups so far; one digit is plain.
  if (group > 9 || group > reader.groups || reader.isOpen(group)) unsupported(`\\${group} here`, reader.text);
  reader.backReferences.add(group);
  return { js: `(?:\\${group})`, empty: true };
};
