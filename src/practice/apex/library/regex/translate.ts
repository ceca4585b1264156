/**
 * Regular expressions of Java (java.util.regex, which Apex uses) as JavaScript's, where both mean the same. What differs
 * and cannot be written in JavaScript is refused.
 */
import { readClass } from './brackets.js';
import { LINE_ENDS, literal, otherCase } from './classes.js';
import { readEscape } from './escapes.js';
import { invalid, unsupported } from './problem.js';
import { RegexReader, type Flags } from './reader.js';

/** An expression that is ready to be used. */
export type JavaRegex = {
  /** For `new RegExp`, with this flag: `v` only where classes lie in classes. Some engines that run this search wrongly with it. */
  source: string;
  flag: 'u' | 'v';
  groups: number;
  /** Groups of which JavaScript and Java may tell another text: groups inside of repeated ones, and empty repeated ones. */
  unsure: ReadonlySet<number>;
};

/** A part of an expression; `empty`: it may match nothing; `shy`: it may like nothing better than something. */
type Part = { js: string; empty: boolean; shy?: boolean };

const END = '(?![^])';
const LAST_LINE_END = `(?!\\n(?<=\\r\\n))(?=(?:\\r\\n|[${LINE_ENDS}])?${END})`;
const LINE_START = `(?:(?<![^])|(?<=[\\n\\x85\\u2028\\u2029]|\\r(?!\\n))(?=[^]))`;
const LINE_END = `(?!\\n(?<=\\r\\n))(?=[${LINE_ENDS}]|${END})`;

class Translator {
  private readonly unsure = new Set<number>();

  public constructor(private readonly reader: RegexReader) {}

  public whole(flags: Flags): JavaRegex {
    const part = this.alternatives({ ...flags });
    if (!this.reader.done) invalid("Unmatched closing ')'", this.reader.text, Math.max(0, this.reader.at - 1));
    const { groups, backReferences } = this.reader;
    for (const group of backReferences) {
      if (group > groups || this.reader.conditional.has(group)) unsupported(`\\${group} here`, this.reader.text);
    }
    return { source: part.js, flag: this.reader.nestedClasses ? 'v' : 'u', groups, unsure: this.unsure };
  }

  private alternatives(flags: Flags): Part {
    const first = this.reader.groups;
    const parts = [this.sequence(flags)];
    while (this.reader.take('|')) parts.push(this.sequence(flags));
    if (parts.length > 1) this.reader.markConditional(first);
    return {
      js: parts.map(({ js }) => js).join('|'),
      empty: parts.some(({ empty }) => empty),
      shy: parts.some(({ shy }) => shy) || parts.slice(0, -1).some(({ empty }) => empty),
    };
  }

  private sequence(flags: Flags): Part {
    let js = '';
    let empty = true;
    let shy = false;
    while (!this.reader.done && this.reader.next !== '|' && this.reader.next !== ')') {
      const part = this.repeated(flags);
      js += part.js;
      empty &&= part.empty;
      shy ||= part.shy === true;
    }
    return { js, empty, shy };
  }

