/** `String.format`: the patterns of Java's MessageFormat, with texts as arguments. */
import { ApexUnsupported } from '../../runtime/failures.js';
import type { Ctx } from '../../runtime/context.js';

/** The piece in quotes that begins at a quotation mark, and how long it is. */
const quotedAt = (pattern: string, at: number): { text: string; length: number } => {
  if (pattern[at + 1] === "'") return { text: "'", length: 2 };
  let text = '';
  let end = at + 1;
  for (; end < pattern.length; end++) {
    if (pattern[end] !== "'") text += pattern[end];
    else if (pattern[end + 1] === "'") text += pattern[end++];
    else break;
  }
  return { text, length: end + 1 - at };
};

/** Where the braces that open at a place close again; quotes hide braces. */
const closing = (pattern: string, at: number): number | undefined => {
  let depth = 0;
  let quoted = false;
  for (let end = at; end < pattern.length; end++) {
    const char = pattern[end];
    if (char === "'") quoted = !quoted;
    else if (!quoted && char === '{') depth++;
    else if (!quoted && char === '}' && --depth === 0) return end;
  }
  return undefined;
};

/** What stands for `{…}`. */
const argument = (ctx: Ctx, inside: string, texts: readonly string[]): string => {
  if (inside.includes(',')) {
    throw new ApexUnsupported(`Formats of arguments are not supported in String.format: {${inside}}`);
  }
  if (!/^\d+$/.test(inside)) {
    return ctx.fail('System.StringException', `can't parse argument number: ${inside}`);
  }
  // A place without an argument stays as it is.
  return texts[Number(inside)] ?? `{${inside}}`;
};

/** Puts texts into `{0}`, `{1}`, …; single quotes take what is inside of them as it is. */
export const formatMessage = (ctx: Ctx, pattern: string, texts: readonly string[]): string => {
  let out = '';
  for (let at = 0; at < pattern.length;) {
    const char = pattern[at]!;
    if (char === "'") {
      const { text, length } = quotedAt(pattern, at);
      out += text;
      at += length;
    } else if (char === '{') {
      const end = closing(pattern, at);
      if (end === undefined) return ctx.fail('System.StringException', 'Unmatched braces in the pattern.');
      out += argument(ctx, pattern.slice(at + 1, end), texts);
      at = end + 1;
    } else {
      out += char;
      at++;
    }
  }
  return out;
};
