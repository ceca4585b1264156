/** Methods of String that make another text of it. */
import { ApexUnsupported } from '../../runtime/failures.js';
import type { NativeType } from '../../runtime/native.js';
import { byLowerName, native, type Call } from '../args.js';
import { regexOf, replaceMatches } from '../regex/use.js';
import { folded } from './search.js';

const changed = (arity: number | number[], run: (text: string, call: Call) => string): ReturnType<typeof native> =>
  native(arity, (call) => run(call.self as string, call), 'String');

/** What `trim` of Java takes off: everything up to the space. */
// eslint-disable-next-line no-control-regex -- these are the characters Java means
const TRIMMED = /^[\u0000-\u0020]+|[\u0000-\u0020]+$/g;

/** `Character.isWhitespace` of Java: no spaces that do not break. */
export const WHITESPACE =
  '\\t\\n\\v\\f\\r\\x1C-\\x1F \\u1680\\u2000-\\u2006\\u2008-\\u200A\\u2028\\u2029\\u205F\\u3000';
const SPACES = new RegExp(`[${WHITESPACE}]+`, 'g');
const NORMALIZED = new RegExp(`[${WHITESPACE}\\xA0]+`, 'g');

const trimmed = (text: string): string => text.replace(TRIMMED, '');

/** Text of a filler up to a length. */
const filler = (length: number, call: Call): string => {
  if (length <= 0) return '';
  const unit = call.count > 1 ? (call.textOrNull(1) ?? '') : ' ';
  return (unit === '' ? ' ' : unit).repeat(length).slice(0, length);
};

const center = (text: string, call: Call): string => {
  const size = call.integer(0);
  const before = Math.floor((size - text.length) / 2);
  if (size <= text.length) return text;
  return filler(before, call) + text + filler(size - text.length - before, call);
};

const firstAs = (text: string, change: (char: string) => string): string => {
  const first = [...text][0] ?? '';
  return change(first) + text.slice(first.length);
};

/** Languages change letters; only those that change them alike are known here. */
const plainLocale = (call: Call): void => {
  if (call.count > 0 && !/^(?:en|de|fr|es|it|nl)(?:[_-]\w+)?$/.test(call.text(0))) {
    throw new ApexUnsupported(`Letters of the language ${call.text(0)} are not supported`);
  }
};

const swapped = (char: string): string => (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase());

const CASES = {
  toLowerCase: changed([0, 1], (text, call) => {
    plainLocale(call);
    return text.toLowerCase();
  }),
  toUpperCase: changed([0, 1], (text, call) => {
    plainLocale(call);
    return text.toUpperCase();
  }),
  capitalize: changed(0, (text) => firstAs(text, (char) => char.toUpperCase())),
  uncapitalize: changed(0, (text) => firstAs(text, (char) => char.toLowerCase())),
  swapCase: changed(0, (text) => [...text].map(swapped).join('')),
};

const REMOVE = {
  remove: changed(1, (text, call) => text.replaceAll(call.text(0), '')),
  removeStart: changed(1, (text, call) => (text.startsWith(call.text(0)) ? text.slice(call.text(0).length) : text)),
  removeStartIgnoreCase: changed(1, (text, call) =>
    folded(text).startsWith(folded(call.text(0))) ? text.slice(call.text(0).length) : text
  ),
  removeEnd: changed(1, (text, call) => withoutEnd(text, call.text(0), text.endsWith(call.text(0)))),
  removeEndIgnoreCase: changed(1, (text, call) =>
    withoutEnd(text, call.text(0), folded(text).endsWith(folded(call.text(0))))
  ),
  deleteWhitespace: changed(0, (text) => text.replace(SPACES, '')),
};

const withoutEnd = (text: string, end: string, found: boolean): string =>
  found ? text.slice(0, text.length - end.length) : text;

const REPLACE = {
  replace: changed(2, (text, call) => {
    const replacement = call.text(1);
    return text.replaceAll(call.text(0), () => replacement);
  }),
  replaceAll: changed(2, (text, call) => replaceMatches(call.ctx, regexOf(call.ctx, call.text(0)), text, call.text(1))),
  replaceFirst: changed(2, (text, call) =>
    replaceMatches(call.ctx, regexOf(call.ctx, call.text(0)), text, call.text(1), true)
  ),
};

/** Methods of String that change. */
export const CHANGE_METHODS: NonNullable<NativeType['methods']> = byLowerName({
  ...CASES,
  ...REMOVE,
  ...REPLACE,
  trim: changed(0, trimmed),
  normalizeSpace: changed(0, (text) => trimmed(text.replace(NORMALIZED, ' '))),
  leftPad: changed([1, 2], (text, call) => filler(call.integer(0) - text.length, call) + text),
  rightPad: changed([1, 2], (text, call) => text + filler(call.integer(0) - text.length, call)),
  center: changed([1, 2], center),
  repeat: changed([1, 2], (text, call) => {
    const times = Math.max(0, call.integer(call.count - 1));
    return call.count > 1 ? Array<string>(times).fill(text).join(call.text(0)) : text.repeat(times);
  }),
  reverse: changed(0, (text) => [...text].reverse().join('')),
  toString: changed(0, (text) => text),
});
