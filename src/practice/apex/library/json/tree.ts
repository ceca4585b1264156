/** JSON as it is read: numbers keep their digits, objects their order. */
export type Json = null | boolean | string | JsonNumber | Json[] | JsonObject;

/** A number as it was written. */
export class JsonNumber {
  public constructor(public readonly text: string) {}

  /** Whether it is a whole number. */
  public get whole(): boolean {
    return /^-?\d+$/.test(this.text);
  }
}

/** An object; of two members with one name the later counts. */
export class JsonObject {
  public readonly members = new Map<string, Json>();
}

/** A text that is no JSON, in the words of the parser the platform uses. */
export class JsonProblem extends Error {}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\r\n]*/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y; // eslint-disable-line no-control-regex -- JSON takes none of these in texts
const WORDS: ReadonlyArray<readonly [string, Json]> = [
  ['true', true],
  ['false', false],
  ['null', null],
];
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Deep nesting would end the process instead of the program. */
const DEPTH = 1000;

class Parser {
  private at = 0;
  private depth = 0;

  public constructor(private readonly text: string) {}

  public whole(): Json {
    this.space();
    if (this.at >= this.text.length) throw new JsonProblem('No content to map to Object due to end of input');
    const value = this.value();
    this.space();
    if (this.at < this.text.length) this.unexpected('expected the end of the text');
    return value;
  }

  private value(): Json {
    const char = this.text[this.at];
    if (char === '{') return this.nested(() => this.object());
    if (char === '[') return this.nested(() => this.list());
    if (char === '"') return this.string();
    const word = WORDS.find(([name]) => this.text.startsWith(name, this.at));
    if (word) {
      this.at += word[0].length;
      return word[1];
    }
    const number = this.match(NUMBER);
    if (number) return new JsonNumber(number);
    return this.unexpected("expected a valid value (number, String, array, object, 'true', 'false' or 'null')");
  }

  private nested<T>(read: () => T): T {
    if (++this.depth > DEPTH) throw new JsonProblem('The text is nested too deeply');
    this.at++;
    this.space();
    const value = read();
    this.depth--;
    return value;
  }

  private object(): JsonObject {
    const object = new JsonObject();
    if (this.take('}')) return object;
    do {
      this.space();
      if (this.text[this.at] !== '"') this.unexpected('was expecting double-quote to start field name');
      const name = this.string();
      this.space();
      if (!this.take(':')) this.unexpected('was expecting a colon to separate field name and value');
      this.space();
      object.members.set(name, this.value());
      this.space();
    } while (this.take(','));
    if (!this.take('}')) this.unexpected('was expecting comma to separate OBJECT entries');
    return object;
  }

  private list(): Json[] {
    const items: Json[] = [];
    if (this.take(']')) return items;
    do {
      this.space();
      items.push(this.value());
      this.space();
    } while (this.take(','));
    if (!this.take(']')) this.unexpected('was expecting comma to separate ARRAY entries');
    return items;
  }

  private string(): string {
    this.at++;
    let text = this.match(PLAIN);
    while (!this.take('"')) {
      if (!this.take('\\')) this.unexpected('a text has no end or a character that must be escaped');
      text += this.escape() + this.match(PLAIN);
    }
    return text;
  }

  private escape(): string {
    const code = this.match(/u[0-9a-fA-F]{4}/y);
    if (code) return String.fromCharCode(parseInt(code.slice(1), 16));
    const char = this.match(/["\\/bfnrt]/y);
    return char ? (ESCAPES[char] ?? char) : this.unexpected('unrecognized character escape');
  }

  private space(): void {
    this.match(SPACE);
  }

  private take(char: string): boolean {
    if (this.text[this.at] !== char) return false;
    this.at++;
    return true;
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private unexpected(why: string): never {
    const before = this.text.slice(0, this.at).split('\n');
    const place = `at input location [${before.length},${before.at(-1)!.length + 1}]`;
    const char = this.text[this.at];
    if (char === undefined) throw new JsonProblem(`Unexpected end-of-input ${place}`);
    throw new JsonProblem(`Unexpected character ('${char}' (code ${char.charCodeAt(0)})): ${why} ${place}`);
  }
}

/** @throws JsonProblem for a text that is no JSON. */
export const parseJson = (text: string): Json => new Parser(text).whole();
