/** Classes in brackets: `[a-z&&[^bc]]`. */
import { literal, otherCase, otherRange } from './classes.js';
import { escapedChar, escapedClass } from './escapes.js';
import { invalid, unsupported } from './problem.js';
import type { Flags, RegexReader } from './reader.js';

/** Reads a class; the opening bracket is read. */
export const readClass = (reader: RegexReader, flags: Flags): string => {
  const negated = reader.take('^');
  const operands: string[] = [];
  let items = '';
  let first = true;
  let nested = false;
  for (;;) {
    if (reader.done) invalid('Unclosed character class', reader.text, reader.text.length - 1);
    if (reader.next === ']' && !first) break;
    if (reader.take('&&')) {
      operands.push(items);
      items = '';
    } else if (reader.take('[')) {
      nested = true;
      items += readClass(reader, flags);
    } else items += readItem(reader, flags);
    first = false;
  }
  reader.take(']');
  operands.push(items);
  // What a `^` before unions and intersections covers has changed between versions of Java.
  if (negated && (nested || operands.length > 1)) unsupported('A negated class with classes inside', reader.text);
  if (nested || operands.length > 1) reader.nestedClasses = true;
  if (operands.includes('')) unsupported('An empty side of &&', reader.text);
  return `[${negated ? '^' : ''}${operands.length > 1 ? operands.map((side) => `[${side}]`).join('&&') : items}]`;
};

const readItem = (reader: RegexReader, flags: Flags): string => {
  if (reader.take('\\')) {
    const group = escapedClass(reader, flags);
    if (group?.negated) reader.nestedClasses = true;
    if (group) return group.negated ? `[^${group.js}]` : group.js;
    reader.at--;
  }
  const from = single(reader);
  if (reader.next !== '-' || /^-(?:\]|\[|&&|$)/.test(reader.rest)) return withCase(from, flags);
  reader.take('-');
  const to = single(reader);
  const [low, high] = [from.codePointAt(0)!, to.codePointAt(0)!];
  if (high < low) return invalid('Illegal character range', reader.text, reader.at - 1);
  return `${literal(from)}-${literal(to)}${flags.i ? otherRange(low, high) : ''}`;
};

const single = (reader: RegexReader): string => {
  if (!reader.take('\\')) return reader.char();
  return escapedChar(reader) ?? invalid('Illegal/unsupported escape sequence', reader.text, reader.at);
};

const withCase = (char: string, flags: Flags): string => literal(char) + ((flags.i && otherCase(char)) || '');
