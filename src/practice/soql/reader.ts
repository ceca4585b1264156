/** Walks over tokens. Keywords are compared without case. */
import { malformed, unexpectedToken } from './errors.js';
import { tokenize, type Token, type TokenKind } from './tokens.js';

/** Brackets within brackets. */
const MAX_DEPTH = 200;

export class Reader {
  private readonly tokens: Token[];
  private index = 0;
  private depth = 0;

  public constructor(public readonly soql: string) {
    this.tokens = tokenize(soql);
  }

  public get token(): Token {
    return this.tokens[this.index]!;
  }

  /** The token `n` places ahead. */
  public peek(n = 1): Token {
    return this.tokens[Math.min(this.index + n, this.tokens.length - 1)]!;
  }

  /** Whether the next tokens are these keywords or signs. */
  public sees(...words: string[]): boolean {
    return words.every((word, n) => {
      const token = this.peek(n);
      return (token.kind === 'name' || token.kind === 'sign') && token.text.toUpperCase() === word;
    });
  }

  public next(): Token {
    const token = this.token;
    if (token.kind !== 'end') this.index++;
    return token;
  }

  /** Takes the keywords or signs if they are there. */
  public take(...words: string[]): boolean {
    if (!this.sees(...words)) return false;
    this.index += words.length;
    return true;
  }

  /** Takes keywords or signs that must be there. @throws PlatformError MALFORMED_QUERY */
  public expect(...words: string[]): void {
    for (const word of words) if (!this.take(word)) this.fail();
  }

  /** Takes a token of a kind. @throws PlatformError MALFORMED_QUERY */
  public expectKind(kind: TokenKind): Token {
    if (this.token.kind !== kind) this.fail();
    return this.next();
  }

  /** Enters a bracket or NOT. @throws PlatformError MALFORMED_QUERY where the nesting would exhaust the stack */
  public deeper(): void {
    if (++this.depth > MAX_DEPTH)
      throw malformed('The condition is nested too deeply', { soql: this.soql, at: this.token.at });
  }

  public higher(): void {
    this.depth--;
  }

  /** @throws PlatformError MALFORMED_QUERY at the present token */
  public fail(token = this.token): never {
    throw unexpectedToken(token.kind === 'end' ? undefined : token.text, { soql: this.soql, at: token.at });
  }
}
