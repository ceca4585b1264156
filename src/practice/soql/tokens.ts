/** Splits a query into tokens that know where they stand. */
import { malformed, unexpectedToken } from './errors.js';

export type TokenKind = 'name' | 'string' | 'number' | 'date' | 'datetime' | 'sign' | 'end';

export type Token = {
  kind: TokenKind;
  /** As it is written, without the quotes of a string. Paths such as `Owner.Name` are one token. */
  text: string;
  at: number;
};

const PATTERN = new RegExp(
  [
    /(?<space>\s+)/,
    /(?<datetime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))/,
    /(?<date>\d{4}-\d\d-\d\d(?!\d))/,
    /(?<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)/,
    /(?<name>[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*)/,
    /'(?<string>(?:[^'\\]|\\[\s\S])*)'/,
    /(?<sign><=|>=|!=|<>|[=<>(),:])/,
  ]
    .map((part) => part.source)
    .join('|'),
  'y'
);

const KINDS = ['name', 'string', 'number', 'date', 'datetime', 'sign'] as const;

/** Tokens of a query, ending with one of kind `end`. @throws PlatformError MALFORMED_QUERY */
export const tokenize = (soql: string): Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  while (at < soql.length) {
    PATTERN.lastIndex = at;
    const groups = PATTERN.exec(soql)?.groups;
    if (!groups) throw unexpectedToken(soql[at], { soql, at });
    const kind = KINDS.find((name) => groups[name] !== undefined);
    if (kind) {
      const text = groups[kind]!;
      tokens.push({ kind, text: kind === 'name' ? text.replaceAll(/\s+/g, '') : text, at });
    }
    at = PATTERN.lastIndex;
  }
  tokens.push({ kind: 'end', text: '', at });
  return tokens;
};

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '"': '"', "'": "'", '\\': '\\' };

/**
 * Value of a string token. With `pattern`, `\%` and `\_` keep their backslash, as LIKE needs it.
 * @throws PlatformError MALFORMED_QUERY for an escape that SOQL does not know
 */
export const stringValue = (raw: string, pattern: boolean, soql: string, at: number): string =>
  raw.replaceAll(/\\([\s\S])/g, (_, char: string) => {
    if (char === '%' || char === '_') return pattern ? `\\${char}` : char;
    const value = ESCAPES[char] ?? ESCAPES[char.toLowerCase()];
    if (value === undefined)
      throw malformed(`Invalid string literal '${raw}'. Illegal character sequence '\\${char}' in string literal.`, {
        soql,
        at,
      });
    return pattern && value === '\\' ? '\\\\' : value;
  });
