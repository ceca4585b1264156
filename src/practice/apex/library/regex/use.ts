/** Searching, replacing and splitting by regular expressions of Java. */
import { ApexUnsupported } from '../../runtime/failures.js';
import type { Ctx } from '../../runtime/context.js';
import { RegexProblem } from './problem.js';
import { translateRegex, type JavaRegex } from './translate.js';

/** An expression in use. */
export type Compiled = JavaRegex & {
  text: string;
  /** Anywhere from a place on, at that place, and from there to the end of the text. */
  find: RegExp;
  starts: RegExp;
  whole: RegExp;
};

const KEPT = 500;
const kept = new Map<string, Compiled>();

const compiled = (text: string): Compiled => {
  const java = translateRegex(text);
  return {
    ...java,
    text,
    find: new RegExp(java.source, `gd${java.flag}`),
    starts: new RegExp(java.source, `yd${java.flag}`),
    whole: new RegExp(`(?:${java.source})(?![^])`, `yd${java.flag}`),
  };
};

/** An expression by its text; it is read once. Texts that are none end in a StringException. */
export const regexOf = (ctx: Ctx, text: string): Compiled => {
  const known = kept.get(text);
  if (known) return known;
  try {
    const made = compiled(text);
    if (kept.size >= KEPT) kept.clear();
    kept.set(text, made);
    return made;
  } catch (error) {
    if (error instanceof RegexProblem && !error.unsupported) return ctx.fail('System.StringException', error.message);
    // What JavaScript refuses although it was translated is a gap of the translation.
    throw new ApexUnsupported(error instanceof Error ? error.message : String(error));
  }
};

/** The text of a group of a match; null where it took no part. */
export const groupOf = (regex: Compiled, match: RegExpExecArray, group: number): string | null => {
  if (group > 0 && regex.unsure.has(group)) {
    throw new ApexUnsupported(`Group ${group} is not supported inside of something that repeats: ${regex.text}`);
  }
  return match[group] ?? null;
};

/** The replacement for one match: `$1` and `${name}` are groups, a backslash takes the next character as it is. */
export const expandReplacement = (ctx: Ctx, regex: Compiled, match: RegExpExecArray, replacement: string): string => {
  let out = '';
  for (let at = 0; at < replacement.length; at++) {
    const char = replacement[at]!;
    if (char === '\\') {
      if (++at >= replacement.length) return ctx.fail('System.StringException', 'character to be escaped is missing');
      out += replacement[at];
    } else if (char === '$') {
      const { text, length } = reference(ctx, regex, match, replacement.slice(at + 1));
      out += text;
      at += length;
    } else out += char;
  }
  return out;
};

const reference = (
  ctx: Ctx,
  regex: Compiled,
  match: RegExpExecArray,
  rest: string
): { text: string; length: number } => {
  const named = /^\{([A-Za-z][A-Za-z0-9]*)\}/.exec(rest);
  if (named) {
    const groups = match.groups ?? {};
    const name = named[1]!;
    if (!Object.hasOwn(groups, name)) return ctx.fail('System.StringException', `No group with name {${name}}`);
    return { text: groups[name] ?? '', length: named[0].length };
  }
  const digits = /^\d+/.exec(rest)?.[0];
  if (digits === undefined) return ctx.fail('System.StringException', 'Illegal group reference');
  // As many digits as there are groups for; the first one always counts.
  let length = 1;
  if (Number(digits[0]) > regex.groups) return ctx.fail('System.StringException', `No group ${digits[0]}`);
  while (length < digits.length && Number(digits.slice(0, length + 1)) <= regex.groups) length++;
  return { text: groupOf(regex, match, Number(digits.slice(0, length))) ?? '', length };
};

/** `replaceAll`, or `replaceFirst` with `once`. */
export const replaceMatches = (ctx: Ctx, regex: Compiled, text: string, replacement: string, once = false): string => {
  let out = '';
  let at = 0;
  for (const match of matches(regex, text)) {
    out += text.slice(at, match.index) + expandReplacement(ctx, regex, match, replacement);
    at = match.index + match[0].length;
    if (once) break;
  }
  return out + text.slice(at);
};

/** All matches, from left to right. */
export const matches = (regex: Compiled, text: string): RegExpStringIterator<RegExpExecArray> => {
  regex.find.lastIndex = 0;
  return text.matchAll(regex.find);
};

/**
 * `split` of Java: without a limit (0) empty texts at the end go, with a negative one they stay, a positive one is the
 * most parts there are. A match of nothing at the very start makes no part.
 */
export const splitText = (regex: Compiled, text: string, limit = 0): string[] => {
  const parts: string[] = [];
  let at = 0;
  for (const match of matches(regex, text)) {
    if (limit > 0 && parts.length === limit - 1) break;
    const end = match.index + match[0].length;
    if (end === 0) continue;
    parts.push(text.slice(at, match.index));
    at = end;
  }
  if (parts.length === 0 && at === 0) return [text];
  parts.push(text.slice(at));
  if (limit === 0) while (parts.length > 0 && parts.at(-1) === '') parts.pop();
  return parts;
};
