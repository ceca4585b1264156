/** Flags of an expression that change what its parts mean: case, lines, dots. */
export type Flags = { i: boolean; m: boolean; s: boolean };

/** A place in an expression, and what is known of its groups so far. */
export class RegexReader {
  public at = 0;
  /** Capturing groups opened so far. */
  public groups = 0;
  /** Groups that may take no part in a match: a reference to one of them fails in Java and matches nothing in JavaScript. */
  public readonly conditional = new Set<number>();
  /** Whether a class of characters has another one inside. */
  public nestedClasses = false;
  public readonly backReferences = new Set<number>();
  private readonly open = new Set<number>();

  public constructor(public readonly text: string) {}

  public get done(): boolean {
    return this.at >= this.text.length;
  }

  public get next(): string {
    return this.text[this.at] ?? '';
  }

  public get rest(): string {
    return this.text.slice(this.at);
  }

  /** The next character, with both halves where it has two. */
  public char(): string {
    const char = String.fromCodePoint(this.text.codePointAt(this.at)!);
    this.at += char.length;
    return char;
  }

  /** Goes over some text if it is next. */
  public take(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** Goes over what a sticky expression finds. */
  public match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  /** Gives the next group its number. */
  public openGroup(): number {
    this.open.add(++this.groups);
    return this.groups;
  }

  public closeGroup(group: number): void {
    this.open.delete(group);
  }

  /** Whether a place is inside of this group: there a reference to it never matches in Java. */
  public isOpen(group: number): boolean {
    return this.open.has(group);
  }

  /** All groups after `first` may take no part in a match. */
  public markConditional(first: number): void {
    for (let group = first + 1; group <= this.groups; group++) this.conditional.add(group);
  }
}
