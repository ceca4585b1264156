/** Methods of String that give parts of a text. Places outside of the text follow Apache's StringUtils, as the platform does. */
import type { NativeType } from '../../runtime/native.js';
import { byLowerName, native, type Call } from '../args.js';
import { regexOf, splitText } from '../regex/use.js';

const part = (arity: number | number[], run: (text: string, call: Call) => string | null): ReturnType<typeof native> =>
  native(arity, (call) => run(call.self as string, call), 'String');

const substring = (text: string, call: Call): string => {
  const start = call.integer(0);
  const end = call.count > 1 ? call.integer(1) : text.length;
  if (start < 0 || start > text.length) {
    return call.fail('System.StringException', `Starting position out of bounds: ${start}`);
  }
  if (end < start || end > text.length) {
    return call.fail('System.StringException', `Ending position out of bounds: ${end}`);
  }
  return text.slice(start, end);
};

const mid = (text: string, start: number, length: number): string => {
  const from = Math.max(0, start);
  return length < 0 ? '' : text.slice(from, from + length);
};

const between = (text: string, open: string, close: string): string | null => {
  const start = text.indexOf(open);
  if (start < 0) return null;
  const end = text.indexOf(close, start + open.length);
  return end < 0 ? null : text.slice(start + open.length, end);
};

const DOTS = '...';

/** Apache's `abbreviate`: three dots count, and text that is left out in front gets them too. */
const abbreviate = (text: string, width: number, offset: number, call: Call): string => {
  if (width < 4) return call.fail('System.StringException', 'Minimum abbreviation width is 4');
  if (text.length <= width) return text;
  let from = Math.min(offset, text.length);
  if (text.length - from < width - 3) from = text.length - (width - 3);
  if (from <= 4) return text.slice(0, width - 3) + DOTS;
  if (width < 7) return call.fail('System.StringException', 'Minimum abbreviation width with offset is 7');
  if (from + width - 3 < text.length) return DOTS + abbreviate(text.slice(from), width - 3, 0, call);
  return DOTS + text.slice(text.length - (width - 3));
};

/** Kinds of characters that `splitByCharacterType` keeps together: the general categories of Unicode. */
const CATEGORIES = 'Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Co Cs Pd Ps Pe Pc Po Pi Pf Sm Sc Sk So';
const KINDS = CATEGORIES.split(' ').map((name) => new RegExp(`^\\p{${name}}$`, 'u'));

const byKind = (text: string, camel: boolean): string[] => {
  const parts: string[] = [];
  let last = -2;
  for (const char of text) {
    const kind = KINDS.findIndex((pattern) => pattern.test(char));
    // In camel case the last capital goes with the small letters behind it.
    if (camel && kind === 1 && last === 0) {
      const before = parts.pop()!;
      const head = before.slice(0, -1);
      if (head !== '') parts.push(head);
      parts.push(before.slice(-1) + char);
    } else if (kind === last) parts[parts.length - 1] += char;
    else parts.push(char);
    last = kind;
  }
  return parts;
};

const SPLIT = {
  split: native(
    [1, 2],
    (call) => {
      const regex = regexOf(call.ctx, call.text(0));
      return call.texts(splitText(regex, call.self as string, call.count > 1 ? call.integer(1) : 0));
    },
    'List<String>'
  ),
  splitByCharacterType: native(0, (call) => call.texts(byKind(call.self as string, false)), 'List<String>'),
  splitByCharacterTypeCamelCase: native(0, (call) => call.texts(byKind(call.self as string, true)), 'List<String>'),
};

/** Methods of String that cut. */
export const PART_METHODS: NonNullable<NativeType['methods']> = byLowerName({
  ...SPLIT,
  substring: part([1, 2], substring),
  left: part(1, (text, call) => text.slice(0, Math.max(0, call.integer(0)))),
  right: part(1, (text, call) => text.slice(Math.max(0, text.length - Math.max(0, call.integer(0))))),
  mid: part(2, (text, call) => mid(text, call.integer(0), call.integer(1))),
  substringBefore: part(1, (text, call) => {
    const separator = call.text(0);
    const at = text.indexOf(separator);
    return at < 0 ? text : text.slice(0, at);
  }),
  substringAfter: part(1, (text, call) => {
    const separator = call.text(0);
    const at = text.indexOf(separator);
    return at < 0 ? '' : text.slice(at + separator.length);
  }),
  substringBeforeLast: part(1, (text, call) => {
    const separator = call.text(0);
    const at = text.lastIndexOf(separator);
    return separator === '' || at < 0 ? text : text.slice(0, at);
  }),
  substringAfterLast: part(1, (text, call) => {
    const separator = call.text(0);
    const at = text.lastIndexOf(separator);
    return separator === '' || at < 0 ? '' : text.slice(at + separator.length);
  }),
  substringBetween: part([1, 2], (text, call) => between(text, call.text(0), call.text(call.count - 1))),
  abbreviate: part([1, 2], (text, call) =>
    abbreviate(text, call.integer(0), call.count > 1 ? call.integer(1) : 0, call)
  ),
});
