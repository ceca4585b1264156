/** Reading YAML with the place of each value, so that a refusal points at its line. */
import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type Pair } from 'yaml';
import type { DecisionProblem } from './problems.js';

type Entry = { key: string; at: Node; value: unknown };

/** A parsed file with what is wrong in it so far. */
export class YamlFile {
  public readonly problems: DecisionProblem[] = [];
  private readonly lines = new LineCounter();
  private readonly document: Document.Parsed;

  public constructor(text: string) {
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false, schema: 'core' });
    for (const { message, pos, code } of this.document.errors) {
      if (code === 'DUPLICATE_KEY') this.refuseAt(pos[0], 'doubled', keyAt(text, pos[0]));
      // Behind the first mistake the parser stumbles over everything.
      else if (!this.problems.some(({ key }) => key === 'syntax')) this.refuseAt(pos[0], 'syntax', message);
    }
  }

  public get root(): unknown {
    return this.document.contents;
  }

  public refuse(at: unknown, key: DecisionProblem['key'], detail: string, wanted?: string): void {
    this.refuseAt((at as Node | null)?.range?.[0] ?? 0, key, detail, wanted);
  }

  private refuseAt(offset: number, key: DecisionProblem['key'], detail: string, wanted?: string): void {
    const { line, col } = this.lines.linePos(offset);
    this.problems.push({ line: Math.max(1, line), column: Math.max(1, col), key, detail, wanted });
  }

  /** Entries of a map; anything else is refused. */
  public entries(node: unknown, name: string): Entry[] {
    if (!isMap(node)) {
      this.refuse(node, 'wrongType', name, 'a list of fields');
      return [];
    }
    return node.items.filter(isPair).map((pair) => entryOf(pair as Pair<Node, Node>));
  }

  /** The fields of a map by name; fields that are not known are refused, and needed ones that are not there. */
  public fields(
    node: unknown,
    name: string,
    known: readonly string[],
    needed: readonly string[]
  ): Map<string, unknown> {
    const fields = new Map<string, unknown>();
    for (const { key, at, value } of this.entries(node, name)) {
      if (known.includes(key)) fields.set(key, value);
      else this.refuse(at, 'unknownField', key, known.join(', '));
    }
    if (isMap(node)) for (const field of needed) if (!fields.has(field)) this.refuse(node, 'missingField', field);
    return fields;
  }

  public text(node: unknown, name: string): string {
    if (isScalar(node) && typeof node.value === 'string') return node.value;
    this.refuse(node, 'wrongType', name, 'text');
    return '';
  }

  public texts(node: unknown, name: string): string[] {
    if (isSeq(node)) return node.items.map((item) => this.text(item, name));
    this.refuse(node, 'wrongType', name, 'a list of texts');
    return [];
  }
}

const entryOf = ({ key, value }: Pair<Node, Node>): Entry => ({
  key: isScalar(key) ? String(key.value) : String(key),
  at: key,
  value,
});

/** The key that stands at an offset of the text, without quotes. */
function keyAt(text: string, offset: number): string {
  const match = /^(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(.*?)(?=:\s|$))/.exec(text.slice(offset));
  return (match?.[1] ?? match?.[2] ?? match?.[3] ?? '').trim();
}