  private repeated(flags: Flags): Part {
    const first = this.reader.groups;
    const direct = /^\((?:(?!\?)|\?<[A-Za-z])/.test(this.reader.rest);
    const part = this.atom(flags);
    // Nothing repeats flags, and nothing repeats twice: what follows then is a part of its own.
    const quantifier = part.js === '' ? '' : this.quantifier();
    if (quantifier === '') return part;
    // Java ends a loop that takes nothing, JavaScript tries another way.
    if (part.empty && part.shy) unsupported(`${quantifier} after what may take nothing first`, this.reader.text);
    this.reader.markConditional(first);
    // What may come once at most means the same in both, unless it takes nothing.
    const from = part.empty ? first + 1 : quantifier.startsWith('?') ? Infinity : first + (direct ? 2 : 1);
    for (let group = from; group <= this.reader.groups; group++) this.unsure.add(group);
    return {
      js: `(?:${part.js})${quantifier}`,
      empty: part.empty || /^[*?]|^\{0/.test(quantifier),
      shy: part.shy === true || /.\?$/.test(quantifier),
    };
  }

  private quantifier(): string {
    const { reader } = this;
    let found = reader.match(/[*+?]/y) ?? '';
    if (!found && reader.next === '{') {
      found =
        reader.match(/\{\d+(?:,\d*)?\}/y) ??
        (/^\{\d/.test(reader.rest)
          ? invalid('Unclosed counted closure', reader.text, reader.at + /^\{\d+(?:,\d*)?/.exec(reader.rest)![0].length)
          : invalid('Illegal repetition', reader.text, reader.at + 1));
      const [least, most] = found.slice(1, -1).split(',');
      if (most && Number(most) < Number(least)) invalid('Illegal repetition range', reader.text, reader.at);
    }
    if (!found) return '';
    if (reader.next === '+') unsupported('A possessive quantifier', reader.text);
    return found + (reader.match(/\?/y) ?? '');
  }

  private atom(flags: Flags): Part {
    const { reader } = this;
    const char = reader.char();
    switch (char) {
      case '(':
        return this.group(flags);
      case '[':
        return { js: readClass(reader, flags), empty: false };
      case '.':
        return { js: flags.s ? '[^]' : `[^${LINE_ENDS}]`, empty: false };
      case '^':
        return { js: flags.m ? LINE_START : '(?<![^])', empty: true };
      case '$':
        return { js: flags.m ? LINE_END : LAST_LINE_END, empty: true };
      case '\\':
        return readEscape(reader, flags, LAST_LINE_END);
      case '*':
      case '+':
      case '?':
        return invalid(`Dangling meta character '${char}'`, reader.text, reader.at - 1);
      case '{':
        // Java repeats nothing where a count stands alone.
        if (/^\d/.test(reader.rest)) return unsupported('A count without anything to repeat', reader.text);
        return invalid('Illegal repetition', reader.text, reader.at);
      default:
        return { js: withCase(char, flags), empty: false };
    }
  }

  private group(flags: Flags): Part {
    const { reader } = this;
    const opening = reader.match(/\?(?::|=|!|<=|<!|<[A-Za-z][A-Za-z0-9]*>)/y);
    if (opening === undefined && reader.next === '?') return this.flagged(flags);
    const captures = opening === undefined || opening.endsWith('>');
    const first = reader.groups;
    const group = captures ? reader.openGroup() : 0;
    const body = this.alternatives({ ...flags });
    this.close();
    reader.closeGroup(group);
    const looks = opening !== undefined && /[=!]$/.test(opening);
    if (looks) this.forgetAfter(first);
    return { js: `(${opening ?? ''}${body.js})`, empty: looks || body.empty, shy: !looks && body.shy === true };
  }

  /** Java remembers what groups of a look have found on ways that led nowhere, JavaScript does not. */
  private forgetAfter(first: number): void {
    this.reader.markConditional(first);
    for (let group = first + 1; group <= this.reader.groups; group++) this.unsure.add(group);
  }

  /** `(?i)` changes what follows in its group; `(?i:…)` its own group. */
  private flagged(flags: Flags): Part {
    const { reader } = this;
    const found = reader.match(/\?[a-zA-Z]*(?:-[a-zA-Z]*)?[:)]/y);
    if (found === undefined) return unsupported(`The group (${reader.rest.slice(0, 2)}`, reader.text);
    const [on = '', off = ''] = found.slice(1, -1).split('-');
    const wrong = /[^ims]/.exec(on + off)?.[0];
    if (wrong !== undefined) unsupported(`The flag ${wrong}`, reader.text);
    const own = found.endsWith(')') ? flags : { ...flags };
    for (const flag of on) own[flag as keyof Flags] = true;
    for (const flag of off) own[flag as keyof Flags] = false;
    if (own === flags) return { js: '', empty: true };
    const body = this.alternatives(own);
    this.close();
    return { ...body, js: `(?:${body.js})` };
  }

  private close(): void {
    if (!this.reader.take(')')) invalid('Unclosed group', this.reader.text, this.reader.text.length);
  }
}

/** A letter in both cases under `(?i)`; Java folds letters of ASCII alone. */
const withCase = (char: string, flags: Flags): string => {
  const other = flags.i ? otherCase(char) : undefined;
  return other === undefined ? literal(char) : `[${char}${other}]`;
};

/** `\Q…\E` is every character for itself; Java also writes them out first, so what follows counts for the last one. */
const unquoted = (text: string): string =>
  text.replace(/\\Q([^]*?)(?:\\E|$)|\\[^]/g, (whole, quoted?: string) =>
    quoted === undefined ? whole : quoted.replace(/[!-/:-@[-`{-~]/g, '\\$&')
  );

/**
 * Reads an expression of Java.
 * @throws RegexProblem for what is no expression, or none this org can use.
 */
export const translateRegex = (text: string, flags: Flags = { i: false, m: false, s: false }): JavaRegex =>
  new Translator(new RegexReader(unquoted(text))).whole(flags);
