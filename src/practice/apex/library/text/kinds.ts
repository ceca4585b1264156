/** Methods of String that tell what characters a text has, and the ones that escape it. */
import { ApexUnsupported } from '../../runtime/failures.js';
import type { NativeType } from '../../runtime/native.js';
import { ApexList } from '../../runtime/collections.js';
import { byLowerName, native } from '../args.js';
import { WHITESPACE } from './change.js';

const all = (pattern: RegExp): ReturnType<typeof native> =>
  native(0, (call) => pattern.test(call.self as string), 'Boolean');
const made = (run: (text: string) => string): ReturnType<typeof native> =>
  native(0, (call) => run(call.self as string), 'String');

/** As in Apache's StringUtils 3: an empty text has no letters, but it has nothing besides spaces. */
const KINDS = {
  isAlpha: all(/^\p{L}+$/u),
  isAlphaSpace: all(/^[\p{L} ]*$/u),
  isAlphanumeric: all(/^[\p{L}\p{Nd}]+$/u),
  isAlphanumericSpace: all(/^[\p{L}\p{Nd} ]*$/u),
  isNumeric: all(/^\p{Nd}+$/u),
  isNumericSpace: all(/^[\p{Nd} ]*$/u),
  isAllLowerCase: all(/^\p{Lowercase}+$/u),
  isAllUpperCase: all(/^\p{Uppercase}+$/u),
  isAsciiPrintable: all(/^[ -~]*$/),
  isWhitespace: all(new RegExp(`^[${WHITESPACE}]*$`)),
  containsWhitespace: all(new RegExp(`[${WHITESPACE}]`)),
};

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const XML: Readonly<Record<string, string>> = { ...HTML, "'": '&apos;' };

/** Letters of other alphabets have names in HTML; this org has not learned them. */
const asciiOnly = (text: string, method: string): string => {
  const strange = /[^ -~\t\r\n]/.exec(text)?.[0];
  if (strange !== undefined)
    throw new ApexUnsupported(`String.${method} is not supported for the character ${strange}`);
  return text;
};

const named =
  (table: Readonly<Record<string, string>>) =>
  (text: string): string =>
    text.replace(/[&<>"']/g, (char) => table[char] ?? char);

const unnamed =
  (table: Readonly<Record<string, string>>) =>
  (text: string): string => {
    const chars = Object.fromEntries(Object.entries(table).map(([char, name]) => [name, char]));
    return text.replace(/&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|\w+);/g, (whole, decimal?: string, hex?: string) => {
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16));
      const char = chars[whole];
      if (char === undefined) throw new ApexUnsupported(`The entity ${whole} is not supported`);
      return char;
    });
  };

const CONTROL: Readonly<Record<string, string>> = { '\b': '\\b', '\n': '\\n', '\t': '\\t', '\f': '\\f', '\r': '\\r' };

const unicode = (char: string): string => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

const javaEscaped = (text: string, extra: RegExp): string =>
  text
    .replace(/[^ !#-[\]-~]/g, (char) =>
      char === '"' || char === '\\' ? `\\${char}` : (CONTROL[char] ?? unicode(char))
    )
    .replace(extra, (char) => `\\${char}`);

const NEVER = /(?!)/g;

const ESCAPES = {
  escapeHtml4: made((text) => named(HTML)(asciiOnly(text, 'escapeHtml4'))),
  escapeHtml3: made((text) => named(HTML)(asciiOnly(text, 'escapeHtml3'))),
  escapeXml: made(named(XML)),
  unescapeHtml4: made(unnamed(HTML)),
  unescapeHtml3: made(unnamed(HTML)),
  unescapeXml: made(unnamed(XML)),
  escapeCsv: made((text) => (/[,"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)),
  unescapeCsv: made((text) =>
    /^".*"$/s.test(text) && /[,"\r\n]/.test(text.slice(1, -1)) ? text.slice(1, -1).replaceAll('""', '"') : text
  ),
  escapeJava: made((text) => javaEscaped(text, NEVER)),
  escapeEcmaScript: made((text) => javaEscaped(text, /['/]/g)),
  escapeUnicode: made((text) => text.replace(/[^ -~]/g, unicode)),
};

/** Methods of String about kinds of characters, and escapes. */
export const KIND_METHODS: NonNullable<NativeType['methods']> = byLowerName({
  ...KINDS,
  ...ESCAPES,
  getChars: native(
    0,
    (call) =>
      new ApexList(
        call.ctx.type('Integer'),
        (call.self as string).split('').map((char) => char.charCodeAt(0))
      ),
    'List<Integer>'
  ),
});
